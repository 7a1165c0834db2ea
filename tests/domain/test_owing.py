"""Documents handed in later: which day may be promised, and which holds once the case is accepted."""

from datetime import date

import pytest

from yijianshi.domain.catalogue import Owing
from yijianshi.domain.holds import DecisionHeld, refuse_while_held, why_held, with_hold, without_hold
from yijianshi.domain.owing import PromiseNotPossible, check_promise, latest_promise, owed_until
from yijianshi.domain.workdays import Calendar, Day

pytestmark = pytest.mark.clause("C1.5")
YEAR = Calendar({2026: (frozenset(), frozenset())})
TWO_DAYS = Owing(within=2)
WEDNESDAY = date(2026, 11, 18)


def test_a_day_up_to_the_collection_and_the_days_of_the_list_may_be_promised() -> None:
    assert latest_promise(TWO_DAYS, YEAR, on=WEDNESDAY) == Day(date(2026, 11, 25), False)
    check_promise(date(2026, 11, 19), TWO_DAYS, YEAR, on=WEDNESDAY, name="效果图")
    check_promise(date(2026, 11, 25), TWO_DAYS, YEAR, on=WEDNESDAY, name="效果图")


@pytest.mark.parametrize("day", [WEDNESDAY, date(2026, 11, 1), date(2026, 11, 26)])
def test_today_the_past_and_too_late_are_refused_with_the_days_there_are(day: date) -> None:
    with pytest.raises(PromiseNotPossible, match="11 月 25 日"):
        check_promise(day, TWO_DAYS, YEAR, on=WEDNESDAY, name="效果图")


@pytest.mark.parametrize(
    ("promised", "accepted", "due", "until"),
    [
        (date(2026, 11, 19), WEDNESDAY, date(2026, 11, 23), date(2026, 11, 19)),  # as promised
        (
            date(2026, 11, 25),
            WEDNESDAY,
            date(2026, 11, 23),
            date(2026, 11, 20),
        ),  # not longer than the list lets
        (
            date(2026, 11, 17),
            WEDNESDAY,
            date(2026, 11, 23),
            date(2026, 11, 20),
        ),  # accepted later than promised
        (
            date(2026, 11, 25),
            WEDNESDAY,
            date(2026, 11, 19),
            date(2026, 11, 19),
        ),  # never after the decision is due
        (date(2026, 11, 25), WEDNESDAY, None, date(2026, 11, 20)),
        (
            date(2026, 11, 25),
            WEDNESDAY,
            date(2026, 11, 16),
            date(2026, 11, 20),
        ),  # the case itself is late already
    ],
)
def test_the_last_day_is_fixed_at_the_acceptance(
    promised: date, accepted: date, due: date | None, until: date
) -> None:
    limit = Day(due, False) if due else None
    found = owed_until(promised, TWO_DAYS, YEAR, accepted_on=accepted, due=limit)
    assert found == Day(until, False)


def test_what_is_counted_into_a_year_without_a_table_is_provisional() -> None:
    found = owed_until(date(2027, 2, 1), Owing(within=5), YEAR, accepted_on=date(2026, 12, 30), due=None)
    assert found.provisional


def test_what_holds_back_a_grant_is_said_in_words() -> None:
    assert why_held("") == ""
    refuse_while_held("", number="1")
    both = with_hold(with_hold("fee", "owed"), "owed")
    assert both == "fee,owed"
    assert [code in why_held(both) for code in ("费还没有缴", "还没有补交")] == [True, True]
    assert without_hold(both, "fee") == "owed"
    with pytest.raises(DecisionHeld, match="容缺承诺要补的材料还没有补交"):
        refuse_while_held("owed", number="1")
