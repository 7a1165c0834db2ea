"""
Ask for something after the one correction (再次告知补正): where a law leaves no choice, and always as a breach that is seen.

Basis: Administrative License Law, art. 32(1)(4) (everything is told at once); 苏政办发〔2022〕87号, 二(七), 三(五).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action, State
from yijianshi.domain.corrections import Remark, RemarkNotAllowed, Target, check_later_remark, name_of_target
from yijianshi.domain.deadlines import CORRECTION_DAYS
from yijianshi.domain.rights import Act, Actor
from yijianshi.domain.workdays import Day, end_of, legal_day
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow
from yijianshi.store.keys import new_id

from ..catalogue.planning import plan_for
from ..contents import seal_words
from ..outside import outside
from .acting import Decided, act_on_case, leads
from .content import open_revision
from .loading import CaseLoaded, Loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """One thing that is asked again: about what, why, on which basis, and what would do."""

    target: Target
    code: str
    reason: str
    basis: str
    remedy: str


def ask_again(
    *,
    case: UUID,
    actor: Actor,
    remarks: Sequence[Later],
    why_late: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """
    Ask the applicant once more about one case, everything at once; it is recorded as a breach of the one correction.

    :param why_late: why it could not be said at first, and which law leaves no choice.
    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ActionNotAllowed: if no correction has come back, or the case was accepted already.
    :raises RemarkNotAllowed: if nothing is asked, nobody asked for the thing, or reason, basis or remedy are missing.
    """
    until: list[Day] = []

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        if not remarks:
            raise RemarkNotAllowed("请选要补的一栏或者一份材料")
        if len({(one.target, one.code) for one in remarks}) < len(remarks):
            raise RemarkNotAllowed("同一处只写一条，请合在一起写")
        plan = plan_for(loaded.edition_id, open_revision(loaded.id).situation())
        for one in remarks:
            checked = Remark(
                item=found.now.item, target=one.target, code=one.code, reason=one.reason, basis=one.basis,
                remedy=one.remedy, unit=found.unit, by=actor.account, at=at,
            )  # fmt: skip
            check_later_remark(checked, plan, state=found.now.state, why_late=why_late)
        until[:] = [outside().calendar.add(legal_day(at), CORRECTION_DAYS)]
        return Decided(
            [leads(found, Action.ASK_AGAIN, detail={"remarks": len(remarks)})],
            _words(remarks, loaded, why_late, until[0]),
            along=lambda: _write(loaded.id, found, actor, remarks, until[0], at),
        )

    act_on_case(
        case, Action.ASK_AGAIN, decide, actor=actor, at=at, seen=seen, kind="asked_again", right=Act.DECIDE,
        look_again=lambda move: end_of(until[0].day) if move.to is State.AWAITING_CORRECTION else None,
    )  # fmt: skip


def _words(remarks: Sequence[Later], loaded: Loaded, why_late: str, until: Day) -> dict[str, str]:
    """What the letter of it says."""
    names = [name_of_target(one.target, one.code, loaded.edition) for one in remarks]
    return {
        "findings": "\n".join(
            f"{name}：{one.reason.strip()}。{one.remedy.strip()}"
            for name, one in zip(names, remarks, strict=True)
        ),
        "reason": why_late.strip(),
        "basis": "\n".join(dict.fromkeys(one.basis.strip() for one in remarks)),
        "answer_by": until.day.isoformat(),
    }


def _write(
    submission: UUID, found: CaseLoaded, actor: Actor, remarks: Sequence[Later], until: Day, at: datetime
) -> None:
    again = CorrectionRow.objects.create(
        id=new_id(),
        submission_id=submission,
        case_id=found.now.id,
        unit=found.unit,
        asked_at=at,
        asked_by=UUID(actor.account),
        answer_by=until.day,
        provisional=until.provisional,
        is_breach=True,
    )
    RemarkRow.objects.bulk_create(
        RemarkRow(
            id=new_id(),
            submission_id=submission,
            case_id=found.now.id,
            target=one.target,
            code=one.code,
            sealed=seal_words(
                {"reason": one.reason.strip(), "basis": one.basis.strip(), "remedy": one.remedy.strip()},
                purpose="remark",
            ),
            unit=found.unit,
            by=UUID(actor.account),
            at=at,
            state="asked",
            again=again,
        )
        for one in remarks
    )
