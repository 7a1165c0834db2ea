"""
A unit's open cases by due day (部门待办). Only the page's rows are opened; figures come from one grouped count.

The list is three streams, each in the order of its index: what runs, by its due day; what is still to be read or
accepted, by arrival; what waits for others. They are merged by day for as many rows as the page needs.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import merge
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from yijianshi.domain.cases import RUNNING, State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, posts_for, require
from yijianshi.domain.workdays import Calendar, legal_day
from yijianshi.store.cases.models import OPEN, CaseRow

from ..catalogue.published import edition_by_id
from ..outside import outside
from .inbox_marks import COLLEAGUE, MINE, NOBODY, marks_of
from .units import name_of_division
from .whose import whose

PER_PAGE = 50
DAYS_AHEAD = 10

_RUNS = Q(state__in=sorted(RUNNING))
#: The queues that the counts row offers, and what is in each.
QUEUES: dict[str, Q] = {
    "received": Q(state=State.RECEIVED),
    "corrected": Q(state=State.CORRECTED),
    "correction": Q(state=State.AWAITING_CORRECTION),
    "stopped": Q(state=State.SUSPENDED),
    "mended": Q(state=State.MENDED),
    "mending": Q(state=State.MENDING),
    "waiting": Q(state=State.WAITING),
    "running": _RUNS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How the reader narrows the list."""

    queue: str = ""  # "", late, soon, or one of QUEUES
    item: str = ""
    number: str = ""
    party: UUID | None = None
    due: date | None = None
    unit: str = ""
    hand: str = ""  # in whose hands: mine, nobody, colleague
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """One open case of the unit."""

    id: UUID
    number: str
    submission_number: str
    title: str
    applicant: str  # where that is somebody else than the title says
    item: str
    item_code: str
    bundle: str
    division: str
    channel: str
    state: State
    seq: int
    received_on: date
    day: date | None  # the day that matters now: due, to be read by, or to be accepted by
    left: int  # working days to that day; negative when it has passed
    stopped_for: int | None
    committed: bool
    unit: str
    handler: str  # who has it in hand
    is_mine: bool  # the reader himself
    proposed: bool  # a decision that waits for a second person


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """The figures above the list."""

    open: int
    late: int
    soon: int
    by_queue: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """One page of a unit's inbox."""

    unit: str
    units: tuple[str, ...]
    wanted: Wanted
    counts: InboxCounts
    lines: tuple[InboxLine, ...]
    total: int
    last_page: int
    items: tuple[tuple[str, str, int], ...]  # code, name, how many open
    ahead: tuple[tuple[date, int], ...]  # the next working days with how many are due


