"""The demo's people are always the same, right by their check digits, and plainly nobody."""

from datetime import date, timedelta

import pytest

from yijianshi.domain.codes import DivisionCode, is_citizen_number, is_credit_code
from yijianshi.integrations.population import (
    bank_account,
    build_population,
    check,
    citizen_number,
    credit_code,
    phone,
)

people = build_population()


def test_the_same_seed_gives_the_same_people() -> None:
    assert build_population(seed=7, size=50) == build_population(seed=7, size=50)
    assert build_population(seed=7, size=50) != build_population(seed=8, size=50)


def test_numbers_of_adults_do_not_change_from_day_to_day() -> None:
    today, later = build_population(size=80), build_population(size=80, on=date(2027, 2, 1))
    assert [p.number for p in today.people] == [p.number for p in later.people]
    assert today.enterprises == later.enterprises


@pytest.mark.parametrize("size", [0, 1, 2, 200, 3000])
def test_everything_hangs_together(size: int) -> None:
    population = build_population(size=size)
    assert check(population) == ()
    assert len(population.people) == size + 6 + 3 + 3


def test_numbers_are_right_and_can_belong_to_nobody() -> None:
    for person in people.people:
        assert is_citizen_number(person.number)
        assert person.number[14:17] in {"996", "997", "998", "999"}
        assert (int(person.number[16]) % 2 == 1) == (person.gender == "男")
        assert person.number[6:14] == f"{person.born:%Y%m%d}"
        assert person.phone[3:7] == "0000"
    for enterprise in people.enterprises:
        assert is_credit_code(enterprise.uscc)
        assert enterprise.uscc[8:12] == "DEM0"


def test_children_have_a_number_only_once_registered() -> None:
    registered = [birth for birth in people.births if birth.registered_on]
    assert registered
    assert all(is_citizen_number(birth.child_number) for birth in registered)
    assert all(not birth.child_number for birth in people.births if not birth.registered_on)


def test_neighbours_cannot_be_taken_for_real_people() -> None:
    assert all("例" in person.name for person in people.people[6:])
    assert all("示例" in e.name for e in people.enterprises if e.name != "南京禾味餐饮管理有限公司")


def test_wang_fang_has_a_husband_a_restaurant_and_a_newborn_without_certificate() -> None:
    wang = people.named("王芳")
    assert people.person[people.marriage_of[wang.number].husband].name == "张伟"
    (restaurant,) = people.enterprises_of[wang.number]
    assert restaurant.name == "南京禾味餐饮管理有限公司"
    premises = people.property[restaurant.premises]
    assert (premises.area, restaurant.division) == (326.4, "320106")
    assert premises.owner != restaurant.uscc
    (birth,) = people.births_of[wang.number]
    assert not birth.certificate_number
    assert not birth.name
    assert birth.born_at.date() == date(2026, 11, 18) - timedelta(days=5)


def test_lin_xiao_and_xu_ming_have_a_child_with_certificate_but_without_number() -> None:
    (birth,) = people.births_of[people.named("徐明").number]
    assert people.person[birth.mother].name == "林晓"
    assert birth.certificate_number
    assert birth.name == "徐一诺"
    assert not birth.child_number


def test_zhou_wen_has_no_enterprise_yet() -> None:
    assert people.named("周文").number not in people.enterprises_of


def test_restaurants_stand_below_and_above_the_area_of_fire_inspection() -> None:
    areas = {people.property[e.premises].area for e in people.enterprises}
    assert min(areas) <= 100
    assert max(areas) >= 480
    assert 300.0 in areas


def test_single_numbers_can_be_made_for_registrations_of_the_demo() -> None:
    number = citizen_number(division=DivisionCode("320106"), born=date(2026, 11, 13), male=False, spare=True)
    assert is_citizen_number(number)
    assert number.startswith("32010620261113998")
    assert is_credit_code(credit_code(division=DivisionCode("320106"), serial=923_520))
    with pytest.raises(ValueError, match="序号"):
        credit_code(division=DivisionCode("320106"), serial=31**4)
    assert phone(12_345) == "13800002345"


def test_bank_accounts_pass_the_check_of_bank_cards() -> None:
    digits = [int(d) for d in reversed(bank_account(42))]
    total = sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    assert total % 10 == 0


def test_an_unknown_name_is_said_to_be_unknown() -> None:
    with pytest.raises(KeyError, match="没有"):
        people.named("查无此人")
