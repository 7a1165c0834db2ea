"""The pages of people: one package per person, one module per page."""

from django.urls import URLPattern, URLResolver, include, path

PEOPLE = (
    "account",
    "visitor",
    "offers",
    "reviews",
    "applicant",
    "window",
    "custody",
    "payer",
    "coordinator",
    "department",
    "rekeying",
    "consulting",
    "saved",
    "supervisor",
    "joint",
    "documents",
    "reforms",
    "examiner",
    "embed",
    "steward",
    "identity",
    "guards",
    "administering",
    "mandates",
    "counter",
    "practice",
    "portal",
    "photographs",
    "hall",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yijianshi.web.preferences")),
    path("", include("yijianshi.web.kit")),
    *(path("", include(f"yijianshi.web.{person}.urls")) for person in PEOPLE),
]
