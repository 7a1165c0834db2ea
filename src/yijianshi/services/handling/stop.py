"""
Stop and start the clock of a case (停止计时、恢复计时).

Basis: Administrative License Law, art. 45: eight grounds, told to the applicant in writing, and no others.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.deadlines import move_due_day, stop_ground
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import Day, legal_day

from ..outside import outside
from .acting import Decided, ReasonMissing, act_on_case, leads
from .loading import CaseLoaded, Loaded


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

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        chosen = stop_ground(loaded.edition.item(found.now.item), ground)
        words = {
            "ground": chosen.name,
            "basis": str(chosen.basis),
            "reason": reason.strip(),
            "days": str(expected_days),
        }
        detail = {"ground": chosen.code, "expected_days": expected_days}
        return Decided([leads(found, Action.SUSPEND, detail=detail)], words)

    act_on_case(case, Action.SUSPEND, decide, actor=actor, at=at, seen=seen, kind="suspended")


def resume_case(*, case: UUID, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """
    Start the clock again; the due day moves by as many days as the stop lasted.

    :raises ActionNotAllowed: if the clock is not stopped.
    """

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        due: Day | None = None
        if found.now.due_on and found.stopped_on:
            limit = loaded.edition.item(found.now.item).limit
            before = Day(found.now.due_on, found.provisional)
            due = move_due_day(before, found.stopped_on, legal_day(at), limit, outside().calendar)
        detail = {"due_on": due.day.isoformat()} if due else None
        return Decided([leads(found, Action.RESUME, detail=detail).with_due(due)])

    act_on_case(case, Action.RESUME, decide, actor=actor, at=at, seen=seen, kind="resumed")
