"""Where the pages for typing again are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import case, inbox, supervised

urlpatterns = answering(
    [
        path("rekey", inbox.inbox, name="rekey"),
        path("rekey/<uuid:case>", case.rekey_case, name="rekey-case"),
        path("rekey/<uuid:case>/materials.zip", case.materials, name="rekey-materials"),
        path("rekey/<uuid:case>/result", case.result, name="rekey-result"),
        path("supervise/rekeying", supervised.supervised, name="supervise-rekeying"),
    ]
)
