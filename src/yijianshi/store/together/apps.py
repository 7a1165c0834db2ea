from django.apps import AppConfig


class TogetherConfig(AppConfig):
    name = "yijianshi.store.together"
    label = "together"
    default_auto_field = "django.db.models.BigAutoField"
