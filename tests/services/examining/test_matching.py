"""An item of a list is taken for an item of the catalogue only where it is that item, and the doubtful ones are told."""

from dataclasses import replace

import pytest

from yijianshi.domain.catalogue import ItemNumbers
from yijianshi.domain.codes import ItemCode
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.examining.listed import ListedItem
from yijianshi.services.examining.matching import Match, Matching
from yijianshi.services.examining.places import Cell
from yijianshi.services.examining.wanted import Materials

FOOD = "食品经营许可(新办)"
MARKET, CITY_MANAGEMENT = "鼓楼区市场监督管理局", "鼓楼区城市管理局"


@pytest.fixture(scope="module")
def matching() -> Matching:
    return Matching(shipped_catalogue())


def match(matching: Matching, name: str, department: str = "", **more: str) -> Match | None:
    return matching.match(ListedItem(name=name, cell=Cell("清单"), department=department, **more))


def codes(found: Match | None) -> set[str]:
    return {item for _, item in found.items} if found else set()


@pytest.mark.parametrize(
    "name", [FOOD, "食品经营许可（新办）", "食品经营许可", "食品经营许可核发", " 食品 经营许可（首次）"]
)
def test_the_usual_ways_of_writing_one_name_are_surely_the_same(matching: Matching, name: str) -> None:
    found = match(matching, name, MARKET)
    assert codes(found) == {"food-business-permit"}
    assert found is not None
    assert found.sure


@pytest.mark.parametrize(
    "name",
    ["食品经营许可变更", "食品经营许可延续", "食品经营许可证注销", "食品经营许可证补办", "社会保障卡补领"],
)
def test_another_act_on_the_same_thing_is_another_item(matching: Matching, name: str) -> None:
    assert match(matching, name, MARKET) is None


def test_the_same_name_at_a_quite_different_department_is_doubtful(matching: Matching) -> None:
    found = match(matching, FOOD, CITY_MANAGEMENT)
    assert found is not None
    assert not found.sure


def test_a_bureau_of_approvals_may_handle_anything(matching: Matching) -> None:
    found = match(matching, FOOD, "南通市行政审批局")
    assert found is not None
    assert found.sure


def test_a_name_that_is_only_alike_is_doubtful_and_says_how_much(matching: Matching) -> None:
    found = match(matching, "公众聚集场所投入使用前消防检查", "鼓楼区消防救援大队")
    assert codes(found) == {"fire-safety-check"}
    assert found is not None
    assert (found.how, found.sure) == ("名称相近", False)
    assert 80 <= found.score < 100


def test_what_is_in_no_one_thing_matches_nothing(matching: Matching) -> None:
    assert match(matching, "渔业捕捞许可", "鼓楼区农业农村局") is None


def test_a_code_that_was_imported_decides_whatever_the_name() -> None:
    numbers = ItemNumbers(item=ItemCode("food-business-permit"), basic_codes=("000199002000",))
    matching = Matching(replace(shipped_catalogue(), codes=(numbers,)))
    found = match(matching, "餐饮服务经营资格审查", MARKET, basic_code="000199002000")
    assert codes(found) == {"food-business-permit"}
    assert found is not None
    assert found.how == "编码相同"


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("营业执照", "shared"),
        ("营业执照（副本）复印件", "shared"),
        ("经办人居民身份证原件", "shared"),
        ("某某许可申请表", "generated"),
        ("营业执照变更登记申请书", "generated"),
        ("经营场所平面图", "upload"),
        ("不动产权证书或者租赁合同", "upload"),
    ],
)
def test_a_material_is_shared_only_where_it_is_a_licence_itself(name: str, way: str) -> None:
    assert Materials(shipped_catalogue()).of(name).way == way
