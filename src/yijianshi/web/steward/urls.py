"""Where the pages of a steward are, and those on which departments countersign."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import (
    begin,
    changes,
    facts,
    front,
    head,
    improve,
    item,
    manuscript,
    needs,
    preview,
    proposals,
    publishing,
    questions,
    round,
    text,
)

_ONE = "steward/manuscript/<uuid:manuscript>"

urlpatterns = answering(
    [
        path("steward", front.steward, name="steward"),
        path("steward/note/<uuid:note>/seen", front.seen, name="steward-note-seen"),
        path("steward/begin", begin.begin, name="steward-begin"),
        path("steward/facts", facts.facts, name="steward-facts"),
        path("steward/differences", changes.local, name="steward-differences"),
        path("steward/editions/<slug:bundle>", publishing.editions, name="steward-editions"),
        path("steward/editions/<slug:bundle>/withdraw", publishing.withdraw, name="steward-withdraw"),
        path("steward/editions/<slug:bundle>/propose", proposals.propose, name="steward-propose"),
        path("steward/proposals", proposals.proposals, name="steward-proposals"),
        path("steward/proposals/<uuid:proposal>", proposals.proposal, name="steward-proposal"),
        path("steward/remark/<uuid:remark>/settle", round.settle, name="steward-settle"),
        path(_ONE, manuscript.manuscript, name="steward-manuscript"),
        path(f"{_ONE}/check", manuscript.check, name="steward-check"),
        path(f"{_ONE}/circulate", manuscript.circulate, name="steward-circulate"),
        path(f"{_ONE}/call-back", manuscript.call_back, name="steward-call-back"),
        path(f"{_ONE}/discard", manuscript.discard, name="steward-discard"),
        path(f"{_ONE}/publish", publishing.publish, name="steward-publish"),
        path(f"{_ONE}/changes", changes.changes, name="steward-changes"),
        path(f"{_ONE}/preview", preview.preview, name="steward-preview"),
        path(f"{_ONE}/preview/notice.pdf", preview.notice, name="steward-preview-notice"),
        path(f"{_ONE}/text", text.text, name="steward-text"),
        path(f"{_ONE}/head", head.head, name="steward-head"),
        path(f"{_ONE}/improve", improve.improve, name="steward-improve"),
        path(f"{_ONE}/questions", questions.questions, name="steward-questions"),
        path(f"{_ONE}/questions/<str:key>", questions.question, name="steward-question"),
        path(f"{_ONE}/items/<str:code>", item.item, name="steward-item"),
        path(f"{_ONE}/items/<str:code>/needs", needs.needs, name="steward-needs"),
        path(f"{_ONE}/row/<slug:part>/<str:name>", questions.row, name="steward-row"),
        path("countersign", round.countersign, name="countersign"),
        path("countersign/<uuid:manuscript>", round.manuscript, name="countersign-manuscript"),
    ]
)
