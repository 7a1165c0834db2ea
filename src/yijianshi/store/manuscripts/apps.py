from django.apps import AppConfig


class ManuscriptsConfig(AppConfig):
    name = "yijianshi.store.manuscripts"
    label = "manuscripts"
    default_auto_field = "django.db.models.BigAutoField"
