"""Whose hands a paper is in: every state against every move, by the holder, by the other and by a stranger."""

from datetime import date

import pytest

from yijianshi.domain.custody import (
    IN_HAND,
    MOVE_WORDS,
    STATE_WORDS,
    CustodyItem,
    CustodyKind,
    CustodyMove,
    CustodyNotPossible,
    CustodyState,
    HandOverWay,
    check_counted,
    check_list,
    expected_day,
    is_overdue,
    move_paper,
    take,
)
from yijianshi.domain.workdays import Calendar

pytestmark = pytest.mark.clause("C1.7")

HERE, THERE, ELSEWHERE = "window@320583", "window@320106", "health@320106"
MOVES = [move for move in CustodyMove if move is not CustodyMove.TAKE]


def paper(state: CustodyState, kind: CustodyKind = CustodyKind.ORIGINAL) -> CustodyItem:
    holder = HERE if state in IN_HAND else ""
    return CustodyItem(kind, 1, 3, state, holder, THERE if state is CustodyState.UNDER_WAY else "")


def outcome(state: CustodyState, move: CustodyMove, by: str) -> tuple[CustodyState, str, str] | None:
    try:
        after = move_paper(paper(state), move, by=by, to=THERE)
    except CustodyNotPossible:
        return None
    return after.state, after.holder, after.to


def test_a_paper_has_one_holder_at_any_moment_and_whoever_sends_it_answers_until_the_other_signs() -> None:
    every = {
        (state, move, by): found
        for state in CustodyState
        for move in MOVES
        for by in (HERE, THERE, ELSEWHERE)
        if (found := outcome(state, move, by))
    }
    held, way = CustodyState.HELD, CustodyState.UNDER_WAY
    assert every == {
        (held, CustodyMove.SEND, HERE): (way, HERE, THERE),
        (held, CustodyMove.GIVE_BACK, HERE): (CustodyState.GIVEN_BACK, "", ""),
        (held, CustodyMove.KEEP, HERE): (CustodyState.KEPT, "", ""),
        (way, CustodyMove.CALL_BACK, HERE): (held, HERE, ""),
        (way, CustodyMove.RECEIVE, THERE): (held, THERE, ""),
        (way, CustodyMove.MISS, THERE): (CustodyState.MISSING, HERE, ""),
        (CustodyState.MISSING, CustodyMove.FIND, HERE): (held, HERE, ""),
    }


def test_nothing_is_handed_over_to_nowhere_or_to_oneself() -> None:
    for to in ("", HERE):
        with pytest.raises(CustodyNotPossible, match="移交给哪里"):
            move_paper(paper(CustodyState.HELD), CustodyMove.SEND, by=HERE, to=to)


def test_a_certificate_is_never_kept_for_good() -> None:
    with pytest.raises(CustodyNotPossible, match="不能留存"):
        move_paper(paper(CustodyState.HELD, CustodyKind.CERTIFICATE), CustodyMove.KEEP, by=HERE)


@pytest.mark.parametrize(("copies", "pages"), [(0, 1), (1, 0), (-1, 3), (10000, 1)])
def test_what_is_not_counted_is_not_taken(copies: int, pages: int) -> None:
    with pytest.raises(CustodyNotPossible, match="点清再收"):
        take(CustodyKind.ORIGINAL, copies=copies, pages=pages, by=HERE)


def test_what_arrives_is_counted_and_less_is_a_discrepancy() -> None:
    sent = take(CustodyKind.ORIGINAL, copies=2, pages=3, by=HERE)
    assert check_counted(sent, 6)
    assert not check_counted(sent, 5)
    for counted in (0, 7):
        with pytest.raises(CustodyNotPossible, match="共 6 页"):
            check_counted(sent, counted)


def test_a_list_has_something_on_it_and_a_courier_a_number() -> None:
    held = paper(CustodyState.HELD)
    check_list([held], way=HandOverWay.COURIER, courier_number="SF1")
    check_list([held], way=HandOverWay.BY_HAND, courier_number="")
    with pytest.raises(CustodyNotPossible, match="一份也没有勾"):
        check_list([], way=HandOverWay.BY_HAND, courier_number="")
    with pytest.raises(CustodyNotPossible, match="快递单号"):
        check_list([held], way=HandOverWay.COURIER, courier_number=" ")


def test_a_hand_over_is_overdue_after_two_working_days_by_hand_and_five_by_courier() -> None:
    calendar = Calendar({2026: (frozenset(), frozenset())})
    wednesday = date(2026, 11, 18)
    by_hand = expected_day(wednesday, HandOverWay.BY_HAND, calendar)
    courier = expected_day(wednesday, HandOverWay.COURIER, calendar)
    assert (by_hand.day, courier.day) == (date(2026, 11, 20), date(2026, 11, 25))
    assert not is_overdue(by_hand.day, on=date(2026, 11, 20))
    assert is_overdue(by_hand.day, on=date(2026, 11, 21))


def test_every_state_and_move_has_a_word() -> None:
    assert set(STATE_WORDS) == set(CustodyState)
    assert set(MOVE_WORDS) == set(CustodyMove)
