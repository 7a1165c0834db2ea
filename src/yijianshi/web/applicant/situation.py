"""The first step (选情形、选事项): what is handled, in which order and why, what is already held, what is promised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.codes import ItemCode, LicenceCode
from yijianshi.domain.conditions import keys_of
from yijianshi.domain.plans import Offer, UnknownItem, with_prerequisites
from yijianshi.domain.reforms import figures_for
from yijianshi.services.applying.choose import answer_questions, choose_items
from yijianshi.services.applying.situation import AnswersRefused
from yijianshi.services.reading.drafts import DraftRead, Replaced
from yijianshi.services.reading.guide import department_word, reason_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.templatetags.yjs import wide, workdays
from yijianshi.web.visitor.figures import days_of, guide_cuts, in_phases

from .drafts import SITUATION, draft_frame, open_for

LICENCE = "行政许可"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChoice:
    """One item to tick: what it is, what it waits for, whether a commitment or a held licence changes it."""

    code: str
    name: str
    about: str
    chosen: bool
    locked: str  # why it cannot be ticked now
    commitment: str  # what committing would mean; empty where it is not allowed
    committed: bool
    licence: str  # its code, where the applicant may already hold it
    licence_name: str
    held: bool
    claimed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationPage:
    """What the first step says."""

    problems: p.Problems
    cuts: tuple[p.Cut, ...]
    questions: tuple[p.Asked, ...]
    notices: tuple[p.Notice, ...]
    choices: tuple[ItemChoice, ...]
    phases: tuple[tuple[str, tuple[ItemChoice, ...]], ...]
    others: tuple[ItemChoice, ...]


@signed_in
def situation(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show the situation and the items, and take the choice; a choice that is not allowed is kept and explained."""
    if request.method == "POST":
        return _choose(request, draft)
    return _show(request, open_for(request, draft))


