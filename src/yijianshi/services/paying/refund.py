"""
Give back what was paid (退费): in full where the basis says so and no service was rendered, otherwise as the department decides.

The decision is written first; the money follows, and is sent for again until the provider has taken it.

Basis: what the basis of the charge says about refunds; the reason is told in writing either way.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from yijianshi.domain.cases import Action
from yijianshi.domain.fees import (
    RefundNotPossible,
    RefundRule,
    check_refund,
    refund_rule,
    yuan_words,
)
from yijianshi.domain.rights import Actor
from yijianshi.store.fees.models import ChargeRow, RefundRow, ShareRow
from yijianshi.store.keys import new_id

from ..contents import seal_words
from ..handling.acting import Decided, ReasonMissing, act_on_case, stays
from ..handling.loading import CaseLoaded, Loaded
from ..outside import outside
from ..ports import Message, PaymentUnavailable
from .kept import paid_share_of, refunded

logger = structlog.get_logger("worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDecision:
    """What the department decides about a paid charge: how much goes back (nothing is a no), why, on what basis."""

    fen: int
    rendered: bool  # whether the service that was paid for has been rendered
    reason: str
    basis: str = ""


def decide_refund(
    *, case: UUID, charge: UUID, actor: Actor, decision: RefundDecision, at: datetime, seen: int | None = None
) -> RefundRow:
    """
    Decide about giving back what was paid for a case that has ended, and send the money on its way.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ActionNotAllowed: if the case has not ended in a way after which anything is given back.
    :raises RefundNotPossible: if nothing was paid, it was given back, or the sum is not what the basis says.
    :raises ReasonMissing: if no reason is given.
    :raises SomebodyWasFaster: if the case changed since it was seen.
    """
    if not decision.reason.strip():
        raise ReasonMissing("请写明为什么退或者为什么不退；申请人会收到书面告知")
    key = new_id()
    shares: list[ShareRow] = []

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        share = paid_share_of(charge) if ChargeRow.objects.filter(pk=charge, case=case).exists() else None
        if share is None:
            raise RefundNotPossible("这笔费没有缴过，没有可退的")
        _check(loaded, found, share, decision)
        shares[:] = [share]
        detail = {
            "charge": str(charge),
            "refund": str(key),
            "decided": "yes" if decision.fen else "no",
        }
        return Decided([stays(found, Action.REFUND, detail=detail)])

    with transaction.atomic():
        act_on_case(case, Action.REFUND, decide, actor=actor, at=at, seen=seen, kind="refunded")
        words = {"reason": decision.reason.strip()[:2000], "basis": decision.basis.strip()[:500]}
        row = RefundRow.objects.create(
            id=key,
            payment=shares[0].payment,
            charge_id=charge,
            division=shares[0].payment.division,
            fen=decision.fen,
            why="decided",
            words=seal_words(words, purpose="refund"),
            state="due" if decision.fen else "denied",
            decided_at=at,
            decided_by=UUID(actor.account),
        )
    if decision.fen:
        try:
            carry_out(row, at=at)
        except PaymentUnavailable:  # the worker sends for it again
            logger.warning("refund_waits", id=str(key))
    return row


def carry_out(row: RefundRow, *, at: datetime) -> None:
    """
    Have the provider give the money back, once.

    :raises PaymentUnavailable: if it does not answer; the refund stays due.
    """
    reference = outside().payment.refund(str(row.pk), of=str(row.payment_id), fen=row.fen)
    done = RefundRow.objects.filter(pk=row.pk, state="due")
    if done.update(state="done", provider_reference=reference, done_at=at) and row.why != "decided":
        _tell(row)


def _tell(row: RefundRow) -> None:
    """Tell of a refund that nobody had to decide; of the others the step tells."""
    filed = row.payment.submission
    message = Message(
        account=str(filed.account_id),
        key="payment.refund",
        values={"number": filed.number},
        link=f"/my/{filed.pk}/fees",
    )
    outside().messenger.send([message], once=f"refund:{row.pk}")


def _check(loaded: Loaded, found: CaseLoaded, share: ShareRow, decision: RefundDecision) -> None:
    given_back = refunded(share.payment_id, share.charge_id)
    if given_back:
        raise RefundNotPossible("这笔费已经决定退过了，每笔只退一次")
    said = loaded.edition.item(found.now.item).fee.refund
    rule = refund_rule(said, state=found.now.state, rendered=decision.rendered)
    if not decision.fen:
        if rule is RefundRule.FULL:
            raise RefundNotPossible(f"没有提供服务的，依据规定要全额退还 {yuan_words(share.fen)}")
        return
    if rule is RefundRule.NONE:
        raise RefundNotPossible("依据写明这项收费不退；要退的，请目录管理员先核对依据")
    least = share.fen if rule is RefundRule.FULL else 0
    check_refund(decision.fen, paid=share.fen, refunded=given_back, least=least)
