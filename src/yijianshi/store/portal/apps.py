from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yijianshi.store.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
