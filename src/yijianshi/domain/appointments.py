"""
Find the half-day at which everybody can come (约时间), and say who is missing where there is none.

Basis: 苏政办发〔2022〕87号, 二(八): several departments come together, once. How often an appointment may be moved is our
own rule: once by each side, so that neither keeps the other waiting.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .workdays import Calendar, start_of

#: So many working days ahead free times are asked for.
HORIZON = 10


class AppointmentRefused(ValueError):
    """The appointment cannot be made or moved like this; the message says why and what would do."""


class Half(StrEnum):
    """Half a day (半天)."""

    MORNING = "am"
    AFTERNOON = "pm"


class Side(StrEnum):
    """Who moves an appointment: the departments through their coordinator, or the applicant."""

    AUTHORITY = "authority"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """
    One half-day that can be agreed on (时段).

    >>> Slot.parse("2026-11-20.pm").words
    '11 月 20 日下午'
    """

    day: date
    half: Half

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.half}"

    @classmethod
    def parse(cls, text: str) -> "Slot":
        """Return the half-day of such a key. :raises ValueError: if it is none."""
        day, _, half = text.partition(".")
        return cls(date.fromisoformat(day), Half(half))

    @property
    def words(self) -> str:
        return f"{self.day.month} 月 {self.day.day} 日" + ("上午" if self.half is Half.MORNING else "下午")

    @property
    def begins(self) -> datetime:
        """Return the first instant at which the half-day has come."""
        return start_of(self.day) + timedelta(hours=0 if self.half is Half.MORNING else 12)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One half-day with those who cannot come, or have not said whether they can."""

    slot: Slot
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """What comes of the free times: the earliest at which all can come, else the nearest to that; who said nothing."""

    common: tuple[Slot, ...]
    nearest: tuple[NearMiss, ...]
    silent: tuple[str, ...]


def half_days(calendar: Calendar, *, after: date, days: int = HORIZON) -> tuple[Slot, ...]:
    """Return the half-days of the next working days, the earliest first; the day itself is too soon."""
    found: list[Slot] = []
    day = after
    while len(found) < 2 * days:
        day += timedelta(days=1)
        if calendar.counts(day):
            found += [Slot(day, Half.MORNING), Slot(day, Half.AFTERNOON)]
    return tuple(found)


def propose(
    free: Mapping[str, Collection[Slot]], parties: Sequence[str], slots: Iterable[Slot], *, most: int = 3
) -> Proposals:
    """
    Return the earliest common half-days; where there is none, those at which the fewest are missing, by name.

    :param free: who can come when; whoever is not in it has not answered, and is missing everywhere.
    """
    each = [
        NearMiss(slot, tuple(party for party in parties if slot not in free.get(party, ())))
        for slot in sorted(slots)
    ]
    common = tuple(one.slot for one in each if not one.missing)[:most] if parties else ()
    fewest = min((len(one.missing) for one in each), default=0)
    some_can = fewest < len(parties)
    nearest = [one for one in each if len(one.missing) == fewest] if not common and some_can else []
    silent = tuple(party for party in parties if party not in free)
    return Proposals(common, tuple(nearest[:most]), silent)


def check_slot(slot: Slot, calendar: Calendar, *, at: datetime) -> None:
    """
    Let pass a half-day that can still be agreed on.

    :raises AppointmentRefused: if it has begun, or is no working day.
    """
    if slot.begins <= at:
        raise AppointmentRefused(f"{slot.words}已经到了或者过了；请另选一个以后的半天")
    if not calendar.counts(slot.day):
        raise AppointmentRefused(f"{slot.day.month} 月 {slot.day.day} 日不上班；请另选一个工作日")


def check_move(side: Side, moved: Collection[Side], *, reason: str) -> None:
    """
    Let pass that a side moves the appointment: once, and with a reason.

    :raises AppointmentRefused: if it was moved by that side before, or nothing is said about why.
    """
    if side in moved:
        raise AppointmentRefused("这一方已经改过一次时间，不能再改；实在来不了，请打电话商量")
    if not reason.strip():
        raise AppointmentRefused("请写一句为什么改时间；其他各方都看得到")
