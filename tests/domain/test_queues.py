"""Who is called next: three kinds take turns, and nobody is left waiting for good, however many others come."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.domain.queues import (
    DUE_EARLIER,
    Kind,
    QueueRefused,
    TicketState,
    Waiting,
    check_state,
    estimate,
    next_ticket,
    order_of_calls,
)

pytestmark = pytest.mark.clause("C3.2", "C3.4")
NINE = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def plain(name: str, minute: int = 0) -> Waiting:
    return Waiting(name, Kind.PLAIN, NINE + timedelta(minutes=minute))


def special(name: str, minute: int = 0) -> Waiting:
    return Waiting(name, Kind.SPECIAL, NINE + timedelta(minutes=minute))


def booked(name: str, minute: int, begins: int) -> Waiting:
    return Waiting(name, Kind.BOOKED, NINE + timedelta(minutes=minute), NINE + timedelta(minutes=begins))


def called(waiting: list[Waiting], *, minute: int = 30, last: Kind | None = None) -> list[str]:
    return [one.id for one in order_of_calls(waiting, last=last, at=NINE + timedelta(minutes=minute))]


def test_the_three_kinds_take_turns_and_the_earliest_of_a_kind_comes_first() -> None:
    waiting = [
        plain("A1"),
        plain("A2", 1),
        plain("A3", 2),
        booked("B1", 3, 20),
        special("S1", 9),
        special("S2", 8),
    ]
    assert called(waiting) == ["S2", "B1", "A1", "S1", "A2", "A3"]


def test_a_kind_whose_turn_is_over_waits_until_the_others_had_theirs() -> None:
    assert called([special("S1"), plain("A1")], last=Kind.SPECIAL) == ["A1", "S1"]


def test_a_booking_that_is_too_early_waits_for_its_time_unless_nobody_else_is_there() -> None:
    early = booked("B1", 0, 60)
    assert called([early, plain("A1", 5)], minute=10) == ["A1", "B1"]
    assert called([early], minute=10) == ["B1"]
    due = int(60 - DUE_EARLIER.total_seconds() / 60)
    assert called([early, plain("A1", 5)], minute=due) == ["B1", "A1"]


def test_who_was_sent_to_a_window_is_called_there_and_nowhere_else() -> None:
    sent = Waiting("A9", Kind.SPECIAL, NINE, window="3")
    assert next_ticket([sent, plain("A1")], last=None, at=NINE, window="2") == plain("A1")
    assert next_ticket([sent, plain("A1")], last=None, at=NINE, window="3") == sent
    assert next_ticket([sent], last=None, at=NINE, window="2") is None


_KINDS = st.sampled_from(list(Kind))


@given(st.lists(_KINDS, max_size=12), st.lists(_KINDS, max_size=60), st.sampled_from([None, *Kind]))
def test_nobody_starves(before: list[Kind], later: list[Kind], last: Kind | None) -> None:
    """With k of its kind before it a ticket comes at the latest with the 3(k + 1)th call, whoever else keeps coming."""
    waiting = [Waiting(f"{n:03}", kind, NINE + timedelta(seconds=n)) for n, kind in enumerate(before)]
    mine = Waiting("mine", Kind.PLAIN, NINE + timedelta(seconds=99))
    waiting.append(mine)
    bound = 3 * (1 + sum(one.kind is mine.kind for one in waiting[:-1]))
    coming = iter(enumerate(later))
    for _ in range(bound):
        one = next_ticket(waiting, last=last, at=NINE + timedelta(hours=1))
        assert one is not None
        if one == mine:
            return
        waiting.remove(one)
        last = one.kind
        for _ in range(2):  # two come for each that is called
            n, kind = next(coming, (0, None))
            if kind:
                waiting.append(Waiting(f"late{n:03}", kind, NINE + timedelta(minutes=5, seconds=n)))
    raise AssertionError("waits for longer than the rule promises")


@given(st.lists(st.tuples(_KINDS, st.integers(0, 90), st.integers(0, 90)), max_size=25), st.integers(0, 90))
def test_the_order_that_is_shown_is_the_order_in_which_is_called(
    people: list[tuple[Kind, int, int]], minute: int
) -> None:
    at = NINE + timedelta(minutes=minute)
    waiting = [
        Waiting(
            f"{n:03}", kind, NINE + timedelta(minutes=since),
            NINE + timedelta(minutes=begins) if kind is Kind.BOOKED else None,
        )
        for n, (kind, since, begins) in enumerate(people)
    ]  # fmt: skip
    shown, one_by_one, last = order_of_calls(waiting, last=None, at=at), [], None
    while (one := next_ticket(waiting, last=last, at=at)) is not None:
        one_by_one.append(one)
        waiting.remove(one)
        last = one.kind
    assert list(shown) == one_by_one


def test_an_estimate_rests_on_what_was_served_in_the_last_hour_or_says_that_it_does_not() -> None:
    found = estimate(3, served=[5, 6, 7], usual=20, windows=2)
    assert (found.minutes, "近一小时办完的 3 件" in found.basis) == (12, True)
    found = estimate(3, served=[5], usual=20, windows=2)
    assert (found.minutes, "按平时每件约 20 分钟" in found.basis) == (40, True)
    assert estimate(3, served=[5, 6, 7], usual=20, windows=0).minutes is None


def test_a_ticket_that_is_done_is_not_called_again() -> None:
    check_state("waiting", [TicketState.WAITING], number="A001")
    with pytest.raises(QueueRefused, match="A001 号已经办完"):
        check_state("done", [TicketState.CALLED], number="A001")
