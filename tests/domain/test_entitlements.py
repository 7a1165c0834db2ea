"""What may follow on an offer, and who reaches an age when."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import product

import pytest

from yijianshi.domain.entitlements import (
    OfferAnswer,
    OfferNotPossible,
    OfferState,
    answered,
    birthdays_for,
    check_days,
    state_on,
)

ON = date(2026, 11, 18)


def test_only_an_open_offer_is_confirmed_and_only_the_person_or_the_unit_moves_it_on() -> None:
    allowed = set()
    for state, answer in product(OfferState, OfferAnswer):
        with suppress(OfferNotPossible):
            allowed.add((state.value, answer.value, answered(state, answer).value))
    assert allowed == {
        ("open", "confirm", "confirmed"),
        ("open", "object", "objected"),
        ("open", "decline", "declined"),
        ("objected", "decline", "declined"),
        ("objected", "correct", "open"),
        ("objected", "withdraw", "withdrawn"),
    }


def test_an_open_offer_lapses_after_its_day_and_nothing_else_does() -> None:
    assert state_on(OfferState.OPEN, until=ON, on=ON) is OfferState.OPEN
    after = ON + timedelta(days=1)
    assert state_on(OfferState.OPEN, until=ON, on=after) is OfferState.LAPSED
    assert state_on(OfferState.OBJECTED, until=ON, on=after) is OfferState.OBJECTED, "the unit owes an answer"


def test_the_day_leaves_time_and_keeps_nobody_for_long() -> None:
    for days in (7, 30, 180):
        check_days(ON + timedelta(days=days), on=ON)
    for days in (-1, 0, 6, 181):
        with pytest.raises(OfferNotPossible):
            check_days(ON + timedelta(days=days), on=ON)


def test_who_was_born_on_a_leap_day_reaches_an_age_in_february() -> None:
    assert birthdays_for(80, first=date(2024, 2, 29), last=date(2024, 2, 29)) == (
        date(1944, 2, 29),
        date(1944, 2, 29),
    )
    assert birthdays_for(79, first=date(2024, 2, 29), last=date(2024, 3, 1)) == (
        date(1945, 2, 28),
        date(1945, 3, 1),
    )
