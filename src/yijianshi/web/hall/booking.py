"""Booking a time at a window, the reader's bookings, and the file for his calendar."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.booking import BookingRefused, slot_words
from yijianshi.domain.calendars import CalendarEvent, calendar_file
from yijianshi.domain.centres import Centre, Line
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Act, Role, own, require
from yijianshi.services.catalogue.published import bundles_of
from yijianshi.services.hall.book import book
from yijianshi.services.hall.change import cancel_booking, change_booking
from yijianshi.services.hall.loading import centre_named
from yijianshi.services.hall.times import bookable_days, times_of_day
from yijianshi.services.outside import outside
from yijianshi.services.reading.hall_bookings import (
    BookingSeen,
    MyBookings,
    may_be_about,
    read_booking,
    read_my_bookings,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text

from .chain import chain_of
from .words import TimePick, moment_of, picks_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLink:
    """One day that can be chosen."""

    words: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesView:
    """The page on which a time is chosen, for a new booking or for another time of one."""

    title: str
    centre: Centre
    about: str
    lines: tuple[tuple[str, str], ...]
    days: tuple[DayLink, ...]
    picks: tuple[TimePick, ...]
    question: p.Asked | None
    problems: p.Problems | None
    hidden: tuple[tuple[str, str], ...]
    yes: str
    back: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingView:
    """One booking."""

    seen: BookingSeen
    when: str
    tag: p.Tag
    history: p.History
    chain: p.Pairs
    question: p.Confirmation | None


@signed_in
def book_page(request: HttpRequest, centre: str) -> HttpResponse:
    """Choose line, day and time, and book it."""
    who, at = actor(request), now()
    require(who, Act.BOOK, own(who))
    place = centre_named(centre)
    bundle, title, line = chosen_line(request, place)
    problem = ""
    if request.method == "POST" and line:
        begins = moment_of(request.POST.get("begins", ""))
        if begins is None:
            problem = "请选一个时段"
        else:
            try:
                key = book(
                    actor=who, centre=centre, line=line.letter, begins=begins, at=at, bundle=bundle,
                    about=posted_text(request, "about", longest=60),
                )  # fmt: skip
            except BookingRefused as why:
                problem = str(why)
            else:
                messages.success(request, "约好了。到了先签到取号。")
                return HttpResponseRedirect(reverse("booking", args=[key]))
    about = may_be_about(party=UUID(who.party), bundle=bundle)
    view = times_view(
        request, place, line, bundle=bundle, title="预约到窗口办", about=title, problem=problem, yes="约这个时间",
        back=reverse("centre", args=[centre]),
        question=p.Asked(
            name="about", label="和哪一份有关", kind=Kind.REGION, optional=True, wide=True,
            value=request.POST.get("about") or request.GET.get("about", ""), hint="选了，到窗口不用再找",
            options=tuple(p.Option(*one) for one in about),
        ) if about else None,
    )  # fmt: skip
    context = frame(request, nav="home", page=view)
    return render(request, "hall/book.html", context, status=422 if problem else 200)


@signed_in
def bookings(request: HttpRequest) -> HttpResponse:
    """Show the reader's bookings, those before him first."""
    read: MyBookings = read_my_bookings(actor=actor(request), at=now())
    rows = tuple(
        (line, slot_words(line.begins, line.ends), p.Tag(state=line.state[0], word=line.state[1]))
        for line in read.lines
    )
    empty = p.Empty(
        title="没有预约",
        text="约了时间，到窗口少等。不预约也能办，当场取号就行。",
        act=p.Act(label="找附近的大厅", href=reverse("centres")),
    )
    context = frame(request, nav="cases", rows=rows, empty=empty, paused_until=read.paused_until)
    return render(request, "hall/bookings.html", context)


@signed_in
def booking(request: HttpRequest, booking: UUID) -> HttpResponse:
    """Show one booking with its chain; cancel it after a question."""
    who, at = actor(request), now()
    seen = read_booking(booking, actor=who, at=at)
    question = None
    if request.method == "POST" and request.POST.get("act") == "excuse":
        cancel_booking(booking=booking, actor=who, at=at, is_ours=True)
        messages.success(request, "已告诉预约的人，不算他失约。")
        return HttpResponseRedirect(reverse("hall") + f"?centre={seen.centre.code}")
    if request.method == "POST":
        if request.POST.get("sure"):
            cancel_booking(booking=booking, actor=who, at=at)
            messages.success(request, "取消了，位子让给别人。")
            return HttpResponseRedirect(reverse("booking", args=[booking]))
        question = p.Confirmation(
            title="取消这个预约？",
            text=slot_words(seen.line.begins, seen.line.ends) + f"，{seen.centre.name}",
            yes="取消预约",
            post=reverse("booking", args=[booking]),
            no="不取消",
            back=reverse("booking", args=[booking]),
            fields=(("sure", "1"),),
            remains="以后还能再约；不预约也能直接来取号。",
        )
    view = booking_view(seen, question)
    if seen.is_mine:
        return render(request, "hall/booking.html", frame(request, nav="cases", page=view))
    here = "hall" if who.holds(Role.HALL_MANAGER) else "queue"
    return desk_page(request, "hall/booking_at_hall.html", view, here=here, unit=seen.centre.name)


