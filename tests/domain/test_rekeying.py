"""What typing again costs, and what number of another system is taken."""

from datetime import date

import pytest

from yijianshi.domain.cases import CLOSED, State
from yijianshi.domain.rekeying import (
    FieldToType,
    RekeyingNotPossible,
    Retyped,
    check_binding,
    count_fields,
    retyped,
    sum_of,
)
from yijianshi.domain.workdays import Calendar

WEDNESDAY = date(2026, 11, 18)
CALENDAR = Calendar({2026: (frozenset(), frozenset())})


def test_only_boxes_with_something_in_them_are_counted() -> None:
    assert count_fields([FieldToType("a", "名称", "禾味"), FieldToType("b", "备注", "")]) == 1


def test_the_days_until_the_other_number_are_working_days_and_the_first_day_does_not_count() -> None:
    assert retyped(7, received_on=WEDNESDAY, bound_on=WEDNESDAY, calendar=CALENDAR) == Retyped(7, 0)
    assert retyped(7, received_on=WEDNESDAY, bound_on=date(2026, 11, 23), calendar=CALENDAR).days == 3


def test_the_costs_of_a_unit_add_up() -> None:
    total = sum_of([Retyped(10, 1), Retyped(20, 4)])
    assert (total.cases, total.fields, total.longest, total.average) == (2, 30, 4, 2.5)
    assert sum_of([]).average == 0


def bind(number: str = " YC 2026-1 ", on: date = WEDNESDAY, state: State = State.ACCEPTED) -> str:
    return check_binding(number, on, received_on=WEDNESDAY, today=date(2026, 11, 20), state=state)


def test_a_number_is_kept_without_what_surrounds_it() -> None:
    assert bind() == "YC 2026-1"


@pytest.mark.parametrize("number", ["", "   ", "9" * 65])
def test_a_number_that_is_none_is_not_taken(number: str) -> None:
    with pytest.raises(RekeyingNotPossible, match="办件编号"):
        bind(number)


@pytest.mark.parametrize("on", [date(2026, 11, 17), date(2026, 11, 21)])
def test_it_was_accepted_there_between_our_receipt_and_today(on: date) -> None:
    with pytest.raises(RekeyingNotPossible, match="受理日期"):
        bind(on=on)


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_nothing_is_bound_to_what_is_closed(state: State) -> None:
    with pytest.raises(RekeyingNotPossible, match="已经办结"):
        bind(state=state)
