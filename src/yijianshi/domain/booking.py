"""
Booking a time at a window (预约): which times there are, how many places, who may book, and who stayed away too often.

Basis: 苏政办发〔2022〕87号, 三(三) (预约排队). All numbers here are our own custom and can be set: no law names them. Whoever
has stayed away may always come without a booking, for a service may not be refused for that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .centres import Centre, Line, periods_on
from .workdays import BEIJING, Calendar, legal_day


class BookingRefused(ValueError):
    """The booking cannot be made, changed or cancelled like this; the message says why and what would do."""


class SlotFull(BookingRefused):
    """Somebody else took the last place of a time."""


class BookingState(StrEnum):
    """How a booking stands; that somebody stayed away is computed, never stored."""

    BOOKED = "booked"  # 已预约
    ARRIVED = "arrived"  # 已签到取号
    SERVED = "served"  # 已办
    CANCELLED = "cancelled"  # 已取消
    EXCUSED = "excused"  # 因我方原因没有办


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRules:
    """The customs of booking (预约规则), each of which the operator may set."""

    days_ahead: int = 10  # working days for which one can book
    open_at_once: int = 2  # bookings that one person may have before him
    walk_in_percent: int = 40  # of the places that are kept for who comes without
    missed: int = 3  # so often stayed away …
    within_days: int = 90  # … within so many days …
    pause_days: int = 30  # … and one cannot book for so many
    early_minutes: int = 30  # so long before it one may check in


@dataclass(frozen=True, slots=True, order=True)
class SlotAt:
    """One time that can be booked, with the places it has for bookings."""

    begins: datetime
    ends: datetime
    places: int

    @property
    def words(self) -> str:
        """Return 11 月 20 日（周五）09:00-09:30."""
        return slot_words(self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Shut:
    """A window that is shut for a while (关窗)."""

    window: str
    begins: datetime
    ends: datetime

    def covers(self, begins: datetime, ends: datetime) -> bool:
        return self.begins < ends and begins < self.ends


def slot_words(begins: datetime, ends: datetime) -> str:
    """Return a time as it is said: 11 月 20 日（周五）09:00-09:30."""
    here = begins.astimezone(BEIJING)
    weekday = "一二三四五六日"[here.weekday()]
    return f"{here.month} 月 {here.day} 日（周{weekday}）{here:%H:%M}-{ends.astimezone(BEIJING):%H:%M}"


def places_of(
    centre: Centre,
    line: Line,
    begins: datetime,
    ends: datetime,
    *,
    rules: BookingRules,
    shut: Iterable[Shut] = (),
) -> int:
    """
    Return how many may book one time: what the open windows manage, without the share of who comes without.

    Where anybody at all can be served, one place can be booked, and never the last where there are two.
    """
    closed = {one.window for one in shut if one.covers(begins, ends)}
    windows = len(centre.windows_of(line.letter, shut=closed))
    minutes = int((ends - begins).total_seconds()) // 60
    managed = windows * minutes // line.minutes
    if managed < 1:
        return 0
    return max(managed * (100 - rules.walk_in_percent) // 100, 1)


def slots_on(
    centre: Centre,
    line: Line,
    day: date,
    *,
    calendar: Calendar,
    rules: BookingRules,
    shut: Iterable[Shut] = (),
) -> tuple[SlotAt, ...]:
    """Return the times of a day for a line, the earliest first; what is left of a period at its end is too short."""
    shut = tuple(shut)
    length = timedelta(minutes=centre.slot_minutes)
    found = []
    for period in periods_on(centre, day, calendar)[0]:
        begins = datetime.combine(day, period.begins, BEIJING)
        while begins + length <= datetime.combine(day, period.ends, BEIJING):
            places = places_of(centre, line, begins, begins + length, rules=rules, shut=shut)
            if places:
                found.append(SlotAt(begins, begins + length, places))
            begins += length
    return tuple(found)


def days_to_book(
    centre: Centre, *, at: datetime, calendar: Calendar, rules: BookingRules
) -> tuple[date, ...]:
    """Return the days on which one can book, today among them: so many on which the centre is open."""
    day, found = legal_day(at), list[date]()
    for _ in range(rules.days_ahead * 4):
        if periods_on(centre, day, calendar)[0]:
            found.append(day)
        if len(found) == rules.days_ahead:
            break
        day += timedelta(days=1)
    return tuple(found)


def find_slot(slots: Iterable[SlotAt], begins: datetime) -> SlotAt:
    """Return the time that begins then. :raises BookingRefused: if there is none."""
    for slot in slots:
        if slot.begins == begins:
            return slot
    raise BookingRefused("这个时段现在不能预约；请回到上一页，从列出的时段里另选一个")


def check_time(begins: datetime, *, at: datetime) -> None:
    """Let pass a time that has not begun. :raises BookingRefused: if it has."""
    if begins <= at:
        raise BookingRefused("这个时段已经开始了；请选晚一点的，或者现在就来，当场取号一样能办")


def is_missed(state: str, ends: datetime, *, at: datetime) -> bool:
    """Return whether somebody stayed away: booked, the time is over, and nobody checked in."""
    return state == BookingState.BOOKED and ends <= at


def paused_until(missed_on: Collection[date], *, on: date, rules: BookingRules) -> date | None:
    """
    Return the last day on which somebody cannot book, or None where he can.

    Each time he stayed away counts with those of the days before it; the pause runs from the one that was too many.

    >>> from datetime import date as d
    >>> paused_until([d(2026, 9, 1), d(2026, 10, 1), d(2026, 11, 1)], on=d(2026, 11, 20), rules=BookingRules())
    datetime.date(2026, 12, 1)
    """
    days = sorted(missed_on)
    last = None
    for at, day in enumerate(days):
        if at + 1 >= rules.missed and (day - days[at + 1 - rules.missed]).days <= rules.within_days:
            last = day + timedelta(days=rules.pause_days)
    return last if last and last >= on else None


def check_person(
    open_bookings: Sequence[tuple[datetime, datetime]],
    missed_on: Collection[date],
    wanted: SlotAt,
    *,
    at: datetime,
    rules: BookingRules,
) -> None:
    """
    Let pass somebody who may book another time.

    :param open_bookings: begin and end of the bookings he still has before him.
    :raises BookingRefused: if he has too many, one at the same time, or stayed away too often.
    """
    until = paused_until(missed_on, on=legal_day(at), rules=rules)
    if until:
        raise BookingRefused(
            f"近 {rules.within_days} 天有 {rules.missed} 次约了没来，{until.month} 月 {until.day} 日以前不能网上预约；"
            "直接来大厅取号，照样给您办"
        )
    if any(begins < wanted.ends and wanted.begins < ends for begins, ends in open_bookings):
        raise BookingRefused("您在这个时段已经有一个预约；请换一个时段，或先取消那一个")
    if len(open_bookings) >= rules.open_at_once:
        raise BookingRefused(
            f"一个人同时最多约 {rules.open_at_once} 次，您已经约满；请先取消不用的，或办完再约"
        )


def check_cancel(state: str, begins: datetime, *, at: datetime) -> None:
    """
    Let pass a booking that can still be cancelled or changed: until it begins.

    :raises BookingRefused: if it is over, used or begun.
    """
    if state == BookingState.CANCELLED:
        raise BookingRefused("这个预约已经取消过了，不用再办")
    if state != BookingState.BOOKED:
        raise BookingRefused("这个预约已经签到或办完，不能再改")
    if begins <= at:
        raise BookingRefused("预约的时段已经开始，不能再改；来得及就直接来，来不了的下次请提前取消")


def check_in_time(state: str, begins: datetime, ends: datetime, *, at: datetime, rules: BookingRules) -> None:
    """
    Let pass somebody who comes for his booking.

    :raises BookingRefused: if he is too early or too late, or it is no longer a booking.
    """
    if state == BookingState.ARRIVED:
        raise BookingRefused("这个预约已经签到取过号了；号在您的预约页上")
    if state != BookingState.BOOKED:
        raise BookingRefused("这个预约已经取消或办完；要办事请取普通号")
    if at < begins - timedelta(minutes=rules.early_minutes):
        raise BookingRefused(
            f"还早：预约的是 {slot_words(begins, ends)}，开始前 {rules.early_minutes} 分钟才能签到"
        )
    if at >= ends:
        raise BookingRefused("预约的时段过了，请取普通号，一样给您办")
