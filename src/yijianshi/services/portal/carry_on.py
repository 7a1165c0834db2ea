"""Go on with a draft on another device (换设备接着填): a link that works once, for a quarter of an hour, for the same person."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, Thing, may
from yijianshi.store.portal.models import CarryOnRow

from ..applying.drafting import open_draft
from ..outside import outside

LASTS = timedelta(minutes=15)


class CarryingOnNotPossible(Exception):
    """The link was used, has expired, never existed, or is somebody else's; which of these is not told."""

    def __init__(self) -> None:
        super().__init__("这个链接已用过、已过期，或者不是您的草稿")


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go on, and until when; it is shown once and kept nowhere."""

    address: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CarriedOn:
    """Which draft is gone on with, and for whom it is filled in."""

    draft: UUID
    party: UUID


def make_link(*, draft: UUID, actor: Actor, at: datetime) -> Link:
    """
    Return a link to go on with a draft; one made before for the same draft is worthless from now on.

    :raises NotPermitted: if the draft is not the actor's to edit.
    :raises DraftFiled: if it was filed.
    """
    open_draft(draft, actor=actor)
    token = secrets.token_urlsafe(24)
    CarryOnRow.objects.filter(draft_id=draft).delete()
    CarryOnRow.objects.create(
        draft_id=draft, account_id=UUID(actor.account), token_hash=_hash(token), expires_at=at + LASTS
    )
    return Link(f"{outside().address}/on/{token}", at + LASTS)


def take_link(*, token: str, actor: Actor, at: datetime) -> CarriedOn:
    """
    Return which draft the link leads to; it is worthless afterwards.

    :raises CarryingOnNotPossible: if it was used, has expired, never existed, or the actor is not who made it.
    """
    rows = CarryOnRow.objects.filter(token_hash=_hash(token), used_at=None, expires_at__gt=at)
    row = rows.select_related("draft").first()
    if row is None or not may(actor, Act.CARRY_ON, Thing(owner=str(row.account_id))):
        raise CarryingOnNotPossible
    if not rows.update(used_at=at):  # whoever comes second with the same link changes no row
        raise CarryingOnNotPossible
    return CarriedOn(row.draft_id, row.draft.party_id)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
