"""Where the pages of questions between units are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import answering as replies
from . import asking

urlpatterns = answering(
    [
        path("consult", replies.queue, name="consult"),
        path("consult/about/<uuid:submission>", asking.ask, name="consult-ask"),
        path("consult/<uuid:question>", replies.answer, name="consult-answer"),
    ]
)
