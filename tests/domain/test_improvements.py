"""A place may only do better; what is not better is left out and the reason given; what is better can be found again."""

from typing import Any

import pytest

from tests.domain.specimens import shipped
from yijianshi.domain.catalogue import Improvement
from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode, ItemCode, MaterialCode
from yijianshi.domain.improvements import improve, improvements_between

pytestmark = pytest.mark.clause("C1.4")

RESTAURANT = BundleCode("open-restaurant")
STANDARD = shipped(RESTAURANT).bundle
HOME = DivisionCode("320106")


def improvement(item: str = "signage-permit", **more: Any) -> Improvement:
    return Improvement(division=HOME, bundle=RESTAURANT, item=ItemCode(item), **more)


@pytest.mark.parametrize(
    "more",
    [
        {"promised": 2.0},
        {"without_materials": (MaterialCode("sign-rendering"),)},
        {"on_commitment": (MaterialCode("sign-site-document"),)},
        {"without_fields": (ElementCode("sign-installer"),)},
    ],
)
def test_what_is_better_is_done_and_found_again(more: dict[str, Any]) -> None:
    wanted = improvement(**more)
    local, refused = improve(STANDARD, [wanted])
    assert refused == ()
    assert local != STANDARD
    assert improvements_between(STANDARD, local, division=HOME) == (wanted,)


@pytest.mark.parametrize(
    ("wanted", "key", "reason"),
    [
        (improvement(promised=3.0), "promised", "和标准一样"),
        (improvement(promised=9.0), "promised", "比标准的 3 天还长"),
        (improvement(visits=1), "visits", "不是更少"),
        (improvement(without_materials=(MaterialCode("lease"),)), "without_materials", "本来就不要"),
        (improvement(on_commitment=(MaterialCode("lease"),)), "on_commitment", "本来就不要"),
        (improvement(without_fields=(ElementCode("seat-count"),)), "without_fields", "本来就不问"),
        (improvement("food-business-permit", without_fields=(ElementCode("premises-floor-area"),)), "without_fields", "情形问答的回答"),
        (improvement("fire-safety-check", without_fields=(ElementCode("fire-check-method"),)), "without_fields", "定由哪里办或怎么办"),
        (improvement(free=True), "free", "本来就不收费"),
        (improvement("open-zoo", promised=1.0), "item", "标准里没有事项"),
    ],
)  # fmt: skip
def test_what_is_not_better_is_left_out_with_its_reason(wanted: Improvement, key: str, reason: str) -> None:
    local, refused = improve(STANDARD, [wanted])
    assert local == STANDARD
    assert [one.key for one in refused] == [key]
    assert reason in refused[0].reason


def test_the_good_part_of_an_improvement_stays_when_another_part_is_refused() -> None:
    local, refused = improve(STANDARD, [improvement(promised=2.0, visits=5)])
    assert next(item for item in local.items if item.code == "signage-permit").limit.promised == 2
    assert [one.key for one in refused] == ["visits"]
