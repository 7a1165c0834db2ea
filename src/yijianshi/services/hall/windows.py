"""
Open a window to call at it, and leave it (开窗、离窗); shut one for a while, so that the booked are told (关窗).

Whoever is booked for more than the others manage is moved to the next free time and told; who cannot be moved is called.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.booking import BookingRefused, BookingState, places_of
from yijianshi.domain.centres import Centre
from yijianshi.domain.queues import QueueRefused
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.hall.models import BookingRow, DeskRow, ShutRow
from yijianshi.store.hall.places import StaleBooking, move_place
from yijianshi.store.keys import new_id

from ..outside import outside
from .book import tell_booking
from .call import ticket_in_hand
from .loading import centre_named, hall_thing, shut_at
from .times import next_free


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of those who were booked: how many were moved and told, whom somebody must call."""

    moved: int
    to_call: tuple[str, ...]


def open_window(*, centre: str, window: str, actor: Actor, at: datetime) -> None:
    """
    Sit down at a window to call there; the one where he sat before is left.

    :raises NotPermitted: if the actor does not serve in this hall.
    :raises QueueRefused: if there is no such window, somebody sits there, or he has somebody before him.
    """
    place = centre_named(centre)
    require(actor, Act.SERVE_QUEUE, hall_thing(place))
    if place.window(window) is None:
        raise QueueRefused(f"{place.name}没有 {window} 号窗口；请从列出的里选")
    leave_window(actor=actor, at=at)
    try:
        with transaction.atomic():
            DeskRow.objects.create(
                id=new_id(), centre=centre, window=window, clerk=UUID(actor.account), opened_at=at
            )
    except IntegrityError:
        raise QueueRefused(f"{window} 号窗口已经有人在叫号；请选别的窗口，或请他先离窗") from None


def leave_window(*, actor: Actor, at: datetime) -> None:
    """Leave the window at which he calls. :raises QueueRefused: if he still has somebody before him."""
    in_hand = ticket_in_hand(actor)
    if in_hand is not None:
        raise QueueRefused(f"{in_hand.number} 号还没有办完；办完、转走或记“没来”以后再离窗")
    DeskRow.objects.filter(clerk=actor.account, closed_at=None).update(closed_at=at)


def shut_window(
    *, centre: str, window: str, begins: datetime, ends: datetime, why: str, actor: Actor, at: datetime
) -> Moved:
    """
    Shut a window for a while; return what became of those who were booked.

    :raises NotPermitted: if the actor does not run this hall.
    :raises BookingRefused: if there is no such window, no reason, or the time is over.
    """
    place = centre_named(centre)
    require(actor, Act.RUN_HALL, hall_thing(place))
    if place.window(window) is None:
        raise BookingRefused(f"{place.name}没有 {window} 号窗口；请从列出的里选")
    if not why.strip():
        raise BookingRefused("请写一句为什么关窗，值班的人和督查看得到")
    if not max(begins, at) < ends:
        raise BookingRefused("关窗的结束要晚于开始，也要晚于现在；请改时间")
    ShutRow.objects.create(
        id=new_id(), centre=centre, window=window, begins=begins, ends=ends, why=why.strip()[:60],
        by=UUID(actor.account), at=at,
    )  # fmt: skip
    moved, to_call = 0, []
    for row in too_many(place, begins, ends, at=at):
        if _move(row, place, actor=actor, at=at):
            moved += 1
        else:
            to_call.append(row.number)
    return Moved(moved, tuple(to_call))


def reopen_window(*, shut: UUID, actor: Actor, at: datetime) -> None:
    """End a time for which a window is shut. :raises NotPermitted: if the actor does not run this hall."""
    row = ShutRow.objects.get(pk=shut)
    require(actor, Act.RUN_HALL, hall_thing(centre_named(row.centre)))
    ShutRow.objects.filter(pk=shut, ends__gt=at).update(ends=max(at, row.begins))


def too_many(centre: Centre, begins: datetime, ends: datetime, *, at: datetime) -> list[BookingRow]:
    """Return who is booked for more than the open windows manage, the latest to book first; two queries."""
    shut, rules = shut_at(centre.code, at=at), outside().booking
    rows = BookingRow.objects.filter(
        centre=centre.code,
        state=BookingState.BOOKED,
        begins__lt=ends,
        ends__gt=max(begins, at),
        begins__gt=at,
    )
    by_time: dict[tuple[str, datetime], list[BookingRow]] = {}
    for row in rows.order_by("-made_at", "-id"):
        by_time.setdefault((row.line, row.begins), []).append(row)
    found = []
    for (letter, _), booked in by_time.items():
        line = centre.line(letter)
        places = (
            places_of(centre, line, booked[0].begins, booked[0].ends, rules=rules, shut=shut) if line else 0
        )
        found += booked[: max(len(booked) - places, 0)]
    return found


def _move(row: BookingRow, centre: Centre, *, actor: Actor, at: datetime) -> bool:
    line = centre.line(row.line)
    slot = next_free(centre, line, after=row.begins, at=at) if line else None
    if slot is None:
        return False
    try:
        with transaction.atomic():
            done = move_place(
                row, begins=slot.begins, ends=slot.ends, places=slot.places, action="move", by=UUID(actor.account), at=at
            )  # fmt: skip
    except (StaleBooking, IntegrityError):  # he changed it himself meanwhile, or has another booking then
        return False
    if done:
        tell_booking(
            row.pk,
            row.party_id,
            centre,
            "booking.moved_by_hall",
            slot.begins,
            slot.ends,
            once=f"booking:{row.pk}:{row.seq + 1}",
        )
    return done
