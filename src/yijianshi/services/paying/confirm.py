"""
Confirm what was paid (到账): ask the provider, write the payment with its vouchers, and let the cases go on.

A call-back is only a hint: what counts is what the provider answers when it is asked. Confirming again does nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from yijianshi.domain.cases import Action
from yijianshi.domain.fees import LineState, may_be_paid
from yijianshi.domain.holds import FEE, without_hold
from yijianshi.domain.submissions import Move
from yijianshi.store.fees.models import ChargeRow, PaymentRow, RefundRow, ShareRow
from yijianshi.store.keys import new_id

from ..contents import is_key
from ..handling.acting import stays
from ..handling.loading import Loaded, load_submission
from ..handling.writing import trying_again, write_moves
from ..outside import outside
from ..ports import NoticeForged, Paid

logger = structlog.get_logger("worker")

SETTLED = ("paid", "wrong")


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What a payment does: which charges it pays, and which of its parts have nothing to pay any more."""

    paying: tuple[tuple[ShareRow, Move], ...]
    surplus: tuple[tuple[ShareRow, str], ...]  # with why


def confirm_payment(payment: UUID, *, at: datetime) -> str:
    """
    Ask the provider about an order and write what it says; return the order's state.

    :raises PaymentUnavailable: if the provider does not answer.
    """
    row = PaymentRow.objects.get(pk=payment)
    if row.state in SETTLED:
        return row.state
    paid = outside().payment.state_of(str(payment))
    if paid is None:
        PaymentRow.objects.filter(pk=payment).update(asked_at=at)
        return row.state
    return settle(payment, paid, at=at)


def confirm_by_notice(notice: bytes, *, at: datetime) -> str:
    """
    Confirm the order that a call-back is about; return its state.

    :raises NoticeForged: if the call-back is not the provider's, or the order is none of ours.
    :raises PaymentUnavailable: if the provider does not answer.
    """
    reference = outside().payment.reference_of(notice)
    if not is_key(reference) or not PaymentRow.objects.filter(pk=UUID(reference)).exists():
        raise NoticeForged
    return confirm_payment(UUID(reference), at=at)


def settle(payment: UUID, paid: Paid, *, at: datetime) -> str:
    """Write what was paid under an order, once; what has nothing to pay any more is given back."""

    def act() -> str:
        with transaction.atomic():
            row = PaymentRow.objects.select_for_update().get(pk=payment)
            if row.state in SETTLED:
                return row.state
            if paid.reference != str(payment) or paid.fen != row.fen:
                return _wrong_sum(row, paid, at=at)
            loaded = load_submission(row.submission_id)
            found = _sort(loaded, row)
            if found.paying:
                moves = [move for _, move in found.paying]
                write_moves(loaded, moves, kind="paid", at=at, by=row.opened_by)
            ChargeRow.objects.filter(pk__in=[share.charge_id for share, _ in found.paying]).update(
                state=LineState.PAID
            )
            for share in ShareRow.objects.select_related("charge").filter(payment=payment):
                share.voucher = paid.vouchers.get(share.charge.collector, "")
                share.save(update_fields=["voucher"])
            for share, why in found.surplus:
                _give_back(row, share.fen, why, at=at, charge=share.charge_id)
            return _written(row, paid, "paid")

    return trying_again(act)


def settle_or_withdraw(row: PaymentRow, *, at: datetime) -> str:
    """
    Write what was paid under an open order, or let nobody pay it any more; return its state.

    :raises PaymentUnavailable: if the provider does not answer; then nothing has changed.
    """
    outside().payment.close(str(row.pk))
    state = confirm_payment(row.pk, at=at)
    if state == "open":
        PaymentRow.objects.filter(pk=row.pk, state="open").update(state="closed")
        return "closed"
    return state


def _sort(loaded: Loaded, row: PaymentRow) -> _Sorted:
    paying, surplus = [], []
    for share in ShareRow.objects.select_related("charge").filter(payment=row.pk).order_by("id"):
        charge = share.charge
        found = loaded.case(charge.case_id)
        if charge.state == LineState.OPEN and may_be_paid(found.now.state):
            detail = {"charge": str(charge.pk), "payment": str(row.pk)}
            holds = without_hold(found.holds, FEE)
            paying.append((share, stays(found, Action.PAY, detail=detail, also={"holds": holds})))
        else:
            surplus.append((share, "twice" if charge.state == LineState.PAID else "ended"))
    return _Sorted(tuple(paying), tuple(surplus))


def _wrong_sum(row: PaymentRow, paid: Paid, *, at: datetime) -> str:
    """Another sum than was asked for pays nothing: it is given back, and the day's comparison names it."""
    logger.warning("payment_wrong_sum", id=str(row.pk))
    _give_back(row, paid.fen, "wrong_sum", at=at, charge=None)
    return _written(row, paid, "wrong")


def _written(row: PaymentRow, paid: Paid, state: str) -> str:
    row.state, row.paid_at, row.paid_fen = state, paid.at, paid.fen
    row.provider_reference = paid.provider_reference
    row.save(update_fields=["state", "paid_at", "paid_fen", "provider_reference", "channel"])
    return state


def _give_back(row: PaymentRow, fen: int, why: str, *, at: datetime, charge: UUID | None) -> None:
    RefundRow.objects.create(
        id=new_id(), payment=row, charge_id=charge, division=row.division, fen=fen, why=why, decided_at=at
    )
