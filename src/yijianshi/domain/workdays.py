"""
Count working days (工作日).

Basis: Administrative License Law, art. 82 (limits run in working days, without statutory holidays); Civil
Code, art. 201 (the first day is not counted); 全国年节及纪念日放假办法 for the dates that are fixed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

#: Legal days are days of Beijing; China has one zone and no summer time.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")

_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class Day(NamedTuple):
    """A day found by counting; provisional (暂定) where a year's holidays are not yet published."""

    day: date
    provisional: bool


def legal_day(at: datetime) -> date:
    """Return the day of Beijing on which the instant `at` lies."""
    return at.astimezone(BEIJING).date()


def start_of(day: date) -> datetime:
    """Return the first instant, in UTC, of a day of Beijing."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the first instant, in UTC, at which a day of Beijing is over."""
    return start_of(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    Which days count, by the State Council's yearly tables: weekends and holidays do not, make-up days do.

    In a year without a table weekends and the holidays of fixed date do not count, and what is found there
    is provisional: nothing that cannot be undone may rest on it.

    >>> autumn = Calendar({2026: (frozenset({date(2026, 9, 25)}), frozenset({date(2026, 9, 20)}))})
    >>> autumn.add(date(2026, 9, 18), 1)
    Day(day=datetime.date(2026, 9, 20), provisional=False)
    """

    years: Mapping[int, tuple[frozenset[date], frozenset[date]]] = field(default_factory=dict)

    def is_published(self, day: date) -> bool:
        return day.year in self.years

    def counts(self, day: date) -> bool:
        """Return whether `day` is a working day, by the table of its year or by the fixed dates."""
        if day.year in self.years:
            holidays, makeup_days = self.years[day.year]
            return day in makeup_days or (day.weekday() < 5 and day not in holidays)
        return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS

    def add(self, start: date, workdays: int) -> Day:
        """Return the day `workdays` after `start`; the start day itself is not counted."""
        day, provisional = start, False
        while workdays > 0:
            day += timedelta(days=1)
            provisional = provisional or not self.is_published(day)
            workdays -= self.counts(day)
        return Day(day, provisional)

    def add_calendar_days(self, start: date, days: int) -> Day:
        """Return the day `days` calendar days after `start`, moved past a rest day (Civil Code, art. 203)."""
        day = start + timedelta(days=days)
        while days and not self.counts(day):
            day += timedelta(days=1)
        return Day(day, bool(days) and not self.is_published(day))

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start`, up to and including `end`."""
        return sum(self.counts(start + timedelta(days=n + 1)) for n in range((end - start).days))
