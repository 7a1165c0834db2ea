from django.apps import AppConfig


class GuardsConfig(AppConfig):
    name = "yijianshi.store.guards"
    label = "guards"
    default_auto_field = "django.db.models.BigAutoField"
