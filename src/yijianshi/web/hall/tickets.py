"""Tickets: taken by telephone on the spot or at a terminal, followed on one's own screen, called on the big one."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.booking import BookingRefused, slot_words
from yijianshi.domain.centres import Centre
from yijianshi.domain.queues import QueueRefused, TicketState
from yijianshi.domain.workdays import legal_day
from yijianshi.services.hall.loading import centre_named, centre_of_terminal, gives_tickets
from yijianshi.services.hall.take_ticket import check_in, check_spot, spot_code, take_ticket
from yijianshi.services.outside import outside
from yijianshi.services.reading.hall import HallNow, halls_now
from yijianshi.services.reading.hall_bookings import read_my_bookings
from yijianshi.services.reading.hall_chain import ticket_words
from yijianshi.services.reading.hall_tickets import ScreenSeen, TicketSeen, read_screen, read_ticket
from yijianshi.web import parts as p
from yijianshi.web.acting import actor_if_any, frame, now

from .words import minutes_words, opening_words

#: Seconds after which a page fetches itself anew, without scripts.
SCREEN, OWN = 5, 20
_MINE = "ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeView:
    """The page on which a number is taken, for a finger: few words, large buttons."""

    centre: Centre
    title: str
    opening: str
    lines: tuple[tuple[str, str, str], ...]  # letter, name, how many wait
    bookings: tuple[tuple[str, str], ...]  # number and words of what the reader has booked here today
    problem: str
    spot: str
    number: str
    mine: str  # the ticket this browser took before


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """One ticket."""

    seen: TicketSeen
    tag: p.Tag
    headline: str
    detail: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenView:
    """The big screen."""

    seen: ScreenSeen
    lines: tuple[tuple[str, int, str], ...]
    qr: p.QrCode


def on_the_spot(request: HttpRequest, centre: str) -> HttpResponse:
    """Take a number with one's own telephone, by today's code on the wall."""
    spot = request.POST.get("spot", "") or request.GET.get("spot", "")
    place = centre_named(centre)
    mine = str(request.session.get(_MINE, ""))

    def taken(line: str) -> UUID:
        check_spot(centre, spot, at=now())
        return take_ticket(
            centre=centre, line=line, source="phone", at=now(), is_special=bool(request.POST.get("special"))
        )

    def checked_in(number: str) -> UUID:
        check_spot(centre, spot, at=now())
        return check_in(centre=centre, number=number, source="phone", at=now())

    bookings = _booked_here(request, place)
    return _taking(
        request, place, taken, checked_in, spot=spot, bookings=bookings, template="hall/take.html", mine=mine
    )


def at_a_terminal(request: HttpRequest, terminal: str) -> HttpResponse:
    """Take a number at a terminal, or check in with the number of a booking."""
    place = centre_of_terminal(terminal)
    if not gives_tickets(terminal):
        raise QueueRefused("这台自助机不取号；请到能取号的自助机、服务台，或者用手机扫墙上的码")

    def taken(line: str) -> UUID:
        special = bool(request.POST.get("special"))
        return take_ticket(
            centre=place.code, line=line, source="kiosk", terminal=terminal, at=now(), is_special=special
        )

    def checked_in(number: str) -> UUID:
        return check_in(centre=place.code, number=number, source="kiosk", terminal=terminal, at=now())

    return _taking(request, place, taken, checked_in, template="hall/kiosk.html", remember=False)


def ticket(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """Show one ticket: how many are before it, about how long, and where to go once it is called."""
    seen = read_ticket(ticket, at=now())
    state, word = ticket_words(seen.state)
    headline, detail = _said(seen)
    view = TicketView(
        seen=seen,
        tag=p.Tag(state=state, word=word),
        headline=headline,
        detail=detail,
        basis=seen.estimate.basis if seen.estimate else "",
    )
    response = render(request, "hall/ticket.html", frame(request, nav="home", page=view))
    response["Cache-Control"] = "no-store"
    if seen.is_today and seen.state in (TicketState.WAITING, TicketState.CALLED):
        response["Refresh"] = str(OWN)
    return response


def display(request: HttpRequest, centre: str) -> HttpResponse:
    """Show the numbers that are called, on a big screen that fetches itself anew; nobody's name."""
    at = now()
    seen = read_screen(centre, at=at)
    address = f"{outside().address}{reverse('take-ticket', args=[centre])}?spot={spot_code(centre, at=at)}"
    view = ScreenView(
        seen=seen,
        lines=tuple(
            (f"{one.line.letter} {one.line.name}", one.waiting, minutes_words(one.estimate))
            for one in seen.now.lines
        ),
        qr=p.QrCode(address=address, title="手机扫码取号", about="今天有效", shown=""),
    )
    response = render(request, "hall/display.html", {"page": view, "now": at})
    response["Refresh"] = str(SCREEN)
    response["Cache-Control"] = "no-store"
    return response


def _taking(
    request: HttpRequest,
    place: Centre,
    taken: Callable[[str], UUID],
    checked_in: Callable[[str], UUID],
    *,
    template: str,
    spot: str = "",
    bookings: tuple[tuple[str, str], ...] = (),
    mine: str = "",
    remember: bool = True,
) -> HttpResponse:
    problem = number = ""
    if request.method == "POST":
        number = request.POST.get("number", "").strip()[:16]
        try:
            key = taken(request.POST["line"]) if "line" in request.POST else checked_in(number)
        except (QueueRefused, BookingRefused) as why:
            problem = str(why)
        else:
            if remember:
                request.session[_MINE] = str(key)
            return HttpResponseRedirect(reverse("ticket", args=[key]))
    hall: HallNow = halls_now([place], at=now())[0]
    view = TakeView(
        centre=place,
        title="取号",
        opening=opening_words(hall.opening, at=now()),
        lines=tuple(
            (one.line.letter, one.line.name, f"{one.waiting} 人在等，{minutes_words(one.estimate)}")
            for one in hall.lines
        ),
        bookings=bookings,
        problem=problem,
        spot=spot,
        number=number,
        mine=reverse("ticket", args=[mine]) if mine else "",
    )
    return render(request, template, frame(request, nav="home", page=view), status=422 if problem else 200)


def _booked_here(request: HttpRequest, place: Centre) -> tuple[tuple[str, str], ...]:
    who = actor_if_any(request)
    if who is None or not who.party:
        return ()
    read, on = read_my_bookings(actor=who, at=now()), legal_day(now())
    return tuple(
        (line.number, slot_words(line.begins, line.ends))
        for line in read.lines
        if line.is_open and line.centre == place.name and legal_day(line.begins) == on
    )


def _said(seen: TicketSeen) -> tuple[str, str]:
    if not seen.is_today:
        return "这个号过期了", "号只在取号那天有用。还要办，请重新取号。"
    if seen.state is TicketState.CALLED and seen.window:
        return f"请到 {seen.window.number} 号窗口", seen.window.where
    if seen.state is TicketState.SKIPPED:
        return "叫过您了，您没来", "请到刚才叫号的窗口说一声，给您重新排上。"
    if seen.state is TicketState.DONE:
        return "办完了", "办得怎么样，欢迎评价。"
    if seen.estimate is None:
        return "在等叫号", ""
    where = f"，在 {seen.sent_to} 号窗口" if seen.sent_to else ""
    before = f"前面还有 {seen.estimate.before} 人" if seen.estimate.before else "下一个就是您"
    return before + where, minutes_words(seen.estimate)
