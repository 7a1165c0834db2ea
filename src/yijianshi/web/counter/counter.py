"""The clerk's counter (柜台): the code of whoever stands there, who waits, what is unfinished, how the day goes."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.rights import Role
from yijianshi.domain.visits import CodeNotTaken
from yijianshi.services.reading.counter import CounterPage, read_counter
from yijianshi.services.reading.desk_figures import DayFigures, DeskFigures, desk_figures
from yijianshi.services.visits.take import take_code
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .bridging import may_reach_bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterView:
    """The page."""

    read: CounterPage
    code: p.Asked
    problems: p.Problems | None
    figures: tuple[tuple[str, str, str], ...]  # what, own, the whole place


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """Two weeks of figures, own and the place's side by side."""

    read: DeskFigures
    days: tuple[tuple[DayFigures, DayFigures], ...]


@may_reach_bridge
@signed_in
def counter(request: HttpRequest) -> HttpResponse:
    """Show what is before the clerk; a code that was scanned, read or typed opens a visit."""
    who, at = actor(request), now()
    problem = ""
    if request.method == "POST":
        try:
            visit = take_code(actor=who, text=posted_text(request, "code", longest=200), at=at)
        except CodeNotTaken as why:
            problem = str(why)
        else:
            return HttpResponseRedirect(reverse("visit", args=[visit]))
    read = read_counter(actor=who, at=at)
    code = p.Asked(
        name="code", label="扫亮码，或输 8 位数字", max_length=200, error=problem, wide=True, sensitive=True,
        hint="扫码器扫完自己会回车",
    )  # fmt: skip
    view = CounterView(
        read=read,
        code=code,
        problems=p.Problems(items=(p.Problem(field=code.id, text=problem),), then="再扫一次")
        if problem
        else None,
        figures=_today(read.own, read.whole),
    )
    return desk_page(
        request, "counter/counter.html", view, here="counter", unit=read.place_name, status=422 if problem else 200
    )  # fmt: skip


@signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """Show two weeks of figures: the clerk's own beside those of his place; a supervisor chooses the place."""
    who = actor(request)
    posts = who.holds(Role.WINDOW)
    place = request.GET.get("place", "")[:64] or (str(posts[0].unit) if posts else "")
    read = desk_figures(place, actor=who, at=now())
    view = FiguresView(read=read, days=tuple(zip(read.own, read.whole, strict=True)))
    return desk_page(request, "counter/figures.html", view, here="counter", unit=read.place)


def _today(own: DayFigures, whole: DayFigures) -> tuple[tuple[str, str, str], ...]:
    return (
        ("今天收件", f"{own.taken_in} 件", f"{whole.taken_in} 件"),
        ("每件用时", _minutes(own.minutes), _minutes(whole.minutes)),
        ("扫过的码", f"{own.visits} 次", f"{whole.visits} 次"),
        ("等候", "", _minutes(whole.waited)),
    )


def _minutes(number: int | None) -> str:
    return "—" if number is None else f"{number} 分钟"
