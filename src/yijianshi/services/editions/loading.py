"""A manuscript loaded with everything that acts on it need, and the right of whoever wants it."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.manuscripts import ManuscriptMove, ManuscriptStage, Round, RowRemark, Signature
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.store.manuscripts.models import ManuscriptRow, TextRow

from .checking import Written, standard_above
from .texts import IMPROVING


@dataclass(frozen=True, slots=True)
class ManuscriptLoaded:
    """A manuscript as it stands: its row, its text, and how far the countersigning has come."""

    row: ManuscriptRow
    text: TextRow
    round: Round
    written: Written

    @property
    def stage(self) -> ManuscriptStage:
        return ManuscriptStage(self.row.stage)

    @property
    def thing(self) -> Thing:
        return thing_of(self.row)


def load_manuscript(manuscript: UUID, *, actor: Actor, act: Act = Act.READ_MANUSCRIPT) -> ManuscriptLoaded:
    """
    Return a manuscript to whoever may do `act` to it.

    :raises ManuscriptRow.DoesNotExist: if there is none.
    :raises NotPermitted: if the actor may not.
    """
    row = ManuscriptRow.objects.get(pk=manuscript)
    require(actor, act, thing_of(row))
    return loaded(row)


def loaded(row: ManuscriptRow) -> ManuscriptLoaded:
    """Return a manuscript's row with its text, signatures and remarks; three queries and those for its standard."""
    text = row.texts.order_by("-id")[0]
    said = {ManuscriptMove.SIGN: True, ManuscriptMove.OBJECT: False}
    signatures = tuple(
        Signature(
            unit=Unit.parse(step.unit), digest=step.digest, agrees=said[ManuscriptMove(step.move)],
            at=step.at, by=str(step.by), words=step.words,
        )
        for step in row.steps.filter(move__in=list(said)).order_by("seq")
    )  # fmt: skip
    remarks = tuple(
        RowRemark(
            unit=Unit.parse(one.unit), place=tuple(filter(None, one.place.split("/"))), words=one.words,
            at=one.at, answer=one.answer, settled_at=one.settled_at,
        )
        for one in row.remarks.order_by("id")
    )  # fmt: skip
    owners = {Unit.parse(unit): tuple(ItemCode(code) for code in items) for unit, items in row.owners.items()}
    bundle, division = BundleCode(row.bundle), DivisionCode(row.division)
    standard = standard_above(bundle, division) if row.kind == IMPROVING else None
    return ManuscriptLoaded(
        row=row,
        text=text,
        round=Round(
            digest=signed_digest(row.digest, standard), owners=owners, signatures=signatures, remarks=remarks
        ),
        written=Written(text.text, row.kind, bundle, division, standard),
    )


def signed_digest(digest: str, standard: Edition | None) -> str:
    """Return the digest of what is signed: the text, and the standard from which it differs."""
    return hashlib.sha256(f"{digest} {standard.digest if standard else ''}".encode()).hexdigest()


def thing_of(row: ManuscriptRow) -> Thing:
    """Return the manuscript as something to have rights on."""
    return Thing(division=row.division, units=frozenset(Unit.parse(unit) for unit in row.owners))


def own_units(actor: Actor, loaded: ManuscriptLoaded) -> tuple[Unit, ...]:
    """Return the owning units for which the actor may speak."""
    posts = [post.unit for post in actor.holds(Role.REVIEWER)]
    return tuple(unit for unit in loaded.round.owners if unit in posts)


def own_unit(actor: Actor, loaded: ManuscriptLoaded, named: str = "") -> Unit:
    """
    Return the owning unit for which the actor speaks: the one he named, else his first.

    :raises NotPermitted: if he does not speak for it.
    """
    for unit in own_units(actor, loaded):
        if named in ("", str(unit)):
            return unit
    raise NotPermitted(Act.COUNTERSIGN)
