"""
A county proposes its own one-thing, the province reviews it, and it becomes the standard of all (报请推广).

Basis: 苏政办发〔2022〕87号, 一(三).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.plans import Situation, offers, with_prerequisites
from yijianshi.domain.proposals import (
    ProposalMove,
    ProposalRefused,
    ProposalState,
    after_proposal_move,
)
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.store.catalogue.models import EditionRow
from yijianshi.store.catalogue.publishing import last_of
from yijianshi.store.manuscripts.models import ProposalRow, ProposalStepRow
from yijianshi.store.manuscripts.moving import StaleManuscript, move_proposal
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.planning import plan_for
from ..catalogue.published import edition_by_id
from ..reading.guide import figures_for
from .begin import begin_manuscript
from .circulate import SomebodyMovedIt
from .countersign import WordsMissing


def propose_bundle(
    *, bundle: BundleCode, division: DivisionCode, actor: Actor, reasons: str, at: datetime
) -> UUID:
    """
    Propose the division's own one-thing to the province, with reasons and with its figures; return the proposal's key.

    :raises NotPermitted: if the actor is no steward of the division.
    :raises ProposalRefused: if it is not the division's own, or is before the province already.
    """
    require(actor, Act.PROPOSE_BUNDLE, Thing(division=division))
    if not reasons.strip():
        raise WordsMissing("请写明为什么值得全省推广：解决了什么、群众怎么说")
    edition = last_of(bundle, division)
    if edition is None:
        raise ProposalRefused("本地还没有发布这件事；先发布、办起来，再报请推广")
    row = EditionRow.objects.defer("content").get(pk=edition)
    if row.standard or division.endswith("0000"):
        raise ProposalRefused("这件事已经有上级标准；本地的优化办法请直接写给省级目录管理员")
    proposal = ProposalRow(
        bundle=bundle, division=division, edition=edition, reasons=reasons.strip()[:4000],
        figures=figures_of_edition(edition), state=ProposalState.PROPOSED, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            proposal.save()
            ProposalStepRow.objects.create(
                proposal=proposal, seq=0, move=ProposalMove.PROPOSE, at=at, by=UUID(actor.account)
            )
    except IntegrityError as error:
        raise ProposalRefused("这件事已经报请过，还没有结果；请在那一份上看进度") from error
    return proposal.id


def propose_again(*, proposal: UUID, actor: Actor, reasons: str, at: datetime) -> None:
    """Propose anew what was returned, with the edition that holds now. :raises ProposalRefused: if it was not returned."""
    row = ProposalRow.objects.get(pk=proposal)
    require(actor, Act.PROPOSE_BUNDLE, Thing(division=row.division))
    edition = last_of(row.bundle, row.division)
    if edition is None:
        raise ProposalRefused("本地已经撤下这件事；先发布，再报请推广")
    _move(
        row, ProposalMove.PROPOSE, actor, at, "", edition=edition, figures=figures_of_edition(edition),
        reasons=reasons.strip()[:4000] or row.reasons,
    )  # fmt: skip


def return_proposal(*, proposal: UUID, actor: Actor, reasons: str, at: datetime) -> None:
    """
    Send a proposal back, with the reasons.

    :raises NotPermitted: if the actor is no steward of the province.
    """
    row = ProposalRow.objects.get(pk=proposal)
    require(actor, Act.REVIEW_PROPOSAL, Thing(division=row.division))
    if not reasons.strip():
        raise WordsMissing("请写明为什么退回，怎样改可以再报")
    _move(row, ProposalMove.RETURN, actor, at, reasons)


def accept_proposal(*, proposal: UUID, actor: Actor, reasons: str, at: datetime) -> UUID:
    """
    Accept a proposal: a manuscript of the province begins from its text; return that manuscript's key.

    :raises NotPermitted: if the actor is no steward of the province.
    :raises ManuscriptNotBegun: if the province is already writing one of that code.
    """
    row = ProposalRow.objects.get(pk=proposal)
    require(actor, Act.REVIEW_PROPOSAL, Thing(division=row.division))
    source = EditionRow.objects.values_list("source", flat=True).get(pk=row.edition)
    with transaction.atomic():
        _move(row, ProposalMove.ACCEPT, actor, at, reasons)
        return begin_manuscript(
            actor=actor, bundle=BundleCode(row.bundle), division=DivisionCode(f"{row.division[:2]}0000"), at=at,
            name=edition_by_id(row.edition).bundle.title, text=source, proposal=row.id,
        )  # fmt: skip


def promote_proposal(proposal: UUID, *, at: datetime) -> None:
    """Note that the province has published what was proposed; a proposal returned meanwhile stays returned."""
    row = ProposalRow.objects.get(pk=proposal)
    if row.state == ProposalState.ACCEPTED:
        to = after_proposal_move(ProposalState(row.state), ProposalMove.PROMOTE)
        move_proposal(row, move=ProposalMove.PROMOTE, to=to, at=at, by=None)


def figures_of_edition(edition: UUID) -> dict[str, Any]:
    """Return what an edition spares when all that everybody needs is handled, and how many have used it."""
    known = edition_by_id(edition)
    nothing = Situation(items=())
    chosen = [o.item.code for o in offers(known, nothing) if o.standing != "closed" and not o.item.deferred]
    items = with_prerequisites(known, chosen, situation=nothing)
    figures = figures_for(plan_for(edition, Situation(items=items)))
    editions = EditionRow.objects.filter(bundle=known.bundle.code, division=known.division.code)
    return {
        "items": figures.items,
        "materials": list(figures.materials),
        "days": [[days.working, days.calendar] for days in figures.days],
        "visits": list(figures.visits),
        "fields": list(figures.fields),
        "submissions": SubmissionRow.objects.filter(edition_id__in=editions.values("pk")).count(),
    }


def _move(row: ProposalRow, move: ProposalMove, actor: Actor, at: datetime, words: str, **more: Any) -> None:
    to = after_proposal_move(ProposalState(row.state), move)
    try:
        move_proposal(
            row, move=move, to=to, at=at, by=UUID(actor.account), words=words.strip()[:4000], **more
        )
    except StaleManuscript as error:
        raise SomebodyMovedIt from error
