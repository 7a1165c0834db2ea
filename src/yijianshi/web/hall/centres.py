"""
Which centre near me can take this now (就近办): a list first, a sketch beside it, no map of anybody else's.

The position a telephone gives stays in the browser: the script sorts the list there and sends nothing.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from yijianshi.domain.centres import ACCESS_WORDS, LEVEL_WORDS, TERMINAL_WORDS, Centre, week_of
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.definitions import Certainty
from yijianshi.services.catalogue.published import bundles_of
from yijianshi.services.hall.loading import centre_named
from yijianshi.services.reading.hall import PER_PAGE, HallNow, halls_near, halls_now
from yijianshi.web import parts as p
from yijianshi.web.acting import frame, now, today
from yijianshi.web.visitor.region import division_of, name_of

from .words import Point, distance_words, minutes_words, opening_tag, opening_words, sketch, waiting_words


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreCard:
    """One centre in the list."""

    number: int
    centre: Centre
    level: str
    href: str
    book: str
    tag: p.Tag
    opening: str
    waiting: str
    basis: str
    distance: str
    access: tuple[str, ...]
    route: str
    takes: bool
    instead: str
    instead_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CentresPage:
    """The page."""

    heading: str
    bundle: str
    region: str
    cards: tuple[CentreCard, ...]
    points: tuple[Point, ...]
    questions: tuple[p.Narrowing, ...]
    pages: p.Pages
    empty: p.Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class CentrePage:
    """One centre."""

    centre: Centre
    card: CentreCard
    level: str
    week: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, str], ...]
    lines: tuple[tuple[str, str, str], ...]
    windows: tuple[tuple[str, str, str, p.Tag], ...]
    access: tuple[str, ...]
    terminals: tuple[tuple[str, str, str], ...]
    some: tuple[tuple[str, str], ...]
    otherwise: Centre | None
    unsure: str
    display: str


def centres(request: HttpRequest) -> HttpResponse:
    """Show the centres of use to who lives in the division, those that take the one-thing first."""
    division, at = division_of(request), now()
    titles, audiences = _things(division)
    bundle = request.GET.get("bundle", "") if request.GET.get("bundle", "") in titles else ""
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    found, total = halls_near(
        division, at=at, bundle=bundle, audience=audiences.get(bundle, ""), page=max(number, 1)
    )
    near = next((one.centre for one in found if one.centre.code == request.GET.get("near", "")), None)
    cards = tuple(_card(n, one, bundle, near) for n, one in enumerate(found, 1))
    view = CentresPage(
        heading=f"到哪里办：{titles[bundle]}" if bundle else "办事大厅和便民服务站",
        bundle=bundle,
        region=name_of(division),
        cards=cards,
        points=sketch([one.centre for one in found]),
        questions=(
            p.Narrowing(
                name="bundle", label="要办", options=(("", "先不选"), *titles.items()), chosen=bundle
            ),
            p.Narrowing(
                name="near",
                label="我在附近",
                options=(("", "先不选"), *((one.centre.code, one.centre.place_name) for one in found)),
                chosen=near.code if near else "",
            ),
        ),
        pages=p.Pages(
            number=number,
            last=max(-(-total // PER_PAGE), 1),
            total=total,
            keep=(("bundle", bundle),) if bundle else (),
        ),
        empty=p.Empty(title="这里还没有大厅的信息", text="请换一个地区，或者打 12345 问最近的大厅在哪里。"),
    )
    return render(request, "hall/centres.html", frame(request, nav="home", page=view))


def centre(request: HttpRequest, centre: str) -> HttpResponse:
    """Show one centre: open or when, which windows, how to get there, what it takes."""
    place, at = centre_named(centre), now()
    titles, audiences = _things(DivisionCode(place.division))
    bundle = request.GET.get("bundle", "") if request.GET.get("bundle", "") in titles else ""
    hall = halls_now([place], at=at, bundle=bundle, audience=audiences.get(bundle, ""))[0]
    sure = place.certainty
    unsure = [word for word, one in (("位置", sure.place), ("时间", sure.hours), ("能办什么", sure.takes)) if one is not Certainty.HIGH]  # fmt: skip
    letters = {line.letter: line.name for line in place.lines}
    view = CentrePage(
        centre=place,
        card=_card(0, hall, bundle, None),
        level=LEVEL_WORDS[place.level],
        week=week_of(place),
        others=tuple(
            (f"{one.day.month} 月 {one.day.day} 日", "，".join(one.open) or "不开门", one.why)
            for one in place.exceptions
            if one.day >= today()
        ),
        lines=tuple(
            (f"{one.line.letter} {one.line.name}", f"{one.waiting} 人在等", minutes_words(one.estimate))
            for one in hall.lines
        ),
        windows=tuple(
            (
                one.number,
                one.where,
                "、".join(letters.get(letter, letter) for letter in one.lines),
                p.Tag(state="done", word="在叫号")
                if one.number in hall.calling
                else p.Tag(state="wait", word="没开窗"),
            )
            for one in place.windows
        ),
        access=tuple(ACCESS_WORDS[one] for one in place.accessibility),
        terminals=tuple(
            (one.name, one.where, "、".join(TERMINAL_WORDS[what] for what in one.can))
            for one in place.terminals
        ),
        some=tuple(
            (titles[code], reverse("guide", args=[code])) for code in place.one_things if code in titles
        ),
        otherwise=centre_named(place.otherwise) if place.otherwise else None,
        unsure="、".join(unsure),
        display=reverse("hall-display", args=[place.code]),
    )
    return render(request, "hall/centre.html", frame(request, nav="home", page=view))


def _card(number: int, hall: HallNow, bundle: str, near: Centre | None) -> CentreCard:
    place, query = hall.centre, f"?{urlencode({'bundle': bundle})}" if bundle else ""
    other = hall.otherwise
    return CentreCard(
        number=number,
        centre=place,
        level=LEVEL_WORDS[place.level],
        href=reverse("centre", args=[place.code]) + query,
        book=reverse("book", args=[place.code]) + query if hall.takes else "",
        tag=opening_tag(hall.opening),
        opening=opening_words(hall.opening, at=now()),
        waiting=waiting_words(hall),
        basis=hall.line.estimate.basis if hall.line and hall.opening.is_open else "",
        distance=distance_words(place, near),
        access=tuple(ACCESS_WORDS[one] for one in place.accessibility),
        route="；".join(place.route.words),
        takes=hall.takes,
        instead=other.name if other else "",
        instead_href=reverse("centre", args=[other.code]) + query if other else "",
    )


def _things(division: DivisionCode) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the one-things are called here, and for whom each is."""
    published = [one.edition.bundle for one in bundles_of(division, today())]
    return {str(b.code): b.title for b in published}, {str(b.code): b.audience for b in published}
