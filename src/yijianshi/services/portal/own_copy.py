"""
A copy of everything kept about a party (查阅、复制个人信息): for reading and for taking along, made at its own request.

A short one is made at once; what is long is left to the worker. The copy is sealed, and gone after a week.

Basis: Personal Information Protection Law, art. 45.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, may, own, require
from yijianshi.store.keys import new_id
from yijianshi.store.portal.models import OwnCopyRow
from yijianshi.store.submissions.models import SubmissionRow

from ..outside import outside
from .own_content import everything_about

KEPT_FOR = timedelta(days=7)
#: More submissions than this are left to the worker.
AT_ONCE = 10
_PURPOSE = "own-copy"


class CopyNotReady(Exception):
    """The copy is still being made."""

    def __init__(self) -> None:
        super().__init__("这份副本还在整理")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopy:
    """A copy in the list: when it was asked for, whether it is there, until when."""

    id: UUID
    asked_at: datetime
    made_at: datetime | None
    expires_at: datetime | None


def ask_for_copy(*, actor: Actor, at: datetime) -> UUID:
    """Ask for a copy of everything kept about whom the actor stands for; one that is being made is not begun twice."""
    require(actor, Act.READ_OWN_DATA, Thing(party=actor.party))
    party = UUID(actor.party)
    waiting = OwnCopyRow.objects.filter(party=party, account=UUID(actor.account), made_at=None).first()
    row = waiting or OwnCopyRow.objects.create(
        id=new_id(), party_id=party, account_id=UUID(actor.account), asked_at=at
    )
    if SubmissionRow.objects.filter(party=party).count() <= AT_ONCE:
        _make(row, at=at)
    return row.id


def copies_of(actor: Actor, *, at: datetime) -> tuple[OwnCopy, ...]:
    """Return the copies that the actor asked for and that are not gone yet; one query."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return ()
    rows = OwnCopyRow.objects.filter(party=UUID(actor.party), account=UUID(actor.account)).order_by(
        "-asked_at"
    )
    return tuple(
        OwnCopy(id=row.id, asked_at=row.asked_at, made_at=row.made_at, expires_at=row.expires_at)
        for row in rows.defer("sealed")[:10]
        if row.expires_at is None or row.expires_at > at
    )


def open_copy(copy: UUID, *, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """
    Return a copy to who asked for it.

    :raises NotPermitted: if it is not his, is gone, or never was; the answer is the same.
    :raises CopyNotReady: if it is still being made.
    """
    row = OwnCopyRow.objects.filter(pk=copy, account=UUID(actor.account)).first()
    if row is None or not may(actor, Act.READ_OWN_DATA, Thing(party=str(row.party_id))):
        raise NotPermitted(Act.READ_OWN_DATA)
    if row.made_at is None:
        raise CopyNotReady
    if row.expires_at is None or row.expires_at <= at:
        raise NotPermitted(Act.READ_OWN_DATA)
    content: Mapping[str, Any] = msgspec.json.decode(
        outside().crypto.unseal(bytes(row.sealed), purpose=_PURPOSE)
    )
    return content


def make_copies(*, at: datetime, most: int = 5) -> int:
    """Make what was left to the worker, and let go what is a week old; return how much was done."""
    done = 0
    for _ in range(most):
        with transaction.atomic():
            rows = OwnCopyRow.objects.select_for_update(skip_locked=True).filter(made_at=None)
            row = rows.order_by("asked_at").first()
            if row is None:
                break
            _make(row, at=at)
            done += 1
    gone, _ = OwnCopyRow.objects.filter(expires_at__lte=at).delete()
    return done + gone


def _make(row: OwnCopyRow, *, at: datetime) -> None:
    content = everything_about(row.party_id, account=row.account_id, at=at)
    row.sealed = outside().crypto.seal(msgspec.json.encode(content), purpose=_PURPOSE)
    row.made_at, row.expires_at = at, at + KEPT_FOR
    row.save(update_fields=["sealed", "made_at", "expires_at"])
