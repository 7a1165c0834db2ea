"""
Whether a decision needs a second person, and whether he is there (两人审定).

A one-person decision asks the database nothing more: that the unit wants two stands on the case as it is loaded.

Basis: Administrative License Law, art. 34(3).
"""

from uuid import UUID

from yijianshi.domain.cases import Action, Step
from yijianshi.domain.countersigning import (
    DECIDED_BY_TWO,
    Proposal,
    SecondPersonNeeded,
    check_confirmation,
    standing_proposal,
)
from yijianshi.domain.rights import Actor
from yijianshi.store.cases.models import StepRow
from yijianshi.store.results.models import DecisionTextRow

from ..contents import open_words
from .loading import CaseLoaded, Loaded


def demands_two(loaded: Loaded, found: CaseLoaded) -> bool:
    """Return whether the case is decided by two persons: by a law, as the catalogue says, or by the rule of its unit."""
    return found.two_persons or loaded.edition.item(found.now.item).two_persons


def require_second_person(
    loaded: Loaded, found: CaseLoaded, *, actor: Actor, action: Action, words: tuple[str, str]
) -> None:
    """
    Refuse a decision of one person where two are demanded, and any but the very one that was proposed.

    :param words: reasons and basis of the decision.
    :raises SecondPersonNeeded: if nothing is proposed, the actor proposed it himself, or something else was.
    """
    if action not in DECIDED_BY_TWO or not demands_two(loaded, found):
        return
    check_confirmation(standing_of(loaded, found), action=action, actor=actor.account)
    proposed = proposed_words(found.now.id)
    if action is Action.REFUSE and (proposed["reasons"], proposed["basis"]) != words:
        raise SecondPersonNeeded("拟办的理由或依据不是这些；请按拟办的确认，或者退回")


def standing_of(loaded: Loaded, found: CaseLoaded) -> Proposal | None:
    """Return the proposal that waits for a second person, if one does."""
    rows = StepRow.objects.filter(submission_id=loaded.id, case_id=found.now.id).order_by("at", "id")
    return standing_proposal(
        Step(Action(row.action), row.at, str(row.by or "system"), row.detail or {}) for row in rows
    )


def proposed_words(case: UUID) -> dict[str, str]:
    """Return the words of the last proposal: the note, or the reasons and the basis of a refusal."""
    row = DecisionTextRow.objects.filter(case=case, action=Action.PROPOSE).order_by("-at", "-id").first()
    return open_words(row.sealed, purpose="decision") if row else {"reasons": "", "basis": ""}
