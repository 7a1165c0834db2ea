from django.apps import AppConfig


class JointConfig(AppConfig):
    name = "yijianshi.store.joint"
    label = "joint"
    default_auto_field = "django.db.models.BigAutoField"
