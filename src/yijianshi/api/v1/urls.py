"""The addresses of the API."""

from django.urls import path

from . import cases, catalogue, feed, materials, openapi, submissions
from .endpoints import url_patterns

MODULES = (submissions, cases, catalogue, feed, materials)

urlpatterns = [path("openapi.json", openapi.show, name="openapi"), *url_patterns()]
