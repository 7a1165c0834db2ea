"""
Take a commitment back before the decision (撤回承诺): the case goes on the ordinary way, its limit counted from acceptance.

Basis: 国办发〔2020〕42号: the applicant may take his commitment back before the decision, and the ordinary way applies.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import Action, Step
from yijianshi.domain.commitments import NothingCommitted
from yijianshi.domain.deadlines import clock_of
from yijianshi.domain.drafts import CHOICE, Value
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.submissions import is_joint
from yijianshi.domain.workdays import Day, legal_day
from yijianshi.store.cases.models import CaseRow, StepRow
from yijianshi.store.submissions.models import SubmissionRow

from ..outside import outside
from .acting import Decided, act_on_case, stays
from .content import open_revision
from .loading import CaseLoaded, Loaded, load_case
from .revising import write_revision

NO_REASON = "申请人自愿撤回承诺"


def due_without(loaded: Loaded, found: CaseLoaded, *, at: datetime) -> Day | None:
    """Return the last day for the decision if the case went the ordinary way from its acceptance on; None before that."""
    rows = StepRow.objects.filter(case_id=found.now.id).order_by("at", "id")
    steps = (Step(Action(row.action), row.at, str(row.by), row.detail or {}) for row in rows)
    item = loaded.edition.item(found.now.item)
    joint = item.type == "行政许可" and is_joint(loaded.nows, loaded.edition)
    return clock_of(
        steps, item.limit, outside().calendar, today=legal_day(at), committed=False, joint=joint
    ).due


def committed_case(case: UUID, *, actor: Actor) -> tuple[Loaded, CaseLoaded]:
    """
    Return a case whose commitment its applicant may take back.

    :raises NotPermitted: if it is not his.
    :raises NothingCommitted: if it does not go by a commitment.
    """
    loaded, found = load_case(case)
    require(actor, Act.WITHDRAW, loaded.thing(found))
    if not found.now.committed:
        raise NothingCommitted("这一项没有采用告知承诺，或者承诺已经撤回；现在按一般程序在办")
    return loaded, found


def withdraw_commitment(*, case: UUID, actor: Actor, reason: str, at: datetime) -> None:
    """
    Take the commitment of a case back.

    :raises NotPermitted: if it is not the actor's own.
    :raises NothingCommitted: if it does not go by a commitment.
    :raises ActionNotAllowed: if it is decided already.
    """
    committed_case(case, actor=actor)

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        if not found.now.committed:
            raise NothingCommitted("承诺已经撤回；现在按一般程序在办")
        due = due_without(loaded, found, at=at)
        detail = {"due_on": due.day.isoformat()} if due else None
        move = stays(found, Action.UNCOMMIT, detail=detail, also={"reminded": 0}).with_due(due)
        return Decided([move], {"reason": reason.strip()[:2000] or NO_REASON})

    with transaction.atomic():
        act_on_case(
            case, Action.UNCOMMIT, decide, actor=actor, at=at, seen=None, kind="noted", right=Act.WITHDRAW
        )
        CaseRow.objects.filter(pk=case).update(committed=False)
        loaded, found = load_case(case)
        _promise_later(loaded, found)
        _revise(loaded, found, actor=actor, at=at)


def _promise_later(loaded: Loaded, found: CaseLoaded) -> None:
    """Move the day promised for the whole, where the one case now takes longer than that."""
    due = found.now.due_on
    if due is not None:
        SubmissionRow.objects.filter(pk=loaded.id, promised_on__lt=due).update(
            promised_on=due, promised_provisional=found.provisional
        )


def _revise(loaded: Loaded, found: CaseLoaded, *, actor: Actor, at: datetime) -> None:
    """Write the revision in which the item is not committed, and its own form no longer says so."""
    content = open_revision(loaded.id)
    still = {case.item for case in loaded.nows if case.committed}
    item = loaded.edition.item(found.now.item)
    content.commitments = [code for code in content.commitments if code in still]
    offer = item.commitment
    if offer.element and item.code not in still:
        content.keep({offer.element: Value(offer.no, CHOICE, at)})
    content.signature = {"way": "uncommit", "by": actor.account, "at": at.isoformat()}
    write_revision(loaded.id, content, by=UUID(actor.account), at=at)
