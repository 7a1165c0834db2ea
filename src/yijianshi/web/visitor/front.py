"""The front page and the list: the two life lines, what is asked for most, everything by theme with its figures."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.reading.front import (
    ENTERPRISE_STATIONS,
    PERSON_STATIONS,
    Thing,
    frequent_of,
    themes_of,
    things_of,
)
from yijianshi.services.reading.hot import hot_of
from yijianshi.services.reading.my_cases import DraftLine, drafts_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor_if_any, frame, now, today

from . import found
from .cards import card_of
from .region import division_of, name_of

MOST_CARDS, MOST_AT_STATION = 6, 5
STATION_SIGNS = {
    "出生": "baby", "上学": "school", "就业": "work", "婚育": "ring", "安家": "house", "救助": "hand", "就医": "shield",
    "退休": "leaf", "养老": "leaf", "身后": "people", "开办": "shop", "准营": "card", "用工": "people", "融资": "yuan",
    "建设": "house", "经营": "chart", "变更": "pen", "信用": "star", "退出": "exit",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """What the front page says."""

    region: str
    says: tuple[tuple[str, str], ...]
    drafts: tuple[DraftLine, ...]
    lives: tuple[p.LifeLine, ...]
    cards: tuple[p.ServiceCard, ...]
    total: int
    departments: tuple[str, ...]
    hot: tuple[tuple[str, str], ...]  # filed most lately: title and address

    @property
    def few(self) -> bool:
        """Return whether both life lines are short enough to lie side by side."""
        return all(len(life.stations) <= 3 for life in self.lives)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCards:
    """A heading and the cards under it; `anchor` is where a link leads."""

    name: str
    anchor: str
    cards: tuple[p.ServiceCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Everything that can be handled as one thing here, by theme."""

    audience: str
    stage: str
    stages: tuple[str, ...]
    region: str
    themes: tuple[ThemeCards, ...]
    total: int
    empty: p.Empty


def home(request: HttpRequest) -> HttpResponse:
    """Show what can be handled as one thing here, and what the reader had begun."""
    division = division_of(request)
    things = things_of(division, today())
    by_frequency = frequent_of(things, shipped_catalogue().lists)
    frequent = by_frequency[:MOST_CARDS]
    who = actor_if_any(request)
    page = FrontPage(
        region=name_of(division),
        says=tuple((words, _search(words)) for thing in frequent for words in thing.keywords[:1]),
        drafts=drafts_of(who, most=2) if who else (),
        lives=(
            _life("人这一生", "individual", PERSON_STATIONS, by_frequency),
            _life("企业这一程", "enterprise", ENTERPRISE_STATIONS, by_frequency),
        ),
        cards=tuple(map(card_of, frequent)),
        total=len(things),
        departments=FLOW,
        hot=tuple((t.title, reverse("guide", args=[t.code])) for t in hot_of(things, division, at=now())),
    )
    return render(request, "visitor/home.html", frame(request, nav="home", page=page))


#: The offices on the picture of many lines that run into one.
FLOW = ("市场监管", "消防救援", "城市管理", "住房城建", "公安", "医保")


def things(request: HttpRequest) -> HttpResponse:
    """Show every one-thing by theme, or what the reader's words may mean."""
    if request.GET.get("q", "").strip():
        return found.results(request)
    division = division_of(request)
    audience = request.GET.get("for", "")
    everything = things_of(division, today())
    stage = request.GET.get("stage", "")
    if stage in _met(everything):
        everything = tuple(thing for thing in everything if thing.stage == stage)
        audience = ""
    else:
        stage = ""
    shown = [theme for theme in themes_of(everything) if audience in ("", theme.audience)]
    page = ListPage(
        audience=audience,
        stage=stage,
        stages=_met(things_of(division, today())),
        region=name_of(division),
        themes=tuple(
            ThemeCards(name=theme.name, anchor=f"theme-{n}", cards=tuple(map(card_of, theme.things)))
            for n, theme in enumerate(shown, start=1)
        ),
        total=len(everything),
        empty=p.Empty(
            title="这里还没有发布一件事",
            text="换一个地区看看，或者打 12345，说您想办什么，接线员帮您找。",
            act=p.Act(label="换一个地区", href=reverse("region")),
        ),
    )
    return render(request, "visitor/things.html", frame(request, nav="home", page=page))


def _met(things: tuple[Thing, ...]) -> tuple[str, ...]:
    """Return the stations of both lives at which something can be handled here, in the order of life."""
    there = {thing.stage for thing in things}
    return tuple(name for name in (*PERSON_STATIONS, *ENTERPRISE_STATIONS) if name in there)


def _life(title: str, audience: str, stations: tuple[str, ...], things: tuple[Thing, ...]) -> p.LifeLine:
    under: dict[str, list[tuple[str, str]]] = {name: [] for name in stations}
    for thing in things:
        if thing.audience == audience:
            under.setdefault(thing.stage or "其他", []).append(
                (thing.title, reverse("guide", args=[thing.code]))
            )
    shown = [
        p.Station(name=name, things=_short(links, audience), icon=STATION_SIGNS.get(name, ""))
        for name, links in under.items()
        if links
    ]
    return p.LifeLine(title=title, stations=tuple(shown), begin=stations[0], end=stations[-1])


def _short(links: list[tuple[str, str]], audience: str) -> tuple[tuple[str, str], ...]:
    """Return the one-things of a station; where there are many, the first ones and the way to all."""
    if len(links) <= MOST_AT_STATION:
        return tuple(links)
    rest = (f"全部 {len(links)} 件", reverse("things") + f"?for={audience}")
    return (*links[: MOST_AT_STATION - 1], rest)


def _search(words: str) -> str:
    return reverse("things") + "?" + urlencode({"q": words})
