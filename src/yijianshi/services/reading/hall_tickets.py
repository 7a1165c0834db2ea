"""A ticket as its holder sees it, the big screen, and the window that calls (号、大屏、叫号台)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.centres import Centre, CentreWindow
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.queues import Estimate, Kind, TicketState, estimate, order_of_calls
from yijianshi.domain.rights import Act, Actor, Role, posts_for, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.hall.models import DeskRow, TicketRow

from ..catalogue.published import bundles_of
from ..contents import open_text
from ..hall.call import last_kind, ticket_in_hand, waiting_in
from ..hall.loading import centre_named, centres_within, hall_thing
from .hall import HallNow, halls_now, served_lately, windows_calling

SHOWN = 6


@dataclass(frozen=True, slots=True)
class TicketSeen:
    """A ticket as its holder sees it."""

    id: UUID
    number: str
    state: TicketState
    centre: Centre
    line_name: str
    window: CentreWindow | None
    estimate: Estimate | None
    taken_at: datetime
    begins: datetime | None
    is_today: bool
    sent_to: str


@dataclass(frozen=True, slots=True)
class ScreenSeen:
    """The big screen: which numbers are called where, and how many wait."""

    now: HallNow
    called: tuple[tuple[str, str, bool], ...]  # number, window, whether just now


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One ticket in the list at the window."""

    id: UUID
    number: str
    kind: Kind
    line: str
    waits_since: datetime
    begins: datetime | None
    bundle: str
    only_window: str


@dataclass(frozen=True, slots=True)
class InHand:
    """Whom the clerk has before him; the name only where he is booked, for then the hall knows it."""

    id: UUID
    number: str
    kind: Kind
    calls: int
    called_at: datetime
    bundle: str
    bundle_title: str
    booking: UUID | None
    booking_number: str
    name: str
    draft: UUID | None
    submission: UUID | None
    submission_number: str
    case_number: str


@dataclass(frozen=True, slots=True)
class QueueSeen:
    """The page at which a clerk calls."""

    centres: tuple[Centre, ...]
    centre: Centre | None
    window: CentreWindow | None
    in_hand: InHand | None
    waiting: tuple[TicketLine, ...]
    skipped: tuple[TicketLine, ...]
    taken: frozenset[tuple[str, str]]  # centre and window where somebody sits


def read_ticket(ticket: UUID, *, at: datetime) -> TicketSeen:
    """Return a ticket, how many are before it and about how long that takes. :raises TicketRow.DoesNotExist: if there is none."""
    row = TicketRow.objects.get(pk=ticket)
    centre = centre_named(row.centre)
    line = centre.line(row.line)
    guess = None
    if row.state == TicketState.WAITING and line and row.day == legal_day(at):
        order = order_of_calls(
            waiting_in(row.centre, (row.line,), at=at).values(),
            last=last_kind(row.centre, (row.line,), at=at),
            at=at,
        )
        before = next((n for n, one in enumerate(order) if one.id == str(row.pk)), 0)
        calling = windows_calling([row.centre]).get(row.centre, set())
        guess = estimate(
            before,
            served=served_lately([row.centre], at=at).get((row.centre, row.line), []),
            usual=line.minutes,
            windows=sum(one.number in calling for one in centre.windows_of(row.line)),
        )
    return TicketSeen(
        row.pk, row.number, TicketState(row.state), centre, line.name if line else row.line,
        centre.window(row.window) if row.window else None, guess, row.taken_at, row.begins,
        row.day == legal_day(at), row.only_window,
    )  # fmt: skip


def read_screen(centre: str, *, at: datetime) -> ScreenSeen:
    """Return what the big screen of a hall shows; numbers only, never a name."""
    place = centre_named(centre)
    rows = TicketRow.objects.filter(centre=centre, day=legal_day(at), state=TicketState.CALLED)
    called = tuple(
        (row.number, row.window, (at - row.called_at).total_seconds() < 30)
        for row in rows.order_by("-called_at")[:SHOWN]
        if row.called_at
    )
    return ScreenSeen(halls_now([place], at=at)[0], called)


def read_queue(*, actor: Actor, at: datetime) -> QueueSeen:
    """
    Return the page at which the actor calls, or the windows among which he chooses.

    :raises NotPermitted: if he works at no window.
    """
    posts_for(actor, Act.SERVE_QUEUE, Role.WINDOW)
    desk = DeskRow.objects.filter(clerk=actor.account, closed_at=None).first()
    if desk is None:
        centres = centres_served(actor)
        taken = DeskRow.objects.filter(centre__in=[one.code for one in centres], closed_at=None)
        return QueueSeen(centres, None, None, None, (), (), frozenset(taken.values_list("centre", "window")))
    centre = centre_named(desk.centre)
    require(actor, Act.SERVE_QUEUE, hall_thing(centre))
    window = centre.window(desk.window)
    lines = window.lines if window else ()
    found = waiting_in(centre.code, lines, at=at)
    waiting = {one.id: row for row, one in found.items()}
    order = order_of_calls(
        (one for one in found.values() if one.window in ("", desk.window)),
        last=last_kind(centre.code, lines, at=at),
        at=at,
    )
    skipped = TicketRow.objects.filter(
        centre=centre.code, day=legal_day(at), line__in=lines, state=TicketState.SKIPPED
    ).order_by("-called_at")
    titles = titles_of(centre, at=at)
    return QueueSeen(
        (),
        centre,
        window,
        _in_hand(actor, titles),
        tuple(_line(waiting[one.id], titles) for one in order),
        tuple(_line(row, titles) for row in skipped[:20]),
        frozenset(),
    )


def centres_served(actor: Actor) -> tuple[Centre, ...]:
    """
    Return the halls in which the actor serves, those of his own place first.

    :raises NotPermitted: if he serves nowhere.
    """
    places = [post.unit.division for post in posts_for(actor, Act.SERVE_QUEUE, Role.WINDOW)]
    return tuple(sorted(centres_within(places), key=lambda one: one.place not in places))


def titles_of(centre: Centre, *, at: datetime) -> dict[str, str]:
    """Return what the one-things are called where the centre is."""
    published = bundles_of(DivisionCode(centre.division), legal_day(at))
    return {str(one.edition.bundle.code): one.edition.bundle.title for one in published}


def _line(row: TicketRow, titles: dict[str, str]) -> TicketLine:
    return TicketLine(
        row.pk, row.number, Kind(row.kind), row.line, row.taken_at, row.begins, titles.get(row.bundle, ""), row.only_window
    )  # fmt: skip


def _in_hand(actor: Actor, titles: dict[str, str]) -> InHand | None:
    found = ticket_in_hand(actor)
    if found is None:
        return None
    row = TicketRow.objects.select_related("booking__party", "submission", "case").get(pk=found.pk)
    assert row.called_at is not None
    booking = row.booking
    return InHand(
        id=row.pk,
        number=row.number,
        kind=Kind(row.kind),
        calls=row.calls,
        called_at=row.called_at,
        bundle=row.bundle,
        bundle_title=titles.get(row.bundle, ""),
        booking=row.booking_id,
        booking_number=booking.number if booking else "",
        name=open_text(booking.party.name_sealed, purpose="name") if booking else "",
        draft=row.draft,
        submission=row.submission_id,
        submission_number=row.submission.number if row.submission else "",
        case_number=row.case.number if row.case else "",
    )
