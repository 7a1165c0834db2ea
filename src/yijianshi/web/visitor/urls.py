"""Addresses of the visitor's pages."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import coverage, found, front, guide, help_page, region

patterns: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("all", front.things, name="things"),
    path("all/suggestions", found.suggestions, name="suggestions"),
    path("coverage", coverage.coverage, name="coverage"),
    path("region", region.region, name="region"),
    path("help", help_page.help_page, name="help"),
    path("guide/<slug:bundle>", guide.guide, name="guide"),
]
urlpatterns = answering(patterns)
