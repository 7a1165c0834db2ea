"""Where the pages of custody are."""

from django.urls import path

from yijianshi.web.documents.refusing import answering

from . import lists, mine, papers, place, supervised, taking

urlpatterns = answering(
    [
        path("custody", place.custody, name="custody"),
        path("custody/lists/<uuid:hand_over>", lists.hand_over_list, name="custody-list"),
        path("custody/<uuid:paper>", papers.paper, name="custody-paper"),
        path("window/<uuid:submission>/custody", taking.for_submission, name="window-custody"),
        path("draft/<uuid:draft>/custody", taking.for_draft, name="draft-custody"),
        path("desk/<uuid:case>/certificate", taking.certificate, name="desk-certificate"),
        path("my/<uuid:submission>/pick-up", mine.pick_up, name="pick-up"),
        path("supervise/custody", supervised.supervised, name="supervise-custody"),
        path("papers/custody/<uuid:receipt>.pdf", lists.receipt_pdf, name="custody-receipt-pdf"),
        path("papers/hand-over/<uuid:hand_over>.pdf", lists.list_pdf, name="hand-over-pdf"),
    ]
)
