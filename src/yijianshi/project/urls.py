"""Which address leads where: pages for people, the API for machines, two signs of life for operators."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from yijianshi.project.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
for prefix, part in (("api/v1/", "yijianshi.api.v1.urls"), ("", "yijianshi.web.urls")):
    if find_spec(part.rpartition(".")[0]) and find_spec(part):
        urlpatterns.append(path(prefix, include(part)))

handler400 = "yijianshi.web.errors.bad_request"
handler403 = "yijianshi.web.errors.permission_denied"
handler404 = "yijianshi.web.errors.page_not_found"
handler500 = "yijianshi.web.errors.server_error"
