"""
Extend the limit of a case (延期): once, on the word of who may approve it, and the applicant is told why.

Basis: Administrative License Law, art. 42.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.deadlines import Approver, Extension, ExtensionNotAllowed, extend_due_day, extension_of
from yijianshi.domain.rights import Actor
from yijianshi.domain.submissions import is_joint
from yijianshi.domain.workdays import Day

from ..outside import outside
from .acting import Decided, act_on_case, said, stays
from .loading import CaseLoaded, Loaded

APPROVER_WORDS = {
    Approver.HEAD_OF_ORGAN: "本行政机关负责人",
    Approver.HEAD_OF_GOVERNMENT: "本级人民政府负责人",
}


def possible_extension(loaded: Loaded, found: CaseLoaded, *, joint: bool = False) -> Extension:
    """
    Return by how much the case's limit may be extended, and on whose word.

    :raises ExtensionNotAllowed: if it may not.
    """
    if joint and not is_joint(loaded.nows, loaded.edition):
        raise ExtensionNotAllowed("只有一个许可事项，不是联合办理，没有联办期限可延")
    item = loaded.edition.item(found.now.item)
    return extension_of(item, joint=joint, extended=found.extended_days)


def extend_case(
    *,
    case: UUID,
    actor: Actor,
    days: int,
    approved_by: str,
    reason: str,
    at: datetime,
    joint: bool = False,
    seen: int | None = None,
) -> None:
    """
    Extend the limit by `days`, as approved by the person named.

    :param joint: whether the joint limit of the whole is extended, which only the head of government may approve.
    :raises ExtensionNotAllowed: if the law does not let it be, or not by so much, or it was done before.
    :raises ReasonMissing: if reason or approver are missing.
    """
    why = said(reason, what="为什么在期限内办不完")
    approver = said(approved_by, what="谁批准的（姓名和职务）")

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        extension = possible_extension(loaded, found, joint=joint)
        if found.now.due_on is None:
            raise ExtensionNotAllowed("这个事项没有定期限，不用延期")
        calendar = outside().calendar
        due = extend_due_day(Day(found.now.due_on, found.provisional), days, extension, calendar)
        detail = {"days": days, "unit": extension.unit, "joint": joint, "due_on": due.day.isoformat()}
        move = stays(found, Action.EXTEND, detail=detail, also={"extended_days": days, "reminded": 0})
        words = {
            "days": str(days),
            "reason": why,
            "approved_by": approver,
            "approver": APPROVER_WORDS[extension.approver],
            "basis": str(extension.basis),
            "due_on": due.day.isoformat(),
        }
        return Decided([move.with_due(due)], words)

    act_on_case(case, Action.EXTEND, decide, actor=actor, at=at, seen=seen, kind="extended")
