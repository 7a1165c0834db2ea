"""
Stop and start the clock of a case (停止计时、恢复计时).

Basis: Administrative License Law, art. 45: eight grounds, told to the applicant in writing, and no others.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import Action, next_state
from yijianshi.domain.deadlines import move_due_day, stop_ground
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.submissions import Move
from yijianshi.domain.workdays import Day, legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.results.models import DecisionTextRow

from ..contents import seal_words
from ..outside import outside
from .loading import load_case
from .writing import refuse_if_changed, trying_again, write_moves


class ReasonMissing(ValueError):
    """A stop of the clock must say why and for how long, since the applicant is told."""


def suspend_case(
    *,
    case: UUID,
    actor: Actor,
    ground: str,
    reason: str,
    expected_days: int,
    at: datetime,
    seen: int | None = None,
) -> None:
    """
    Stop the clock on a lawful ground, with what is done meanwhile and how long it should take.

    :raises StopNotAllowed: if the ground is not one for this item.
    :raises ReasonMissing: if reason or duration are missing.
    :raises ActionNotAllowed: if the case's state does not allow it.
    """
    if not reason.strip() or not 0 < expected_days <= 3650:
        raise ReasonMissing("停止计时要书面告知申请人：请写明做什么、为什么，以及大约需要多少天")

    def act() -> None:
        loaded, found = load_case(case)
        require(actor, Act.SUSPEND, loaded.thing(found))
        refuse_if_changed(found.now.seq, seen)
        chosen = stop_ground(loaded.edition.item(found.now.item), ground)
        to = next_state(found.now.state, Action.SUSPEND, number=found.now.number)
        detail = {"ground": chosen.code, "expected_days": expected_days}
        move = Move(
            found.now,
            Action.SUSPEND,
            to,
            due_on=found.now.due_on,
            provisional=found.provisional,
            detail=detail,
        )
        words = {
            "ground": chosen.name,
            "basis": str(chosen.basis),
            "reason": reason.strip(),
            "days": str(expected_days),
        }
        with transaction.atomic():
            write_moves(loaded, [move], kind="suspended", at=at, by=UUID(actor.account))
            DecisionTextRow.objects.create(
                id=new_id(),
                case_id=case,
                action="suspend",
                at=at,
                sealed=seal_words(words, purpose="decision"),
            )

    trying_again(act)


def resume_case(*, case: UUID, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """
    Start the clock again; the due day moves by as many days as the stop lasted.

    :raises ActionNotAllowed: if the clock is not stopped.
    """

    def act() -> None:
        loaded, found = load_case(case)
        require(actor, Act.SUSPEND, loaded.thing(found))
        refuse_if_changed(found.now.seq, seen)
        to = next_state(found.now.state, Action.RESUME, number=found.now.number)
        due: Day | None = None
        if found.now.due_on and found.stopped_on:
            limit = loaded.edition.item(found.now.item).limit
            before = Day(found.now.due_on, found.provisional)
            due = move_due_day(before, found.stopped_on, legal_day(at), limit, outside().calendar)
        move = Move(
            found.now,
            Action.RESUME,
            to,
            due_on=due.day if due else None,
            provisional=bool(due and due.provisional),
            detail={"due_on": due.day.isoformat()} if due else None,
        )
        write_moves(loaded, [move], kind="resumed", at=at, by=UUID(actor.account))

    trying_again(act)
