"""The start of every process: the ports are wired before anything else runs."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "yijianshi.project"
    label = "project"

    def ready(self) -> None:
        from .wiring import wire

        wire()
