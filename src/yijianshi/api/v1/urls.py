"""The addresses of the API."""

from django.urls import path

from . import cases, catalogue, feed, guides, materials, openapi, searching, submissions
from .endpoints import url_patterns

DOCUMENT = "openapi.json"
MODULES = (submissions, cases, catalogue, guides, searching, feed, materials)

urlpatterns = [path(DOCUMENT, openapi.show, name="openapi"), *url_patterns()]
