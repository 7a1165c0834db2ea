"""
The bill of a submission (缴费单): who collects how much for what, on what basis, what is reduced, paid and given back.

Basis: Administrative License Law, art. 59 (published items and standards); 苏政办发〔2022〕87号, 二(三).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import State
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.fees import Bill, BillLine, LineState, may_be_paid
from yijianshi.domain.rights import Act, Actor, Role, may, require
from yijianshi.store.fees.models import ChargeRow, RefundRow, ShareRow

from ..contents import open_words
from ..handling.loading import CaseLoaded, Loaded, load_case, load_submission
from ..outside import outside
from ..paying.kept import line_of
from .reading_log import PAGE, note_read, unit_of
from .units import name_of_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSeen:
    """What was decided about giving something back."""

    fen: int
    state: str  # due | done | denied
    reason: str
    at: datetime
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSeen:
    """One line of the bill with what became of it."""

    id: UUID
    case: UUID
    case_number: str
    case_state: State
    item: ServiceItem
    collector: str
    line: BillLine
    voucher: str
    paid_at: datetime | None
    at_counter: bool
    refund: RefundSeen | None

    @property
    def is_open(self) -> bool:
        return self.line.state is LineState.OPEN and may_be_paid(self.case_state)

    @property
    def is_over(self) -> bool:
        """Whether there was something to pay, and nobody needs to any more."""
        return self.line.state is LineState.OPEN and not self.is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class BillSeen:
    """Everything on the page of a bill."""

    submission: UUID
    number: str
    title: str
    is_mine: bool
    at_window: bool
    takes_at_counter: bool
    lines: tuple[LineSeen, ...]

    @property
    def bill(self) -> Bill:
        return Bill(tuple(seen.line for seen in self.lines if not seen.is_over))

    @property
    def owed(self) -> int:
        return sum(seen.line.due for seen in self.lines if seen.is_open)

    @property
    def pay_by(self) -> tuple[date, bool] | None:
        """By when the first open line is to be paid, and whether that is provisional."""
        days = [(seen.line.pay_by.day, seen.line.pay_by.provisional) for seen in self.lines if seen.is_open]
        return min(days, default=None)


def read_bill(*, submission: UUID, actor: Actor, at: datetime) -> BillSeen:
    """
    Return the bill to who applied or to the window, which is written down.

    :raises NotPermitted: if it is not the reader's to see.
    """
    loaded = load_submission(submission)
    require(actor, Act.PAY, loaded.thing())
    is_mine = may(actor, Act.EDIT_DRAFT, loaded.thing())
    if not is_mine:
        unit = unit_of(actor, Role.WINDOW)
        note_read(PAGE, submission=submission, actor=actor, unit=unit, at=at)
    rows = ChargeRow.objects.filter(submission=submission).exclude(state=LineState.REPLACED)
    return BillSeen(
        submission=submission,
        number=loaded.number,
        title=loaded.edition.bundle.title,
        is_mine=is_mine,
        at_window=may(actor, Act.TAKE_PAYMENT, loaded.thing()),
        takes_at_counter=outside().payment.takes_at_counter,
        lines=_lines(rows.order_by("charged_at", "id"), {c.now.id: c for c in loaded.cases}, loaded),
    )


def read_charges(*, case: UUID, actor: Actor) -> tuple[LineSeen, ...]:
    """
    Return what was charged for one case, to the unit that handles it; the latest last.

    :raises NotPermitted: if the case is not its unit's.
    """
    loaded, found = load_case(case)
    require(actor, Act.READ_CASE, loaded.thing(found))
    rows = ChargeRow.objects.filter(case=case).exclude(state=LineState.REPLACED)
    return _lines(rows.order_by("charged_at", "id"), {case: found}, loaded)


def _lines(
    rows: Iterable[ChargeRow], cases: Mapping[UUID, CaseLoaded], loaded: Loaded
) -> tuple[LineSeen, ...]:
    rows = list(rows)
    keys = [row.pk for row in rows]
    shares = {
        share.charge_id: share
        for share in ShareRow.objects.select_related("payment").filter(
            charge__in=keys, payment__state="paid", charge__state=LineState.PAID
        )
    }
    refunds = {row.charge_id: row for row in RefundRow.objects.filter(charge__in=keys).order_by("decided_at")}
    return tuple(
        _seen(row, cases[row.case_id], loaded, shares.get(row.pk), refunds.get(row.pk)) for row in rows
    )


def _seen(
    row: ChargeRow, found: CaseLoaded, loaded: Loaded, share: ShareRow | None, refund: RefundRow | None
) -> LineSeen:
    return LineSeen(
        id=row.pk,
        case=row.case_id,
        case_number=found.now.number,
        case_state=found.now.state,
        item=loaded.edition.item(found.now.item),
        collector=name_of_unit(row.collector),
        line=line_of(row),
        voucher=share.voucher if share else "",
        paid_at=share.payment.paid_at if share else None,
        at_counter=share is not None and share.payment.channel == "counter",
        refund=_refund(refund) if refund else None,
    )


#: What is told where nobody had to decide.
_WITHOUT_DECISION = {"ended": "付款时事项已经结束，全部退回", "twice": "重复付款，全部退回"}


def _refund(row: RefundRow) -> RefundSeen:
    words = open_words(bytes(row.words), purpose="refund") if row.words else {}
    return RefundSeen(
        fen=row.fen,
        state=row.state,
        reason=words.get("reason", "") or _WITHOUT_DECISION.get(row.why, ""),
        at=row.done_at or row.decided_at,
        reference=row.provider_reference or "",
    )
