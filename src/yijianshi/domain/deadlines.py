"""
When a case must be decided (办结期限). Overdue is read from here, never stored as a state.

Basis: Administrative License Law, art. 32 (five days to tell what is missing), art. 42 (twenty working days,
or the item's own promise; forty-five where departments handle together; what may be added to both), art. 45
(eight grounds on which the clock of a licence stops, and nothing else).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
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

#: Working days for licences that several departments handle together (统一、联合、集中办理), art. 42(2).
JOINT_DAYS = 45
#: What may be added once, in working days: on the word of the head of the organ, art. 42(1) …
MOST_EXTENSION = 10
#: … or, where departments handle together, on the word of the head of government, art. 42(2).
MOST_JOINT_EXTENSION = 15
#: At which share of the limit somebody is reminded, in per cent; besides, on the last day itself.
REMIND_AT = (50, 80)

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


class ExtensionNotAllowed(Exception):
    """The limit may not be extended, not again, or not by so much."""


class Approver(StrEnum):
    """Whose word an extension needs (批准人), art. 42."""

    HEAD_OF_ORGAN = "head_of_organ"  # 本行政机关负责人
    HEAD_OF_GOVERNMENT = "head_of_government"  # 本级人民政府负责人


@dataclass(frozen=True, slots=True)
class Extension:
    """By how many days a limit may be extended, and on whose word."""

    most: int
    unit: str
    approver: Approver
    basis: Basis


@dataclass(frozen=True, slots=True)
class Clock:
    """How the limit of one case stands on one day."""

    due: Day | None  # None before acceptance
    stopped: bool
    used: int  # working days since the clock started, stops left out
    left: int  # working days up to and including the due day; negative when late; a stop leaves them as they were
    statutory: Day | None = None  # the last day by law, where a law says one
    joint: Day | None = None  # the last day for the joint handling as a whole, of licences only
    extended: int = 0


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


def extension_of(item: ServiceItem, *, joint: bool, extended: int) -> Extension:
    """
    Return by how much the limit of `item` may be extended, and on whose word.

    :param joint: whether the joint limit of the whole is to be extended rather than the item's own.
    :param extended: by how many days it was extended before.
    :raises ExtensionNotAllowed: if it was extended before, or no law lets it be.
    """
    if extended:
        raise ExtensionNotAllowed(f"“{item.name}”已经延过 {extended} 天；期限只能延一次，请在期限内作出决定")
    licence = item.type == "行政许可"
    if joint and licence:
        basis = Basis(title="行政许可法", article="第四十二条第二款")
        return Extension(MOST_JOINT_EXTENSION, "working", Approver.HEAD_OF_GOVERNMENT, basis)
    if item.limit.extension:
        basis = next(iter(item.basis), Basis(title="实施清单"))
        return Extension(ceil(item.limit.extension), item.limit.unit, Approver.HEAD_OF_ORGAN, basis)
    if licence:
        basis = Basis(title="行政许可法", article="第四十二条第一款")
        return Extension(MOST_EXTENSION, "working", Approver.HEAD_OF_ORGAN, basis)
    raise ExtensionNotAllowed(f"“{item.name}”不是行政许可，也没有法律法规规定可以延期；请在期限内办结")


def extend_due_day(due: Day, days: int, extension: Extension, calendar: Calendar) -> Day:
    """
    Return the due day after an extension by `days`.

    :raises ExtensionNotAllowed: if it is none, or more than the law allows.
    """
    if not 0 < days <= extension.most:
        raise ExtensionNotAllowed(
            f"最多延 {extension.most} 天（{extension.basis}）；请填 1 到 {extension.most}"
        )
    return _later(due, days, extension.unit, calendar)


def clock_of(
    steps: Iterable[Step],
    limit: Limit,
    calendar: Calendar,
    *,
    today: date,
    committed: bool = False,
    joint: bool = False,
) -> Clock:
    """
    Return the clock that follows from the steps: a stop moves the due day by as many days as it lasted.

    :param joint: whether it is a licence that several departments handle together.
    """
    start: date | None = None
    days = _Days(None, None, None)
    stopped_on: date | None = None
    lost = extended = 0
    for step in steps:
        day = legal_day(step.at)
        if step.action in STARTING:
            start = _effective_day(step)
            days = _days_from(start, limit, calendar, committed=committed, joint=joint)
            lost = extended = 0
        elif step.action is Action.SUSPEND:
            stopped_on = day
        elif step.action is Action.RESUME and stopped_on:
            days = days.after_stop(stopped_on, day, limit, calendar)
            lost += calendar.between(stopped_on, day)
            stopped_on = None
        elif step.action is Action.EXTEND:
            extended = int(step.detail.get("days", 0))
            days = days.after_extension(
                extended,
                str(step.detail.get("unit", "working")),
                calendar,
                joint=bool(step.detail.get("joint")),
            )
    end = stopped_on or today
    used = calendar.between(start, end) - lost if start else 0
    left = 0
    if due := days.due:
        left = calendar.between(end, due.day) if due.day >= end else -calendar.between(due.day, end)
    return Clock(
        due=days.due, stopped=stopped_on is not None, used=used, left=left, statutory=days.statutory,
        joint=days.joint, extended=extended,
    )  # fmt: skip


#: Steps with which a limit starts, or starts anew.
STARTING = frozenset({Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED, Action.REDO, Action.REOPEN})


def reminders(
    due: Day, limit: Limit, calendar: Calendar, *, today: date, committed: bool, extended: int
) -> int:
    """
    Return which reminder is due on `today`: 0 none, 50 or 80 per cent of the limit used, 100 on its last day or later.

    The share is of the days as they count now, so that a stop or an extension pushes reminders back with the due day.
    """
    if today >= due.day:
        return 100
    days = promised_days(limit, committed=committed)
    whole = ceil(days if days is not None else limit.statutory or 0) + extended
    if limit.unit == "calendar":
        left = (due.day - today).days
    else:
        left = calendar.between(today, due.day)
    used = whole - left
    return max((share for share in REMIND_AT if used * 100 >= share * whole), default=0) if used > 0 else 0


def move_due_day(due: Day, stopped_on: date, resumed_on: date, limit: Limit, calendar: Calendar) -> Day:
    """Return the due day after a stop: as many days later as the stop lasted, in the limit's own unit."""
    if limit.unit == "calendar":
        return _later(due, (resumed_on - stopped_on).days, "calendar", calendar)
    return _later(due, calendar.between(stopped_on, resumed_on), "working", calendar)


