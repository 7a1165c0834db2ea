"""
Reminding of a day that somebody must keep (到期前提醒): how long before, and never of a day that is past.

Basis: 苏政办发〔2022〕87号, 三(四) (supervision all the way): who must do something by a day is told in time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from .workdays import Calendar


class DayToKeep(StrEnum):
    """What is to be done by the day."""

    CHECK = "check"  # 承诺核查
    OWED = "owed"  # 容缺补交
    CORRECTION = "correction"  # 补正
    PAYMENT = "payment"  # 缴费
    APPOINTMENT = "appointment"  # 约好的时间


#: So many working days before, unless the operator says otherwise.
USUALLY = MappingProxyType({
    DayToKeep.CHECK: 5,
    DayToKeep.OWED: 2,
    DayToKeep.CORRECTION: 3,
    DayToKeep.PAYMENT: 2,
    DayToKeep.APPOINTMENT: 1,
})  # fmt: skip
#: Nobody is reminded earlier than this.
FURTHEST = 30


@dataclass(frozen=True, slots=True)
class Distances:
    """How many working days before each kind of day somebody is reminded; 0 means on the day itself."""

    days: Mapping[DayToKeep, int] = field(default_factory=lambda: USUALLY)

    def before(self, kind: DayToKeep) -> int:
        return self.days.get(kind, USUALLY[kind])


def is_time_to_remind(
    day: date, *, told_on: date | None, today: date, distance: int, calendar: Calendar
) -> bool:
    """
    Return whether `today` lies so close before `day` that somebody is reminded of it.

    Whoever was told only today needs no second message today; of a day that is past nobody is reminded.

    >>> from datetime import date as d
    >>> monday, friday = d(2026, 11, 16), d(2026, 11, 20)
    >>> is_time_to_remind(friday, told_on=monday, today=d(2026, 11, 18), distance=2, calendar=Calendar())
    True
    """
    if today > day or (told_on is not None and told_on >= today):
        return False
    return calendar.between(today, day) <= distance
