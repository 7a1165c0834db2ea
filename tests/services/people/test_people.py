"""Who acts, and for whom: found by number, posts and mandates from a day to a day."""

from datetime import date

import pytest

from tests.services.town import Town
from yijianshi.domain.rights import Role
from yijianshi.services.people.actors import actor_of, desks_of, name_of, parties_of
from yijianshi.services.people.parties import NumberRefused, find_or_add_party, know_party
from yijianshi.store.accounts.models import Account, Officer, Party, Representation

DAY = date(2026, 11, 18)


def account(login: str) -> Account:
    return Account.objects.get(login=login)


@pytest.mark.clause("C2.1")
def test_a_person_is_found_again_by_number_and_never_added_twice(town: Town) -> None:
    wang = town.population.named("王芳")
    before = Party.objects.count()
    found = {
        find_or_add_party(kind="person", number=number, name="王芳")
        for number in (wang.number, f" {wang.number} ", wang.number.lower())
    }
    assert len(found) == 1
    assert Party.objects.count() == before
    known = know_party(found.pop())
    assert (known.name, known.number, known.is_enterprise) == ("王芳", wang.number, False)


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        ("person", "110105194912310021", "公民身份号码不对"),
        ("person", "91350100M000100Y43", "公民身份号码不对"),
        ("enterprise", "91350100M000100Y44", "统一社会信用代码不对"),
        ("enterprise", "", "统一社会信用代码不对"),
    ],
)
def test_a_number_whose_check_character_is_wrong_is_nobodys(
    town: Town, kind: str, number: str, said: str
) -> None:
    before = Party.objects.count()
    with pytest.raises(NumberRefused, match=said):
        find_or_add_party(kind=kind, number=number, name="某人")
    assert Party.objects.count() == before


@pytest.mark.clause("C2.1", "C3.4")
def test_whoever_represents_an_enterprise_may_stand_for_it_as_long_as_that_lasts(town: Town) -> None:
    wang = account("wangfang")
    own, hewei = parties_of(wang, on=DAY)
    assert (own.name, hewei.name) == ("王芳", "南京禾味餐饮管理有限公司")
    assert actor_of(wang, on=DAY, party=hewei.id).party == str(hewei.id)
    Representation.objects.filter(account=wang).update(until=date(2026, 11, 17))
    assert [known.name for known in parties_of(wang, on=DAY)] == ["王芳"]
    assert actor_of(wang, on=DAY, party=hewei.id).party == str(own.id)


def test_nobody_stands_for_an_enterprise_that_is_not_his(town: Town) -> None:
    _, hewei = parties_of(account("wangfang"), on=DAY)
    qian = account("qianjin")
    assert actor_of(qian, on=DAY, party=hewei.id).party == str(qian.party_id)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (date(2026, 11, 18), None, True),
        (date(2026, 11, 19), None, False),
        (date(2026, 1, 1), date(2026, 11, 18), True),
        (date(2026, 1, 1), date(2026, 11, 17), False),
    ],
)
def test_a_post_is_held_from_a_day_to_a_day(town: Town, since: date, until: date | None, holds: bool) -> None:
    zhao = account("zhaokai")
    Officer.objects.filter(account=zhao).update(since=since, until=until)
    assert bool(actor_of(zhao, on=DAY).holds(Role.REVIEWER)) is holds


def test_a_unit_without_a_desk_is_answered_by_the_hotline(town: Town) -> None:
    found = desks_of({"fire-rescue@320106", "fire-rescue@320102"})
    assert found["fire-rescue@320106"].name == "赵凯"
    assert found["fire-rescue@320102"].phone == "12345"


def test_the_system_has_a_name_too(town: Town) -> None:
    assert name_of(None) == "系统"
    assert name_of(account("zhaokai").id) == "赵凯"
