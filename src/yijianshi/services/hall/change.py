"""Change or cancel a booking (改约、取消): until it begins, by whoever booked, or at the hall for him."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.booking import (
    BookingRefused,
    BookingState,
    SlotFull,
    check_cancel,
    check_time,
    find_slot,
)
from yijianshi.domain.rights import Act, Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.store.hall.places import StaleBooking, give_back, move_place

from .book import FULL, tell_booking
from .loading import booking_for
from .times import bookable_days, slots_of_day

_STALE = "这个预约刚被改过；请刷新看现在是几点，再决定"


def change_booking(*, booking: UUID, begins: datetime, actor: Actor, at: datetime) -> None:
    """
    Move a booking to another time of the same line; its calendar event goes along.

    :raises NotPermitted: if it is not the actor's to change.
    :raises BookingRefused: if it or the new time has begun, or the new time is full.
    """
    row, centre = booking_for(booking, actor=actor, act=Act.CHANGE_BOOKING)
    check_cancel(row.state, row.begins, at=at)
    check_time(begins, at=at)
    if begins == row.begins:
        raise BookingRefused("选的还是原来的时段；不改就直接返回，预约没有变")
    line = centre.line(row.line)
    if line is None or legal_day(begins) not in bookable_days(centre, at=at):
        raise BookingRefused("这一天不能预约；请从列出的日子里选")
    slot = find_slot(slots_of_day(centre, line, legal_day(begins), at=at), begins)
    try:
        with transaction.atomic():
            moved = move_place(
                row, begins=slot.begins, ends=slot.ends, places=slot.places, action="change", by=UUID(actor.account), at=at
            )  # fmt: skip
    except StaleBooking:
        raise BookingRefused(_STALE) from None
    except IntegrityError:
        raise BookingRefused("您在这个时段已经有一个预约；请换一个时段") from None
    if not moved:
        raise SlotFull(FULL)
    tell_booking(
        row.pk,
        row.party_id,
        centre,
        "booking.moved",
        slot.begins,
        slot.ends,
        once=f"booking:{row.pk}:{row.seq + 1}",
    )


def cancel_booking(*, booking: UUID, actor: Actor, at: datetime, is_ours: bool = False) -> None:
    """
    Cancel a booking; its place is free for others.

    :param is_ours: the hall could not keep it: the person is excused, and told so.
    :raises NotPermitted: if it is not the actor's to cancel.
    :raises BookingRefused: if it has begun, or is none any more.
    """
    act = Act.RUN_HALL if is_ours else Act.CHANGE_BOOKING
    row, centre = booking_for(booking, actor=actor, act=act)
    if not is_ours:
        check_cancel(row.state, row.begins, at=at)
    state = BookingState.EXCUSED if is_ours else BookingState.CANCELLED
    try:
        with transaction.atomic():
            give_back(
                row, state=state, action="excuse" if is_ours else "cancel", by=UUID(actor.account), at=at
            )
    except StaleBooking:
        raise BookingRefused(_STALE) from None
    template = "booking.excused" if is_ours else "booking.cancelled"
    tell_booking(
        row.pk, row.party_id, centre, template, row.begins, row.ends, once=f"booking:{row.pk}:{row.seq + 1}"
    )
