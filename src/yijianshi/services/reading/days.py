"""Working days as a page counts them (工作日): which days they are, and how many are left."""

from collections.abc import Collection
from datetime import date

from ..outside import outside


def is_working_day(day: date) -> bool:
    """Return whether days are counted on that day (工作日)."""
    return outside().calendar.counts(day)


def working_days(first: date, last: date, *, also: Collection[date] = ()) -> tuple[date, ...]:
    """Return the working days from one day to another, and those of the days in `also`, working or not."""
    found: list[date] = []
    day = first
    while day <= last and len(found) < 120:
        if is_working_day(day) or day in also:
            found.append(day)
        day = date.fromordinal(day.toordinal() + 1)
    return tuple(found)


def working_days_left(today: date, until: date) -> int:
    """Return how many working days are left up to and including a day; 0 when it is past."""
    return outside().calendar.between(today, until) if until > today else 0
