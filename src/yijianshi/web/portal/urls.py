"""Addresses of the doors that lead in and on."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import carrying_on, entering, installing, kiosk, own_data, space, telling

patterns: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("helper.js", installing.helper, name="helper"),
    path("offline", installing.offline, name="offline"),
    path("kiosk", kiosk.kiosks, name="kiosks"),
    path("kiosk/end", kiosk.end, name="kiosk-end"),
    path("kiosk/over", kiosk.time_is_up, name="kiosk-over"),
    path("kiosk/leave", kiosk.leave, name="kiosk-leave"),
    path("kiosk/<slug:code>", kiosk.kiosk, name="kiosk"),
    path("draft/<uuid:draft>/elsewhere", carrying_on.elsewhere, name="draft-elsewhere"),
    path("my/licences", space.licences, name="my-licences"),
    path("my/ratings", space.ratings, name="ratings-due"),
    path("my/data", own_data.own_data, name="own-data"),
    path("my/data/copies", own_data.ask_copy, name="own-copy-ask"),
    path("my/data/copies/<uuid:copy>", own_data.own_copy, name="own-copy"),
    path("my/data/copies/<uuid:copy>.json", own_data.own_copy_file, name="own-copy-file"),
    path("my/data/requests", own_data.ask_correction, name="own-data-correct"),
    path("enter", entering.come_in, name="enter"),
    path("case/<str:number>", entering.by_number, name="case-by-number"),
    path("joining", entering.how_to_join, name="joining"),
    path("supervise/portals", entering.portals, name="portals"),
    path("my/telling", telling.telling, name="telling"),
    path("demo/messages", telling.sink, name="demo-messages"),
    path("supervise/data-requests", own_data.to_answer, name="data-requests"),
    path("supervise/data-requests/<uuid:asked>", own_data.answer, name="data-request"),
    path("on/<str:token>", carrying_on.carry_on, name="carry-on"),
]
urlpatterns = answering(patterns)
