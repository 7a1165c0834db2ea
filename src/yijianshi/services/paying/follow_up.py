"""What the worker does about money: asks after orders whose payer never came back, and sends for refunds that are due."""

from datetime import datetime, timedelta

import structlog

from yijianshi.store.fees.models import PaymentRow, RefundRow

from ..ports import PaymentUnavailable
from .confirm import confirm_payment, settle_or_withdraw
from .refund import carry_out

logger = structlog.get_logger("worker")
#: How often an order that is open is asked after, and when it is given up.
ASK_EVERY = timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(days=1)
MOST = 50


def follow_up_money(*, at: datetime) -> int:
    """Ask after orders and send for refunds; return how many went on."""
    return _ask(at=at) + _send(at=at)


def _ask(*, at: datetime) -> int:
    went_on = 0
    rows = PaymentRow.objects.filter(state="open", asked_at__lte=at - ASK_EVERY)
    for row in rows.order_by("asked_at")[:MOST]:
        try:
            given_up = row.opened_at <= at - GIVE_UP_AFTER
            state = settle_or_withdraw(row, at=at) if given_up else confirm_payment(row.pk, at=at)
            went_on += state != "open"
        except PaymentUnavailable:
            return went_on  # nobody answers now; the next round asks again
        except Exception as error:  # one bad order never stops the others
            logger.exception("order_failed", id=str(row.pk), kind=type(error).__name__)
            PaymentRow.objects.filter(pk=row.pk).update(asked_at=at)
    return went_on


def _send(*, at: datetime) -> int:
    sent = 0
    for row in RefundRow.objects.filter(state="due").order_by("decided_at")[:MOST]:
        try:
            carry_out(row, at=at)
            sent += 1
        except PaymentUnavailable:
            return sent
        except Exception as error:  # one bad refund never stops the others
            logger.exception("refund_failed", id=str(row.pk), kind=type(error).__name__)
    return sent