def _later(due: Day, days: int, unit: str, calendar: Calendar) -> Day:
    walk = calendar.add_calendar_days if unit == "calendar" else calendar.add
    moved = walk(due.day, days)
    return Day(moved.day, moved.provisional or due.provisional)


@dataclass(frozen=True, slots=True)
class _Days:
    """The last days that one case has beside each other: as promised, by law, and of the joint handling."""

    due: Day | None
    statutory: Day | None
    joint: Day | None

    def after_stop(self, stopped_on: date, resumed_on: date, limit: Limit, calendar: Calendar) -> "_Days":
        lost = calendar.between(stopped_on, resumed_on)
        return _Days(
            self.due and move_due_day(self.due, stopped_on, resumed_on, limit, calendar),
            self.statutory and move_due_day(self.statutory, stopped_on, resumed_on, limit, calendar),
            self.joint and _later(self.joint, lost, "working", calendar),
        )

    def after_extension(self, days: int, unit: str, calendar: Calendar, *, joint: bool) -> "_Days":
        return _Days(
            self.due and _later(self.due, days, unit, calendar),
            self.statutory and _later(self.statutory, days, unit, calendar),
            _later(self.joint, days, unit, calendar) if self.joint and joint else self.joint,
        )


def _days_from(start: date, limit: Limit, calendar: Calendar, *, committed: bool, joint: bool) -> _Days:
    statutory = None
    if limit.statutory is not None:
        walk = calendar.add_calendar_days if limit.unit == "calendar" else calendar.add
        statutory = walk(start, ceil(limit.statutory))
    return _Days(
        due_day(start, limit, calendar, committed=committed),
        statutory,
        calendar.add(start, JOINT_DAYS) if joint else None,
    )


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
