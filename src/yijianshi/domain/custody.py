"""
In whose hands a paper original or an issued certificate is (原件保管), and how it passes from one place to the next.

Whoever sends it answers for it until the other has signed for it; so at any moment exactly one place does.

Basis: 苏政办发〔2022〕87号, 二(九), 三(一)2 (taken in anywhere, decided at home, results back through either).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .workdays import Calendar, Day

#: Working days until the other should have signed, by hand and by courier; a custom of the house, no limit of a law.
BY_HAND_DAYS, COURIER_DAYS = 2, 5
#: What one sheet of paper can be counted to; more is a typing error.
MOST_PAGES = 9999


class CustodyNotPossible(Exception):
    """Something cannot be taken, handed over, signed for or given back; the message says why."""


class CustodyKind(StrEnum):
    """What is kept (原件、实体证照)."""

    ORIGINAL = "original"
    CERTIFICATE = "certificate"


class CustodyState(StrEnum):
    """Where a paper stands (保管状态)."""

    HELD = "held"
    UNDER_WAY = "under_way"
    MISSING = "missing"
    GIVEN_BACK = "given_back"
    KEPT = "kept"


class CustodyMove(StrEnum):
    """One thing that happens to a paper (保管流转)."""

    TAKE = "take"
    SEND = "send"
    CALL_BACK = "call_back"
    RECEIVE = "receive"
    MISS = "miss"
    FIND = "find"
    GIVE_BACK = "give_back"
    KEEP = "keep"


class HandOverWay(StrEnum):
    """How papers travel between two places (移交方式)."""

    BY_HAND = "hand"
    COURIER = "courier"


STATE_WORDS = {
    CustodyState.HELD: "保管中",
    CustodyState.UNDER_WAY: "移交途中",
    CustodyState.MISSING: "没有收到，在查",
    CustodyState.GIVEN_BACK: "已交还",
    CustodyState.KEPT: "已归档留存",
}
MOVE_WORDS = {
    CustodyMove.TAKE: "收存",
    CustodyMove.SEND: "移交",
    CustodyMove.CALL_BACK: "撤回移交",
    CustodyMove.RECEIVE: "签收",
    CustodyMove.MISS: "没有收到",
    CustodyMove.FIND: "找到了",
    CustodyMove.GIVE_BACK: "交还",
    CustodyMove.KEEP: "归档留存",
}
#: From what to what each move leads, and whether it is the receiving place that makes it.
_LEADS: dict[tuple[CustodyState, CustodyMove], CustodyState] = {
    (CustodyState.HELD, CustodyMove.SEND): CustodyState.UNDER_WAY,
    (CustodyState.HELD, CustodyMove.GIVE_BACK): CustodyState.GIVEN_BACK,
    (CustodyState.HELD, CustodyMove.KEEP): CustodyState.KEPT,
    (CustodyState.UNDER_WAY, CustodyMove.CALL_BACK): CustodyState.HELD,
    (CustodyState.UNDER_WAY, CustodyMove.RECEIVE): CustodyState.HELD,
    (CustodyState.UNDER_WAY, CustodyMove.MISS): CustodyState.MISSING,
    (CustodyState.MISSING, CustodyMove.FIND): CustodyState.HELD,
}
_BY_THE_OTHER = frozenset({CustodyMove.RECEIVE, CustodyMove.MISS})
IN_HAND = frozenset({CustodyState.HELD, CustodyState.UNDER_WAY, CustodyState.MISSING})


@dataclass(frozen=True, slots=True)
class CustodyItem:
    """One paper as it stands: what, how much of it, who answers for it, and to whom it travels (保管件)."""

    kind: CustodyKind
    copies: int
    pages: int  # of one copy
    state: CustodyState
    holder: str  # the place that answers for it, empty once nobody does
    to: str = ""

    @property
    def is_in_hand(self) -> bool:
        return self.state in IN_HAND


def take(kind: CustodyKind, *, copies: int, pages: int, by: str) -> CustodyItem:
    """
    Return a paper that has just been taken into custody by a place.

    :raises CustodyNotPossible: if there is nothing to count.
    """
    if not (1 <= copies <= MOST_PAGES and 1 <= pages <= MOST_PAGES):
        raise CustodyNotPossible(f"份数和页数请填 1 到 {MOST_PAGES} 之间的整数；点清再收")
    return CustodyItem(kind, copies, pages, CustodyState.HELD, by)


def move_paper(paper: CustodyItem, move: CustodyMove, *, by: str, to: str = "") -> CustodyItem:
    """
    Return the paper after a move made by a place.

    >>> held = take(CustodyKind.ORIGINAL, copies=1, pages=3, by="a")
    >>> move_paper(held, CustodyMove.SEND, by="a", to="b").holder
    'a'

    :raises CustodyNotPossible: if the place does not hold it, or it is not where such a move begins.
    """
    state = _LEADS.get((paper.state, move))
    if state is None:
        raise CustodyNotPossible(f"这一份{STATE_WORDS[paper.state]}，现在不能{MOVE_WORDS[move]}")
    if by != (paper.to if move in _BY_THE_OTHER else paper.holder):
        raise CustodyNotPossible(f"这一份不在您这里，不能{MOVE_WORDS[move]}；谁保管，由谁来办")
    if move is CustodyMove.SEND:
        if not to or to == by:
            raise CustodyNotPossible("请选移交给哪里；自己这里不用移交")
        return replace(paper, state=state, to=to)
    if move is CustodyMove.KEEP and paper.kind is CustodyKind.CERTIFICATE:
        raise CustodyNotPossible("证照是发给申请人的，不能留存；请交到领取的窗口")
    holder = by if state is CustodyState.HELD else paper.holder if state is CustodyState.MISSING else ""
    return replace(paper, state=state, holder=holder, to="")


def check_list(papers: Iterable[CustodyItem], *, way: HandOverWay, courier_number: str) -> None:
    """
    Refuse a hand-over list that nobody could check.

    :raises CustodyNotPossible: if it is empty, or goes by courier without a number.
    """
    if not tuple(papers):
        raise CustodyNotPossible("请先勾要移交的；一份也没有勾")
    if way is HandOverWay.COURIER and not courier_number.strip():
        raise CustodyNotPossible("请填快递单号；当面交的，请选“专人当面交”")


def check_counted(paper: CustodyItem, counted: int) -> bool:
    """
    Return whether all pages of all copies have arrived, as the receiving place counted them.

    :raises CustodyNotPossible: if none or more than were sent are counted.
    """
    sent = paper.copies * paper.pages
    if not 0 < counted <= sent:
        raise CustodyNotPossible(f"清单上共 {sent} 页；请填实际点到的页数，一页也没有的选“没有收到”")
    return counted == sent


def expected_day(on: date, way: HandOverWay, calendar: Calendar) -> Day:
    """Return by which day the other place should have signed."""
    return calendar.add(on, COURIER_DAYS if way is HandOverWay.COURIER else BY_HAND_DAYS)


def is_overdue(expected_on: date, *, on: date) -> bool:
    """Return whether what is still under way should have been signed for; never stored."""
    return on > expected_on