@signed_in
def change(request: HttpRequest, booking: UUID) -> HttpResponse:
    """Choose another time for a booking."""
    who, at = actor(request), now()
    seen = read_booking(booking, actor=who, at=at)
    problem = ""
    if request.method == "POST":
        begins = moment_of(request.POST.get("begins", ""))
        if begins is None:
            problem = "请选一个时段"
        else:
            try:
                change_booking(booking=booking, begins=begins, actor=who, at=at)
            except BookingRefused as why:
                problem = str(why)
            else:
                messages.success(request, "改好了。日历文件请重新下载，旧的会跟着改。")
                return HttpResponseRedirect(reverse("booking", args=[booking]))
    line = seen.centre.line(seen.letter)
    view = times_view(
        request, seen.centre, line, bundle=seen.bundle, title="改约", about=f"原来是 {slot_words(seen.line.begins, seen.line.ends)}",
        problem=problem, yes="改到这个时间", back=reverse("booking", args=[booking]), question=None,
    )  # fmt: skip
    status = 422 if problem else 200
    if seen.is_mine:
        return render(request, "hall/book.html", frame(request, nav="cases", page=view), status=status)
    return desk_page(
        request, "hall/book_at_hall.html", view, here="hall", unit=seen.centre.name, status=status
    )


@signed_in
def calendar(request: HttpRequest, booking: UUID) -> HttpResponse:
    """Answer the file for the reader's calendar: the same event each time, with the sequence of its last change."""
    seen = read_booking(booking, actor=actor(request), at=now())
    place = seen.centre
    way = "；".join(place.route.words)
    host = outside().address.partition("://")[2].partition(":")[0]
    address = outside().address + reverse("booking", args=[booking])
    event = CalendarEvent(
        uid=f"{seen.line.number}@{host}", sequence=seen.seq, written_at=seen.changed_at, begins=seen.line.begins,
        ends=seen.line.ends, summary=f"到{place.name}办事", location=f"{place.name}，{place.address}",
        description=f"{seen.line.title}\n预约号 {seen.line.number}，到了先签到取号\n怎么走：{way}\n电话 {place.phone}\n来不了请在开始以前取消：{address}",
        url=address, east=place.position.east, north=place.position.north, is_cancelled=seen.is_cancelled,
    )  # fmt: skip
    method = "CANCEL" if seen.is_cancelled else "PUBLISH"
    response = HttpResponse(
        calendar_file(event), content_type=f"text/calendar; charset=utf-8; method={method}"
    )
    response["Content-Disposition"] = f'attachment; filename="{seen.line.number}.ics"'
    return response


def chosen_line(request: HttpRequest, place: Centre) -> tuple[str, str, Line | None]:
    """Return the one-thing that was named, what it is called, and the line for it or the one that was chosen."""
    published = {str(one.edition.bundle.code): one.edition.bundle for one in bundles_of(DivisionCode(place.division), today())}  # fmt: skip
    given = request.POST if request.method == "POST" else request.GET
    bundle = given.get("bundle", "") or request.GET.get("bundle", "")
    known = published.get(bundle)
    line = place.line(given.get("line", "") or request.GET.get("line", ""))
    if known is None:
        return "", line.name if line else "", line or (place.lines[0] if len(place.lines) == 1 else None)
    return bundle, known.title, place.line_for(bundle, known.audience) or line


def times_view(
    request: HttpRequest,
    place: Centre,
    line: Line | None,
    *,
    bundle: str,
    title: str,
    about: str,
    problem: str,
    yes: str,
    back: str,
    question: p.Asked | None,
    keep: str = "",
) -> TimesView:
    """Return the page on which a time is chosen; without a line, the lines to choose from."""
    at = now()
    days = bookable_days(place, at=at) if line else ()
    given = request.POST.get("day") or request.GET.get("day", "")
    day = next((one for one in days if one.isoformat() == given), None)
    times = times_of_day(place, line, day, at=at) if line and day else ()
    if line and day is None:  # the first day on which something is left
        for day in days[:3]:
            times = times_of_day(place, line, day, at=at)
            if any(one.left for one in times):
                break
    letter = line.letter if line else ""
    query = f"bundle={bundle}&line={letter}{keep}"
    about_given = request.GET.get("about", "")
    if about_given.replace("-", "").replace(":", "").isalnum():
        query += f"&about={about_given}"
    return TimesView(
        title=title,
        centre=place,
        about=about,
        lines=() if line else tuple((one.name, f"?line={one.letter}{keep}") for one in place.lines),
        days=tuple(
            DayLink(words=_day_words(one), href=f"?{query}&day={one}", is_current=one == day) for one in days
        ),
        picks=picks_of(times, chosen=request.POST.get("begins", "")),
        question=question,
        problems=p.Problems(items=(p.Problem(field="times", text=problem),), then="改好再约")
        if problem
        else None,
        hidden=(("bundle", bundle), ("line", letter), ("day", day.isoformat() if day else "")),
        yes=yes,
        back=back,
        hint=f"每个人最多同时约 {outside().booking.open_at_once} 次；开始以前可以取消、改约。",
    )


def booking_view(seen: BookingSeen, question: p.Confirmation | None) -> BookingView:
    """Return the page of one booking."""
    chain, history = chain_of(seen.visit)
    return BookingView(
        seen=seen,
        when=slot_words(seen.line.begins, seen.line.ends),
        tag=p.Tag(state=seen.line.state[0], word=seen.line.state[1]),
        history=history,
        chain=chain,
        question=question,
    )


def _day_words(day: date) -> str:
    return f"{day.month} 月 {day.day} 日 周{'一二三四五六日'[day.weekday()]}"
