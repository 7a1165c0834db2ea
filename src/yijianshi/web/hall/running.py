"""The page of who runs the hall (大厅值班): today's bookings, windows, whom to call, the terminals."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.booking import BookingRefused, slot_words
from yijianshi.domain.centres import TERMINAL_WORDS, Period
from yijianshi.domain.workdays import BEIJING
from yijianshi.services.contents import is_key
from yijianshi.services.hall.windows import reopen_window, shut_window
from yijianshi.services.reading.hall_bookings import BookingLine, HallDay, WindowDay, read_hall_day
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRow:
    """One window: who calls there, for how long it is shut."""

    window: WindowDay
    tag: p.Tag
    shut: tuple[tuple[UUID, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HallView:
    """The page."""

    read: HallDay
    day: date
    before: str
    after: str
    counts: p.Counts
    bookings: tuple[tuple[BookingLine, str, p.Tag], ...]
    to_call: tuple[tuple[BookingLine, str], ...]
    windows: tuple[WindowRow, ...]
    terminals: tuple[tuple[str, str, str, str], ...]
    problems: p.Problems | None
    given: dict[str, str]


@signed_in
def hall(request: HttpRequest) -> HttpResponse:
    """Show a day of the hall; shut a window or open it again."""
    who, at = actor(request), now()
    centre = request.POST.get("centre") or request.GET.get("centre", "")
    day = _day(request.GET.get("day", "")) or today()
    read = read_hall_day(actor=who, centre=centre, day=day, at=at)
    place, problem = read.now.centre, ""
    given = {name: posted_text(request, name, longest=60) for name in ("window", "period", "why")}
    if request.method == "POST" and is_key(request.POST.get("reopen", "")):
        reopen_window(shut=UUID(request.POST["reopen"]), actor=who, at=at)
        messages.success(request, "可以照常预约这个窗口了。")
        return HttpResponseRedirect(f"{reverse('hall')}?centre={place.code}&day={day}")
    if request.method == "POST":
        try:
            begins, ends = _period(given["period"], day)
            moved = shut_window(
                centre=place.code, window=given["window"], begins=begins, ends=ends, why=given["why"], actor=who, at=at
            )  # fmt: skip
        except BookingRefused as why:
            problem = str(why)
        else:
            said = f"关了 {given['window']} 号窗口。改期并告知 {moved.moved} 人"
            said += f"，还有 {len(moved.to_call)} 人要打电话。" if moved.to_call else "。"
            messages.success(request, said)
            return HttpResponseRedirect(f"{reverse('hall')}?centre={place.code}&day={day}")
    view = _view(read, day, given, problem)
    return desk_page(
        request, "hall/hall.html", view, here="hall", unit=place.name, status=422 if problem else 200
    )


def _view(read: HallDay, day: date, given: dict[str, str], problem: str) -> HallView:
    place = read.now.centre
    here = f"{reverse('hall')}?centre={place.code}&day="
    counts = (
        p.Count(number=read.total, label="预约", href="#bookings", current=True),
        p.Count(number=read.come, label="来了", href="#bookings"),
        p.Count(number=read.missed, label="没有来", href="#bookings", kind="late" if read.missed else ""),
        p.Count(number=read.now.waiting, label="在等叫号", href=reverse("hall-display", args=[place.code])),
    )
    return HallView(
        read=read,
        day=day,
        before=f"{here}{day - timedelta(days=1)}",
        after=f"{here}{day + timedelta(days=1)}",
        counts=p.Counts(items=counts, label="这一天"),
        bookings=tuple(
            (
                one,
                slot_words(one.begins, one.ends).partition("）")[2],
                p.Tag(state=one.state[0], word=one.state[1]),
            )
            for one in read.bookings
        ),
        to_call=tuple((one, slot_words(one.begins, one.ends)) for one in read.to_call),
        windows=tuple(
            WindowRow(
                window=one,
                tag=p.Tag(state="done", word="在叫号") if one.clerk else p.Tag(state="wait", word="没开窗"),
                shut=tuple(
                    (
                        key,
                        f"{begins.astimezone(BEIJING):%m-%d %H:%M} 到 {ends.astimezone(BEIJING):%H:%M}",
                        why,
                    )
                    for key, begins, ends, why in one.shut
                ),
            )
            for one in read.windows
        ),
        terminals=tuple(
            (
                one.name,
                one.where,
                "、".join(TERMINAL_WORDS[what] for what in one.can),
                reverse("kiosk-ticket", args=[one.code]) if "ticket" in one.can else "",
            )
            for one in place.terminals
        ),
        problems=p.Problems(items=(p.Problem(field="shut-period", text=problem),), then="改好再关")
        if problem
        else None,
        given=given,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _period(text: str, day: date) -> tuple[datetime, datetime]:
    try:
        period = Period.parse(text)
    except ValueError:
        raise BookingRefused("“从几点到几点”看不懂；请写成 09:00-12:00") from None
    return datetime.combine(day, period.begins, BEIJING), datetime.combine(day, period.ends, BEIJING)
