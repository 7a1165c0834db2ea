"""Whom applicants call about a unit's cases (联系窗口): the system administrator keeps it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yijianshi.domain.administering import AdministrationRefused, Deed
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, posts_for, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import UnitDesk

from ..catalogue.published import bundles_of
from ..catalogue.reading import shipped_catalogue
from ..contents import open_text, seal_text
from ..people.actors import LEAD
from ..reading.units import name_of_unit
from .deeds import note_deed


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskKept:
    """One desk: the unit, whether its coordinator is meant, and whom to call."""

    key: str
    name: str
    contact: str
    phone: str


def desks_kept(*, actor: Actor, at: datetime) -> tuple[DeskKept, ...]:
    """Return the desks of the actor's division, those nobody answers included. :raises NotPermitted: if he is no administrator."""
    division = home_of(actor)
    leads = {
        f"{LEAD}{published.edition.bundle.lead_department}@{division}"
        for published in bundles_of(division, legal_day(at))
    }
    keys = {unit for unit, _ in units_within(actor)} | leads
    rows = {desk.unit: desk for desk in UnitDesk.objects.filter(pk__in=keys)}
    found = []
    for key in keys:
        row = rows.get(key)
        unit, is_lead = key.removeprefix(LEAD), key.startswith(LEAD)
        found.append(
            DeskKept(
                key=key,
                name=name_of_unit(unit) + ("（牵头协调）" if is_lead else ""),
                contact=open_text(row.contact_sealed, purpose="name") if row else "",
                phone=open_text(row.phone_sealed, purpose="phone") if row else "",
            )
        )
    return tuple(sorted(found, key=lambda desk: (not desk.phone, desk.name)))


def set_desk(*, actor: Actor, key: str, contact: str, phone: str, at: datetime) -> None:
    """
    Say whom to call at a unit; empty means the hotline.

    :raises AdministrationRefused: if only one of name and telephone is given, or the number is none.
    :raises NotPermitted: if the unit lies outside the actor's division.
    """
    if key not in {desk.key for desk in desks_kept(actor=actor, at=at)}:
        raise NotPermitted(Act.ADMINISTER)
    division = str(Unit.parse(key.removeprefix(LEAD)).division)
    require(actor, Act.ADMINISTER, Thing(division=division))
    contact, phone = contact.strip()[:40], phone.strip()[:24]
    if bool(contact) != bool(phone):
        raise AdministrationRefused("联系人和电话要一起填，或者都留空（留空就由 12345 接）")
    if phone and not all(character.isdigit() or character in "+- 转" for character in phone):
        raise AdministrationRefused("电话只写数字和横线，分机写“转”，例如 025-12345678 转 8")
    with transaction.atomic():
        if phone:
            UnitDesk.objects.update_or_create(
                pk=key,
                defaults={
                    "contact_sealed": seal_text(contact, purpose="name"),
                    "phone_sealed": seal_text(phone, purpose="phone"),
                },
            )
        else:
            UnitDesk.objects.filter(pk=key).delete()
        note_deed(Deed.SET_DESK, actor=actor, at=at, division=division, facts={"unit": key})


def units_within(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the units of the actor's own division, with their names."""
    division = home_of(actor)
    return tuple(
        sorted(
            ((f"{code}@{division}", name_of_unit(f"{code}@{division}")) for code in shipped_catalogue().departments),
            key=lambda pair: pair[1],
        )
    )  # fmt: skip


def home_of(actor: Actor) -> DivisionCode:
    """Return the division that the actor administers. :raises NotPermitted: if he administers none."""
    return posts_for(actor, Act.ADMINISTER, Role.SYSTEM_ADMIN)[0].unit.division
