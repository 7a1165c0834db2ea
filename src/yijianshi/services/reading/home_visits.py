"""Visits as the one who asked and those who come see them (上门); the address is opened for whoever has taken it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.rights import Act, Actor, NotPermitted, own, require
from yijianshi.store.mandates.models import MandateRow, VisitRow

from ..contents import open_words
from ..mandates.visits import units_visiting
from .case_history import names_of
from .together import names_of_parties
from .units import name_of_unit

MOST = 40
STATE_WORDS = {"asked": "等人接", "taken": "约好了", "done": "办完了", "called_off": "取消了"}
HALF_WORDS = {"am": "上午", "pm": "下午", "": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSeen:
    """One visit."""

    id: UUID
    name: str
    unit: str
    first: bool
    state: str
    asked_at: datetime
    helper: str
    comes_on: date | None
    half: str
    is_mine: bool  # the reader has taken it
    address: str
    phone: str
    about: str

    @property
    def state_word(self) -> str:
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterHelped:
    """One matter in which the reader helps or is the project's steward."""

    mandate: UUID
    giver_id: UUID
    giver: str
    kind: str
    until: date | None


def visits_of(actor: Actor) -> tuple[VisitSeen, ...]:
    """Return the party's own visits, newest first."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return ()
    rows = VisitRow.objects.filter(party=UUID(actor.party)).order_by("-asked_at")[:MOST]
    return _seen(list(rows), actor, own=True)


def visits_to_make(actor: Actor) -> tuple[VisitSeen, ...]:
    """
    Return what waits for the reader's units and what he has taken, special groups first, then by who asked first.

    :raises NotPermitted: if he pays no visits and helps nobody.
    """
    units = units_visiting(actor)
    if not units:
        return ()
    waits = Q(state="asked", unit__in=units) | Q(state="taken", helper=UUID(actor.account))
    rows = VisitRow.objects.filter(waits).order_by("-state", "-first", "asked_at")[:MOST]
    return _seen(list(rows), actor, own=False)


def matters_helped(actor: Actor) -> tuple[MatterHelped, ...]:
    """Return where the reader helps or is a steward now."""
    rows = MandateRow.objects.filter(
        holder=UUID(actor.account), state="active", kind__in=("helper", "project_steward")
    ).order_by("-made_at")[:MOST]
    found = list(rows)
    names = names_of_parties([row.giver_id for row in found])
    return tuple(
        MatterHelped(
            mandate=row.id,
            giver_id=row.giver_id,
            giver=names[row.giver_id],
            kind=row.kind,
            until=row.until,
        )
        for row in found
    )


def read_visit(visit: UUID, *, actor: Actor) -> VisitSeen:
    """Return one visit of the party's own. :raises NotPermitted: if it is another's, or is not there."""
    found = next((one for one in visits_of(actor) if one.id == visit), None)
    if found is None:
        raise NotPermitted(Act.ASK_FOR_VISIT)
    return found


def _seen(rows: list[VisitRow], actor: Actor, *, own: bool) -> tuple[VisitSeen, ...]:
    names = names_of_parties([row.party_id for row in rows])
    helpers = names_of(row.helper for row in rows)
    return tuple(_one(row, names, helpers, actor, own=own) for row in rows)


def _one(
    row: VisitRow, names: dict[UUID, str], helpers: dict[UUID, str], actor: Actor, *, own: bool
) -> VisitSeen:
    is_mine = row.helper == UUID(actor.account)
    words = open_words(row.where_sealed, purpose="visit") if own or is_mine else {}
    return VisitSeen(
        id=row.id,
        name=names[row.party_id],
        unit=name_of_unit(row.unit),
        first=row.first,
        state=row.state,
        asked_at=row.asked_at,
        helper=helpers.get(row.helper, "") if row.helper else "",
        comes_on=row.comes_on,
        half=HALF_WORDS[row.half],
        is_mine=is_mine,
        address=words.get("address", ""),
        phone=words.get("phone", ""),
        about=words.get("about", ""),
    )
