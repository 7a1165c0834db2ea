"""Where the pages of the counter are, the clerk's and the citizen's."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import capturing, counter, devices, showing, visit

urlpatterns = answering(
    [
        path("my/code", showing.code, name="my-code"),
        path("my/code/<uuid:code>/state", showing.code_state, name="my-code-state"),
        path("my/visits", showing.visits, name="my-visits"),
        path("my/visits/<uuid:visit>/end", showing.end, name="my-visit-end"),
        path("draft/<uuid:draft>/wait", showing.wait, name="draft-wait"),
        path("window/counter", counter.counter, name="counter"),
        path("window/figures", counter.figures, name="counter-figures"),
        path("window/devices", devices.devices, name="window-devices"),
        path("window/visit/<uuid:visit>", visit.visit, name="visit"),
        path("window/visit/<uuid:visit>/end", visit.end, name="visit-end"),
        path("window/visit/<uuid:visit>/begin", visit.begin, name="visit-begin"),
        path("window/visit/<uuid:visit>/material/<uuid:copy>", visit.material, name="visit-material"),
        path("window/waiting/<uuid:waiting>", visit.waiting, name="waiting"),
        path("draft/<uuid:draft>/transfer", capturing.transfer, name="draft-transfer"),
        path("draft/<uuid:draft>/materials/<slug:material>/capture", capturing.capture, name="draft-capture"),
    ]
)
