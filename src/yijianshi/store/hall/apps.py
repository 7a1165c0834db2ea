from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "yijianshi.store.hall"
    label = "hall"
    default_auto_field = "django.db.models.BigAutoField"
