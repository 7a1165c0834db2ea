"""Where the pages of the supervisor are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import cases, front, joint

urlpatterns = answering(
    [
        path("supervise", front.supervise, name="supervise"),
        path("supervise/cases", cases.cases, name="supervise-cases"),
        path("supervise/joint", joint.operations, name="supervise-joint"),
    ]
)
