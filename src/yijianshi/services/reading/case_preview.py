"""What an act on a case would do to the others, told before it is done; nothing is written (办前告知)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action, next_state
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.results import Appeal, appeal_against
from yijianshi.domain.rights import Actor, act_for, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import after_failure, after_grant
from yijianshi.domain.workdays import legal_day

from ..handling.loading import load_case
from ..outside import outside
from .units import name_of_unit
from .whose import whose_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPreview:
    """The case an act is about, and what follows for the other cases of the submission."""

    case: UUID
    number: str
    whose: str
    item: ServiceItem
    unit: str
    unit_name: str
    seq: int
    starts: tuple[str, ...]  # items whose clock starts
    ends: tuple[str, ...]  # items that end with it
    appeal: Appeal


def preview_act(*, case: UUID, actor: Actor, action: Action, at: datetime) -> ActPreview:
    """
    Return what the act would do.

    :raises NotPermitted: if the case is not the actor's unit's to decide.
    :raises ActionNotAllowed: if the case's state does not allow it.
    """
    loaded, found = load_case(case)
    require(actor, act_for(action), loaded.thing(found))
    next_state(found.now.state, action, number=found.now.number)
    edition, now = loaded.edition, found.now
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    if action is Action.GRANT:
        moves = after_grant(now, loaded.nows, edition, outside().calendar, on=legal_day(at))
        starts = tuple(edition.item(m.case.item).plain_name for m in moves if m.action is Action.START)
    elif action in (Action.REFUSE, Action.DECLINE):
        moves = after_failure(now, loaded.nows, edition)
        ends = tuple(edition.item(m.case.item).plain_name for m in moves)
    unit = Unit.parse(found.unit)
    return ActPreview(
        case=case,
        number=now.number,
        whose=whose_submission(loaded.id).words,
        item=edition.item(now.item),
        unit=found.unit,
        unit_name=name_of_unit(found.unit),
        seq=now.seq,
        starts=starts,
        ends=ends,
        appeal=appeal_against(unit, edition),
    )
