"""Addresses of the guards of one's own account."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import devices, guards, password, second

urlpatterns = answering(
    [
        path("login/second", second.second_step, name="second-step"),
        path("account/guards", guards.guards, name="guards"),
        path("account/guards/confirm", guards.confirm, name="guards-confirm"),
        path("account/guards/telephone", guards.telephone, name="guards-telephone"),
        path("account/guards/key", guards.key, name="guards-key"),
        path("account/guards/codes", guards.codes, name="guards-codes"),
        path("account/guards/remove", guards.remove, name="guards-remove"),
        path("account/devices", devices.devices, name="devices"),
        path("account/devices/end", devices.end, name="devices-end"),
        path("account/password", password.password, name="password"),
    ]
)
