"""Where the pages of requests for a person are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import pages

urlpatterns = answering(
    [
        path("my/<uuid:submission>/review/<uuid:case>", pages.ask, name="ask-review"),
        path("desk/reviews", pages.queue, name="desk-reviews"),
        path("desk/reviews/<uuid:review>", pages.answer, name="desk-review"),
    ]
)
