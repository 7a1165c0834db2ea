"""Bookings as their owner sees them (我的预约), and a day of them as the hall does (今天的预约)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.booking import BookingState, is_missed, paused_until
from yijianshi.domain.centres import Centre
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, may, posts_for, require
from yijianshi.domain.workdays import end_of, legal_day, start_of
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.hall.models import BookingRow, CentreRow, DeskRow, ShutRow, TicketRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..hall.book import bookings_of
from ..hall.loading import booking_for, centre_named, centre_of, centres_named, centres_within, hall_thing
from ..hall.windows import too_many
from ..outside import outside
from ..people.actors import name_of
from .hall import HallNow, halls_now
from .hall_chain import Visit, state_words, visit_of_booking
from .hall_tickets import titles_of

MOST = 200


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One booking in a list."""

    id: UUID
    number: str
    centre: str
    title: str
    begins: datetime
    ends: datetime
    state: tuple[str, str]
    is_open: bool
    name: str = ""
    phone: str = ""
    window: str = ""


@dataclass(frozen=True, slots=True)
class BookingSeen:
    """One booking."""

    line: BookingLine
    centre: Centre
    letter: str
    bundle: str
    seq: int
    made_at: datetime
    changed_at: datetime
    visit: Visit
    ticket: UUID | None
    submission: UUID | None
    is_cancelled: bool
    may_change: bool
    is_mine: bool
    may_excuse: bool  # whether the reader runs the hall, and may say that it could not keep the booking


@dataclass(frozen=True, slots=True)
class MyBookings:
    """The reader's bookings, those before him first, and until when he cannot book."""

    lines: tuple[BookingLine, ...]
    paused_until: date | None


@dataclass(frozen=True, slots=True)
class WindowDay:
    """One window on the hall manager's page."""

    number: str
    where: str
    lines: tuple[str, ...]
    clerk: str
    shut: tuple[tuple[UUID, datetime, datetime, str], ...]


@dataclass(frozen=True, slots=True)
class HallDay:
    """A day of a hall: bookings, windows, who stayed away, whom to call."""

    centres: tuple[Centre, ...]
    now: HallNow
    bookings: tuple[BookingLine, ...]
    windows: tuple[WindowDay, ...]
    to_call: tuple[BookingLine, ...]
    missed: int
    come: int
    total: int


def read_my_bookings(*, actor: Actor, at: datetime) -> MyBookings:
    """Return the reader's bookings, the next ones first, then the last ones. :raises NotPermitted: if he stands for nobody."""
    require(actor, Act.BOOK, Thing(party=actor.party))
    rows = list(BookingRow.objects.filter(party=UUID(actor.party)).order_by("-begins")[:60])
    rows.sort(key=lambda row: (row.ends <= at, row.begins if row.ends > at else at, -row.begins.timestamp()))
    _, missed = bookings_of(UUID(actor.party), at=at)
    until = paused_until(missed, on=legal_day(at), rules=outside().booking)
    return MyBookings(_lines(rows, at=at), until)


def read_booking(booking: UUID, *, actor: Actor, at: datetime) -> BookingSeen:
    """Return one booking with its chain. :raises NotPermitted: if it is not for the reader, or there is none."""
    row, centre = booking_for(booking, actor=actor, act=Act.READ_BOOKING)
    mine = actor.party == str(row.party_id)
    line = _lines([row], at=at, with_names=not mine)[0]
    ticket = TicketRow.objects.filter(booking=row).values_list("pk", flat=True).first()
    return BookingSeen(
        line=line, centre=centre, letter=row.line, bundle=row.bundle, seq=row.seq, made_at=row.made_at,
        changed_at=row.changed_at, visit=visit_of_booking(row), ticket=ticket, submission=row.submission_id,
        is_cancelled=row.state in (BookingState.CANCELLED, BookingState.EXCUSED),
        may_change=row.state == BookingState.BOOKED and row.begins > at, is_mine=mine,
        may_excuse=row.state == BookingState.BOOKED and may(actor, Act.RUN_HALL, hall_thing(centre)),
    )  # fmt: skip


def may_be_about(*, party: UUID, bundle: str) -> tuple[tuple[str, str], ...]:
    """Return what of a person's a booking may be about: drafts and running submissions of the one-thing; two queries."""
    drafts = DraftRow.objects.filter(party=party, filed_as=None).order_by("-updated_at")[:5]
    filed = SubmissionRow.objects.filter(party=party).exclude(state="closed").order_by("-received_at")[:10]
    found = [(f"draft:{one.pk}", "没交的草稿：", one.edition_id) for one in drafts]
    found += [(f"submission:{one.pk}", f"申报 {one.number}：", one.edition_id) for one in filed]
    editions = [(key, word, edition_by_id(edition).bundle) for key, word, edition in found]
    return tuple((key, word + one.title) for key, word, one in editions if not bundle or one.code == bundle)


