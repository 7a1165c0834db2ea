"""
What an officer types once more into the system of his own department, while that cannot be joined (转录).

It costs what this counts: the fields typed again, and the days until the other system has given its number.

Basis: 苏政办发〔2022〕87号, 三(二) (systems are joined; until then nothing is asked of the applicant a second time).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .cases import CLOSED, State
from .workdays import Calendar

LONGEST_NUMBER = 64


class RekeyingNotPossible(Exception):
    """A number of the other system cannot be taken, or a result not handed in; the message says why."""


@dataclass(frozen=True, slots=True)
class FieldToType:
    """One box of the other system's form: its label, what goes in, the unit that stands beside it (转录字段)."""

    code: str
    label: str
    value: str
    unit: str = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Retyped:
    """What one case cost: fields typed again, working days until the other system's number (转录成本)."""

    fields: int
    days: int


@dataclass(frozen=True, slots=True)
class RetypedSum:
    """What the cases of a unit cost together."""

    cases: int
    fields: int
    longest: int
    average: float


def count_fields(fields: Iterable[FieldToType]) -> int:
    """
    Return how many boxes have to be typed; empty ones cost nothing.

    >>> count_fields([FieldToType("a", "名称", "禾味"), FieldToType("b", "备注", "")])
    1
    """
    return sum(field.is_filled for field in fields)


def check_binding(number: str, accepted_on: date, *, received_on: date, today: date, state: State) -> str:
    """
    Return the other system's number as it is kept.

    :raises RekeyingNotPossible: if there is none, its day cannot be, or the case is closed.
    """
    plain = " ".join(number.split())
    if state in CLOSED:
        raise RekeyingNotPossible("这一件已经办结，不用再填对方的编号")
    if not plain or len(plain) > LONGEST_NUMBER:
        raise RekeyingNotPossible(f"请填本单位系统给的办件编号，最多 {LONGEST_NUMBER} 个字")
    if not received_on <= accepted_on <= today:
        raise RekeyingNotPossible(
            f"本单位系统的受理日期要在收件那天（{received_on.month} 月 {received_on.day} 日）和今天之间"
        )
    return plain


def retyped(fields: int, *, received_on: date, bound_on: date, calendar: Calendar) -> Retyped:
    """Return what a case cost: the day on which it came does not count."""
    return Retyped(fields, calendar.between(received_on, bound_on))


def sum_of(costs: Iterable[Retyped]) -> RetypedSum:
    """Return what several cases cost together."""
    all_ = tuple(costs)
    days = [cost.days for cost in all_]
    average = round(sum(days) / len(days), 1) if days else 0.0
    return RetypedSum(len(all_), sum(cost.fields for cost in all_), max(days, default=0), average)
