"""
Charge for a case (通知缴费): the department says how much, by which standard, on what basis, and what is reduced.

Basis: Administrative License Law, arts. 58, 59.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import Action
from yijianshi.domain.fees import BillLine, ChargeNotPossible, LineState, Reduction, draw_line
from yijianshi.domain.holds import FEE, with_hold, without_hold
from yijianshi.domain.rights import Actor, act_for, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.fees.models import ChargeRow
from yijianshi.store.keys import new_id

from ..handling.acting import Decided, act_on_case, stays
from ..handling.loading import CaseLoaded, Loaded, load_case
from ..outside import outside
from .confirm import settle_or_withdraw
from .kept import line_of, open_charge_of, open_order_of, seal_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What the department charges for one case, in fen."""

    fen: int
    standard: str
    basis: str
    reduction: Reduction | None = None


def charge_case(
    *, case: UUID, actor: Actor, charge: Charge, at: datetime, seen: int | None = None
) -> ChargeRow:
    """
    Tell the applicant what is to be paid by when, in place of what was charged before and is not paid yet.

    The very same charge once more changes nothing.

    :raises NotPermitted: if the case is not the actor's unit's to decide.
    :raises ActionNotAllowed: if the case's state does not allow it.
    :raises ChargeNotPossible: if the item does not charge, basis or standard are missing, or it was just paid.
    :raises SomebodyWasFaster: if the case changed since it was seen.
    :raises PaymentUnavailable: if an order for the former sum is open and the provider does not answer.
    """
    loaded, found = load_case(case)
    require(actor, act_for(Action.CHARGE), loaded.thing(found))
    before = open_charge_of(case)
    if before is not None:
        if _is_same(line_of(before), charge):
            return before
        _out_of_its_order(before, at=at)
    drawn: list[BillLine] = []
    key = new_id()

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        now = found.now
        line = draw_line(
            case=str(now.id),
            item=now.item,
            charged=loaded.edition.item(now.item).fee.charged,
            collector=found.unit,
            standard=charge.standard,
            basis=charge.basis,
            fen=charge.fen,
            reduction=charge.reduction,
            on=legal_day(at),
            calendar=outside().calendar,
        )
        drawn[:] = [line]
        holds = with_hold(found.holds, FEE) if line.due else without_hold(found.holds, FEE)
        detail = (
            {"charge": str(key), "pay_by": line.pay_by.day.isoformat()} if line.due else {"charge": str(key)}
        )
        return Decided([stays(found, Action.CHARGE, detail=detail, also={"holds": holds})])

    with transaction.atomic():
        act_on_case(
            case,
            Action.CHARGE,
            decide,
            actor=actor,
            at=at,
            seen=seen,
            kind="charged",
        )
        ChargeRow.objects.filter(case=case, state=LineState.OPEN).update(state=LineState.REPLACED)
        line = drawn[0]
        return ChargeRow.objects.create(
            id=key,
            submission_id=loaded.id,
            case_id=case,
            division=loaded.division,
            item=line.item,
            collector=line.collector,
            fen=line.fen,
            reduced_fen=line.fen - line.due,
            words=seal_line(line),
            charged_at=at,
            charged_by=UUID(actor.account),
            pay_by=line.pay_by.day,
            provisional=line.pay_by.provisional,
            state=line.state,
        )


def _is_same(line: BillLine, charge: Charge) -> bool:
    return (line.fen, line.standard, line.basis, line.reduction) == (
        charge.fen,
        charge.standard.strip(),
        charge.basis.strip(),
        charge.reduction,
    )


def _out_of_its_order(before: ChargeRow, *, at: datetime) -> None:
    """Let nobody pay the former sum any more, unless it has just been paid."""
    order = open_order_of(before.submission_id)
    if order is None or not order.sharerow_set.filter(charge=before).exists():
        return
    settle_or_withdraw(order, at=at)
    before.refresh_from_db()
    if before.state == LineState.PAID:
        raise ChargeNotPossible("原来通知的费刚刚已经缴了；多收的请在办结后退，少收的请另外通知")
