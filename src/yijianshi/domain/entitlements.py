"""
A benefit offered to whoever is known to be entitled (免申即享): found by the department, confirmed by the person.

Nothing is granted unless the person confirms. Who declines is not offered it again on the same occasion, and what nobody
confirms by its day lapses by itself.

Basis: 国办发〔2025〕24号 (免申即享); Personal Information Protection Law, arts. 6, 19, 24.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .definitions import Basis, Certainty

#: What an officer may give as the time for confirming, in days; a custom of the house, no limit of a law.
FEWEST_DAYS, MOST_DAYS = 7, 180
LONGEST = 1000


class OfferNotPossible(Exception):
    """The offer cannot be made, or can no longer be answered so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterMatch:
    """Whom a register names by itself: those of the division who reach an age (数据比对)."""

    age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutApplication:
    """That nobody need apply for an item: on what basis, for what occasion, and in which situation it is offered."""

    occasion: str  # such as 满80周岁; for one occasion a person is offered it once
    answers: Mapping[str, bool | float | str]  # to the questions of the situation, for whoever is entitled
    basis: Basis | None = None
    certainty: Certainty = Certainty.MEDIUM
    match: RegisterMatch | None = None
    note: str = ""


class OfferState(StrEnum):
    """Where an offer stands; lapsed is read from its day, and kept only when the names are forgotten."""

    OPEN = "open"  # 等本人确认
    CONFIRMED = "confirmed"  # 已确认，已申报
    OBJECTED = "objected"  # 数据有误，等单位核对
    DECLINED = "declined"  # 不要
    WITHDRAWN = "withdrawn"  # 单位撤下
    LAPSED = "lapsed"  # 过期没有确认


class OfferAnswer(StrEnum):
    """What is done about an offer, by the person or by the unit."""

    CONFIRM = "confirm"  # 确认领取
    OBJECT = "object"  # 数据不对
    DECLINE = "decline"  # 不要
    CORRECT = "correct"  # 单位：核对好了，请再确认
    WITHDRAW = "withdraw"  # 单位：不符合，撤下


_NEXT: Mapping[tuple[OfferState, OfferAnswer], OfferState] = {
    (OfferState.OPEN, OfferAnswer.CONFIRM): OfferState.CONFIRMED,
    (OfferState.OPEN, OfferAnswer.OBJECT): OfferState.OBJECTED,
    (OfferState.OPEN, OfferAnswer.DECLINE): OfferState.DECLINED,
    (OfferState.OBJECTED, OfferAnswer.DECLINE): OfferState.DECLINED,
    (OfferState.OBJECTED, OfferAnswer.CORRECT): OfferState.OPEN,
    (OfferState.OBJECTED, OfferAnswer.WITHDRAW): OfferState.WITHDRAWN,
}
_WHY_NOT = {
    OfferState.OPEN: "本人没有说数据不对，不用核对",
    OfferState.CONFIRMED: "已经确认过了，请到“我的办件”看进度",
    OfferState.OBJECTED: "已经告诉单位数据不对，正在核对，核对好了会再请您确认",
    OfferState.DECLINED: "您已经选了不要，这一次不会再发给您；想领可以自己申请",
    OfferState.WITHDRAWN: "单位核对后撤下了；您认为符合条件的，可以自己申请",
    OfferState.LAPSED: "过了确认的日子；想领可以自己申请",
}


def state_on(state: OfferState, *, until: date, on: date) -> OfferState:
    """Return how an offer stands on a day: an open one lapses after its last day."""
    return OfferState.LAPSED if state is OfferState.OPEN and until < on else state


def answered(state: OfferState, answer: OfferAnswer) -> OfferState:
    """
    Return the state that follows.

    :raises OfferNotPossible: if an offer in that state cannot be answered so.
    """
    to = _NEXT.get((state, answer))
    if to is None:
        raise OfferNotPossible(_WHY_NOT[state])
    return to


def check_days(until: date, *, on: date) -> None:
    """
    Refuse a last day that leaves too little time, or keeps numbers of persons too long.

    :raises OfferNotPossible: if it is sooner than a week or later than half a year.
    """
    if not FEWEST_DAYS <= (until - on).days <= MOST_DAYS:
        raise OfferNotPossible(
            f"确认的最后一天请定在 {FEWEST_DAYS} 到 {MOST_DAYS} 天以内，给人留出时间，也不久留名单"
        )


def birthdays_for(age: int, *, first: date, last: date) -> tuple[date, date]:
    """
    Return the days of birth of whoever reaches an age from `first` to `last`; of 29 February the day before counts.

    >>> birthdays_for(80, first=date(2026, 11, 1), last=date(2026, 11, 30))
    (datetime.date(1946, 11, 1), datetime.date(1946, 11, 30))
    """
    return _years_before(first, age), _years_before(last, age)


def _years_before(day: date, years: int) -> date:
    year = day.year - years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
