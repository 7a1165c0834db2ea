"""Proposals as pages show them: what a county proposes with its figures, and what the province said (报请推广)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.proposals import ProposalMove, ProposalState
from yijianshi.domain.rights import Act, Actor, Thing, may, require
from yijianshi.store.manuscripts.models import ManuscriptRow, ProposalRow

from ..catalogue.published import edition_by_id
from ..people.actors import name_of
from .units import name_of_division


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRead:
    """One proposal: who proposes what and why, its figures, what happened to it, what the reader may do."""

    id: UUID
    bundle: str
    title: str
    division: DivisionCode
    division_name: str
    reasons: str
    figures: dict[str, Any]
    state: ProposalState
    at: datetime
    steps: tuple[tuple[ProposalMove, datetime, str, str], ...]  # what, when, by whom, in what words
    items: tuple[tuple[str, str], ...]  # name and department
    manuscript: UUID | None
    may_review: bool
    may_propose: bool


def read_proposals(*, actor: Actor, division: DivisionCode) -> tuple[ProposalRead, ...]:
    """Return the proposals of a division and of those below it, the newest first."""
    require(actor, Act.PROPOSE_BUNDLE, Thing(division=division))
    rows = ProposalRow.objects.filter(division__startswith=stem_of(division)).order_by("-at")
    return tuple(_read(row, actor) for row in rows[:200])


def read_proposal(proposal: UUID, *, actor: Actor) -> ProposalRead:
    """Return one proposal. :raises NotPermitted: if the actor is no steward of its division or above."""
    row = ProposalRow.objects.get(pk=proposal)
    require(actor, Act.PROPOSE_BUNDLE, Thing(division=row.division))
    return _read(row, actor)


def _read(row: ProposalRow, actor: Actor) -> ProposalRead:
    edition = edition_by_id(row.edition)
    thing = Thing(division=row.division)
    return ProposalRead(
        id=row.id, bundle=row.bundle, title=edition.bundle.title, division=DivisionCode(row.division),
        division_name=name_of_division(row.division), reasons=row.reasons, figures=row.figures,
        state=ProposalState(row.state), at=row.at,
        steps=tuple(
            (ProposalMove(step.move), step.at, name_of(step.by), step.words) for step in row.steps.order_by("-seq")
        ),
        items=tuple((i.name, edition.departments[i.department].short_name) for i in edition.bundle.items),
        manuscript=ManuscriptRow.objects.filter(proposal=row.id).order_by("-begun_at").values_list("pk", flat=True).first(),
        may_review=may(actor, Act.REVIEW_PROPOSAL, thing),
        may_propose=any(post.unit.division == row.division for post in actor.posts),
    )  # fmt: skip
