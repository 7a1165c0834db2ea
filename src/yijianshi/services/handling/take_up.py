"""
Take up anew what was decided (撤销、纠正重办、重新办理): revoke a grant, correct oneself, or follow a review or a court.

Basis: Administrative License Law, art. 69 (revocation); Administrative Reconsideration Law (2023), art. 64;
Administrative Procedure Law, arts. 62, 70 - the numbers of the last three are to be confirmed by a lawyer.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action, State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.results import appeal_against
from yijianshi.domain.rights import Actor
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import after_failure, taken_up
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow

from ..outside import outside
from .acting import Decided, act_on_case, leads, said
from .loading import CaseLoaded, Loaded


def revoke_case(
    *,
    case: UUID,
    actor: Actor,
    reasons: str,
    basis: str,
    at: datetime,
    seen: int | None = None,
    because_of: str = "",
) -> None:
    """
    Revoke what was granted, with reasons, basis and the ways of appeal; what still waited for it ends with it.

    :param because_of: a code for what led to it, such as a commitment that was not kept.
    :raises ReasonMissing: if reasons or basis are missing.
    """
    why, law = said(reasons, what="撤销的事实和理由"), said(basis, what="撤销的依据")

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        appeal = appeal_against(Unit.parse(found.unit), loaded.edition)
        detail = {"because_of": because_of} if because_of else None
        moves = (
            leads(found, Action.REVOKE, detail=detail),
            *after_failure(found.now, loaded.nows, loaded.edition),
        )
        return Decided(moves, {"reasons": why, "basis": law, "appeal": str(appeal)}, revokes=case)

    act_on_case(case, Action.REVOKE, decide, actor=actor, at=at, seen=seen, kind="revoked")


def redo_case(
    *, case: UUID, actor: Actor, reasons: str, approved_by: str, at: datetime, seen: int | None = None
) -> None:
    """
    Correct one's own refusal: the case is handled anew, its limit begins today.

    :raises ReasonMissing: if it is not said what was wrong or who approved it.
    """
    words = {
        "reasons": said(reasons, what="原来的决定错在哪里"),
        "authority": said(approved_by, what="谁批准纠正的（姓名和职务）"),
    }
    _take_up(case, Action.REDO, words, actor=actor, at=at, seen=seen)


def reopen_case(
    *, case: UUID, actor: Actor, authority: str, document: str, at: datetime, seen: int | None = None
) -> None:
    """
    Handle a case anew because a review or a court undid the decision.

    :param authority: who undid it.
    :param document: the number of the decision or the judgment.
    :raises ReasonMissing: if one of them is missing.
    """
    words = {
        "authority": said(authority, what="复议机关或法院的名称"),
        "document": said(document, what="复议决定或判决的文号"),
    }
    _take_up(case, Action.REOPEN, words, actor=actor, at=at, seen=seen)


def _take_up(
    case: UUID, action: Action, words: dict[str, str], *, actor: Actor, at: datetime, seen: int | None
) -> None:
    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        moves = taken_up(
            found.now,
            action,
            loaded.nows,
            loaded.edition,
            outside().calendar,
            on=legal_day(at),
            because_of=_why_terminated(loaded),
        )
        revokes = case if found.now.state is State.GRANTED else None
        return Decided(moves, words, revokes=revokes)

    act_on_case(case, action, decide, actor=actor, at=at, seen=seen, kind="taken_up")


def _why_terminated(loaded: Loaded) -> dict[UUID, ItemCode]:
    """Return for each case that ended with another the item which it was ended for, by its last such step."""
    ended = [case.id for case in loaded.nows if case.state is State.TERMINATED]
    rows = StepRow.objects.filter(case_id__in=ended, action=Action.TERMINATE).order_by("at", "id")
    return {
        case: ItemCode(detail["because_of"])
        for case, detail in rows.values_list("case_id", "detail")
        if case is not None and detail
    }
