"""Finding the half-day at which everybody can come."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.domain.appointments import (
    AppointmentRefused,
    Half,
    Side,
    Slot,
    check_move,
    check_slot,
    half_days,
    propose,
)
from yijianshi.domain.workdays import Calendar

pytestmark = pytest.mark.clause("S8.2")

CALENDAR = Calendar({2026: (frozenset(), frozenset())})
THURSDAY = date(2026, 11, 19)
SLOTS = half_days(CALENDAR, after=THURSDAY)
PARTIES = ("fire", "signs", "applicant")
free_times = st.dictionaries(st.sampled_from(PARTIES), st.frozensets(st.sampled_from(SLOTS)))


def test_half_days_are_those_of_the_next_ten_working_days_and_begin_tomorrow() -> None:
    assert len(SLOTS) == 20
    assert SLOTS[0] == Slot(date(2026, 11, 20), Half.MORNING)
    assert SLOTS[2].day == date(2026, 11, 23), "nobody is asked to come on a weekend"
    assert list(SLOTS) == sorted(SLOTS)


@given(free=free_times)
def test_a_common_half_day_suits_everybody_and_the_earliest_is_proposed(
    free: dict[str, frozenset[Slot]],
) -> None:
    found = propose(free, PARTIES, SLOTS)
    suits = [slot for slot in SLOTS if all(slot in free.get(party, ()) for party in PARTIES)]
    assert list(found.common) == suits[:3]
    assert set(found.silent) == set(PARTIES) - set(free)


@given(free=free_times)
def test_where_there_is_none_it_is_said_who_is_missing(free: dict[str, frozenset[Slot]]) -> None:
    found = propose(free, PARTIES, SLOTS)
    for one in found.nearest:
        assert not found.common
        assert one.missing == tuple(party for party in PARTIES if one.slot not in free.get(party, ()))
        assert 0 < len(one.missing) < len(PARTIES)
    if not found.common and any(free.values()):
        assert found.nearest


@given(free=free_times, order=st.permutations(PARTIES))
def test_in_which_order_the_parties_answer_does_not_matter(
    free: dict[str, frozenset[Slot]], order: list[str]
) -> None:
    assert propose(free, order, SLOTS).common == propose(free, PARTIES, reversed(SLOTS)).common


def test_a_half_day_has_a_key_and_words() -> None:
    slot = Slot(date(2026, 11, 20), Half.AFTERNOON)
    assert Slot.parse(str(slot)) == slot
    assert slot.words == "11 月 20 日下午"
    for nonsense in ("", "2026-11-20", "2026-13-01.am", "2026-11-20.night"):
        with pytest.raises(ValueError):
            Slot.parse(nonsense)


def test_nobody_is_asked_to_come_when_it_is_too_late_or_a_day_of_rest() -> None:
    at = datetime(2026, 11, 20, 1, tzinfo=UTC)  # nine in the morning
    check_slot(Slot(date(2026, 11, 20), Half.AFTERNOON), CALENDAR, at=at)
    with pytest.raises(AppointmentRefused, match="过了"):
        check_slot(Slot(date(2026, 11, 20), Half.MORNING), CALENDAR, at=at)
    with pytest.raises(AppointmentRefused, match="不上班"):
        check_slot(Slot(date(2026, 11, 21), Half.MORNING), CALENDAR, at=at)


def test_each_side_may_move_it_once_and_says_why() -> None:
    check_move(Side.APPLICANT, {Side.AUTHORITY}, reason="孩子住院")
    with pytest.raises(AppointmentRefused, match="改过一次"):
        check_move(Side.APPLICANT, {Side.APPLICANT}, reason="孩子住院")
    with pytest.raises(AppointmentRefused, match="为什么"):
        check_move(Side.AUTHORITY, (), reason=" ")