@require_POST
@signed_in
def answers(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Take new answers to the questions; the items are suggested anew."""
    read = open_for(request, draft)
    given = {q.key: p.posted(p.asked_question(q), request.POST) for q in read.edition.bundle.questions}
    try:
        answer_questions(draft=draft, actor=actor(request), answers=given, at=now())
    except AnswersRefused as refused:
        wrong = {trouble.key: trouble.message for trouble in refused.troubles}
        return _show(request, read, given=given, wrong=wrong, status=422)
    return HttpResponseRedirect(reverse("draft-situation", args=[draft]) + "#items")


def _choose(request: HttpRequest, draft: UUID) -> HttpResponse:
    read = open_for(request, draft)
    known = {item.code: item for item in read.edition.bundle.items}
    claimed = [LicenceCode(code) for code in request.POST.getlist("claimed")]
    wanted = [ItemCode(code) for code in request.POST.getlist("item")]
    if strangers := [code for code in wanted if code not in known]:
        raise UnknownItem(f"“{read.title}”里没有事项 {'、'.join(strangers)}")
    wanted = [code for code in wanted if known[code].result.licence not in claimed]
    situation = replace(read.plan.situation, held=frozenset((*read.held, *claimed)))
    complete = with_prerequisites(read.edition, wanted, situation=situation)
    problems = choose_items(
        draft=draft,
        actor=actor(request),
        items=complete,
        commitments=[ItemCode(code) for code in request.POST.getlist("commit")],
        claimed=claimed,
        at=now(),
    )
    if problems:
        return _show(request, open_for(request, draft), status=422)
    chosen = open_for(request, draft)
    if chosen.lists:
        return HttpResponseRedirect(reverse("draft-members", args=[draft, chosen.lists[0].group]))
    return HttpResponseRedirect(reverse("draft-form", args=[draft, 0]))


def _show(
    request: HttpRequest,
    read: DraftRead,
    *,
    given: dict[str, object] | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = wrong or {}
    stated = read.answers if given is None else given
    problems = [p.Problem(field=f"f-{key}", text=text) for key, text in wrong.items()]
    if not wrong:
        problems += [p.Problem(field="items", text=problem.message) for problem in read.plan.problems]
    choices = [
        _choice(read, offer) for offer in read.offers if offer.standing != "closed" or _is_chosen(read, offer)
    ]
    others = [
        _choice(read, offer)
        for offer in read.offers
        if offer.standing == "closed" and not _is_chosen(read, offer)
    ]
    page = SituationPage(
        problems=p.Problems(items=tuple(problems), then="改好再往下填"),
        cuts=guide_cuts(figures_for(read.plan), read.plan, read.promised),
        questions=tuple(
            p.asked_question(q, value=stated.get(q.key), error=wrong.get(q.key, "").partition("：")[2])
            for q in read.edition.bundle.questions
        ),
        notices=(*register_wins(read), *_left_out(read)),
        choices=tuple(choices),
        phases=in_phases(
            read.edition.bundle, ((read.edition.item(ItemCode(c.code)).phase, c) for c in choices)
        ),
        others=tuple(others),
    )
    return render(
        request, "applicant/situation.html", draft_frame(request, read, SITUATION, page=page), status=status
    )


def _left_out(read: DraftRead) -> tuple[p.Notice, ...]:
    """Return why only the ordinary way is open, where an item of this choice could otherwise go by commitment."""
    if not read.left_out or not any(item.commitment.allowed for item in read.plan.items):
        return ()
    return (p.Notice(kind="todo", title="这次不能用告知承诺", text=f"{read.left_out}。"),)


def register_wins(read: DraftRead, *, among: Iterable[str] | None = None) -> tuple[p.Notice, ...]:
    """Return the notices of answers that a register contradicts: the register wins, and it is said."""
    wanted = None if among is None else set(among)
    return tuple(
        p.Notice(
            title=f"{found.name}以登记为准：{_said(found.registered)} {found.unit}".rstrip(),
            text=f"您先前答的是 {_said(found.said)} {found.unit}。".replace(" 。", "。")
            + _what_follows(found),
        )
        for found in read.replaced
        if wanted is None or found.element in wanted
    )


def _what_follows(found: Replaced) -> str:
    if found.objected:
        return "您说登记有误，部门会核对；核对出来以前，要办的事项按登记的算。"
    return "已按登记改过，要办的事项跟着算过一遍。登记有误，可以在表里点“有误？”。"


def _by_register(read: DraftRead, offer: Offer) -> str:
    """Return which registered value decides about an item, where the applicant had answered otherwise."""
    keys = keys_of(offer.item.applies)
    return "、".join(
        f"{found.name} {_said(found.registered)} {found.unit}".rstrip()
        for found in read.replaced
        if keys & {found.question, f"element:{found.element}"}
    )


def _is_chosen(read: DraftRead, offer: Offer) -> bool:
    return offer.item.code in read.plan.chosen


def _choice(read: DraftRead, offer: Offer) -> ItemChoice:
    item, edition = offer.item, read.edition
    held = item.result.licence in read.held
    about = [department_word(item, edition)]
    about.append(days_of(item, committed=item.code in read.plan.situation.commitments))
    priors = [edition.item(code).plain_name for code in item.depends_on]
    if priors:
        about.append(f"要先有“{'、'.join(priors)}”")
    registered = _by_register(read, offer)
    if registered and offer.standing == "suggested":
        about.append(f"按登记的{registered}，要办")
    if offer.standing in ("optional", "open") and offer.reason:
        about.append(reason_of(offer, edition))
    licence = item.result.licence
    is_prior = any(item.code in other.depends_on for other in edition.bundle.items)
    return ItemChoice(
        code=item.code,
        name=wide(item.name),
        about=" · ".join(about),
        chosen=_is_chosen(read, offer),
        locked=_why_closed(read, offer, registered) if offer.standing == "closed" else "",
        commitment="" if read.left_out else _commitment(offer),
        committed=item.code in read.plan.situation.commitments,
        licence=licence if licence and is_prior else "",
        licence_name=wide(edition.licences[licence].name) if licence else "",
        held=held,
        claimed=bool(licence and licence in read.claimed),
    )


def _commitment(offer: Offer) -> str:
    item = offer.item
    if not item.commitment.allowed:
        return ""
    grant = "许可" if item.type == LICENCE else "办结"
    faster = ""
    if item.limit.without_commitment is not None:
        unit = item.limit.unit
        faster = f"采用，{workdays(item.limit.promised, unit)}；不采用，{workdays(item.limit.without_commitment, unit)}。"
    return f"{faster}先{grant}，后核查；承诺不实的，撤销{grant if grant == '许可' else '结果'}并记入信用。"


def _why_closed(read: DraftRead, offer: Offer, registered: str) -> str:
    reason = reason_of(offer, read.edition)
    return f"按登记的{registered}，不用办。{reason}" if registered else reason


def _said(value: object) -> str:
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
