"""
Repair somebody's credit (信用修复): what was entered for an untrue commitment no longer keeps him from committing himself.

Basis: 国办发〔2020〕42号: whoever made an untrue commitment is left out until his credit is repaired.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.commitments import RepairNotPossible
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.promises.models import CreditRow

from ..contents import seal_words
from .acting import said
from .loading import load_case


def repair_credit(*, case: UUID, actor: Actor, reason: str, at: datetime) -> None:
    """
    Mark as repaired what was entered because of a case, so that commitments are open to the applicant again.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ReasonMissing: if it is not said why it counts as repaired.
    :raises RepairNotPossible: if nothing is entered, or it was repaired before.
    """
    loaded, found = load_case(case)
    require(actor, Act.DECIDE, loaded.thing(found))
    words = {"reason": said(reason, what="为什么可以修复（整改了什么、核实的情况）")}
    done = CreditRow.objects.filter(case=case, repaired_at=None).update(
        repaired_at=at, repaired_by=UUID(actor.account), repair_sealed=seal_words(words, purpose="credit")
    )
    if not done:
        raise RepairNotPossible("这一件没有待修复的失信记录，可能同事已经标过；请刷新看")
