"""
When a case must be decided (办结期限). Overdue is read from here, never stored as a state.

Basis: Administrative License Law, art. 32 (five days to tell what is missing), art. 42 (twenty working days,
or the item's own promise), art. 45 (eight grounds on which the clock of a licence stops, and nothing else).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from .cases import Action, Step
from .catalogue import Limit, ServiceItem, StopReason
from .codes import ItemCode
from .definitions import Basis
from .plans import Plan
from .workdays import Calendar, Day, legal_day

#: Working days to tell everything that is missing; after them the case is deemed accepted.
DAYS_TO_TELL = 5
#: Working days during which every unit reads its slice and may remark, unless all have answered earlier.
COLLECTION_DAYS = 3
#: Working days that an applicant has for the one correction.
CORRECTION_DAYS = 10

_ART_45 = Basis(title="行政许可法", article="第四十五条")
ART_45_GROUNDS = tuple(
    StopReason(code=code, name=name, basis=_ART_45)
    for code, name in (
        ("hearing", "听证"), ("bidding", "招标"), ("auction", "拍卖"), ("inspection", "检验"),
        ("testing", "检测"), ("quarantine", "检疫"), ("appraisal", "鉴定"), ("expert-review", "专家评审"),
    )
)  # fmt: skip


class StopNotAllowed(Exception):
    """The clock may not stop on this ground for this item."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How the limit of one case stands on one day."""

    due: Day | None  # None before acceptance
    stopped: bool
    used: int  # working days since the clock started, stops left out
    left: int  # working days up to and including the due day; negative when late; a stop leaves them as they were


def stop_grounds(item: ServiceItem) -> tuple[StopReason, ...]:
    """Return on what grounds the clock of `item` may stop: the eight of art. 45 for a licence, else its own."""
    return ART_45_GROUNDS if item.type == "行政许可" else item.stop_reasons


def stop_ground(item: ServiceItem, code: str) -> StopReason:
    """
    Return the ground of that code.

    :raises StopNotAllowed: if it is not a ground for this item.
    """
    for reason in stop_grounds(item):
        if reason.code == code:
            return reason
    known = "、".join(reason.name for reason in stop_grounds(item)) or "没有：这个事项不能停止计时"
    raise StopNotAllowed(f"“{item.name}”不能因“{code}”停止计时；可以停止的情形：{known}")


def procedures_that_count(item: ServiceItem) -> tuple[str, ...]:
    """Return the special procedures of `item` that are no ground for a stop: their days count (计入时限)."""
    grounds = {reason.name for reason in stop_grounds(item)}
    return tuple(name for name in item.special_procedures if name not in grounds)


def promised_days(limit: Limit, *, committed: bool) -> float | None:
    """Return the promised number of days; a promise that holds only on a commitment needs the commitment."""
    if not committed and limit.without_commitment is not None:
        return limit.without_commitment
    return limit.promised


def due_day(start: date, limit: Limit, calendar: Calendar, *, committed: bool = False) -> Day | None:
    """Return the last day for a decision on a case whose clock starts on `start`; None if nothing is promised."""
    days = promised_days(limit, committed=committed)
    if days is None:
        days = limit.statutory
    if days is None:
        return None
    if limit.unit == "calendar":
        return calendar.add_calendar_days(start, ceil(days))
    return calendar.add(start, ceil(days))


def clock_of(
    steps: Iterable[Step], limit: Limit, calendar: Calendar, *, today: date, committed: bool = False
) -> Clock:
    """Return the clock that follows from the steps: a stop moves the due day by as many days as it lasted."""
    start: date | None = None
    due: Day | None = None
    stopped_on: date | None = None
    lost = 0
    for step in steps:
        day = legal_day(step.at)
        if step.action in (Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED):
            start = _effective_day(step)
            due = due_day(start, limit, calendar, committed=committed)
        elif step.action is Action.SUSPEND:
            stopped_on = day
        elif step.action is Action.RESUME and stopped_on:
            due = due and move_due_day(due, stopped_on, day, limit, calendar)
            lost += calendar.between(stopped_on, day)
            stopped_on = None
    end = stopped_on or today
    used = calendar.between(start, end) - lost if start else 0
    left = 0
    if due:
        left = calendar.between(end, due.day) if due.day >= end else -calendar.between(due.day, end)
    return Clock(due=due, stopped=stopped_on is not None, used=used, left=left)


def move_due_day(due: Day, stopped_on: date, resumed_on: date, limit: Limit, calendar: Calendar) -> Day:
    """Return the due day after a stop: as many days later as the stop lasted, in the limit's own unit."""
    if limit.unit == "calendar":
        moved = calendar.add_calendar_days(due.day, (resumed_on - stopped_on).days)
    else:
        moved = calendar.add(due.day, calendar.between(stopped_on, resumed_on))
    return Day(moved.day, moved.provisional or due.provisional)


def last_day_to_tell(received_at: datetime, calendar: Calendar) -> Day:
    """Return the fifth working day after receipt, the last on which missing things may be told (art. 32)."""
    return calendar.add(legal_day(received_at), DAYS_TO_TELL)


def promised_day(plan: Plan, calendar: Calendar, *, start: date) -> Day:
    """
    Return the day by which the whole is promised: a walk over the graph, rounded up at each case's due day.

    Public notices are included, since the applicant waits for them too.
    """
    finished: dict[ItemCode, Day] = {}
    for item in plan.items:
        waits_for = (*item.depends_on, *item.depends_on_any, *item.after)
        begins = max((finished[c] for c in waits_for if c in finished), default=Day(start, False))
        committed = item.code in plan.situation.commitments
        ends = due_day(begins.day, item.limit, calendar, committed=committed) or begins
        if item.public_notice_days:
            walk = calendar.add if item.public_notice_unit == "working" else calendar.add_calendar_days
            ends = Day(*walk(ends.day, item.public_notice_days))
        finished[item.code] = Day(ends.day, ends.provisional or begins.provisional)
    last = max(finished.values(), default=Day(start, False))
    return Day(last.day, any(day.provisional for day in finished.values() if day.day == last.day))


def _effective_day(step: Step) -> date:
    """Deemed acceptance is recorded late but holds from the day of receipt."""
    effective = step.detail.get("effective_on")
    return date.fromisoformat(effective) if effective else legal_day(step.at)
