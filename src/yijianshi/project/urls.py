"""Which address leads where: pages for people, the API for machines, two signs of life for operators."""

from django.urls import include, path

from yijianshi.project.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include("yijianshi.api.v1.urls")),
    path("", include("yijianshi.web.urls")),
]

handler400 = "yijianshi.web.errors.bad_request"
handler403 = "yijianshi.web.errors.permission_denied"
handler404 = "yijianshi.web.errors.page_not_found"
handler500 = "yijianshi.web.errors.server_error"
