"""What is charged, as it is kept: rows become lines of a bill, with their sealed words opened."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.fees import BillLine, LineState, Reduction, may_be_paid
from yijianshi.domain.holds import FEE, held_by
from yijianshi.domain.workdays import Day, legal_day
from yijianshi.store.fees.models import ChargeRow, PaymentRow, RefundRow, ShareRow

from ..contents import open_words, seal_words
from ..handling.loading import Loaded

_PURPOSE = "charge"


def seal_line(line: BillLine) -> bytes:
    """Return the words of a line, sealed: why somebody pays less may say something about him."""
    words = {"standard": line.standard, "basis": line.basis}
    if line.reduction:
        words |= {"reduced_because": line.reduction.reason, "reduced_by": line.reduction.basis}
    return seal_words(words, purpose=_PURPOSE)


def line_of(row: ChargeRow) -> BillLine:
    """Return a row as the domain knows it."""
    words = open_words(bytes(row.words), purpose=_PURPOSE)
    reduction = None
    if row.reduced_fen:
        reduction = Reduction(
            fen=row.reduced_fen, reason=words.get("reduced_because", ""), basis=words.get("reduced_by", "")
        )
    return BillLine(
        case=str(row.case_id),
        item=ItemCode(row.item),
        collector=row.collector,
        standard=words["standard"],
        basis=words["basis"],
        fen=row.fen,
        charged_on=legal_day(row.charged_at),
        pay_by=Day(row.pay_by, row.provisional),
        reduction=reduction,
        state=LineState(row.state),
    )


def due_of(row: ChargeRow) -> int:
    """Return what a row comes to, in fen."""
    return row.fen - row.reduced_fen


def owes_fee(loaded: Loaded) -> bool:
    """Return whether something of a submission is to be paid now, by what stands on its cases; no query."""
    return any(FEE in held_by(case.holds) and may_be_paid(case.now.state) for case in loaded.cases)


def open_charge_of(case: UUID) -> ChargeRow | None:
    """Return what is charged for a case and not paid yet."""
    return ChargeRow.objects.filter(case=case, state=LineState.OPEN).first()


def paid_share_of(charge: UUID) -> ShareRow | None:
    """Return by which part of which order a charge was paid."""
    rows = ShareRow.objects.select_related("payment", "charge").filter(charge=charge, payment__state="paid")
    return rows.filter(charge__state=LineState.PAID).order_by("payment__paid_at").first()


def refunded(payment: UUID, charge: UUID) -> int:
    """Return how much of a payment was given back, or is about to be, for one charge."""
    rows = RefundRow.objects.filter(payment=payment, charge=charge).exclude(state="denied")
    return int(rows.aggregate(sum=Sum("fen"))["sum"] or 0)


def open_order_of(submission: UUID) -> PaymentRow | None:
    """Return the order of a submission that is open at the provider."""
    return PaymentRow.objects.filter(submission=submission, state="open").first()


def shares_by_charge(payments: Iterable[UUID]) -> dict[UUID, ShareRow]:
    """Return the parts of some orders by the charge that each pays."""
    return {row.charge_id: row for row in ShareRow.objects.filter(payment__in=list(payments))}
