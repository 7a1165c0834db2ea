"""Where the demo's payer pays, and where a provider calls back."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import demo, told

urlpatterns = answering(
    [
        path("demo-payer/<uuid:reference>", demo.demo_payer, name="demo-payer"),
        path("payment/told", told.told, name="payment-told"),
    ]
)
