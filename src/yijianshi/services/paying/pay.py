"""Pay what is open (缴费): one order for the whole submission, split by who collects; two clicks open one order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.fees import LineState, may_be_paid
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.fees.models import ChargeRow, PaymentRow, ShareRow
from yijianshi.store.keys import new_id

from ..handling.loading import Loaded, load_submission
from ..outside import outside
from ..ports import PaymentOrder, PaymentShare
from ..reading.units import name_of_unit
from .confirm import confirm_payment, settle, settle_or_withdraw
from .kept import due_of, open_order_of


class NothingToPay(Exception):
    """Nothing of the submission is open: it is paid, free, or has ended."""

    def __init__(self) -> None:
        super().__init__("现在没有要缴的费：已经缴清、免缴，或者事项已经结束")


class CounterReceiptMissing(ValueError):
    """What was paid at the counter has no number of a receipt."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An order that is open, and where the payer goes."""

    payment: UUID
    goes_to: str


def open_payment(*, submission: UUID, actor: Actor, at: datetime) -> Opened:
    """
    Open an order for everything that is open, or lead on to the one that is.

    :raises NotPermitted: if the actor is neither who applied nor the window.
    :raises NothingToPay: if nothing is open.
    :raises PaymentUnavailable: if the provider does not answer.
    :raises PaymentNotOnline: if nobody can pay online here.
    """
    loaded = load_submission(submission)
    require(actor, Act.PAY, loaded.thing())
    row = _order(loaded, actor, at=at)
    return Opened(row.pk, outside().payment.open(order_of(row, loaded)))


def confirm_own(*, submission: UUID, payment: UUID, actor: Actor, at: datetime) -> str:
    """
    Ask after an order when its payer comes back; return its state.

    :raises NotPermitted: if the order is not one of a submission that the actor may pay for.
    :raises PaymentUnavailable: if the provider does not answer.
    """
    loaded = load_submission(submission)
    require(actor, Act.PAY, loaded.thing())
    row = PaymentRow.objects.get(pk=payment, submission=submission)
    return confirm_payment(row.pk, at=at)


def take_at_counter(*, submission: UUID, actor: Actor, receipt: str, at: datetime) -> UUID:
    """
    Note, as window clerk, that everything open was paid at the counter; return the order.

    :param receipt: the number of the receipt that the counter gave (票据号).
    :raises NotPermitted: if the actor is not a window of the submission's place.
    :raises CounterReceiptMissing: if there is no number.
    :raises NothingToPay: if nothing is open.
    :raises PaymentUnavailable: if the provider does not answer.
    """
    loaded = load_submission(submission)
    require(actor, Act.TAKE_PAYMENT, loaded.thing())
    number = receipt.strip()
    if not number or len(number) > 40:
        raise CounterReceiptMissing("请填票据号（40 个字以内）；没有开票的不能记缴费")
    row = _order(loaded, actor, at=at)
    paid = outside().payment.take_at_counter(order_of(row, loaded), receipt=number, at=at)
    PaymentRow.objects.filter(pk=row.pk).update(channel="counter")
    settle(row.pk, paid, at=at)
    return row.pk


def order_of(row: PaymentRow, loaded: Loaded) -> PaymentOrder:
    """Return an order as the provider sees it: items and units, nothing about the person."""
    shares = ShareRow.objects.select_related("charge").filter(payment=row.pk).order_by("id")
    return PaymentOrder(
        reference=str(row.pk),
        number=loaded.number,
        shares=tuple(
            PaymentShare(
                collector=share.charge.collector,
                collector_name=name_of_unit(share.charge.collector),
                subject=loaded.edition.item(share.charge.item).plain_name,  # type: ignore[arg-type]
                fen=share.fen,
            )
            for share in shares
        ),
        back=f"/my/{loaded.id}/fees/back/{row.pk}",
    )


def payable(loaded: Loaded) -> list[ChargeRow]:
    """Return what is open and can be paid, in the order in which it was charged."""
    going_on = [case.now.id for case in loaded.cases if may_be_paid(case.now.state)]
    rows = ChargeRow.objects.filter(submission=loaded.id, state=LineState.OPEN, case__in=going_on)
    return list(rows.order_by("charged_at", "id"))


def _order(loaded: Loaded, actor: Actor, *, at: datetime) -> PaymentRow:
    """Return the one open order for exactly what is open now."""
    while True:
        charges = payable(loaded)
        standing = open_order_of(loaded.id)
        if standing is not None:
            parts = ShareRow.objects.filter(payment=standing).values_list("charge_id", "fen")
            if dict(parts) == {row.pk: due_of(row) for row in charges}:
                if confirm_payment(standing.pk, at=at) == "open":
                    return standing
            else:
                settle_or_withdraw(standing, at=at)
            loaded = load_submission(loaded.id)
            continue
        if not charges:
            raise NothingToPay
        try:
            return _opened(loaded, charges, actor, at=at)
        except IntegrityError:  # a second click was faster: its order is the one
            continue


def _opened(loaded: Loaded, charges: list[ChargeRow], actor: Actor, *, at: datetime) -> PaymentRow:
    with transaction.atomic():
        row = PaymentRow.objects.create(
            id=new_id(),
            submission_id=loaded.id,
            division=loaded.division,
            fen=sum(due_of(charge) for charge in charges),
            opened_at=at,
            opened_by=UUID(actor.account),
            asked_at=at,
        )
        ShareRow.objects.bulk_create(
            ShareRow(id=new_id(), payment=row, charge=charge, fen=due_of(charge)) for charge in charges
        )
    return row
