"""The front page and the list: search in plain words, the two life lines, every one-thing with its figures."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from yijianshi.services.reading.front import (
    ENTERPRISE_STATIONS,
    PERSON_STATIONS,
    Thing,
    search_things,
    things_of,
)
from yijianshi.services.reading.my_cases import DraftLine, drafts_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor_if_any, frame, today

from .figures import card_cuts
from .region import division_of, name_of

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

    @property
    def few(self) -> bool:
        """Return whether both life lines are short enough to lie side by side."""
        return all(len(life.stations) <= 3 for life in self.lives)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCard:
    """One answer to a search: the card, and the items of it that were meant."""

    card: p.ServiceCard
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What the list says, searched or whole."""

    words: str
    audience: str
    region: str
    found: tuple[FoundCard, ...]
    total: int
    empty: p.Empty


def home(request: HttpRequest) -> HttpResponse:
    """Show what can be handled as one thing here, and what the reader had begun."""
    division = division_of(request)
    things = things_of(division, today())
    who = actor_if_any(request)
    page = FrontPage(
        region=name_of(division),
        says=tuple((words, _search(words)) for thing in things for words in thing.keywords[:2])[:6],
        drafts=drafts_of(who, most=2) if who else (),
        lives=(
            _life("人这一生", "individual", PERSON_STATIONS, things),
            _life("企业这一程", "enterprise", ENTERPRISE_STATIONS, things),
        ),
        cards=tuple(map(card_of, things[:6])),
        total=len(things),
        departments=FLOW,
    )
    return render(request, "visitor/home.html", frame(request, nav="home", page=page))


#: The offices on the picture of many lines that run into one.
FLOW = ("市场监管", "消防救援", "城市管理", "住房城建", "公安", "医保")


def things(request: HttpRequest) -> HttpResponse:
    """Show every one-thing, or those that the reader's words may mean."""
    division = division_of(request)
    words = request.GET.get("q", "").strip()[:50]
    audience = request.GET.get("for", "")
    everything = things_of(division, today())
    if words:
        found = tuple(
            FoundCard(card=card_of(f.thing), items=f.items) for f in search_things(words, division, today())
        )
    else:
        shown = [thing for thing in everything if audience in ("", thing.audience)]
        found = tuple(FoundCard(card=card_of(thing), items=()) for thing in shown)
    page = ListPage(
        words=words,
        audience=audience,
        region=name_of(division),
        found=found,
        total=len(everything),
        empty=p.Empty(
            title=f"没有找到“{words}”" if words else "这里还没有发布一件事",
            text="换个说法再搜，如“开饭店”“孩子上户口”。也可以打 12345，说您想办什么，接线员帮您找。",
            act=p.Act(label="看全部一件事", href=reverse("things")),
        ),
    )
    return render(request, "visitor/things.html", frame(request, nav="home", page=page))


def card_of(thing: Thing) -> p.ServiceCard:
    """Return the card of a one-thing."""
    names = [short for short, _ in thing.items]
    shown = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    return p.ServiceCard(
        title=thing.title,
        href=reverse("guide", args=[thing.code]),
        words=f"{shown}，{thing.departments} 个部门 {len(names)} 个事项一次办",
        cuts=card_cuts(thing.figures),
    )


def _life(title: str, audience: str, stations: tuple[str, ...], things: tuple[Thing, ...]) -> p.LifeLine:
    under: dict[str, list[tuple[str, str]]] = {name: [] for name in stations}
    for thing in things:
        if thing.audience == audience:
            under.setdefault(thing.stage or "其他", []).append(
                (thing.title, reverse("guide", args=[thing.code]))
            )
    shown = [
        p.Station(name=name, things=tuple(links), icon=STATION_SIGNS.get(name, ""))
        for name, links in under.items()
        if links
    ]
    return p.LifeLine(title=title, stations=tuple(shown), begin=stations[0], end=stations[-1])


def _search(words: str) -> str:
    return reverse("things") + "?" + urlencode({"q": words})
