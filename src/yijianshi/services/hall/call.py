"""
Call at a window (叫号): the next one by the rule on the wall, again, skip, take back, send on, finish.

Two windows that press at the same moment never get the same ticket: each takes it by compare and set, and whoever comes
second gets the one after it.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.booking import BookingState
from yijianshi.domain.centres import Centre
from yijianshi.domain.queues import Kind, QueueRefused, TicketState, Waiting, check_state, next_ticket
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.hall.calling import move_ticket
from yijianshi.store.hall.models import BookingRow, BookingStepRow, DeskRow, TicketRow

from .loading import centre_named, hall_thing

#: So often it is tried anew when another window was faster; a window cannot lose more often than others win.
_TRIES = 50
_FASTER = "这个号刚被别的窗口动过；请刷新看现在的情况"


def call_next(*, actor: Actor, at: datetime) -> UUID | None:
    """
    Call whoever is next for the actor's window; return the ticket, or None where nobody waits.

    :raises NotPermitted: if he may not serve there.
    :raises QueueRefused: if he has opened no window, or has somebody before him.
    """
    desk, centre = desk_of(actor)
    in_hand = ticket_in_hand(actor)
    if in_hand is not None:
        raise QueueRefused(f"{in_hand.number} 号还没有办完；先按“办完”或“没来”，再叫下一个")
    window = centre.window(desk.window)
    lines = window.lines if window else ()
    for _ in range(_TRIES):
        waiting = waiting_in(centre.code, lines, at=at)
        one = next_ticket(
            waiting.values(), last=last_kind(centre.code, lines, at=at), at=at, window=desk.window
        )
        if one is None:
            return None
        row = next(row for row in waiting if str(row.pk) == one.id)
        try:
            taken = move_ticket(
                row.pk, seq=row.seq, action="call", at=at, by=UUID(actor.account), at_window=desk.window,
                state=TicketState.CALLED, window=desk.window, clerk=UUID(actor.account), called_at=at, calls=row.calls + 1,
            )  # fmt: skip
        except IntegrityError:  # the same clerk pressed twice
            raise QueueRefused("您刚刚已经叫了一个号；请刷新看是几号") from None
        if taken:
            return row.pk
    raise QueueRefused("别的窗口一直更快；请再按一次")


def call_again(*, ticket: UUID, actor: Actor, at: datetime) -> None:
    """Call the one in hand once more. :raises QueueRefused: if he is not in hand."""
    row = _in_hand(ticket, actor)
    _move(row, "again", actor, at, calls=row.calls + 1)


def skip(*, ticket: UUID, actor: Actor, at: datetime) -> None:
    """Pass over who did not come; he can be taken back. :raises QueueRefused: if he is not in hand."""
    _move(_in_hand(ticket, actor), "skip", actor, at, state=TicketState.SKIPPED)


def take_back(*, ticket: UUID, actor: Actor, at: datetime) -> None:
    """Put who was passed over at the end of his kind again. :raises QueueRefused: if he was not passed over."""
    row = _ticket(ticket, actor)
    check_state(row.state, [TicketState.SKIPPED], number=row.number)
    _move(row, "back", actor, at, state=TicketState.WAITING, since=at, begins=None, clerk=None)


def send_on(*, ticket: UUID, window: str, actor: Actor, at: datetime) -> None:
    """
    Send the one in hand to another window, where he is called with the special groups.

    :raises QueueRefused: if he is not in hand, or there is no such window.
    """
    row = _in_hand(ticket, actor)
    centre = centre_named(row.centre)
    if centre.window(window) is None or window == row.window:
        raise QueueRefused("请选另一个窗口")
    _move(
        row, "send_on", actor, at, state=TicketState.WAITING, only_window=window, kind=Kind.SPECIAL, since=row.taken_at,
        begins=None, clerk=None,
    )  # fmt: skip


def finish(*, ticket: UUID, actor: Actor, at: datetime) -> None:
    """Note that the matter is done for today. :raises QueueRefused: if the ticket is not in hand."""
    row = _in_hand(ticket, actor)
    with transaction.atomic():
        _move(row, "finish", actor, at, state=TicketState.DONE, finished_at=at)
        if row.booking_id:
            booking = BookingRow.objects.select_for_update().get(pk=row.booking_id)
            booking.state, booking.seq, booking.changed_at = BookingState.SERVED, booking.seq + 1, at
            booking.save(update_fields=["state", "seq", "changed_at"])
            BookingStepRow.objects.create(
                booking=booking, seq=booking.seq, action="serve", at=at, by=UUID(actor.account)
            )


def desk_of(actor: Actor) -> tuple[DeskRow, Centre]:
    """
    Return the window at which the actor calls, and its centre.

    :raises QueueRefused: if he has opened none.
    :raises NotPermitted: if he may not serve there any more.
    """
    desk = DeskRow.objects.filter(clerk=actor.account, closed_at=None).first()
    if desk is None:
        raise QueueRefused("您还没有开窗；请先选您在几号窗口")
    centre = centre_named(desk.centre)
    require(actor, Act.SERVE_QUEUE, hall_thing(centre))
    return desk, centre


def ticket_in_hand(actor: Actor) -> TicketRow | None:
    """Return the ticket that the actor has called and not finished."""
    return TicketRow.objects.filter(clerk=actor.account, state=TicketState.CALLED).first()


def waiting_in(centre: str, lines: tuple[str, ...], *, at: datetime) -> dict[TicketRow, Waiting]:
    """Return who waits today in some lines of a centre; one query."""
    rows = TicketRow.objects.filter(
        centre=centre, day=legal_day(at), line__in=lines, state=TicketState.WAITING
    )
    return {
        row: Waiting(str(row.pk), Kind(row.kind), row.since, row.begins, row.only_window, row.number)
        for row in rows
    }


def last_kind(centre: str, lines: tuple[str, ...], *, at: datetime) -> Kind | None:
    """Return which kind was called last in the lines today; one query."""
    rows = TicketRow.objects.filter(
        centre=centre, day=legal_day(at), line__in=lines, called_at__isnull=False
    ).order_by("-called_at")
    kind = rows.values_list("kind", flat=True).first()
    return Kind(kind) if kind else None


def _ticket(ticket: UUID, actor: Actor) -> TicketRow:
    row = TicketRow.objects.filter(pk=ticket).first()
    if row is None:
        raise NotPermitted(Act.SERVE_QUEUE)
    require(actor, Act.SERVE_QUEUE, hall_thing(centre_named(row.centre)))
    return row


def _in_hand(ticket: UUID, actor: Actor) -> TicketRow:
    row = _ticket(ticket, actor)
    check_state(row.state, [TicketState.CALLED], number=row.number)
    if str(row.clerk) != actor.account:
        raise QueueRefused(f"{row.number} 号在 {row.window} 号窗口办，不在您这里")
    return row


def _move(row: TicketRow, action: str, actor: Actor, at: datetime, **changed: object) -> None:
    done = move_ticket(
        row.pk, seq=row.seq, action=action, at=at, by=UUID(actor.account), at_window=row.window, **changed
    )
    if not done:
        raise QueueRefused(_FASTER)
