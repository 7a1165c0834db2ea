"""
Ask somebody to act (请人替我办): what, until when, which acts; a one-time link and square code carry it to him.

The link can be made again from the mandate's own key, so that only its hash is ever kept; it opens for 24 hours, and only
for somebody of the name that the giver wrote.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.mandates import (
    LINK_HOURS,
    USUAL,
    MandateKind,
    MandateNotPossible,
    MandateState,
    Power,
    Proof,
    Scope,
    check_wish,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Representation
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.keys import new_id
from yijianshi.store.mandates.models import MandateRow

from ..applying.drafting import open_draft
from ..contents import fingerprint, seal_text
from ..handling.loading import load_submission
from ..people.parties import know_party

#: So many may wait to be accepted at once, so that nobody litters.
MOST_OPEN = 20
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the giver wants."""

    name: str  # of who is asked
    scope: Scope
    until: date | None
    powers: frozenset[Power] = field(default=USUAL)
    most_uses: int | None = 1
    kind: MandateKind = MandateKind.ASKED


def give_mandate(*, actor: Actor, wish: Wish, at: datetime) -> UUID:
    """
    Ask somebody, and return the mandate that waits to be accepted.

    :raises NotPermitted: if a matter in it is not the giver's own.
    :raises MandateNotPossible: if nobody is named, or something in it cannot be given.
    """
    if not actor.party:
        raise NotPermitted(Act.GIVE_MANDATE)
    if know_party(UUID(actor.party)).is_enterprise:
        demand_head(actor, on=legal_day(at))
    for key in wish.scope.matters:
        _demand_own(UUID(key), actor)
    return write_offer(
        giver=UUID(actor.party), wish=wish, by=UUID(actor.account), proof=Proof.SIGNED_IN, at=at
    ).id


def write_offer(
    *, giver: UUID, wish: Wish, by: UUID, proof: Proof, at: datetime, shown: str = "", paper: str = "", unit: str = ""
) -> MandateRow:  # fmt: skip
    """
    Write a mandate that waits to be accepted; who may do so was asked before.

    :raises MandateNotPossible: if nobody is named, or something in it cannot be given.
    """
    name = "".join(wish.name.split())[:LONGEST_NAME]
    if not name:
        raise MandateNotPossible("请写请谁来办：他身份证上的姓名")
    since = legal_day(at)
    check_wish(kind=wish.kind, scope=wish.scope, powers=wish.powers, since=since, until=wish.until)
    waiting = MandateRow.objects.filter(giver=giver, state=MandateState.OFFERED, link_until__gt=at)
    if waiting.count() >= MOST_OPEN:
        raise MandateNotPossible(f"有 {MOST_OPEN} 份授权还没人接受。请先收回不要的，再请别人")
    row = MandateRow(
        id=new_id(),
        giver_id=giver,
        kind=wish.kind,
        proof=proof,
        state=MandateState.OFFERED,
        powers=sorted(wish.powers),
        everything=wish.scope.everything,
        bundles=sorted(wish.scope.bundles),
        matters=sorted(wish.scope.matters),
        since=since,
        until=wish.until,
        most_uses=wish.most_uses,
        asked_sealed=seal_text(name, purpose="name"),
        shown_sealed=seal_text(shown, purpose="mandate"),
        paper=paper,
        unit=unit,
        made_by=by,
        made_at=at,
    )
    row.link_hash = hash_of(token_of(row.id))
    row.link_until = at + timedelta(hours=LINK_HOURS)
    row.save(force_insert=True)
    return row


def give_at_once(
    *, giver: UUID, holder: UUID, kind: MandateKind, powers: frozenset[Power], until: date, by: UUID, at: datetime
) -> UUID:  # fmt: skip
    """
    Write a mandate about everything that holds from today, where who holds it has agreed already.

    :raises MandateNotPossible: if something in it cannot be given.
    """
    check_wish(kind=kind, scope=Scope(everything=True), powers=powers, since=legal_day(at), until=until)
    row = MandateRow.objects.create(
        id=new_id(),
        giver_id=giver,
        holder_id=holder,
        kind=kind,
        proof=Proof.SIGNED_IN,
        state=MandateState.ACTIVE,
        powers=sorted(powers),
        everything=True,
        since=legal_day(at),
        until=until,
        made_by=by,
        made_at=at,
        taken_at=at,
    )
    return row.id


def token_of(mandate: UUID) -> str:
    """Return the secret of a mandate's link; it follows from the deployment's own key and is kept nowhere."""
    return fingerprint(str(mandate), kind="mandate-link").hex()[:40]


def hash_of(token: str) -> bytes:
    """Return what is kept of a link."""
    return hashlib.sha256(token.encode()).digest()


def demand_head(actor: Actor, *, on: date) -> None:
    """
    Refuse whoever is not the legal representative of the enterprise he stands for.

    :raises NotPermitted: if somebody else wants to give or end its agents.
    """
    rows = Representation.objects.filter(
        account=UUID(actor.account), party=UUID(actor.party), capacity="legal_representative", since__lte=on
    ).filter(Q(until=None) | Q(until__gte=on))
    require(actor, Act.GIVE_MANDATE, Thing(party=actor.party if rows.exists() else ""))


def _demand_own(key: UUID, actor: Actor) -> None:
    """Refuse a matter that is not the giver's. :raises NotPermitted: as for one that does not exist."""
    if DraftRow.objects.filter(pk=key).exists():
        whose = str(open_draft(key, actor=actor).row.party_id)
    else:
        whose = str(load_submission(key).party)
    require(actor, Act.GIVE_MANDATE, Thing(party=whose))
