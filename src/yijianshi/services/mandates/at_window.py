"""
A mandate given at the window (窗口见证授权): spoken before a clerk, or on signed paper that is photographed.

For whoever cannot sign in: the clerk sees who he is, asks what he wants, and writes down how it was given.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.mandates import (
    USUAL,
    MandateKind,
    MandateNotPossible,
    MandateState,
    Proof,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, may, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.mandates.models import MandateRow
from yijianshi.store.materials.models import BlobRow

from ..applying.attach import keep_blob
from ..contents import open_text
from ..materials.sniffing import FileKind
from ..outside import outside
from ..people.telling import tell_account, tell_party
from ..reading.my_wallet import OwnDocument
from .finish import thing_of
from .give import Wish, write_offer

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """How it was given before the clerk."""

    proof: Proof
    words: str  # what he said, or what the paper is
    filename: str = ""
    photograph: bytes = b""


def attest_mandate(
    *, actor: Actor, giver: UUID, wish: Wish, attested: Attested, helper: UUID | None, at: datetime
) -> UUID:
    """
    Write it down; a helper has it at once, anybody else accepts it by his link.

    :raises NotPermitted: if the actor works at no window, or the helper at no unit of that place.
    :raises MandateNotPossible: if something in it cannot be given, or a paper was not photographed.
    :raises FileRefused: if the photograph cannot be taken.
    """
    posts = actor.holds(Role.WINDOW)
    if not posts:
        raise NotPermitted(Act.ATTEST_MANDATE)
    unit = posts[0].unit
    require(actor, Act.ATTEST_MANDATE, Thing(division=unit.division))
    if attested.proof not in (Proof.SPOKEN, Proof.PAPER):
        raise MandateNotPossible("请选他是怎么授权的：当面说的，还是纸上签的字")
    if not attested.words.strip():
        raise MandateNotPossible("请写明他怎么说的、怎么核对的身份")
    paper = ""
    if attested.proof is Proof.PAPER:
        if not attested.photograph:
            raise MandateNotPossible("纸上签字的，请拍照上传授权书")
        paper = keep_blob(attested.photograph, filename=attested.filename, at=at).sha256
    if helper is not None and helper not in dict(helpers_of(str(unit), on=at)):
        raise NotPermitted(Act.ATTEST_MANDATE)
    row = write_offer(
        giver=giver,
        wish=wish,
        by=UUID(actor.account),
        proof=attested.proof,
        at=at,
        shown=attested.words.strip()[:LONGEST],
        paper=paper,
        unit=str(unit),
    )
    if helper is not None:
        row.kind, row.state, row.holder_id, row.taken_at = (
            MandateKind.HELPER,
            MandateState.ACTIVE,
            helper,
            at,
        )
        row.powers = sorted(USUAL)
        row.link_hash = None
        row.save(update_fields=["kind", "state", "holder", "taken_at", "powers", "link_hash"])
        tell_account(helper, "mandate.held", link="/helping", once=f"{row.id}:held")
    tell_party(giver, "mandate.attested", link=f"/my/mandates/{row.id}", once=f"{row.id}:attested")
    return row.id


def helpers_of(unit: str, *, on: datetime) -> tuple[tuple[UUID, str], ...]:
    """Return the helpers of a unit today, with their names."""
    day = legal_day(on)
    posts = Officer.objects.filter(unit=unit, role=Role.HELPER, since__lte=day).filter(
        Q(until=None) | Q(until__gte=day)
    )
    accounts = Account.objects.filter(pk__in=posts.values("account"), is_active=True).order_by("created_at")
    return tuple(
        (key, open_text(sealed, purpose="name")) for key, sealed in accounts.values_list("id", "name_sealed")
    )


def photograph_of(*, mandate: UUID, actor: Actor) -> OwnDocument:
    """
    Return the photographed paper to who gave the mandate, who holds it, and the window at which it was taken.

    :raises NotPermitted: if it is none of his, or there is no clean picture; the answer is the same.
    """
    row = MandateRow.objects.filter(pk=mandate).exclude(paper="").first()
    blob = BlobRow.objects.filter(pk=row.paper, scan="clean").first() if row else None
    if row is None or blob is None:
        raise NotPermitted(Act.READ_MANDATE)
    if not any(
        str(post.unit) == row.unit and may(actor, Act.ATTEST_MANDATE, Thing(division=post.unit.division))
        for post in actor.holds(Role.WINDOW)
    ):
        require(actor, Act.READ_MANDATE, thing_of(row))
    kinds = {kind.value: kind for kind in FileKind}
    media = kinds[blob.kind].media_type if blob.kind in kinds else "application/octet-stream"
    return OwnDocument(outside().files.open(blob.sha256), media, "授权书")
