"""Addresses of signing in and out."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import door, invitation, me

patterns: list[URLPattern | URLResolver] = [
    path("login", door.login, name="login"),
    path("login/as", door.login_as, name="login-as"),
    path("logout", door.logout, name="logout"),
    path("invitation/<str:token>", invitation.invitation, name="invitation"),
    path("account", me.account, name="account"),
    path("account/acting", me.act_for, name="act-for"),
]
urlpatterns = answering(patterns)
