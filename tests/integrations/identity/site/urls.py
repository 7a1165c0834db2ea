"""Where one signs in, and where OpenID Connect is spoken."""

from django.contrib.auth.views import LoginView
from django.urls import include, path

urlpatterns = [
    path("login", LoginView.as_view(template_name="login.html")),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
