"""What is offered to the reader (免申即享): what he would get, what it rests on, until when, and his three answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.codes import ElementCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import FormField
from yijianshi.domain.entitlements import LONGEST, OfferNotPossible, OfferState
from yijianshi.services.offering.answer import (
    OfferIncomplete,
    confirm_offer,
    decline_offer,
    object_to_offer,
)
from yijianshi.services.reading.case_values import source_in_words
from yijianshi.services.reading.offers import OfferPreview, OfferSeen, preview_offer, read_offer
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.applicant.values import question_of, typed_value, words_of
from yijianshi.web.templatetags.yjs import day

_OVER = {
    OfferState.CONFIRMED: p.Notice(kind="done", title="您已经确认，正在办"),
    OfferState.OBJECTED: p.Notice(kind="todo", title="您说数据不对，单位正在核对", text="核对好了会告诉您，再请您决定。"),
    OfferState.DECLINED: p.Notice(title="您选了不要", text="这一次不会再发给您。想领的，随时可以自己申请。"),
    OfferState.WITHDRAWN: p.Notice(kind="no", title="单位核对后撤下了", text="您认为符合条件的，可以自己申请，或拨打 12345。"),
    OfferState.LAPSED: p.Notice(kind="no", title="过了确认的日子", text="想领的，可以自己申请。"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """What the page says of one offer."""

    seen: OfferSeen
    until: str
    over: p.Notice | None
    facts: p.Facts
    questions: tuple[p.Asked, ...]
    objection: p.Asked
    problems: p.Problems
    submission: str


@signed_in
def offer(request: HttpRequest, offer: UUID) -> HttpResponse:
    """
    Show an offer; confirming files it.

    :raises NotPermitted: if it is not the reader's.
    """
    if request.method != "POST":
        return _show(request, offer)
    preview = preview_offer(offer, actor=actor(request), at=now())
    given: dict[str, Any] = {
        field.element: typed_value(_question(field, preview), request.POST) for field in preview.asked
    }
    try:
        submission = confirm_offer(offer=offer, actor=actor(request), given=given, at=now())
    except OfferIncomplete as missing:
        wrong = {trouble.key: trouble.message for trouble in missing.troubles}
        return _show(request, offer, wrong=wrong, status=422)
    except OfferNotPossible as refusal:
        return _show(request, offer, problem=str(refusal), status=409)
    messages.success(request, "已经替您提交，不用再交别的。办到哪一步，这里随时能看。")
    return HttpResponseRedirect(reverse("my-case", args=[submission]))


@signed_in
def object_(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Say that the data are wrong."""
    words = request.POST.get("words", "")[: LONGEST + 1]
    return _answer(
        request,
        offer,
        lambda: object_to_offer(offer=offer, actor=actor(request), words=words, at=now()),
        said="已经告诉单位，有人会核对，结果会通知您。",
    )


@signed_in
def decline(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Ask, and decline an offer."""
    if request.method == "POST":
        return _answer(
            request,
            offer,
            lambda: decline_offer(offer=offer, actor=actor(request), at=now()),
            said="好的，这一次不会再发给您。想领的，随时可以自己申请。",
        )
    seen = read_offer(offer, actor=actor(request), on=today())
    question = p.Confirmation(
        title=f"不要“{seen.item.plain_name}”？",
        text="选了不要，这一次就不会再发给您。",
        remains="您的权利还在：以后想领，可以自己申请。",
        yes="不要",
        no="再想想",
        post=request.path,
        back=reverse("offer", args=[offer]),
        danger=False,
    )
    return render(request, "confirm.html", frame(request, nav="cases", question=question))


def _answer(request: HttpRequest, offer: UUID, act: Callable[[], None], *, said: str) -> HttpResponse:
    if request.method != "POST":
        read_offer(offer, actor=actor(request), on=today())  # or nobody is led anywhere
        return HttpResponseRedirect(reverse("offer", args=[offer]))
    try:
        act()
    except OfferNotPossible as refusal:
        return _show(request, offer, problem=str(refusal), status=422)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("my-cases"))


def _show(
    request: HttpRequest,
    offer: UUID,
    *,
    wrong: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    seen = read_offer(offer, actor=actor(request), on=today())
    is_open = seen.state is OfferState.OPEN
    preview = preview_offer(offer, actor=actor(request), at=now()) if is_open else None
    problems = [p.Problem(field=f"f-{key}", text=text) for key, text in (wrong or {}).items()]
    if problem:
        problems.append(p.Problem(field="", text=problem))
    page = OfferPage(
        seen=seen,
        until=day(seen.until, today()),
        over=_OVER.get(seen.state),
        facts=p.Facts(items=_facts(preview)),
        questions=tuple(_question(field, preview, request, wrong) for field in preview.asked) if preview else (),
        objection=p.Asked(
            name="words", label="哪里不对", kind=Kind.TEXT, wide=True, max_length=LONGEST,
            hint="如：户口已经迁走；已经在别处领了",
        ),
        problems=p.Problems(items=tuple(problems)),
        submission=reverse("my-case", args=[seen.submission]) if seen.submission else "",
    )  # fmt: skip
    return render(request, "offers/offer.html", frame(request, nav="cases", page=page), status=status)


def _facts(preview: OfferPreview | None) -> tuple[p.Known, ...]:
    if preview is None:
        return ()
    edition = preview.edition
    return tuple(
        p.Known(
            name=edition.elements[field.element].name,
            value=words_of(field.value.value, edition.elements[field.element], edition),
            source=source_in_words(field.value.source, edition),
            at=field.value.at,
        )
        for field in preview.known
        if field.value is not None and field.value.source in edition.resources
    )


def _question(
    field: FormField,
    preview: OfferPreview,
    request: HttpRequest | None = None,
    wrong: dict[str, str] | None = None,
) -> p.Asked:
    plain = question_of(field, preview.edition)
    if request is None or request.method != "POST":
        return plain
    error = (wrong or {}).get(ElementCode(field.element), "").rpartition("：")[2]
    return question_of(field, preview.edition, value=p.posted(plain, request.POST), error=error)
