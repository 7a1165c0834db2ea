"""Where the pages of the supervisor are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import breaches, cases, front, joint, money, rules

urlpatterns = answering(
    [
        path("supervise", front.supervise, name="supervise"),
        path("supervise/cases", cases.cases, name="supervise-cases"),
        path("money", money.money, name="money"),
        path("supervise/breaches", breaches.breaches, name="supervise-breaches"),
        path("supervise/two-persons", rules.rules, name="unit-rules"),
        path("supervise/joint", joint.operations, name="supervise-joint"),
    ]
)
