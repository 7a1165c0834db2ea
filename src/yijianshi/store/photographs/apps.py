from django.apps import AppConfig


class PhotographsConfig(AppConfig):
    name = "yijianshi.store.photographs"
    label = "photographs"
    default_auto_field = "django.db.models.BigAutoField"
