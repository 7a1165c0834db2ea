"""Take a ticket (取号): at a terminal, on the spot by telephone, or with a booking; nobody is asked who he is."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from yijianshi.domain.booking import BookingRefused, BookingState, check_in_time
from yijianshi.domain.centres import Centre, periods_on
from yijianshi.domain.queues import Kind, QueueRefused, TicketState
from yijianshi.domain.workdays import BEIJING, legal_day
from yijianshi.store.hall.models import BookingRow, BookingStepRow, TicketRow, TicketStepRow
from yijianshi.store.hall.places import next_of

from ..contents import fingerprint
from ..outside import outside
from .loading import centre_named

#: Tickets are given out from so long before a hall opens.
_EARLY = timedelta(minutes=30)
#: So many in so long from one place of taking; more is somebody playing.
_MOST, _WITHIN = 30, timedelta(minutes=10)


def spot_code(centre: str, *, at: datetime) -> str:
    """Return the word of the day in the code on the wall: whoever has it stood in the hall today."""
    return fingerprint(f"{centre}:{legal_day(at)}", kind="spot").hex()[:10]


def check_spot(centre: str, code: str, *, at: datetime) -> None:
    """Let pass who has scanned today's code. :raises QueueRefused: if it is another."""
    if code != spot_code(centre, at=at):
        raise QueueRefused("要在大厅里扫墙上今天的二维码才能取号；请重新扫一次，或到自助机、服务台取号")


def take_ticket(
    *,
    centre: str,
    line: str,
    source: str,
    at: datetime,
    terminal: str = "",
    is_special: bool = False,
    bundle: str = "",
) -> UUID:
    """
    Give out the next number of a line and return the ticket's key.

    :raises QueueRefused: if the hall is shut, has no such line, or too many were taken here.
    """
    place = centre_named(centre)
    _check_open(place, at=at)
    if place.line(line) is None:
        raise QueueRefused(f"{place.name}没有这个队列；请回到上一页重新选")
    taken = TicketRow.objects.filter(
        centre=centre, day=legal_day(at), source=source, terminal=terminal, taken_at__gt=at - _WITHIN
    )
    if taken.count() >= _MOST:
        raise QueueRefused("这里几分钟里取的号太多了；请到服务台，工作人员给您取")
    kind = Kind.SPECIAL if is_special else Kind.PLAIN
    with transaction.atomic():
        return _give_out(place, line, kind=kind, source=source, terminal=terminal, bundle=bundle, at=at).pk


def check_in(
    *,
    centre: str,
    at: datetime,
    source: str,
    number: str = "",
    booking: UUID | None = None,
    terminal: str = "",
    is_special: bool = False,
) -> UUID:
    """
    Check in with a booking, by its number or its key, and return the ticket's key.

    :raises BookingRefused: if there is no such booking here today, or it is too early or too late for it.
    """
    place = centre_named(centre)
    rows = BookingRow.objects.filter(centre=centre)
    wanted = number.strip().upper()
    row = rows.filter(pk=booking).first() if booking else rows.filter(number=wanted).first()
    if row is None:
        raise BookingRefused(
            "这里没有这个预约号；请对照预约页或日历再输一遍（Y 开头，共 12 位），或者取普通号"
        )
    check_in_time(row.state, row.begins, row.ends, at=at, rules=outside().booking)
    kind = Kind.SPECIAL if is_special else Kind.BOOKED
    with transaction.atomic():
        found = BookingRow.objects.filter(pk=row.pk, state=BookingState.BOOKED, seq=row.seq).update(
            state=BookingState.ARRIVED, seq=F("seq") + 1, changed_at=at
        )
        if not found:
            raise BookingRefused("这个预约刚被改过或已经签到；请刷新再看")
        BookingStepRow.objects.create(booking=row, seq=row.seq + 1, action="check_in", at=at)
        ticket = _give_out(
            place,
            row.line,
            kind=kind,
            source=source,
            terminal=terminal,
            bundle=row.bundle,
            at=at,
            booking=row,
        )
    return ticket.pk


def _give_out(
    place: Centre,
    line: str,
    *,
    kind: Kind,
    source: str,
    terminal: str,
    bundle: str,
    at: datetime,
    booking: BookingRow | None = None,
) -> TicketRow:
    day = legal_day(at)
    ticket = TicketRow.objects.create(
        id=uuid4(), centre=place.code, day=day, line=line, number=f"{line}{next_of(f'{place.code}:{line}:{day}'):03d}",
        kind=kind, source=source, terminal=terminal, bundle=bundle, state=TicketState.WAITING, taken_at=at, since=at,
        booking=booking, begins=booking.begins if booking else None, draft=booking.draft if booking else None,
        submission_id=booking.submission_id if booking else None, case_id=booking.case_id if booking else None,
    )  # fmt: skip
    TicketStepRow.objects.create(ticket=ticket, action="take", at=at)
    return ticket


def _check_open(place: Centre, *, at: datetime) -> None:
    periods, why = periods_on(place, legal_day(at), outside().calendar)
    if not periods:
        raise QueueRefused(f"{place.name}今天不开门" + (f"（{why}）" if why else "") + "；哪天开，看它的页面")
    first = datetime.combine(legal_day(at), periods[0].begins, BEIJING)
    last = datetime.combine(legal_day(at), periods[-1].ends, BEIJING)
    if not first - _EARLY <= at < last:
        raise QueueRefused(
            f"{place.name}今天 {periods[0].begins:%H:%M} 开门、{periods[-1].ends:%H:%M} 关门，现在不取号；可以预约"
        )
