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
        path("steward/manuscript/<uuid:manuscript>", manuscript.manuscript, name="steward-manuscript"),
        path("steward/manuscript/<uuid:manuscript>/check", manuscript.check, name="steward-check"),
        path(
            "steward/manuscript/<uuid:manuscript>/circulate", manuscript.circulate, name="steward-circulate"
        ),
        path(
            "steward/manuscript/<uuid:manuscript>/call-back", manuscript.call_back, name="steward-call-back"
        ),
        path("steward/manuscript/<uuid:manuscript>/discard", manuscript.discard, name="steward-discard"),
        path("steward/manuscript/<uuid:manuscript>/publish", publishing.publish, name="steward-publish"),
        path("steward/manuscript/<uuid:manuscript>/changes", changes.changes, name="steward-changes"),
        path("steward/manuscript/<uuid:manuscript>/preview", preview.preview, name="steward-preview"),
        path(
            "steward/manuscript/<uuid:manuscript>/preview/notice.pdf",
            preview.notice,
            name="steward-preview-notice",
        ),
        path("steward/manuscript/<uuid:manuscript>/text", text.text, name="steward-text"),
        path("steward/manuscript/<uuid:manuscript>/head", head.head, name="steward-head"),
        path("steward/manuscript/<uuid:manuscript>/improve", improve.improve, name="steward-improve"),
        path("steward/manuscript/<uuid:manuscript>/questions", questions.questions, name="steward-questions"),
        path(
            "steward/manuscript/<uuid:manuscript>/questions/<str:key>",
            questions.question,
            name="steward-question",
        ),
        path("steward/manuscript/<uuid:manuscript>/items/<str:code>", item.item, name="steward-item"),
        path(
            "steward/manuscript/<uuid:manuscript>/items/<str:code>/needs", needs.needs, name="steward-needs"
        ),
        path(
            "steward/manuscript/<uuid:manuscript>/row/<slug:part>/<str:name>",
            questions.row,
            name="steward-row",
        ),
        path("countersign", round.countersign, name="countersign"),
        path("countersign/<uuid:manuscript>", round.manuscript, name="countersign-manuscript"),
    ]
)
