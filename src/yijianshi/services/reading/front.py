"""The front page and the search (首页、搜索): every one-thing with figures that its plan gives, found by plain words."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.plans import Situation, offers, with_prerequisites
from yijianshi.domain.reforms import Figures, figures_for

from ..catalogue.planning import plan_for
from ..catalogue.published import Published, bundles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One one-thing as a list shows it; `figures` are those of the items that everybody needs."""

    code: str
    title: str
    about: str
    audience: str
    stage: str
    keywords: tuple[str, ...]
    items: tuple[tuple[str, str], ...]  # short and full name of every item
    departments: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Found:
    """A one-thing that was searched for, and the items of it that the words speak of."""

    thing: Thing
    items: tuple[str, ...]
    score: float


#: The stations of the two life lines, in the order in which they are met (苏政办发〔2022〕87号, 附件: 全生命周期).
PERSON_STATIONS = ("出生", "上学", "就业", "婚育", "安家", "救助", "就医", "退休", "养老", "身后")
ENTERPRISE_STATIONS = ("开办", "准营", "用工", "融资", "建设", "经营", "变更", "信用", "退出")


def things_of(division: DivisionCode, on: date) -> tuple[Thing, ...]:
    """Return every one-thing of a division, in the order of life."""
    order = {name: n for n, name in enumerate((*PERSON_STATIONS, *ENTERPRISE_STATIONS))}
    things = [_thing(published) for published in bundles_of(division, on)]
    return tuple(sorted(things, key=lambda thing: (order.get(thing.stage, len(order)), thing.title)))


@lru_cache(maxsize=512)
def _thing(published: Published) -> Thing:
    edition = published.edition
    situation = Situation(items=())
    needed = [
        offer.item.code
        for offer in offers(edition, situation)
        if offer.standing == "suggested" or (offer.item.default_selected and offer.standing == "open")
    ]
    items = with_prerequisites(edition, needed, situation=situation)
    plan = plan_for(published.id, Situation(items=items))
    bundle = edition.bundle
    return Thing(
        code=bundle.code,
        title=bundle.title,
        about=bundle.description,
        audience=bundle.audience,
        stage=bundle.stage,
        keywords=bundle.keywords,
        items=tuple((item.plain_name, item.name) for item in bundle.items if not item.deferred),
        departments=len({item.department for item in bundle.items if not item.deferred}),
        figures=figures_for(plan),
    )


def search_things(words: str, division: DivisionCode, on: date) -> tuple[Found, ...]:
    """
    Return the one-things that plain words may mean, best first; a word mistyped by a sign still finds.

    Whoever searches for a single item learns which one-things contain it.
    """
    asked = "".join(words.split())[:50]
    if not asked:
        return ()
    found: list[Found] = []
    for thing in things_of(division, on):
        items = [short for short, full in thing.items if max(_alike(asked, short), _alike(asked, full)) > 0.6]
        score = max(
            _alike(asked, thing.title) * 1.2,
            max((_alike(asked, word) for word in thing.keywords), default=0) * 1.1,
            max((max(_alike(asked, short), _alike(asked, full)) for short, full in thing.items), default=0),
            _alike(asked, thing.stage) * 0.6,
        )
        if score >= 0.45:
            found.append(Found(thing, tuple(items), score))
    best = max((one.score for one in found), default=0)
    return tuple(sorted((one for one in found if one.score >= best * 0.7), key=lambda one: -one.score))


def _alike(asked: str, word: str) -> float:
    """Return how well a word fits: containing one another counts fully, else by the signs they share in order."""
    if not word:
        return 0.0
    if asked in word:
        return 0.8 + 0.2 * len(asked) / len(word)
    if len(word) >= 2 and word in asked:
        return 0.7 + 0.3 * len(word) / len(asked)
    matcher = SequenceMatcher(None, asked, word, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    return matcher.ratio() if shared >= 2 else 0.0
