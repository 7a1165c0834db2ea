"""
What a person says to an offer (免申即享): take it, say that the data are wrong, or decline; and what the unit says to that.

Confirming files an ordinary submission with what is known already, and only what is missing is asked: nothing is granted
here, and nothing at all without the person's own act.

Basis: Personal Information Protection Law, arts. 24 (a person decides), 46 (wrong data are put right).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.drafts import Trouble
from yijianshi.domain.entitlements import (
    FEWEST_DAYS,
    LONGEST,
    OfferAnswer,
    OfferNotPossible,
    OfferState,
    answered,
    state_on,
)
from yijianshi.domain.plans import Situation, with_prerequisites
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Party
from yijianshi.store.offers.models import OfferRow

from ..applying.fill import fill_fields
from ..applying.seal import ELECTRONIC, seal_draft
from ..applying.start import start_draft
from ..catalogue.published import current
from ..contents import seal_text
from ..outside import outside
from ..ports import Message
from .forget import FORGOTTEN
from .offer import accounts_of

#: What the two texts are sealed for.
OBJECTION, REPLY = "offer-objection", "offer-reply"
#: What need not be asked of somebody who confirms by himself: nobody acts for him, and nothing has to be fetched.
TAKEN_AS_READ: Mapping[str, Any] = {"by-agent": False, "delivery-method": ELECTRONIC}


class OfferIncomplete(ValueError):
    """Something that only the person knows is missing or wrong."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        self.troubles = troubles
        super().__init__("；".join(trouble.message for trouble in troubles))


def own_offer(offer: UUID, *, actor: Actor, for_update: bool = False) -> OfferRow:
    """
    Return an offer to whom it is made.

    :raises NotPermitted: if it is not his, or is not there; the answer is the same.
    """
    rows = OfferRow.objects.select_related("made_in")
    rows = rows.select_for_update(of=("self",)) if for_update else rows
    row = rows.filter(pk=offer).first()
    party = Party.objects.filter(pk=actor.party).first() if actor.party else None
    if row is None or party is None:
        raise NotPermitted(Act.ANSWER_OFFER)
    same = row.kind == party.kind and bytes(row.number_hash) == bytes(party.number_hash)
    require(actor, Act.ANSWER_OFFER, Thing(party=str(party.id) if same else ""))
    return row


def items_of(row: OfferRow, *, at: datetime) -> tuple[ItemCode, ...]:
    """Return what is filed when an offer is confirmed: the item, and what has to be handled before it."""
    edition = current(BundleCode(row.bundle), DivisionCode(row.made_in.division), legal_day(at)).edition
    wanted = ItemCode(row.item)
    return with_prerequisites(
        edition, [wanted], situation=Situation(items=(wanted,), answers=answers_of(row, at=at))
    )


def answers_of(row: OfferRow, *, at: datetime) -> dict[str, Any]:
    """
    Return how the questions are answered for whoever is entitled.

    :raises OfferNotPossible: if the item is no longer offered without an application.
    """
    edition = current(BundleCode(row.bundle), DivisionCode(row.made_in.division), legal_day(at)).edition
    item = next((one for one in edition.bundle.items if one.code == row.item), None)
    if item is None or item.without_application is None:
        raise OfferNotPossible("这一项现在要自己申请了；请到“全部一件事”里办")
    return dict(item.without_application.answers)


def confirm_offer(*, offer: UUID, actor: Actor, given: Mapping[str, Any], at: datetime) -> UUID:
    """
    Take an offer: file what it is about with what is known, and return the submission; a second click files nothing more.

    :param given: what only the person knows, by element.
    :raises NotPermitted: if the offer is not his.
    :raises OfferNotPossible: if it can no longer be confirmed.
    :raises OfferIncomplete: if something is missing or wrong; nothing is kept.
    :raises NotReady: if something is missing that is no field of the form.
    :raises ChoiceNotAllowed: if what registers say makes the person not entitled after all.
    """
    with transaction.atomic():
        row = own_offer(offer, actor=actor, for_update=True)
        if row.submission_id is not None:
            return row.submission_id
        to = answered(_state(row, at), OfferAnswer.CONFIRM)
        draft = start_draft(
            actor=actor, bundle=BundleCode(row.bundle), division=DivisionCode(row.made_in.division),
            answers=answers_of(row, at=at), items=items_of(row, at=at), at=at,
        )  # fmt: skip
        if troubles := fill_fields(draft=draft, actor=actor, given={**TAKEN_AS_READ, **given}, at=at):
            raise OfferIncomplete(troubles)
        receipt = seal_draft(draft=draft, actor=actor, signature="offer", at=at)
        _settle(row, to, at=at, submission_id=receipt.submission, forget=True)
    return receipt.submission


