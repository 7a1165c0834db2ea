"""How a case ends: a refusal without reasons is impossible, and every refusal names the ways of appeal."""

from datetime import date

import pytest

from tests.domain.specimens import edition_of, element, item, shipped
from yijianshi.domain.catalogue import Field
from yijianshi.domain.codes import number_check_digit
from yijianshi.domain.definitions import Kind
from yijianshi.domain.results import (
    RefusalWithoutReasons,
    appeal_against,
    licence_fields,
    refuse,
    result_number,
)
from yijianshi.domain.routing import Unit

EDITION = shipped("open-restaurant")
FIRE = Unit.parse("fire-rescue@320106")


@pytest.mark.parametrize(
    ("reasons", "basis"), [("", ""), ("", "消防法"), ("安全出口不足", ""), ("  ", "消防法"), ("不足", "\t")]
)
def test_a_refusal_without_reasons_or_without_basis_is_impossible(reasons: str, basis: str) -> None:
    with pytest.raises(RefusalWithoutReasons, match="不予许可要写明"):
        refuse(reasons=reasons, basis=basis, unit=FIRE, edition=EDITION)


def test_a_refusal_carries_reasons_basis_and_ways_of_appeal() -> None:
    refusal = refuse(reasons=" 安全出口不足两个 ", basis="消防法第十五条", unit=FIRE, edition=EDITION)
    assert (refusal.reasons, refusal.basis) == ("安全出口不足两个", "消防法第十五条")
    assert "60 日内" in str(refusal.appeal)
    assert "6 个月内" in str(refusal.appeal)
    assert "鼓楼区人民政府" in str(refusal.appeal)
    assert "有管辖权的人民法院" in str(refusal.appeal)


@pytest.mark.parametrize("department", ["market-regulation", "urban-management", "public-security"])
def test_the_government_of_the_same_level_hears_appeals_against_its_departments(department: str) -> None:
    appeal = appeal_against(Unit.parse(f"{department}@320106"), EDITION)
    assert appeal.reconsideration_at.endswith("鼓楼区人民政府")


@pytest.mark.parametrize("department", ["tobacco", "taxation"])
def test_the_next_higher_office_hears_appeals_where_leadership_is_vertical(department: str) -> None:
    edition = EDITION if department == "tobacco" else shipped("enterprise-opening")
    appeal = appeal_against(Unit.parse(f"{department}@320106"), edition)
    assert "政府" not in appeal.reconsideration_at
    assert "南京市" in appeal.reconsideration_at


def test_a_result_is_numbered_by_division_day_and_serial_with_a_check_digit() -> None:
    number = result_number(FIRE, on=date(2026, 11, 18), serial=12)
    assert number.startswith("320106202611180000012")
    assert number[-1] == number_check_digit(number[:-1])


PRINTED = (
    element("shop-name"),
    element("area", Kind.NUMBER, unit="m²"),
    element("id-number", Kind.ID_NUMBER),
    element("phone", Kind.PHONE),
    element("account", Kind.BANK_ACCOUNT),
    element("birth-weight", Kind.NUMBER, sensitive=True),
    element("sells-online", Kind.BOOL),
    element("nickname"),
)


@pytest.mark.clause("C2.2")
def test_on_a_licence_stand_names_and_places_never_the_numbers_of_persons() -> None:
    edition = edition_of(item("a", fields=tuple(Field(element=e.code) for e in PRINTED)), elements=PRINTED)
    slice_ = {
        "shop-name": "禾味",
        "area": 326.4,
        "id-number": "11010519491231002X",
        "phone": "13900000002",
        "account": "6222000000000000",
        "birth-weight": 3280,
        "sells-online": True,
        "nickname": "",
    }
    assert licence_fields(slice_, edition) == (("shop-name", "禾味"), ("area", "326.4m²"))
