"""A place below the standard can only do better; when the standard changes, its edition is made anew from what it improves."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.services.town import Town
from yijianshi.domain.catalogue import Bundle, Catalogue, Improvement, ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, MaterialCode
from yijianshi.domain.editions import UnknownBundle
from yijianshi.services.catalogue.published import current, publish
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.catalogue.releasing import StandardWorsened, withdraw
from yijianshi.store.catalogue.models import EditionRow, LocalNoteRow, PublicationRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C1.4")]

RESTAURANT = BundleCode("open-restaurant")
SIGN, FIRE = ItemCode("signage-permit"), ItemCode("fire-safety-check")
PROVINCE, CITY, HOME, NEXT = (DivisionCode(code) for code in ("320000", "320100", "320106", "320583"))
DAY = date(2026, 11, 18)


def with_items(change: Any, catalogue: Catalogue | None = None) -> Catalogue:
    """Return the shipped catalogue with `change` made to every item of the restaurant."""
    catalogue = catalogue or shipped_catalogue()
    bundle: Bundle = catalogue.bundles[RESTAURANT]
    changed = replace(bundle, items=tuple(change(item) for item in bundle.items))
    return replace(catalogue, bundles={**catalogue.bundles, RESTAURANT: changed})


def promising(item: ItemCode, days: float) -> Any:
    def change(one: ServiceItem) -> ServiceItem:
        return replace(one, limit=replace(one.limit, promised=days)) if one.code == item else one

    return change


def improved(*improvements: dict[str, Any], division: DivisionCode = HOME) -> Catalogue:
    overrides = tuple(Improvement(division=division, bundle=RESTAURANT, **one) for one in improvements)
    return replace(shipped_catalogue(), overrides=overrides)


def publish_at(town: Town, catalogue: Catalogue, division: DivisionCode) -> None:
    town.later(minutes=5)
    publish(catalogue, bundle=RESTAURANT, division=division, valid_from=DAY, at=town.now)


def promise(division: DivisionCode, item: ItemCode = SIGN) -> float | None:
    return current(RESTAURANT, division, DAY).edition.item(item).limit.promised


def notes(division: DivisionCode = HOME) -> list[str]:
    return list(LocalNoteRow.objects.filter(division=division).order_by("id").values_list("words", flat=True))


def test_a_place_may_ask_for_less_and_come_sooner(town: Town) -> None:
    publish_at(
        town,
        improved(
            {
                "item": SIGN,
                "promised": 2.0,
                "visits": 0,
                "without_materials": (MaterialCode("sign-rendering"),),
            }
        ),
        HOME,
    )
    item = current(RESTAURANT, HOME, DAY).edition.item(SIGN)
    assert item.limit.promised == 2
    assert "sign-rendering" not in {need.material for need in item.materials}
    assert promise(NEXT) == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (promising(SIGN, 9), "户外招牌：承诺 3 → 9 个工作日"),
        (lambda one: replace(one, fee=replace(one.fee, charged="yes")), "不收费 → 收费"),
        (lambda one: replace(one, visits=replace(one.visits, after=one.visits.after + 1)), "跑动 0 → 1 次"),
        (
            lambda one: replace(one, depends_on=(*one.depends_on, SIGN)) if one.code == FIRE else one,
            "新增前置",
        ),
    ],
)
def test_what_makes_the_standard_worse_is_refused_with_the_reason(town: Town, change: Any, said: str) -> None:
    before = EditionRow.objects.count()
    with pytest.raises(StandardWorsened, match=said):
        publish_at(town, with_items(change), HOME)
    assert EditionRow.objects.count() == before


def test_a_new_standard_takes_the_places_below_along_with_what_they_do_better(town: Town) -> None:
    publish_at(town, improved({"item": SIGN, "promised": 1.0}), HOME)
    publish_at(town, with_items(promising(FIRE, 0.5)), PROVINCE)
    assert (promise(HOME), promise(HOME, FIRE)) == (1, 0.5)
    assert notes() == []


def test_what_no_longer_improves_gives_way_to_the_standard_and_the_steward_is_told(town: Town) -> None:
    publish_at(town, improved({"item": SIGN, "promised": 2.0}), HOME)
    publish_at(town, with_items(promising(SIGN, 1)), PROVINCE)
    assert promise(HOME) == 1
    assert notes() == ["“户外招牌”承诺 2 天，比标准的 1 天还长，不再是优化，已按江苏省的标准执行"]


def test_a_county_below_a_city_improves_on_the_city(town: Town) -> None:
    publish_at(town, improved({"item": SIGN, "promised": 2.0}, division=CITY), CITY)
    with pytest.raises(StandardWorsened):
        publish_at(town, with_items(promising(SIGN, 3)), HOME)
    publish_at(town, with_items(promising(SIGN, 1)), HOME)
    publish_at(town, with_items(promising(SIGN, 1.5)), PROVINCE)
    assert (promise(NEXT), promise(CITY), promise(HOME)) == (1.5, 1.5, 1)
    assert len(notes(CITY)) == 1
    assert notes(HOME) == []


def test_what_was_withdrawn_below_falls_back_on_the_standard(town: Town) -> None:
    publish_at(town, improved({"item": SIGN, "promised": 2.0}), HOME)
    withdraw(bundle=RESTAURANT, division=HOME, at=town.later(minutes=5), by="lanhui", why="做不到")
    assert promise(HOME) == 3
    assert EditionRow.objects.filter(division=HOME).count() == 1, "nothing is deleted"


def test_what_the_province_withdraws_is_gone_with_what_rested_on_it(town: Town) -> None:
    publish_at(town, improved({"item": SIGN, "promised": 2.0}), HOME)
    withdraw(bundle=RESTAURANT, division=PROVINCE, at=town.later(minutes=5), by="gaoyuan", why="合并到别的件")
    for division in (PROVINCE, HOME, NEXT):
        with pytest.raises(UnknownBundle):
            promise(division)
    assert "一并撤下" in notes()[0]
    with pytest.raises(UnknownBundle, match="没有什么可撤下"):
        withdraw(bundle=RESTAURANT, division=NEXT, at=town.now, by="jinshan", why="x")


def test_what_was_withdrawn_can_be_published_again(town: Town) -> None:
    withdraw(bundle=RESTAURANT, division=PROVINCE, at=town.later(minutes=5), by="gaoyuan", why="有误")
    publish(
        shipped_catalogue(),
        bundle=RESTAURANT,
        division=PROVINCE,
        valid_from=date(2026, 1, 1),
        at=town.later(minutes=5),
    )
    assert promise(NEXT) == 3


def test_an_earlier_content_published_again_holds_again(town: Town) -> None:
    publish_at(town, with_items(promising(SIGN, 2)), PROVINCE)
    publish_at(town, with_items(promising(SIGN, 1)), PROVINCE)
    publish_at(town, with_items(promising(SIGN, 2)), PROVINCE)
    assert promise(PROVINCE) == 2


def test_the_log_has_every_publication_once_and_no_gap(town: Town) -> None:
    publish_at(town, improved({"item": SIGN, "promised": 2.0}), HOME)
    publish_at(town, with_items(promising(FIRE, 0.5)), PROVINCE)
    publish_at(town, with_items(promising(FIRE, 0.5)), PROVINCE)
    withdraw(bundle=RESTAURANT, division=HOME, at=town.later(minutes=5), by="lanhui", why="做不到")
    lines = list(PublicationRow.objects.filter(bundle=RESTAURANT).order_by("position"))
    assert [(line.kind, line.division) for line in lines] == [
        ("publish", PROVINCE),
        ("publish", HOME),
        ("publish", PROVINCE),
        ("publish", HOME),
        ("withdraw", HOME),
    ]
    positions = list(PublicationRow.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
