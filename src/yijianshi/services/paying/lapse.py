"""
What is not paid in time (逾期未缴): the case ends with what depends on it, as the payment notice said.

Nothing lapses on a provisional day, while the clock stands still or something is mended, or while the provider does
not say that nothing was paid. A worker that was down catches up: what counts is the day in the notice.
"""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from yijianshi.domain.cases import CLOSED, Action, State, next_state
from yijianshi.domain.fees import LineState, is_unpaid_after
from yijianshi.domain.holds import FEE
from yijianshi.domain.submissions import Move, after_failure
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.looking import release_hold
from yijianshi.store.cases.models import StepRow
from yijianshi.store.cases.moving import StaleCase
from yijianshi.store.fees.models import ChargeRow

from ..handling.loading import load_case
from ..handling.writing import write_moves
from ..outside import outside
from ..ports import PaymentUnavailable
from .confirm import settle_or_withdraw
from .kept import line_of, open_order_of

logger = structlog.get_logger("worker")

#: Acts by which an ended case is handled anew; what was charged before does not hold it back.
_ANEW = (Action.REDO, Action.REOPEN, Action.REVIVE)


def lapse_unpaid(*, at: datetime, most: int = 200) -> int:
    """End the cases whose charge is unpaid after its last day; return how many."""
    _end_with_their_cases(at=at, most=most)
    rows = ChargeRow.objects.filter(
        state=LineState.OPEN, pay_by__lt=legal_day(at), case__state=State.ACCEPTED
    )
    lapsed = 0
    for row in rows.order_by("provisional", "pay_by", "id")[:most]:
        try:
            lapsed += _lapse(row, at=at)
        except (StaleCase, PaymentUnavailable):
            continue
        except Exception as error:  # one bad line never stops the others
            logger.exception("lapse_failed", id=str(row.pk), kind=type(error).__name__)
    return lapsed


def _lapse(row: ChargeRow, *, at: datetime) -> bool:
    if StepRow.objects.filter(case_id=row.case_id, action__in=_ANEW, at__gt=row.charged_at).exists():
        _end(row)
        return False
    if not is_unpaid_after(line_of(row), outside().calendar, legal_day(at)):
        return False
    _out_of_orders(row.submission_id, at=at)
    with transaction.atomic():
        loaded, found = load_case(row.case_id)
        charge = ChargeRow.objects.get(pk=row.pk)
        if charge.state != LineState.OPEN or found.now.state is not State.ACCEPTED:
            return False
        to = next_state(found.now.state, Action.LAPSE)
        own = Move(found.now, Action.LAPSE, to, detail={"because_of": "not_paid", "charge": str(row.pk)})
        moves = (own, *after_failure(found.now, loaded.nows, loaded.edition))
        write_moves(loaded, moves, kind="decided", at=at, by=None)
        ChargeRow.objects.filter(pk=row.pk).update(state=LineState.ENDED)
    return True


def _end_with_their_cases(*, at: datetime, most: int) -> None:
    """Let nobody pay any more for what has ended, and let it not hold back a case that is taken up again."""
    for row in ChargeRow.objects.filter(state=LineState.OPEN, case__state__in=CLOSED)[:most]:
        try:
            _out_of_orders(row.submission_id, at=at)
        except PaymentUnavailable:
            continue
        _end(row)


def _end(row: ChargeRow) -> None:
    with transaction.atomic():
        if release_hold(row.case_id, code=FEE):
            ChargeRow.objects.filter(pk=row.pk, state=LineState.OPEN).update(state=LineState.ENDED)


def _out_of_orders(submission: UUID, *, at: datetime) -> None:
    """Ask once more whether it was paid, and let nobody pay it any more. :raises PaymentUnavailable: if nobody answers."""
    order = open_order_of(submission)
    if order is not None:
        settle_or_withdraw(order, at=at)
