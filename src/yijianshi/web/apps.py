"""The pages that persons see: citizens, window clerks, departments and supervisors."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, stylesheet and template tags of all pages."""

    name = "yijianshi.web"
    label = "web"
    verbose_name = "网页"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from .portal.likings import on_sign_in

        user_logged_in.connect(on_sign_in, dispatch_uid="likings")
