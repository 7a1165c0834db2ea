"""The addresses of the API."""

from django.urls import path

from . import cases, catalogue, consultations, feed, guides, joint, materials, openapi, searching, submissions
from .endpoints import url_patterns

DOCUMENT = "openapi.json"
MODULES = (submissions, cases, consultations, joint, catalogue, searching, guides, feed, materials)

urlpatterns = [path(DOCUMENT, openapi.show, name="openapi"), *url_patterns()]
