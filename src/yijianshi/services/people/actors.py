"""From a login to who acts: the account, the party it stands for today, its posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.mandates import Mandate
from yijianshi.domain.rights import Actor, Post, Role
from yijianshi.domain.routing import Unit
from yijianshi.store.accounts.models import Account, Representation, UnitDesk
from yijianshi.store.accounts.standing import standing_of

from ..contents import open_text
from ..mandates.keeping import givers_to, mandates_between
from .parties import PartyKnown, know_parties


def actor_of(account: Account, *, on: date, party: UUID | None = None) -> Actor:
    """
    Return the actor for an account on a day: standing for itself, for an enterprise it represents, or by mandate.

    By mandate it stands for nobody as a party: it may what its mandates give and nothing else.
    """
    standing, giver = account.party_id, None
    given: tuple[Mandate, ...] = ()
    another = party if party != standing else None
    holds = standing_of(account.id, party=another, on=on)
    if holds.represents:
        standing = another
    elif another and (given := mandates_between(account.id, another, on=on)):
        standing, giver = None, another
    return Actor(
        account=str(account.id),
        party=str(standing) if standing else "",
        posts=tuple(Post(Role(role), Unit.parse(unit)) for role, unit in holds.posts),
        giver=str(giver) if giver else "",
        mandates=given,
        on=on,
    )


def parties_of(account: Account, *, on: date) -> tuple[PartyKnown, ...]:
    """Return for whom the account may act: itself, the enterprises it represents, whoever gave it a mandate."""
    keys = [account.party_id] if account.party_id else []
    keys += [UUID(key) for key in represented_by(account.id, on=on)]
    keys += givers_to(account.id, on=on)
    return know_parties(keys)


def represented_by(account: UUID, *, on: date) -> tuple[str, ...]:
    """Return the enterprises that an account represents on a day by an entry of its own; one query."""
    rows = Representation.objects.filter(account=account, since__lte=on)
    held = rows.filter(Q(until=None) | Q(until__gte=on))
    return tuple(str(key) for key in held.values_list("party_id", flat=True))


def name_of(account: UUID | None) -> str:
    """Return the name of the person behind an account; the system has none."""
    if account is None:
        return "系统"
    sealed = Account.objects.filter(pk=account).values_list("name_sealed", flat=True).first()
    return open_text(sealed, purpose="name") if sealed else "—"


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom to call at a unit."""

    name: str
    phone: str


#: Before a unit, where the coordinator's desk is meant and not the reviewers'.
LEAD = "lead:"
_HOTLINE = Desk("政务服务便民热线", "12345")


def desks_of(units: set[str]) -> dict[str, Desk]:
    """Return whom to call at each of the units; a unit without a desk is answered by 12345."""
    found = {
        desk.unit: Desk(
            open_text(desk.contact_sealed, purpose="name"), open_text(desk.phone_sealed, purpose="phone")
        )
        for desk in UnitDesk.objects.filter(pk__in=units)
    }
    return {unit: found.get(unit, _HOTLINE) for unit in units}


def lead_desk(unit: str) -> Desk:
    """Return whom to call about the whole submission: the lead unit's coordinator, else the unit's own desk."""
    return lead_among(desks_of(lead_desks(unit)), unit)


def lead_desks(unit: str) -> set[str]:
    """Return under which names the desk of a lead unit is asked for."""
    return {LEAD + unit, unit}


def lead_among(found: Mapping[str, Desk], unit: str) -> Desk:
    """Return whom to call about the whole submission, among desks that were asked for with others."""
    return found[unit] if found[LEAD + unit].phone == _HOTLINE.phone else found[LEAD + unit]
