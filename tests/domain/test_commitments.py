"""Commitments: by when they are checked, when a check is late, and who may give none."""

from datetime import date

import pytest

from yijianshi.domain.catalogue import CheckLimit, CommitmentOffer
from yijianshi.domain.commitments import CHECK_DAYS, check_by, is_late, left_out_because, refused_commitments
from yijianshi.domain.definitions import Certainty
from yijianshi.domain.workdays import Calendar, Day

pytestmark = pytest.mark.clause("C1.5")
YEAR = Calendar({2026: (frozenset(), frozenset())})
WEDNESDAY = date(2026, 9, 2)


def test_a_commitment_is_checked_within_thirty_working_days_unless_the_item_says_otherwise() -> None:
    assert CHECK_DAYS == 30
    assert check_by(WEDNESDAY, CommitmentOffer(allowed=True), YEAR) == Day(date(2026, 10, 14), False)
    own = CommitmentOffer(allowed=True, check=CheckLimit(within=20))
    assert check_by(WEDNESDAY, own, YEAR) == Day(date(2026, 9, 30), False)
    by_calendar = CommitmentOffer(allowed=True, check=CheckLimit(within=90, unit="calendar"))
    assert check_by(WEDNESDAY, by_calendar, YEAR) == Day(date(2026, 12, 1), False)
    assert own.check is not None
    assert own.check.certainty is Certainty.MEDIUM


def test_a_check_is_late_the_day_after_and_never_on_a_provisional_day() -> None:
    day = date(2026, 10, 14)
    assert not is_late(Day(day, False), today=day)
    assert is_late(Day(day, False), today=date(2026, 10, 15))
    assert not is_late(Day(day, True), today=date(2026, 10, 15))
    assert check_by(date(2026, 12, 1), CommitmentOffer(allowed=True), YEAR).provisional


def test_who_broke_a_commitment_is_told_which_and_what_would_do() -> None:
    assert left_out_because([]) == ""
    said = left_out_because([("消防检查", date(2026, 11, 18))])
    assert "2026 年 11 月 18 日“消防检查”" in said
    assert "一般程序" in said
    assert refused_commitments([], ["fire"], left_out="") == ()
