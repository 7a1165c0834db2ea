"""Addresses of what others show or take along."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import column, process, sharing

patterns: list[URLPattern | URLResolver] = [
    path("embed", column.column_of_all, name="embed-all"),
    path("embed/<slug:bundle>", column.column, name="embed"),
    path("oembed", sharing.describe, name="oembed"),
    path("guide/<slug:bundle>/share", sharing.share, name="share"),
    path("guide/<slug:bundle>/process", process.process, name="process"),
]
urlpatterns = answering(patterns)
