"""
What is charged (收费): one bill for the whole submission, a line for each item, each with its basis and its reduction.

Whole fen only. No sum comes from here: it is what the department charges, by the published standard.

Basis: Administrative License Law (行政许可法), arts. 58, 59 (only what laws and administrative regulations name, by the
published items and standards); Civil Code, art. 201 (the first day is not counted). That an unpaid charge ends the
matter after ten working days is told in the notice itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .cases import Action, State, allowed_actions
from .codes import ItemCode
from .workdays import Calendar, Day

#: How long an applicant has, unless the notice says otherwise.
PAY_DAYS = 10
#: Nobody charges more than this for one item: a thousand million yuan is a slip of the pen.
MOST = 10**11
_YUAN = re.compile(r"(\d{1,10})(?:\.(\d{1,2}))?")


class LineState(StrEnum):
    """Where one line of a bill stands (收费明细状态)."""

    OPEN = "open"  # 待缴
    PAID = "paid"  # 已缴
    FREE = "free"  # 免缴
    REPLACED = "replaced"  # 已改
    ENDED = "ended"  # 不用缴了：事项已经结束


class RefundRule(StrEnum):
    """What the basis says about giving back (退费规则)."""

    FULL = "full"  # 服务没有提供的，全额退
    NONE = "none"  # 不退
    ASK = ""  # 依据没有写，由部门决定并说明理由


class ChargeNotPossible(ValueError):
    """This cannot be charged; the message says why and what would do."""


class SumUnreadable(ValueError):
    """What was written is no sum of money."""


class RefundNotPossible(ValueError):
    """This cannot be given back; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """By how much a line is reduced (减免), why, and on what basis."""

    fen: int
    reason: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """What one item costs (收费明细): who collects it, by which standard, and by when it is to be paid."""

    case: str
    item: ItemCode
    collector: str  # the unit that collects
    standard: str  # 住宅 80 元/件
    basis: str
    fen: int  # by the standard, before any reduction
    charged_on: date
    pay_by: Day
    reduction: Reduction | None = None
    state: LineState = LineState.OPEN

    @property
    def due(self) -> int:
        """What is to be paid, in fen; never less than nothing."""
        return self.fen - (self.reduction.fen if self.reduction else 0)


@dataclass(frozen=True, slots=True)
class Bill:
    """Everything that one submission costs (缴费清单), as one sum and by who collects."""

    lines: tuple[BillLine, ...]

    @property
    def standing(self) -> tuple[BillLine, ...]:
        """The lines that count: what was replaced or has ended is no part of the sum."""
        gone = (LineState.REPLACED, LineState.ENDED)
        return tuple(line for line in self.lines if line.state not in gone)

    @property
    def total(self) -> int:
        return sum(line.due for line in self.standing)

    @property
    def owed(self) -> int:
        return sum(line.due for line in self.standing if line.state is LineState.OPEN)

    @property
    def reduced(self) -> int:
        return sum(line.fen - line.due for line in self.standing)

    def by_collector(self) -> dict[str, int]:
        """Return what each unit collects in all, in the order of the lines."""
        sums: dict[str, int] = {}
        for line in self.standing:
            sums[line.collector] = sums.get(line.collector, 0) + line.due
        return sums


def draw_line(
    *,
    case: str,
    item: ItemCode,
    charged: str,
    collector: str,
    standard: str,
    basis: str,
    fen: int,
    reduction: Reduction | None,
    on: date,
    calendar: Calendar,
    days: int = PAY_DAYS,
) -> BillLine:
    """
    Return the line of a charge; a charge reduced to nothing is free and has no clock.

    :param charged: what the catalogue says of the item: no, yes or unknown.
    :raises ChargeNotPossible: if the item does not charge, the basis is missing, or the sum or its reduction cannot be.
    """
    if charged == "no":
        raise ChargeNotPossible("目录写明这个事项不收费，不能收；目录不对的，请目录管理员核对后改")
    if not basis.strip():
        raise ChargeNotPossible("没有写收费依据；没有法律、行政法规依据的不得收费（行政许可法第五十八条）")
    if not standard.strip():
        raise ChargeNotPossible("没有写收费标准；请照公布的收费目录清单写，如“每件 80 元”")
    if not 0 < fen <= MOST:
        raise ChargeNotPossible("应收金额要大于 0；不收的，不用通知缴费，直接决定就行")
    if reduction is not None:
        if not 0 < reduction.fen <= fen:
            raise ChargeNotPossible("减免的金额要大于 0，并且不能超过应收金额")
        if not reduction.reason.strip() or not reduction.basis.strip():
            raise ChargeNotPossible("减免要写明理由和依据；申请人在缴费单上看得到")
    line = BillLine(
        case=case,
        item=item,
        collector=collector,
        standard=standard.strip(),
        basis=basis.strip(),
        fen=fen,
        reduction=reduction,
        charged_on=on,
        pay_by=calendar.add(on, days),
    )
    return line if line.due else replace(line, state=LineState.FREE)


