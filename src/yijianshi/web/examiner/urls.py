"""Addresses of the examination of lists."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import asking, report

patterns: list[URLPattern | URLResolver] = [
    path("examine", asking.ask, name="examine"),
    path("examine/lists/<slug:name>.xlsx", asking.example, name="example-list"),
    path("examine/<uuid:examination>", report.show, name="examination"),
    path("examine/<uuid:examination>/progress", report.progress, name="examination-progress"),
    path("examine/<uuid:examination>/forget", report.forget, name="examination-forget"),
    path("examine/<uuid:examination>/report.<slug:kind>", report.download, name="examination-file"),
]
urlpatterns = answering(patterns)
