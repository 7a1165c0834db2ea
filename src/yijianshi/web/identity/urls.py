"""Addresses of signing in with a provider."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import at_window, demo, going, office, step_up

urlpatterns = answering(
    [
        path("login/with/<slug:provider>", going.begin, name="login-with"),
        path("login/back/<slug:provider>", going.back, name="login-back"),
        path("step-up", step_up.step_up, name="step-up"),
        path("window/seeing", at_window.seeing, name="window-seeing"),
        path("demo-identity/<slug:provider>", demo.demo_identity, name="demo-identity"),
        path("demo-office-app", office.demo_office_app, name="demo-office-app"),
    ]
)
