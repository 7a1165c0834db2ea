"""What an act on a case would do to the others, told before it is done; nothing is written (办前告知)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action, next_state
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.deadlines import Extension, ExtensionNotAllowed
from yijianshi.domain.results import Appeal, appeal_against
from yijianshi.domain.rights import Actor, act_for, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import after_failure, after_grant
from yijianshi.domain.workdays import legal_day

from ..handling.extend import possible_extension
from ..handling.loading import CaseLoaded, Loaded, load_case
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
    extensions: tuple[tuple[bool, Extension], ...]  # whether of the joint limit, and how far


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
    elif action in (Action.REFUSE, Action.DECLINE, Action.REVOKE):
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
        extensions=_extensions(loaded, found) if action is Action.EXTEND else (),
    )


def _extensions(loaded: Loaded, found: CaseLoaded) -> tuple[tuple[bool, Extension], ...]:
    """Return the ways in which the case's limit may be extended, its own first."""
    ways = []
    for joint in (False, True):
        with suppress(ExtensionNotAllowed):
            ways.append((joint, possible_extension(loaded, found, joint=joint)))
    return tuple(ways)
