from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "yijianshi.store.offers"
    label = "offers"
    default_auto_field = "django.db.models.BigAutoField"
