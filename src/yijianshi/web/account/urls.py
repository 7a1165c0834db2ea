"""Addresses of signing in and out."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import door, me

patterns: list[URLPattern | URLResolver] = [
    path("login", door.login, name="login"),
    path("login/as", door.login_as, name="login-as"),
    path("logout", door.logout, name="logout"),
    path("account", me.account, name="account"),
    path("account/acting", me.act_for, name="act-for"),
]
urlpatterns = answering(patterns)
