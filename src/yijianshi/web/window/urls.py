"""Where the pages of the window are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import front, handing, review, start

urlpatterns = answering(
    [
        path("window", front.window, name="window"),
        path("window/start", start.start, name="window-start"),
        path("window/start/<slug:bundle>/<uuid:party>", start.situation, name="window-situation"),
        path("window/hand-over", handing.handing, name="window-hand-over"),
        path("window/<uuid:submission>", handing.submission, name="window-submission"),
        path("window/<uuid:submission>/review", review.review, name="window-review"),
        path("window/<uuid:submission>/material/<uuid:copy>", review.material, name="window-material"),
    ]
)
