"""Addresses of the applicant's pages; those of a draft serve the window clerk as well."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import (
    cases,
    commitment,
    correction,
    drafts,
    fees,
    fields,
    materials,
    mending,
    messages,
    owing,
    rating,
    reads,
    review,
    situation,
    start,
    submission,
    wallet,
    withdrawal,
)

patterns: list[URLPattern | URLResolver] = [
    path("start/<slug:bundle>", start.start, name="start"),
    path("draft/<uuid:draft>", drafts.draft, name="draft"),
    path("draft/<uuid:draft>/discard", drafts.discard, name="draft-discard"),
    path("draft/<uuid:draft>/situation", situation.situation, name="draft-situation"),
    path("draft/<uuid:draft>/situation/answers", situation.answers, name="draft-answers"),
    path("draft/<uuid:draft>/form/<int:group>", fields.fields, name="draft-form"),
    path("draft/<uuid:draft>/form/<int:group>/save", fields.autosave, name="draft-save"),
    path("draft/<uuid:draft>/object/<slug:element>", fields.objection, name="draft-object"),
    path("draft/<uuid:draft>/materials", materials.materials, name="draft-materials"),
    path("draft/<uuid:draft>/materials/<slug:material>", materials.upload, name="draft-upload"),
    path("draft/<uuid:draft>/materials/<slug:material>/owe", owing.promise, name="draft-owe"),
    path("draft/<uuid:draft>/materials/<slug:material>/reuse", materials.reuse, name="draft-reuse"),
    path("draft/<uuid:draft>/file/<uuid:copy>/drop", materials.drop, name="draft-drop"),
    path("draft/<uuid:draft>/review", review.review, name="draft-review"),
    path("my", cases.cases, name="my-cases"),
    path("my/materials", wallet.wallet, name="my-materials"),
    path("my/materials/<uuid:copy>", wallet.document, name="my-material"),
    path("my/messages", messages.read_messages, name="my-messages"),
    path("my/reads", reads.who_looked, name="who-looked"),
    path("my/<uuid:submission>", submission.submission, name="my-case"),
    path("my/<uuid:submission>/receipt", submission.receipt, name="receipt"),
    path("my/<uuid:submission>/correction", correction.correction, name="correction"),
    path("my/<uuid:submission>/correction/<slug:material>", correction.upload, name="correction-upload"),
    path("my/<uuid:submission>/correction/<slug:material>/drop", correction.drop, name="correction-drop"),
    path("my/<uuid:submission>/withdraw/<uuid:case>", withdrawal.withdraw, name="withdraw"),
    path("my/<uuid:submission>/commitment/<uuid:case>", commitment.withdraw, name="withdraw-commitment"),
    path("my/<uuid:submission>/owed", owing.owed, name="owed"),
    path("my/<uuid:submission>/owed/<slug:material>", owing.supply, name="owed-supply"),
    path("my/<uuid:submission>/mended/<uuid:case>", mending.report, name="report-mended"),
    path("my/<uuid:submission>/fees", fees.fees, name="fees"),
    path("my/<uuid:submission>/fees/pay", fees.pay, name="fees-pay"),
    path("my/<uuid:submission>/fees/counter", fees.counter, name="fees-counter"),
    path("my/<uuid:submission>/fees/back/<uuid:payment>", fees.back, name="fees-back"),
    path("my/<uuid:submission>/rate", rating.rate, name="rate"),
]
urlpatterns = answering(patterns)