def halls_run(actor: Actor) -> tuple[Centre, ...]:
    """Return the halls that the actor runs. :raises NotPermitted: if he runs none."""
    posts = posts_for(actor, Act.RUN_HALL, Role.HALL_MANAGER)
    return centres_within(post.unit.division for post in posts)


def halls_kept(actor: Actor) -> tuple[Centre, ...]:
    """Return the halls about which the actor keeps what is said. :raises NotPermitted: if there are none."""
    posts = posts_for(actor, Act.KEEP_CENTRE, Role.HALL_MANAGER, Role.STEWARD)
    return centres_within(post.unit.division for post in posts)


def read_kept(centre: str, *, actor: Actor) -> tuple[Centre, int]:
    """Return a centre as it is kept, and its sequence. :raises NotPermitted: if the actor keeps it not."""
    row = CentreRow.objects.filter(pk=centre).first()
    if row is None:
        raise NotPermitted(Act.KEEP_CENTRE)
    found = centre_of(row)
    require(actor, Act.KEEP_CENTRE, hall_thing(found))
    return found, row.seq


def read_hall_day(*, actor: Actor, centre: str, day: date, at: datetime) -> HallDay:
    """
    Return a day of a hall.

    :raises NotPermitted: if the actor does not run it.
    """
    halls = halls_run(actor)
    if (centre and centre not in {one.code for one in halls}) or not halls:
        raise NotPermitted(Act.RUN_HALL)
    place = centre_named(centre or halls[0].code)
    rows = list(
        BookingRow.objects.select_related("party").filter(
            centre=place.code, begins__gte=start_of(day), begins__lt=end_of(day)
        ).order_by("begins", "number")[:MOST]
    )  # fmt: skip
    windows = dict(
        TicketRow.objects.filter(booking__in=[row.pk for row in rows]).values_list("booking", "window")
    )
    kept = [row for row in rows if row.state not in (BookingState.CANCELLED, BookingState.EXCUSED)]
    horizon = end_of(day) if day > legal_day(at) else end_of(legal_day(at))
    over = too_many(place, at, max(horizon, end_of(legal_day(at))), at=at)
    keys = {row.pk for row in over}
    over = list(BookingRow.objects.select_related("party").filter(pk__in=keys)) if keys else []
    return HallDay(
        centres=halls,
        now=halls_now([place], at=at)[0],
        bookings=_lines(rows, at=at, with_names=True, windows=windows),
        windows=_windows(place, at=at),
        to_call=_lines(over, at=at, with_names=True),
        missed=sum(is_missed(row.state, row.ends, at=at) for row in kept),
        come=sum(row.state in (BookingState.ARRIVED, BookingState.SERVED) for row in kept),
        total=len(kept),
    )


def _windows(centre: Centre, *, at: datetime) -> tuple[WindowDay, ...]:
    desks = dict(DeskRow.objects.filter(centre=centre.code, closed_at=None).values_list("window", "clerk"))
    shut: dict[str, list[tuple[UUID, datetime, datetime, str]]] = {}
    for row in ShutRow.objects.filter(centre=centre.code, ends__gt=at).order_by("begins"):
        shut.setdefault(row.window, []).append((row.pk, row.begins, row.ends, row.why))
    return tuple(
        WindowDay(
            one.number,
            one.where,
            one.lines,
            name_of(desks[one.number]) if one.number in desks else "",
            tuple(shut.get(one.number, ())),
        )
        for one in centre.windows
    )


def _lines(
    rows: Iterable[BookingRow],
    *,
    at: datetime,
    with_names: bool = False,
    windows: dict[UUID, str] | None = None,
) -> tuple[BookingLine, ...]:
    rows = list(rows)
    centres = centres_named(row.centre for row in rows)
    titles: dict[str, dict[str, str]] = {one.division: titles_of(one, at=at) for one in centres.values()}
    return tuple(
        BookingLine(
            id=row.pk,
            number=row.number,
            centre=centres[row.centre].name,
            title=_title(row, centres[row.centre], titles),
            begins=row.begins,
            ends=row.ends,
            state=state_words(row, at=at),
            is_open=row.state == BookingState.BOOKED and row.ends > at,
            name=open_text(row.party.name_sealed, purpose="name") if with_names else "",
            phone=open_text(row.party.phone_sealed, purpose="phone") if with_names else "",
            window=(windows or {}).get(row.pk, ""),
        )
        for row in rows
    )


def _title(row: BookingRow, centre: Centre, titles: dict[str, dict[str, str]]) -> str:
    line = centre.line(row.line)
    return titles[centre.division].get(row.bundle) or (line.name if line else "")