def read_inbox(*, actor: Actor, wanted: Wanted, at: datetime) -> InboxPage:
    """
    Return a page of the open cases of the actor's unit, the most urgent first.

    :raises NotPermitted: if the actor reviews for no unit, or not for the one asked for.
    """
    require(actor, Act.READ_INBOX, Thing())
    units = tuple(str(post.unit) for post in actor.holds(Role.REVIEWER))
    unit = wanted.unit or (units[0] if units else "")
    if unit not in units:
        raise NotPermitted(Act.READ_INBOX)
    today, calendar = legal_day(at), outside().calendar
    tomorrow = calendar.add(today, 1).day
    grouped = _grouped(unit, today, tomorrow)
    counts = _counts([row for row in grouped if not wanted.item or row["item"] == wanted.item])
    rows = _in_hands(_matching(unit, wanted, today, tomorrow), wanted.hand, actor)
    if wanted.number or wanted.party:  # few or none, so they are read once and not counted
        keys = list(rows.order_by("due_on", "id").values_list("id", flat=True)[:PER_PAGE])
        total, last_page, page = len(keys), 1, 1
    else:
        total = _total(rows, wanted, counts)
        last_page = max(1, -(-total // PER_PAGE))
        page = min(max(1, wanted.page), last_page)
        keys = _keys_in_order(rows, most=page * PER_PAGE)[(page - 1) * PER_PAGE :]
    lines = _lines(keys, today, calendar, me=actor.account)
    return InboxPage(
        unit=unit,
        units=units,
        wanted=replace(wanted, page=page),
        counts=counts,
        lines=lines,
        total=total,
        last_page=last_page,
        items=_items(grouped, unit),
        ahead=_ahead(unit, today, calendar),
    )


def next_case(*, actor: Actor, unit: str, item: str = "") -> UUID | None:
    """Return the most urgent case of the unit that can be decided now, for going on without the list."""
    if not any(str(post.unit) == unit for post in actor.holds(Role.REVIEWER)):
        return None
    rows = CaseRow.objects.filter(unit=unit, state__in=sorted(RUNNING))
    rows = rows.filter(item=item) if item else rows
    return rows.order_by("due_on", "id").values_list("id", flat=True).first()


def lines_of(
    cases: Iterable[UUID], *, actor: Actor, at: datetime, most: int = PER_PAGE
) -> tuple[InboxLine, ...]:
    """
    Return these cases as lines, as far as they are the actor's units'; others are left out.

    :raises NotPermitted: if the actor reviews for no unit.
    """
    units = [str(post.unit) for post in posts_for(actor, Act.READ_INBOX, Role.REVIEWER)]
    known = CaseRow.objects.filter(pk__in=list(cases)[:most], unit__in=units).values_list("pk", flat=True)
    return _lines(list(known), legal_day(at), outside().calendar, me=actor.account)


def _open(unit: str) -> QuerySet[CaseRow]:
    return CaseRow.objects.filter(unit=unit, state__in=OPEN)


def _grouped(unit: str, today: date, tomorrow: date) -> list[dict[str, Any]]:
    late = Q(due_on__lt=today) & _RUNS
    soon = Q(due_on__gte=today, due_on__lte=tomorrow) & _RUNS
    rows = (
        _open(unit)
        .values("item", "state")
        .annotate(number=Count("id"), late=Count("id", filter=late), soon=Count("id", filter=soon))
        .order_by()
    )
    return [dict(row) for row in rows]


def _counts(grouped: list[dict[str, Any]]) -> InboxCounts:
    by_state: Counter[str] = Counter()
    for row in grouped:
        by_state[str(row["state"])] += row["number"]
    return InboxCounts(
        open=sum(by_state.values()),
        late=sum(row["late"] for row in grouped),
        soon=sum(row["soon"] for row in grouped),
        by_queue={
            "received": by_state[State.RECEIVED],
            "corrected": by_state[State.CORRECTED],
            "correction": by_state[State.AWAITING_CORRECTION],
            "stopped": by_state[State.SUSPENDED],
            "waiting": by_state[State.WAITING],
            "running": sum(by_state[state] for state in RUNNING),
            "mended": by_state[State.MENDED],
            "mending": by_state[State.MENDING],
        },
    )


def _items(grouped: list[dict[str, Any]], unit: str) -> tuple[tuple[str, str, int], ...]:
    numbers: Counter[str] = Counter()
    for row in grouped:
        numbers[str(row["item"])] += row["number"]
    names = _names_of_items(unit, numbers)
    return tuple((code, names.get(code, code), number) for code, number in numbers.most_common())


def _names_of_items(unit: str, codes: Iterable[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for code in codes:
        key = (
            _open(unit).filter(item=code).values_list("submission__edition_id", flat=True).first()
            if code not in _ITEM_NAMES
            else None
        )
        if key:
            _ITEM_NAMES.update({item.code: item.plain_name for item in edition_by_id(key).bundle.items})
        names[code] = _ITEM_NAMES.get(code, code)
    return names


#: Names of items as any edition gives them, kept for the filter of the list only.
_ITEM_NAMES: dict[str, str] = {}


def _matching(unit: str, wanted: Wanted, today: date, tomorrow: date) -> QuerySet[CaseRow]:
    if wanted.party:  # whatever the unit ever had of this applicant
        return CaseRow.objects.filter(unit=unit, submission__party=wanted.party)
    digits = "".join(sign for sign in wanted.number if sign.isdigit())
    if len(digits) == 23:
        return CaseRow.objects.filter(Q(number=digits) | Q(submission__number=digits), unit=unit)
    rows = _open(unit)
    if digits:
        rows = rows.filter(Q(number__endswith=digits) | Q(submission__number__endswith=digits))
    elif wanted.number:
        return rows.none()
    if wanted.item:
        rows = rows.filter(item=wanted.item)
    if wanted.queue == "late":
        rows = rows.filter(_RUNS, due_on__lt=today)
    elif wanted.queue == "soon":
        rows = rows.filter(_RUNS, due_on__gte=today, due_on__lte=tomorrow)
    elif wanted.queue in QUEUES:
        rows = rows.filter(QUEUES[wanted.queue])
    if wanted.due:
        rows = rows.filter(_RUNS, due_on=wanted.due)
    return rows


def _in_hands(rows: QuerySet[CaseRow], hand: str, actor: Actor) -> QuerySet[CaseRow]:
    me = UUID(actor.account)
    if hand == MINE:
        return rows.filter(handler=me)
    if hand == NOBODY:
        return rows.filter(handler=None)
    return rows.exclude(handler=None).exclude(handler=me) if hand == COLLEAGUE else rows


def _total(rows: QuerySet[CaseRow], wanted: Wanted, counts: InboxCounts) -> int:
    if wanted.due or wanted.hand:
        return rows.count()
    known = {"": counts.open, "late": counts.late, "soon": counts.soon} | counts.by_queue
    return known.get(wanted.queue, counts.open)


def _keys_in_order(rows: QuerySet[CaseRow], *, most: int) -> list[UUID]:
    dated = rows.filter(due_on__isnull=False).order_by("due_on", "id").values_list("due_on", "id")[:most]
    undated = rows.filter(due_on=None)
    to_do = undated.filter(state__in=[State.RECEIVED, State.CORRECTED]).order_by("id")
    to_read = to_do.values_list("submission__collect_until", "state", "look_again_at", "id")[:most]
    arrived = sorted((_day_to_answer(*key[:3]), key[3]) for key in to_read)
    keys = [key for _, key in merge(dated, arrived)][:most]
    if len(keys) < most:
        others = undated.exclude(state__in=[State.RECEIVED, State.CORRECTED]).order_by("id")
        keys += others.values_list("id", flat=True)[: most - len(keys)]
    return keys


def _day_to_answer(collect_until: date, state: str, look_again_at: datetime | None) -> date:
    if state == State.CORRECTED and look_again_at:
        return legal_day(look_again_at) - timedelta(days=1)
    return collect_until


def _lines(keys: list[UUID], today: date, calendar: Calendar, *, me: str) -> tuple[InboxLine, ...]:
    rows = CaseRow.objects.filter(pk__in=keys).select_related("submission__party")
    rows = rows.only(
        "number", "item", "state", "seq", "due_on", "stopped_on", "received_at", "committed", "look_again_at", "unit", "handler",
        "submission__number", "submission__title_sealed", "submission__party__name_sealed", "submission__edition_id", "submission__division",
        "submission__channel", "submission__collect_until",
    )  # fmt: skip
    place = {key: n for n, key in enumerate(keys)}
    lines, marks = [], marks_of(rows)
    for row in sorted(rows, key=lambda row: place[row.id]):
        submission = row.submission
        edition = edition_by_id(submission.edition_id)
        state = State(row.state)
        day = _day_that_matters(row, state, calendar)
        left = 0
        if day:
            left = calendar.between(today, day) if day >= today else -calendar.between(day, today)
        lines.append(
            InboxLine(
                id=row.id,
                number=row.number,
                submission_number=submission.number,
                title=(matter := whose(submission)).title,
                applicant=matter.applicant,
                item=edition.item(ItemCode(row.item)).plain_name,
                item_code=row.item,
                bundle=edition.bundle.title,
                division=name_of_division(submission.division),
                channel=submission.channel,
                state=state,
                seq=row.seq,
                received_on=legal_day(row.received_at),
                day=day,
                left=left,
                stopped_for=calendar.between(row.stopped_on, today) if row.stopped_on else None,
                committed=row.committed,
                unit=row.unit,
                handler=marks.names.get(row.handler, "同事") if row.handler else "",
                is_mine=str(row.handler) == me,
                proposed=row.id in marks.proposed,
            )
        )
    return tuple(lines)


def _day_that_matters(row: CaseRow, state: State, calendar: Calendar) -> date | None:
    if state is State.CORRECTED and row.look_again_at:
        day = legal_day(row.look_again_at) - timedelta(days=1)
        while not calendar.counts(day):
            day -= timedelta(days=1)
        return day
    if state is State.RECEIVED:
        return row.submission.collect_until
    return row.due_on


def _ahead(unit: str, today: date, calendar: Calendar) -> tuple[tuple[date, int], ...]:
    days = [today] if calendar.counts(today) else []
    while len(days) < DAYS_AHEAD:
        days.append(calendar.add(days[-1] if days else today, 1).day)
    rows = _open(unit).filter(_RUNS, due_on__gte=days[0], due_on__lte=days[-1]).values_list("due_on")
    due = dict(rows.annotate(number=Count("id")).order_by())
    return tuple((day, due.get(day, 0)) for day in days)
