"""
Plan what is done together (安排联合行动): each kind that two open cases or more of a submission take part in, once.

Basis: 苏政办发〔2022〕87号, 二(八).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.joint import OperationMove, next_operation_state, to_plan
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.joint.moving import begin_operation, move_operation
from yijianshi.store.keys import new_id

from ..contents import seal_text
from ..handling.acting import said
from ..handling.loading import load_submission
from .loading import load_operation, trying_again
from .noting import note_joint


def plan_operations(*, submission: UUID, at: datetime, actor: Actor | None = None) -> tuple[UUID, ...]:
    """
    Begin what the submission calls for and is not under way; return what was begun.

    :param actor: the coordinator, or None where it follows from the dispatch by itself.
    :raises NotPermitted: if the actor does not coordinate the submission.
    """
    loaded = load_submission(submission)
    if actor:
        require(actor, Act.ARRANGE_JOINT, loaded.thing())
    begun = []
    for kind in to_plan(loaded.nows, loaded.edition):
        with transaction.atomic():
            row = begin_operation(
                id=new_id(), submission_id=submission, division=loaded.division, lead_unit=loaded.lead_unit,
                kind=kind.name.lower(), state="planned", planned_at=at, by=UUID(actor.account) if actor else None,
            )  # fmt: skip
            if row is not None:
                note_joint("joint_plan", row, by=actor, unit=loaded.lead_unit, at=at)
                begun.append(row.id)
    return tuple(begun)


def cancel_operation(*, operation: UUID, actor: Actor, reason: str, at: datetime) -> None:
    """
    Call an operation off, before there is a record; everybody is told.

    :raises NotPermitted: if the actor does not coordinate it.
    :raises OperationRefused: if it is over.
    :raises ReasonMissing: if nothing is said about why.
    """
    why = said(reason, what="为什么取消")

    def act() -> None:
        found = load_operation(operation)
        require(actor, Act.ARRANGE_JOINT, found.thing())
        to = next_operation_state(found.state, OperationMove.CANCEL)
        with transaction.atomic():
            move_operation(
                found.row, move=OperationMove.CANCEL, to=to, at=at, by=UUID(actor.account),
                unit=found.loaded.lead_unit, sealed=seal_text(why[:500], purpose="joint-reason"),
            )  # fmt: skip
            note_joint("joint_cancel", found.row, by=actor, unit=found.loaded.lead_unit, at=at)

    trying_again(act)
