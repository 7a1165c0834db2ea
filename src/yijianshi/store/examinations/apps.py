from django.apps import AppConfig


class ExaminationsConfig(AppConfig):
    name = "yijianshi.store.examinations"
    label = "examinations"
    default_auto_field = "django.db.models.BigAutoField"
