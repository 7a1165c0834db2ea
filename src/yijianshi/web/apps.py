"""The pages that persons see: citizens, window clerks, departments and supervisors."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, stylesheet and template tags of all pages."""

    name = "yijianshi.web"
    label = "web"
    verbose_name = "网页"
