"""Addresses of the pages on which papers are photographed."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import compare, take

patterns: list[URLPattern | URLResolver] = [
    path("draft/<uuid:draft>/photo/<slug:paper>", take.paper, name="photo-paper"),
    path("draft/<uuid:draft>/photo-of/<slug:material>", take.document, name="photo-material"),
    path("photo/<uuid:photograph>", compare.photograph, name="photo"),
    path("photo/<uuid:photograph>/progress", compare.progress, name="photo-progress"),
    path("photo/<uuid:photograph>/picture.jpg", compare.picture, name="photo-picture"),
    path("photo/<uuid:photograph>/drop", compare.drop, name="photo-drop"),
]
urlpatterns = answering(patterns)
