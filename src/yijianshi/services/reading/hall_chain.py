"""
How somebody came to the window (怎么办到窗口的): booking, ticket, call and submission or case number as one chain.

The chain says numbers, windows and times only; who it was is read elsewhere, by those who may.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.booking import BookingState, is_missed, slot_words
from yijianshi.domain.queues import TicketState
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.hall.models import BookingRow, BookingStepRow, TicketRow, TicketStepRow
from yijianshi.store.submissions.models import SubmissionRow

from ..hall.loading import centres_named


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: what happened, its number, when."""

    at: datetime
    words: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a hall, from its booking or its ticket to what came of it."""

    centre: str
    booking: str
    ticket: str
    submission: str
    cases: tuple[str, ...]
    links: tuple[Link, ...]
    division: str  # the place of the centre, for rights
    submission_division: str


_BOOKING_WORDS = {
    "book": "预约了 {day}",
    "change": "改约到 {day}",
    "move": "因窗口关闭，大厅改到 {day}",
    "cancel": "取消了预约",
    "excuse": "大厅没能办，不算失约",
    "check_in": "到大厅签到",
}
_TICKET_WORDS = {
    "take": "取号",
    "call": "{window} 号窗口叫号",
    "again": "{window} 号窗口又叫了一次",
    "skip": "叫了没来，过号",
    "back": "重新排队",
    "send_on": "从 {window} 号窗口转到别的窗口",
    "finish": "{window} 号窗口办完",
}


def visits_of(submission: UUID) -> tuple[Visit, ...]:
    """Return the visits of which a submission came, or to which it belongs; at most eight queries, two where there is none."""
    tickets = list(
        TicketRow.objects.select_related("booking").filter(submission=submission).order_by("taken_at")
    )
    bookings = list(BookingRow.objects.filter(submission=submission, ticketrow=None).order_by("begins"))
    return _visits(tickets, bookings) if tickets or bookings else ()


def visit_of_booking(row: BookingRow) -> Visit:
    """Return the visit of one booking."""
    ticket = TicketRow.objects.select_related("booking").filter(booking=row).first()
    return _visits([ticket] if ticket else [], [] if ticket else [row])[0]


def visits_numbered(number: str) -> tuple[Visit, ...]:
    """Return the visits behind a booking's, a submission's or a case's number."""
    plain = "".join(number.split()).upper()
    if not plain:
        return ()
    if plain.startswith("Y"):
        row = BookingRow.objects.filter(number=plain).first()
        return (visit_of_booking(row),) if row else ()
    key = CaseRow.objects.filter(number=plain).values_list("submission", flat=True).first()
    key = key or SubmissionRow.objects.filter(number=plain).values_list("pk", flat=True).first()
    return visits_of(key) if key else ()


def _visits(tickets: list[TicketRow], bookings: list[BookingRow]) -> tuple[Visit, ...]:
    everything: list[TicketRow | BookingRow] = [*tickets, *bookings]
    all_bookings = [*bookings, *(one.booking for one in tickets if one.booking)]
    steps: dict[object, list[Link]] = {}
    for step in BookingStepRow.objects.filter(booking__in=all_bookings).order_by("seq"):
        if step.action in _BOOKING_WORDS:
            row = next(one for one in all_bookings if one.pk == step.booking_id)
            length = row.ends - row.begins
            day = slot_words(step.begins, step.begins + length) if step.begins else ""
            words = _BOOKING_WORDS[step.action].format(day=day)
            number = row.number if step.action == "book" else ""
            steps.setdefault(row.pk, []).append(Link(step.at, words, number))
    for done in TicketStepRow.objects.filter(ticket__in=tickets).order_by("id"):
        if done.action in _TICKET_WORDS:
            ticket = next(one for one in tickets if one.pk == done.ticket_id)
            number = ticket.number if done.action in ("take", "call") else ""
            words = _TICKET_WORDS[done.action].format(window=done.window)
            steps.setdefault(ticket.pk, []).append(Link(done.at, words, number))
    keys = {one.submission_id for one in everything if one.submission_id}
    filed = {row.pk: row for row in SubmissionRow.objects.filter(pk__in=keys)} if keys else {}
    cases: dict[UUID, list[str]] = {}
    for key, number in _cases(keys):
        cases.setdefault(key, []).append(number)
    centres = centres_named({one.centre for one in everything})
    found = []
    for one in everything:
        booking = one.booking if isinstance(one, TicketRow) else one
        links = [*steps.get(booking.pk if booking else None, []), *steps.get(one.pk, [])]
        if isinstance(one, BookingRow):
            links = steps.get(one.pk, [])
        submission = filed.get(one.submission_id) if one.submission_id else None
        if submission:
            links.append(Link(submission.received_at, "申报收件", submission.number))
        centre = centres.get(one.centre)
        found.append(
            Visit(
                centre=centre.name if centre else one.centre,
                booking=booking.number if booking else "",
                ticket=one.number if isinstance(one, TicketRow) else "",
                submission=submission.number if submission else "",
                cases=tuple(cases.get(one.submission_id, ())) if one.submission_id else (),
                links=tuple(sorted(links, key=lambda link: link.at)),
                division=centre.place if centre else "",
                submission_division=submission.division if submission else "",
            )
        )
    return tuple(found)


def _cases(submissions: Iterable[UUID]) -> Iterable[tuple[UUID, str]]:
    keys = list(submissions)
    rows = CaseRow.objects.filter(submission__in=keys).order_by("number") if keys else CaseRow.objects.none()
    return rows.values_list("submission_id", "number")


def state_words(row: BookingRow, *, at: datetime) -> tuple[str, str]:
    """Return the state of a booking as a tag: its sign and its word."""
    if is_missed(row.state, row.ends, at=at):
        return "no", "没有来"
    return {
        BookingState.BOOKED: ("run", "已预约"),
        BookingState.ARRIVED: ("todo", "已签到"),
        BookingState.SERVED: ("done", "办过了"),
        BookingState.CANCELLED: ("wait", "已取消"),
        BookingState.EXCUSED: ("pause", "大厅取消"),
    }[BookingState(row.state)]


def ticket_words(state: TicketState) -> tuple[str, str]:
    """Return the state of a ticket as a tag: its sign and its word."""
    return {
        TicketState.WAITING: ("run", "等叫号"),
        TicketState.CALLED: ("todo", "请到窗口"),
        TicketState.SKIPPED: ("no", "过号了"),
        TicketState.DONE: ("done", "办完了"),
    }[state]
