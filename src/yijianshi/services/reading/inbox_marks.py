"""What a row of the inbox says besides the case: in whose hands it is, and whether it waits for a second person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from yijianshi.domain.cases import Action, State, Step, allowed_actions
from yijianshi.domain.countersigning import standing_proposal
from yijianshi.domain.rights import Actor, Role
from yijianshi.store.cases.models import OPEN, CaseRow, StepRow

from .case_history import names_of

#: In whose hands a case is, as the list can be narrowed by it.
MINE, NOBODY, COLLEAGUE = "mine", "nobody", "colleague"
MOST_IN_HAND = 200
_MAY_BE_HANDED_OVER = [
    str(state) for state in OPEN if Action.HAND_OVER in allowed_actions(State(state), by="department")
]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of the rows of one page."""

    names: Mapping[UUID, str]
    proposed: frozenset[UUID]


def marks_of(rows: Iterable[CaseRow]) -> Marks:
    """Return the marks of some cases: one query, one more where somebody has one in hand, one where one is proposed."""
    kept = list(rows)
    handlers = {row.handler for row in kept if row.handler}
    return Marks(names_of(handlers) if handlers else {}, _proposed(kept))


def cases_in_hand(*, actor: Actor) -> tuple[UUID, ...]:
    """Return the cases of the actor's units that he has in hand and may hand over, the most urgent first."""
    units = [str(post.unit) for post in actor.holds(Role.REVIEWER)]
    rows = CaseRow.objects.filter(unit__in=units, handler=UUID(actor.account), state__in=_MAY_BE_HANDED_OVER)
    return tuple(rows.order_by("due_on", "id").values_list("id", flat=True)[:MOST_IN_HAND])


def _proposed(rows: list[CaseRow]) -> frozenset[UUID]:
    keys = [row.id for row in rows]
    submissions = {row.submission_id for row in rows}
    steps = StepRow.objects.filter(submission_id__in=submissions, case_id__in=keys)
    ever = set(steps.filter(action=Action.PROPOSE).values_list("case_id", flat=True)) if keys else set()
    if not ever:
        return frozenset()
    lived: dict[UUID, list[Step]] = {}
    for row in steps.filter(case_id__in=ever).order_by("at", "id"):
        if row.case_id:
            lived.setdefault(row.case_id, []).append(
                Step(Action(row.action), row.at, str(row.by or "system"), row.detail or {})
            )
    return frozenset(key for key, own in lived.items() if standing_proposal(own))
