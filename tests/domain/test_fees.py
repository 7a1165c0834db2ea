"""What is charged: sums are whole fen, a bill is the sum of its lines, and nothing lapses on a provisional day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.fees import (
    MOST,
    PAY_DAYS,
    Bill,
    BillLine,
    ChargeNotPossible,
    LineState,
    Reduction,
    RefundNotPossible,
    RefundRule,
    SumUnreadable,
    check_refund,
    draw_line,
    is_unpaid_after,
    may_be_paid,
    read_yuan,
    refund_rule,
    yuan_words,
)
from yijianshi.domain.holds import DecisionHeld, held_by, refuse_while_held, with_hold, without_hold
from yijianshi.domain.workdays import Calendar, Day

PUBLISHED = Calendar({2026: (frozenset(), frozenset()), 2027: (frozenset(), frozenset())})
UNPUBLISHED = Calendar({2026: (frozenset(), frozenset())})
ON = date(2026, 11, 18)


def line(
    fen: int = 8000, *, less: int = 0, on: date = ON, calendar: Calendar = PUBLISHED, **more: str
) -> BillLine:
    reduction = Reduction(fen=less, reason="小微企业", basis="示例通知") if less else None
    return draw_line(
        **{  # type: ignore[arg-type]
            "case": "1", "item": ItemCode("realestate-transfer"), "charged": "yes", "collector": "natural-resources@320106",
            "standard": "住宅 80 元/件", "basis": "示例收费标准", "fen": fen, "reduction": reduction, "on": on, "calendar": calendar,
        } | more
    )  # fmt: skip


lines = st.builds(
    lambda fen, share, state, collector: replace(
        line(fen, less=fen * share // 100, collector=collector), state=state
    ),
    st.integers(1, MOST), st.integers(0, 100), st.sampled_from(LineState), st.sampled_from(["a@320106", "b@320106", "c@320100"]),
)  # fmt: skip


@given(st.lists(lines, max_size=8).map(tuple))
def test_a_bill_is_the_sum_of_its_lines_and_of_what_each_unit_collects(drawn: tuple[BillLine, ...]) -> None:
    bill = Bill(drawn)
    assert bill.total == sum(one.due for one in bill.standing) == sum(bill.by_collector().values())
    assert 0 <= bill.owed <= bill.total
    assert all(isinstance(one.due, int) and one.due >= 0 for one in drawn)
    assert bill.total + bill.reduced == sum(one.fen for one in bill.standing)


@given(st.integers(1, MOST), st.integers(-5, MOST + 5))
def test_no_reduction_makes_a_line_negative(fen: int, less: int) -> None:
    reduction = Reduction(fen=less, reason="低保", basis="示例")
    try:
        drawn = line(fen, reduction=reduction)  # type: ignore[arg-type]
    except ChargeNotPossible:
        assert not 0 < less <= fen
    else:
        assert drawn.due == fen - less >= 0


def test_a_charge_reduced_to_nothing_is_free_and_never_lapses() -> None:
    free = line(8000, less=8000)
    assert (free.state, free.due) == (LineState.FREE, 0)
    assert not is_unpaid_after(free, PUBLISHED, ON + timedelta(days=365))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"charged": "no"}, "不收费"),
        ({"basis": " "}, "依据"),
        ({"standard": ""}, "标准"),
        ({"fen": 0}, "大于 0"),
        ({"fen": MOST + 1}, "大于 0"),
        ({"reduction": Reduction(fen=10, reason="", basis="通知")}, "理由"),
        ({"reduction": Reduction(fen=10, reason="低保", basis="")}, "依据"),
    ],
)
@pytest.mark.clause("S3")
def test_without_basis_standard_and_sum_nothing_is_charged(wrong: dict, says: str) -> None:
    with pytest.raises(ChargeNotPossible, match=says):
        line(**wrong)


def test_what_the_catalogue_does_not_know_may_be_charged_with_its_basis() -> None:
    assert line(charged="unknown").due == 8000


def test_an_unpaid_line_lapses_on_the_day_after_its_last_and_not_before() -> None:
    drawn = line()
    assert drawn.pay_by == PUBLISHED.add(ON, PAY_DAYS) == Day(date(2026, 12, 2), False)
    assert not is_unpaid_after(drawn, PUBLISHED, date(2026, 12, 2))
    assert is_unpaid_after(drawn, PUBLISHED, date(2026, 12, 3))
    assert not is_unpaid_after(replace(drawn, state=LineState.PAID), PUBLISHED, date(2026, 12, 3))


def test_nothing_lapses_on_a_provisional_day_and_the_day_never_comes_sooner() -> None:
    drawn = line(on=date(2026, 12, 25), calendar=UNPUBLISHED)
    assert drawn.pay_by.provisional
    assert not is_unpaid_after(drawn, UNPUBLISHED, date(2027, 6, 1))
    told = drawn.pay_by.day
    later = Calendar({2026: (frozenset(), frozenset()), 2027: (frozenset({told}), frozenset())})
    assert not is_unpaid_after(drawn, later, told + timedelta(days=1) if later.counts(told) else told)
    assert is_unpaid_after(drawn, later, told + timedelta(days=5))


@given(st.integers(-5, 500), st.integers(0, 300), st.integers(0, 300))
def test_never_more_is_given_back_than_was_paid(fen: int, paid: int, refunded: int) -> None:
    refunded = min(paid, refunded)
    try:
        check_refund(fen, paid=paid, refunded=refunded)
    except RefundNotPossible:
        assert not 0 < fen <= paid - refunded
    else:
        assert 0 < fen + refunded <= paid


def test_what_is_due_in_full_is_given_back_in_full() -> None:
    with pytest.raises(RefundNotPossible, match="全额"):
        check_refund(100, paid=8000, refunded=0, least=8000)
    check_refund(8000, paid=8000, refunded=0, least=8000)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.REFUSED, State.TERMINATED, State.REVOKED])
def test_the_basis_decides_about_a_refund_and_where_it_is_silent_the_department(state: State) -> None:
    assert refund_rule("full", state=state, rendered=False) is RefundRule.FULL
    assert refund_rule("full", state=state, rendered=True) is RefundRule.ASK
    assert refund_rule("none", state=state, rendered=False) is RefundRule.NONE
    assert refund_rule("", state=state, rendered=False) is RefundRule.ASK


@pytest.mark.parametrize("state", [State.RECEIVED, State.ACCEPTED, State.GRANTED, State.WAITING])
def test_nothing_is_given_back_while_a_case_goes_on_or_is_granted(state: State) -> None:
    with pytest.raises(RefundNotPossible):
        refund_rule("full", state=state, rendered=False)


def test_only_a_case_that_is_being_handled_can_be_paid_for() -> None:
    assert {state for state in State if may_be_paid(state)} == {
        State.ACCEPTED, State.SUSPENDED, State.MENDING, State.MENDED,
    }  # fmt: skip


@given(st.integers(0, MOST))
def test_a_sum_that_is_written_is_read_again(fen: int) -> None:
    assert read_yuan(yuan_words(fen)) == fen


@pytest.mark.parametrize(
    "text", ["", "八十", "-80", "80.123", "8e3", "８０", "80 块", "1.2.3", "12345678901"]
)
def test_what_is_no_sum_is_refused_in_words(text: str) -> None:
    with pytest.raises(SumUnreadable, match="几元几角几分"):
        read_yuan(text)


def test_a_case_that_is_held_back_says_by_what() -> None:
    both = with_hold(with_hold("", "fee"), "owed")
    assert held_by(both) == ("fee", "owed")
    assert without_hold(both, "fee") == "owed"
    with pytest.raises(DecisionHeld, match=r"还没有缴.*还没有补交"):
        refuse_while_held(both, number="320106")
    refuse_while_held("", number="320106")
