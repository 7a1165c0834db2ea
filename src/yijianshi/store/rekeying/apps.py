from django.apps import AppConfig


class RekeyingConfig(AppConfig):
    name = "yijianshi.store.rekeying"
    label = "rekeying"
    default_auto_field = "django.db.models.BigAutoField"