def may_be_paid(state: State) -> bool:
    """Return whether a charge of a case in this state can still be paid."""
    return Action.PAY in allowed_actions(state)


def last_day_to_pay(line: BillLine, calendar: Calendar) -> Day:
    """Return the last day to pay: what was told, and never sooner once the year's table is there."""
    if not line.pay_by.provisional:
        return line.pay_by
    counted = calendar.add(line.charged_on, PAY_DAYS)
    return Day(max(line.pay_by.day, counted.day), counted.provisional)


def is_unpaid_after(line: BillLine, calendar: Calendar, today: date) -> bool:
    """Return whether the line is unpaid and its last day is over; on a provisional day nothing lapses."""
    last = last_day_to_pay(line, calendar)
    return line.state is LineState.OPEN and not last.provisional and today > last.day


def refund_rule(rule: str, *, state: State, rendered: bool) -> RefundRule:
    """
    Return what is to be given back of a paid charge: all of it, nothing, or what the department decides.

    :param rule: what the catalogue says about refunds of the item.
    :param rendered: whether the service that was paid for has been rendered (已经提供服务).
    :raises RefundNotPossible: if the case has not ended in a way after which anything is given back.
    """
    if Action.REFUND not in allowed_actions(state):
        raise RefundNotPossible("这个事项没有撤回、终止、不予或者撤销，不用退费")
    if rule == RefundRule.FULL and not rendered:
        return RefundRule.FULL
    return RefundRule.NONE if rule == RefundRule.NONE else RefundRule.ASK


def check_refund(fen: int, *, paid: int, refunded: int, least: int = 0) -> None:
    """
    Refuse to give back more than was paid, or less than is due.

    :raises RefundNotPossible: if it cannot be so much.
    """
    left = paid - refunded
    if not 0 < fen <= left:
        raise RefundNotPossible(f"最多可退 {yuan_words(left)}，不能退 {yuan_words(fen)}")
    if fen < least:
        raise RefundNotPossible(f"依据规定要全额退还 {yuan_words(least)}")


def read_yuan(text: str) -> int:
    """
    Return a sum written in yuan as fen.

    :raises SumUnreadable: if it is no sum of money.

    >>> read_yuan("80"), read_yuan("1,200.5"), read_yuan("0.05 元")
    (8000, 120050, 5)
    """
    bare = text.replace(",", "").replace("，", "").removesuffix("元").strip()
    if not bare.isascii() or not (found := _YUAN.fullmatch(bare)):
        raise SumUnreadable(f"“{text.strip()[:20]}”不是金额，请写几元几角几分，如 80 或 80.50")
    yuan, rest = found.groups()
    return int(yuan) * 100 + int((rest or "0").ljust(2, "0"))


def yuan_words(fen: int) -> str:
    """
    Return a sum as people read it.

    >>> yuan_words(8000), yuan_words(120050), yuan_words(0)
    ('80 元', '1,200.50 元', '0 元')
    """
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d} 元" if rest else f"{yuan:,} 元"


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of money on one day, as one side has it (对账的一笔)."""

    reference: str
    fen: int
    is_refund: bool = False


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A movement on which our book and the provider's list differ (对账差异); None where one side does not have it."""

    reference: str
    is_refund: bool
    ours: int | None
    theirs: int | None

    @property
    def words(self) -> str:
        what = "退费" if self.is_refund else "缴费"
        if self.ours is None:
            return f"支付平台有这笔{what} {yuan_words(self.theirs or 0)}，我们没有"
        if self.theirs is None:
            return f"我们有这笔{what} {yuan_words(self.ours)}，支付平台没有"
        return f"{what}金额不一样：我们 {yuan_words(self.ours)}，支付平台 {yuan_words(self.theirs)}"


def mismatches(ours: Iterable[Entry], theirs: Iterable[Entry]) -> tuple[Mismatch, ...]:
    """Return where two books of one day differ; each movement is known by its reference."""
    here = {(one.is_refund, one.reference): one.fen for one in ours}
    there = {(one.is_refund, one.reference): one.fen for one in theirs}
    return tuple(
        Mismatch(reference, is_refund, here.get((is_refund, reference)), there.get((is_refund, reference)))
        for is_refund, reference in sorted({*here, *there})
        if here.get((is_refund, reference)) != there.get((is_refund, reference))
    )
