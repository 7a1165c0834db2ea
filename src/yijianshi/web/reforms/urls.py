"""Addresses of the tools of the reform."""

from django.urls import URLPattern, URLResolver, path, re_path

from yijianshi.web.refusals import answering

from . import front, lists, plan, what_if

_ENDING = r"(?P<ending>pdf|xlsx|json)"

patterns: list[URLPattern | URLResolver] = [
    path("reforms/", front.reforms, name="reforms"),
    path("reforms/lists/<slug:kind>", lists.over_all, name="reform-list"),
    re_path(rf"^reforms/lists/(?P<kind>[-\w]+)\.{_ENDING}$", lists.over_all_file, name="reform-list-file"),
    path("reforms/<slug:bundle>", plan.plan, name="reform"),
    path("reforms/<slug:bundle>.pdf", plan.plan_file, name="reform-pdf"),
    path("reforms/<slug:bundle>.json", plan.plan_values, name="reform-json"),
    path("reforms/<slug:bundle>/what-if", what_if.trying, name="reform-what-if"),
    path("reforms/<slug:bundle>/what-if.json", what_if.tried_values, name="reform-what-if-json"),
    path("reforms/<slug:bundle>/<slug:kind>", lists.of_one, name="reform-own-list"),
    re_path(
        rf"^reforms/(?P<bundle>[-\w]+)/(?P<kind>[-\w]+)\.{_ENDING}$",
        lists.of_one_file,
        name="reform-own-list-file",
    ),
]
urlpatterns = answering(patterns)