def decline_offer(*, offer: UUID, actor: Actor, at: datetime) -> None:
    """
    Decline an offer, for good on this occasion.

    :raises NotPermitted: if it is not his.
    :raises OfferNotPossible: if it is over.
    """
    with transaction.atomic():
        row = own_offer(offer, actor=actor, for_update=True)
        _settle(row, answered(_state(row, at), OfferAnswer.DECLINE), at=at, forget=True)


def object_to_offer(*, offer: UUID, actor: Actor, words: str, at: datetime) -> None:
    """
    Say that the data are wrong; a person of the unit looks into it.

    :raises NotPermitted: if it is not his.
    :raises OfferNotPossible: if it is over, or it is not said what is wrong.
    """
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise OfferNotPossible(f"请写明哪里不对，{LONGEST} 个字以内；单位的人会核对")
    with transaction.atomic():
        row = own_offer(offer, actor=actor, for_update=True)
        to = answered(_state(row, at), OfferAnswer.OBJECT)
        _settle(row, to, at=at, objection_sealed=seal_text(said, purpose=OBJECTION), answer_sealed=b"")


def reply_to_objection(*, offer: UUID, actor: Actor, holds: bool, words: str, at: datetime) -> None:
    """
    Say to an objection that the offer stands with the right data, or that it is withdrawn, and why.

    :raises NotPermitted: if the offer is not the actor's unit's.
    :raises OfferNotPossible: if nobody objected, or no words are given.
    """
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise OfferNotPossible(f"请写明核对的结果，{LONGEST} 个字以内；本人会看到")
    with transaction.atomic():
        row = (
            OfferRow.objects.select_for_update(of=("self",))
            .select_related("made_in")
            .filter(pk=offer)
            .first()
        )
        unit = Unit.parse(row.made_in.unit) if row else None
        require(actor, Act.OFFER_BENEFIT, Thing(unit=unit))
        assert row is not None
        to = answered(_state(row, at), OfferAnswer.CORRECT if holds else OfferAnswer.WITHDRAW)
        until = max(row.until, legal_day(at) + timedelta(days=FEWEST_DAYS))
        _settle(
            row, to, at=at, answer_sealed=seal_text(said, purpose=REPLY), answered_by=UUID(actor.account),
            forget=not holds, **({"until": until} if holds else {}),
        )  # fmt: skip
    _tell(row, at)


def _state(row: OfferRow, at: datetime) -> OfferState:
    return state_on(OfferState(row.state), until=row.until, on=legal_day(at))


def _settle(row: OfferRow, to: OfferState, *, at: datetime, forget: bool = False, **changed: Any) -> None:
    changed |= {"state": str(to), "settled_at": None if to is OfferState.OPEN else at}
    if forget:
        changed |= FORGOTTEN
    OfferRow.objects.filter(pk=row.pk).update(**changed)


def _tell(row: OfferRow, at: datetime) -> None:
    """Tell whoever objected that somebody has looked into it."""
    told = accounts_of(row.kind, {bytes(row.number_hash): row.id}).get(row.id, [])
    values, link = {"item": _plain_name(row)}, f"/my/offers/{row.id}"
    messages = [Message(account=a, key="offer.answered", values=values, link=link) for a in told]
    outside().messenger.send(messages, once=f"{row.id}:{at:%Y%m%d%H%M%S}")


def _plain_name(row: OfferRow) -> str:
    edition = current(BundleCode(row.bundle), DivisionCode(row.made_in.division), row.until).edition
    return edition.item(ItemCode(row.item)).plain_name
