"""Which unit decides: the item's department where the matter belongs, unless the catalogue assigns it elsewhere."""

from dataclasses import replace
from typing import Any

import pytest

from tests.domain.specimens import CITY, HOME, PROVINCE, edition_of, element, item, shipped
from yijianshi.domain.catalogue import Assignment
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.editions import UnknownDivision
from yijianshi.domain.routing import Unit, division_of, unit_for, unit_name

pytestmark = pytest.mark.clause("C1.7")

FOOD = item("food", department="market-regulation")


def assigned(*assignments: dict[str, Any]) -> Any:
    return replace(edition_of(FOOD), assignments=tuple(Assignment(**one) for one in assignments))


@pytest.mark.parametrize(
    ("assignments", "unit"),
    [
        ([], "market-regulation@320106"),
        ([{"division": HOME, "to": "approval", "item": "food"}], "approval@320106"),
        ([{"division": HOME, "to": "approval", "department": "market-regulation"}], "approval@320106"),
        ([{"division": CITY, "to": "approval", "department": "market-regulation"}], "approval@320106"),
        ([{"division": PROVINCE, "to": "approval", "item": "food", "at": CITY}], "approval@320100"),
        # the nearer place wins, and there the item before the department
        (
            [
                {"division": CITY, "to": "city-bureau", "item": "food"},
                {"division": HOME, "to": "approval", "department": "market-regulation"},
            ],
            "approval@320106",
        ),
        (
            [
                {"division": HOME, "to": "approval", "department": "market-regulation"},
                {"division": HOME, "to": "food-office", "item": "food"},
            ],
            "food-office@320106",
        ),
        ([{"division": HOME, "to": "approval", "item": "signage"}], "market-regulation@320106"),
    ],
)
def test_the_nearest_assignment_decides_else_the_items_own_department(
    assignments: list[dict[str, Any]], unit: str
) -> None:
    assert str(unit_for(FOOD, assigned(*assignments), division=HOME)) == unit


def test_a_division_that_does_not_exist_has_no_unit() -> None:
    with pytest.raises(UnknownDivision, match="999999"):
        unit_for(FOOD, assigned(), division=DivisionCode("999999"))


@pytest.mark.parametrize(
    ("answer", "division"),
    [
        ("320100", "320100"),
        ("", HOME),
        (None, HOME),
        ("江苏省南京市鼓楼区示例路 1 号", HOME),
        ("٣٢٠١٠٠", HOME),
        (320100, "320100"),
    ],
)
def test_an_item_may_belong_where_an_answer_says(answer: Any, division: str) -> None:
    away = item("registration", division_from="household-division")
    edition_of(away, elements=[element("household-division", Kind.REGION)])
    assert division_of(away, {"household-division": answer}, home=HOME) == division
    assert division_of(away, {}, home=HOME) == HOME
    assert division_of(FOOD, {"household-division": "320100"}, home=HOME) == HOME


def test_a_unit_is_written_as_department_at_division_and_read_again() -> None:
    unit = Unit.parse("fire-rescue@320106")
    assert (unit.department, unit.division, str(unit)) == ("fire-rescue", "320106", "fire-rescue@320106")


def test_a_unit_has_the_name_on_its_door() -> None:
    edition = shipped("open-restaurant")

    def door(unit: str) -> str:
        return unit_name(Unit.parse(unit), edition.departments, edition.divisions)

    assert door("market-regulation@320106").endswith("鼓楼区市场监督管理局")
    assert door("market-regulation@320100") == "南京市市场监督管理局"
    assert door("unheard-of@320106") == "unheard-of@320106"
