"""The items of a submission in detail: one card each, and under each member of a list his own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from yijianshi.domain.cases import CLOSED, State
from yijianshi.services.reading.my_submission import CaseSeen, SubmissionSeen
from yijianshi.web import parts as p
from yijianshi.web.letters import letters_of
from yijianshi.web.templatetags.yjs import short_day, wide

from .commitment import uncommits_of
from .lanes import tag_of

NEEDS_THE_READER = (
    State.AWAITING_CORRECTION,
    State.MENDING,
    State.SUSPENDED,
    State.REFUSED,
    State.DECLINED,
    State.TERMINATED,
)
#: Whoever waits for the reader stands first, then what went wrong, then what runs late, then the others.
_ORDER = ("todo", "no", "late", "run", "wait", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """One item in detail: whom to call while it runs, what has been decided; open where it needs the reader."""

    id: UUID
    name: str
    official: str
    number: str
    tag: p.Tag
    person: p.Person | None
    says: str
    letters: p.Letters | None
    is_open: bool
    review: str  # where a person can be asked for, of what a machine decided


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """One member of a list: how far his items have come, what holds them back, and that it is only his."""

    name: str
    tag: p.Tag
    says: str
    held_back: str
    cards: tuple[CaseCard, ...]
    withdrawals: tuple[tuple[str, str], ...]
    uncommits: tuple[tuple[str, str], ...]
    is_open: bool


def card_of(case: CaseSeen, seen: SubmissionSeen, on: date) -> CaseCard:
    """Return one item in detail, as on a day."""
    says = []
    if case.began_on:
        says.append(f"{short_day(case.began_on, on)}受理")
    if case.ended_on:
        says.append(f"{short_day(case.ended_on, on)}办结")
    elif case.due_on:
        says.append(f"{short_day(case.due_on, on)}前办完")
    if case.waits_for:
        says.append(f"等“{'、'.join(case.waits_for)}”办出来就启动")
    return CaseCard(
        id=case.id,
        name=case.item.plain_name,
        official=wide(case.item.name),
        number=case.number,
        tag=tag_of(case, on),
        person=None
        if case.state in CLOSED
        else p.Person(name=case.desk.name, about=case.unit_name, phone=case.desk.phone),
        says=" · ".join(says),
        letters=letters_of(case.papers, submission=seen.id, about=case.item.plain_name),
        is_open=case.state in NEEDS_THE_READER or len(seen.cases) == 1,
        review=reverse("ask-review", args=[seen.id, case.id]) if case.by_machine and seen.is_mine else "",
    )


def withdrawals_of(cases: Iterable[CaseSeen], seen: SubmissionSeen) -> tuple[tuple[str, str], ...]:
    """Return which of the cases can still be withdrawn, each with where."""
    return tuple(
        (case.item.plain_name, reverse("withdraw", args=[seen.id, case.id]))
        for case in cases
        if case.can_withdraw
    )


def people_of(seen: SubmissionSeen, on: date) -> tuple[PersonCard, ...]:
    """Return the members of the lists, whoever waits for the reader first; none where nothing is handled by member."""
    found = [_person(cases, seen, on) for cases in _by_member(seen).values()]
    return tuple(sorted(found, key=lambda person: _ORDER.index(person.tag.state)))


def held_back(seen: SubmissionSeen) -> str:
    """Return whom an open correction holds back, and that everybody else goes on; empty where it is nobody's own."""
    asked = [case for case in seen.cases if case.state is State.AWAITING_CORRECTION]
    if not asked or any(not case.member_id for case in asked):
        return ""
    names = list(dict.fromkeys(case.member for case in asked))
    others = len(_by_member(seen)) - len(names)
    if not others:
        return ""
    return f"只有{'、'.join(names)}的要等您补；其余 {others} 个照常在办，不受影响。"


def _by_member(seen: SubmissionSeen) -> dict[str, list[CaseSeen]]:
    found: dict[str, list[CaseSeen]] = {}
    for case in seen.cases:
        if case.member_id:
            found.setdefault(case.member_id, []).append(case)
    return dict(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))


def _person(cases: list[CaseSeen], seen: SubmissionSeen, on: date) -> PersonCard:
    granted = sum(case.state is State.GRANTED for case in cases)
    tags = [tag_of(case, on) for case in cases]
    worst = min(tags, key=lambda tag: _ORDER.index(tag.state) if tag.state in _ORDER else _ORDER.index("run"))
    tag = p.Tag(state="done", word="都办成了") if granted == len(cases) else _summed(worst, granted)
    running = list(dict.fromkeys(case.unit_short for case in cases if case.state not in CLOSED))
    says = f"{len(cases)} 项办成 {granted} 项"
    return PersonCard(
        name=cases[0].member,
        tag=tag,
        says=says + (f"，在{'、'.join(running)}手里" if running else ""),
        held_back="只影响这一个，名单里的别人照常办。" if tag.state in ("todo", "no", "late") else "",
        cards=tuple(card_of(case, seen, on) for case in cases),
        withdrawals=withdrawals_of(cases, seen),
        uncommits=uncommits_of(seen, cases),
        is_open=any(case.state in NEEDS_THE_READER for case in cases),
    )


def _summed(worst: p.Tag, granted: int) -> p.Tag:
    """Return how a member stands whose items are not all granted."""
    if worst.state in ("todo", "no", "late"):
        return worst
    return p.Tag(state="run", word="在办") if granted or worst.state == "run" else worst
