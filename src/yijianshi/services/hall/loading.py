"""Centres as they are kept now, and what rights are asked about in their halls."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from yijianshi.domain.booking import Shut
from yijianshi.domain.centres import Centre
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.store.hall.models import BookingRow, CentreRow, ShutRow, TerminalRow

#: So many halls are offered to choose among.
MOST_CENTRES = 200


def centre_of(row: CentreRow) -> Centre:
    """Return the centre that a row keeps."""
    return msgspec.convert(row.content, Centre)


def content_of(centre: Centre) -> Any:
    """Return a centre as it is kept."""
    return msgspec.to_builtins(centre)


def centre_named(code: str) -> Centre:
    """Return one centre. :raises CentreRow.DoesNotExist: if there is none of that code."""
    return centre_of(CentreRow.objects.get(pk=code))


def centres_named(codes: Iterable[str]) -> dict[str, Centre]:
    """Return several centres by their codes; one query."""
    return {row.code: centre_of(row) for row in CentreRow.objects.filter(pk__in=set(codes))}


def centres_within(places: Iterable[str]) -> tuple[Centre, ...]:
    """Return the centres that lie in some places, a place before those within it; one query."""
    inside = Q(pk=None)
    for place in places:
        inside |= Q(place__startswith=stem_of(place))
    return tuple(map(centre_of, CentreRow.objects.filter(inside).order_by("place", "code")[:MOST_CENTRES]))


def centre_of_terminal(code: str) -> Centre:
    """Return the centre in which a terminal stands. :raises TerminalRow.DoesNotExist: if there is no such terminal."""
    return centre_of(TerminalRow.objects.select_related("centre").get(pk=code).centre)


def gives_tickets(terminal: str) -> bool:
    """Return whether numbers are given out at a machine, because it stands in a hall that says so."""
    row = TerminalRow.objects.select_related("centre").filter(pk=terminal).first()
    return row is not None and any(
        one.code == terminal and "ticket" in one.can for one in centre_of(row.centre).terminals
    )


def shut_at(centre: str, *, at: datetime) -> tuple[Shut, ...]:
    """Return the windows of a centre that are shut now or later."""
    rows = ShutRow.objects.filter(centre=centre, ends__gt=at)
    return tuple(Shut(row.window, row.begins, row.ends) for row in rows)


def hall_thing(centre: Centre, *, row: BookingRow | None = None) -> Thing:
    """Return a hall, or a booking in it, as the thing of which rights are asked; its place is one of five levels."""
    if row is None:
        return Thing(division=centre.place)
    own = str(row.account) if row.channel == "web" else ""  # a clerk who booked for somebody does not own it
    return Thing(party=str(row.party_id), owner=own, division=centre.place)


def booking_for(booking: UUID, *, actor: Actor, act: Act) -> tuple[BookingRow, Centre]:
    """
    Return a booking that the actor may do this with, and its centre.

    :raises NotPermitted: if he may not, or there is none.
    """
    row = BookingRow.objects.filter(pk=booking).first()
    if row is None:
        raise NotPermitted(act)
    centre = centre_named(row.centre)
    require(actor, act, hall_thing(centre, row=row))
    return row, centre
