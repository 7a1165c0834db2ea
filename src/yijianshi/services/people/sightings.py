"""
Show one's card at a window (窗口亮证核身): the page shows a number, the clerk types it, sees the card, and the page goes on.

The number is good for half an hour and says nothing of who it is; the clerk learns that only from us, to compare it
with the card in his hand.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.store.accounts.models import Account
from yijianshi.store.identity.models import SightingRow
from yijianshi.store.keys import new_id

from ..guards.door import Caller, Door, Whom
from ..outside import outside
from .identified import person_behind
from .parties import PartyKnown, know_party

HOLDS = timedelta(minutes=30)
DIGITS = 8
_door = Door("sighting")


class SightingNotFound(LookupError):
    """Nobody waits under this number."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits for the clerk to look at his card."""

    id: UUID
    person: PartyKnown


def ask_to_be_seen(*, actor: Actor, at: datetime) -> tuple[UUID, str]:
    """Return the number to tell the clerk, and the key under which its answer is found; the former number ends."""
    account = UUID(actor.account)
    SightingRow.objects.filter(account_id=account, seen_at=None).delete()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = SightingRow.objects.create(
        id=new_id(), account_id=account, code_hash=_hash(code), asked_at=at, expires_at=at + HOLDS
    )
    return row.id, code


def was_seen(sighting: UUID, *, actor: Actor, at: datetime) -> bool:
    """Return whether a clerk has seen the card of whoever asks under this key."""
    rows = SightingRow.objects.filter(pk=sighting, account=UUID(actor.account), expires_at__gt=at)
    return rows.exclude(seen_at=None).exists()


def waiting_under(code: str, *, actor: Actor, at: datetime) -> Waiting:
    """
    Return who waits under a number, so that the clerk can compare him with the card.

    :raises NotPermitted: if the reader is no window clerk, or would vouch for himself.
    :raises TooManyTries: if he has typed too many wrong numbers.
    :raises SightingNotFound: if nobody waits under it.
    """
    if not actor.holds(Role.WINDOW):
        raise NotPermitted(Act.SEE_IDENTITY)
    clerk, own = Whom("sighting", UUID(actor.account)), Caller("", actor.account)
    _door.check(clerk, own, at=at)
    row = _open(code, at=at)
    person = person_behind(row.account_id) if row else None
    if row is None or person is None:
        _door.failed(clerk, own, at=at)
        raise SightingNotFound("没有人在等这个数字，或者已经过了半小时。请他在页面上重新取一个")
    require(actor, Act.SEE_IDENTITY, Thing(party=str(person)))
    _refuse_himself(actor, person)
    return Waiting(row.id, know_party(person))


def see(code: str, *, actor: Actor, at: datetime) -> str:
    """
    Write down that the clerk saw the card and the person, and return his name.

    :raises NotPermitted, TooManyTries, SightingNotFound: as above.
    """
    waiting = waiting_under(code, actor=actor, at=at)
    unit = str(actor.holds(Role.WINDOW)[0].unit)
    SightingRow.objects.filter(pk=waiting.id, seen_at=None).update(
        seen_at=at, seen_by=UUID(actor.account), unit=unit
    )
    return waiting.person.name


def _refuse_himself(actor: Actor, person: UUID) -> None:
    if Account.objects.filter(pk=actor.account, party=person).exists():
        raise NotPermitted(Act.SEE_IDENTITY)


def _open(code: str, *, at: datetime) -> SightingRow | None:
    digits = "".join(code.split())
    if len(digits) != DIGITS or not digits.isdecimal():
        return None
    return SightingRow.objects.filter(code_hash=_hash(digits), seen_at=None, expires_at__gt=at).first()


def _hash(code: str) -> bytes:
    return outside().crypto.fingerprint(code, purpose="sighting")
