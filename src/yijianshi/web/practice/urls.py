"""Where the pages of practice are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import pages

urlpatterns = answering(
    [
        path("practice", pages.practice, name="practice"),
        path("practice/trainer", pages.trainer, name="practice-trainer"),
        path("practice/attempts/<uuid:attempt>", pages.attempt, name="practice-attempt"),
        path("practice/<slug:task>/<slug:bundle>/<int:seed>", pages.task, name="practice-task"),
    ]
)
