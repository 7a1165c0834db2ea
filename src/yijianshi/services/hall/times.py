"""Which times can be booked (可约时段), with what is left of each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yijianshi.domain.booking import SlotAt, days_to_book, slots_on
from yijianshi.domain.centres import Centre, Line
from yijianshi.domain.workdays import end_of, start_of
from yijianshi.store.hall.models import SlotRow

from ..outside import outside
from .loading import shut_at


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """One time, and how many places are left."""

    slot: SlotAt
    left: int


def bookable_days(centre: Centre, *, at: datetime) -> tuple[date, ...]:
    """Return the days for which one can book."""
    return days_to_book(centre, at=at, calendar=outside().calendar, rules=outside().booking)


def slots_of_day(centre: Centre, line: Line, day: date, *, at: datetime) -> tuple[SlotAt, ...]:
    """Return the times of a day, whether or not a place is left."""
    return slots_on(
        centre,
        line,
        day,
        calendar=outside().calendar,
        rules=outside().booking,
        shut=shut_at(centre.code, at=at),
    )


def times_of_day(centre: Centre, line: Line, day: date, *, at: datetime) -> tuple[TimeLeft, ...]:
    """Return the times of a day that have not begun, with what is left of each; two queries."""
    rows = SlotRow.objects.filter(
        centre=centre.code, line=line.letter, begins__gte=start_of(day), begins__lt=end_of(day)
    )
    taken = dict(rows.values_list("begins", "taken"))
    return tuple(
        TimeLeft(slot, max(slot.places - taken.get(slot.begins, 0), 0))
        for slot in slots_of_day(centre, line, day, at=at)
        if slot.begins > at
    )


def next_free(centre: Centre, line: Line, *, after: datetime, at: datetime, days: int = 3) -> SlotAt | None:
    """Return the first time after another that has a place left, within a few days; None where there is none."""
    soon = [day for day in bookable_days(centre, at=at) if start_of(day) + timedelta(days=1) > after]
    for day in soon[:days]:
        for one in times_of_day(centre, line, day, at=at):
            if one.slot.begins > after and one.left:
                return one.slot
    return None
