"""The front page (首页): every one-thing with figures that its plan gives, on the life lines and by theme."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.lists import OfficialList
from yijianshi.domain.plans import Situation, offers, with_prerequisites

from ..catalogue.planning import plan_for
from ..catalogue.published import Published, bundles_of
from .guide import Figures, figures_for


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
class Theme:
    """A group of one-things under one heading (主题)."""

    name: str
    audience: str
    things: tuple[Thing, ...]


#: The stations of the two life lines, in the order in which they are met (苏政办发〔2022〕87号, 附件: 全生命周期).
PERSON_STATIONS = ("出生", "上学", "就业", "婚育", "安家", "救助", "就医", "退休", "养老", "身后")
ENTERPRISE_STATIONS = ("开办", "准营", "用工", "融资", "建设", "经营", "变更", "信用", "退出")
#: The headings under which everything is listed, each with its stations.
THEMES = (
    ("individual", "生育和上学", ("出生", "婚育", "上学")),
    ("individual", "工作和安家", ("就业", "安家")),
    ("individual", "看病和救助", ("就医", "救助")),
    ("individual", "退休、养老和身后", ("退休", "养老", "身后")),
    ("enterprise", "开办企业和开店", ("开办", "准营")),
    ("enterprise", "用工和人才", ("用工",)),
    ("enterprise", "经营和融资", ("经营", "融资", "信用")),
    ("enterprise", "项目建设", ("建设",)),
    ("enterprise", "变更和退出", ("变更", "退出")),
)
OTHERS = "其他"


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


def themes_of(things: Sequence[Thing]) -> tuple[Theme, ...]:
    """Return the one-things under their headings; what has no station of a heading comes last."""
    left = list(things)
    themes = []
    for audience, name, stations in THEMES:
        here = tuple(thing for thing in left if (thing.audience, thing.stage in stations) == (audience, True))
        left = [thing for thing in left if thing not in here]
        themes.append(Theme(name, audience, here))
    themes += [
        Theme(OTHERS, audience, tuple(thing for thing in left if thing.audience == audience))
        for audience in ("individual", "enterprise")
    ]
    return tuple(theme for theme in themes if theme.things)


def frequent_of(things: Sequence[Thing], lists: Sequence[OfficialList]) -> tuple[Thing, ...]:
    """
    Return the one-things in the order in which they stand on most lists, persons and enterprises in turn: what is asked for most is prescribed first.

    Basis: 苏政办发〔2022〕87号, 一(二): 企业和个人高频政务服务事项.
    """
    prescribed = Counter(entry.bundle for listed in lists for entry in listed.entries)
    ranked = sorted(things, key=lambda thing: -prescribed[BundleCode(thing.code)])
    sides = [[thing for thing in ranked if thing.audience == a] for a in ("individual", "enterprise")]
    in_turn = [thing for pair in zip_longest(*sides) for thing in pair if thing]
    return tuple(in_turn)
