"""Counting working days, by the State Council's tables and, where there is none yet, provisionally."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.specimens import calendar
from yijianshi.domain.workdays import Calendar, Day, end_of, legal_day, start_of

in_the_table = st.dates(date(2022, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("year", "workdays"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_each_published_year_has_its_number_of_working_days(year: int, workdays: int) -> None:
    assert calendar().between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2024, 9, 30), 5, date(2024, 10, 12)),  # a Saturday at work after the National Day
        (date(2025, 1, 24), 5, date(2025, 2, 7)),  # the Sunday before the Spring Festival is at work
        (date(2025, 9, 30), 5, date(2025, 10, 14)),
        (date(2026, 2, 13), 20, date(2026, 3, 19)),
        (date(2025, 12, 31), 20, date(2026, 1, 29)),
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # a Sunday at work
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),  # a Sunday at work after New Year
        (date(2026, 12, 1), 5, date(2026, 12, 8)),
        (date(2026, 12, 24), 5, date(2026, 12, 31)),
    ],
)
def test_limits_run_around_the_holidays(start: date, days: int, end: date) -> None:
    assert calendar().add(start, days) == Day(end, False)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday, made up for the holiday
        (date(2026, 10, 11), False),
        (date(2026, 1, 4), True),  # Sunday, made up for New Year
        (date(2026, 1, 2), False),
        (date(2026, 12, 31), True),
    ],
)
def test_holidays_do_not_count_and_make_up_days_do(day: date, counts: bool) -> None:
    assert calendar().counts(day) is counts


def test_what_reaches_into_a_year_without_a_table_is_provisional() -> None:
    assert calendar().add(date(2026, 12, 31), 1) == Day(date(2027, 1, 4), True)
    assert calendar().add(date(2026, 12, 31), 0) == Day(date(2026, 12, 31), False)
    assert calendar().add(date(2026, 12, 30), 1) == Day(date(2026, 12, 31), False)


@pytest.mark.parametrize("fixed", [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
def test_without_a_table_the_holidays_of_fixed_date_and_weekends_do_not_count(fixed: tuple[int, int]) -> None:
    assert not calendar().counts(date(2027, *fixed))
    assert not calendar().counts(date(2027, 7, 3))
    assert calendar().counts(date(2027, 7, 5))


def test_when_the_table_is_there_the_day_is_counted_anew_and_no_longer_provisional() -> None:
    published = Calendar({**calendar().years, 2027: (frozenset({date(2027, 1, 4)}), frozenset())})
    assert calendar().add(date(2026, 12, 31), 1) == Day(date(2027, 1, 4), True)
    assert published.add(date(2026, 12, 31), 1) == Day(date(2027, 1, 1), False)


@given(in_the_table, st.integers(1, 120))
def test_the_last_day_is_a_working_day_and_as_many_lie_between(start: date, days: int) -> None:
    end = calendar().add(start, days)
    assert calendar().counts(end.day)
    assert calendar().between(start, end.day) == days
    assert end.provisional == (end.day.year > 2026)


@given(in_the_table, st.integers(0, 60), st.integers(0, 60))
def test_two_limits_one_after_the_other_are_one_long_limit(start: date, first: int, second: int) -> None:
    walked = calendar().add(calendar().add(start, first).day, second)
    assert walked.day == calendar().add(start, first + second).day


@given(in_the_table, st.integers(0, 60))
def test_a_limit_in_calendar_days_ends_on_a_working_day(start: date, days: int) -> None:
    end = calendar().add_calendar_days(start, days)
    assert end.day >= start + timedelta(days=days)
    assert not days or calendar().counts(end.day)
    assert end.day - start - timedelta(days=days) < timedelta(days=10)


def test_nothing_lies_between_a_day_and_one_before_it() -> None:
    assert calendar().between(date(2026, 10, 8), date(2026, 9, 1)) == 0


def test_days_are_days_of_beijing() -> None:
    late = datetime(2026, 11, 18, 16, 30, tzinfo=UTC)
    assert legal_day(late) == date(2026, 11, 19)
    assert start_of(date(2026, 11, 19)) == datetime(2026, 11, 18, 16, tzinfo=UTC)
    assert end_of(date(2026, 11, 18)) == start_of(date(2026, 11, 19))


@given(in_the_table)
def test_a_day_begins_and_ends_on_itself(day: date) -> None:
    assert legal_day(start_of(day)) == day
    assert legal_day(end_of(day) - timedelta(microseconds=1)) == day
    assert legal_day(end_of(day)) == day + timedelta(days=1)
