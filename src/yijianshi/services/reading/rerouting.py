"""What a coordinator must know to send a case to another unit (改派): whose it is now, and which units there are."""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.domain.cases import Action, next_state
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.editions import lineage
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.routing import Unit

from ..handling.loading import load_case
from .units import name_of_unit
from .whose import whose_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class ReroutePreview:
    """A case and where it could go."""

    case: UUID
    submission: UUID
    number: str
    whose: str
    item: ServiceItem
    unit: str
    unit_name: str
    seq: int
    departments: tuple[tuple[str, str], ...]  # code, name
    divisions: tuple[tuple[str, str], ...]  # the case's own, then those above it


def preview_reroute(*, case: UUID, actor: Actor) -> ReroutePreview:
    """
    Return what is asked before a case is sent elsewhere.

    :raises NotPermitted: if the actor does not coordinate the submission.
    :raises ActionNotAllowed: if the case is closed.
    """
    loaded, found = load_case(case)
    require(actor, Act.RELEASE, loaded.thing(found))
    next_state(found.now.state, Action.REROUTE, number=found.now.number)
    edition, unit = loaded.edition, Unit.parse(found.unit)
    places = lineage(unit.division, edition.divisions)
    return ReroutePreview(
        case=case,
        submission=loaded.id,
        number=found.now.number,
        whose=whose_submission(loaded.id).words,
        item=edition.item(found.now.item),
        unit=found.unit,
        unit_name=name_of_unit(found.unit),
        seq=found.now.seq,
        departments=tuple(sorted((str(c), d.name) for c, d in edition.departments.items())),
        divisions=tuple((str(code), edition.divisions[code].name) for code in places),
    )
