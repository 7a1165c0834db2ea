"""What the handling itself brings about is fetched when a unit opens its slice, and was never asked of anybody."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from tests.services.town import Town
from yijianshi.domain.codes import ElementCode, ResourceCode
from yijianshi.services import outside
from yijianshi.services.ports import Subject, Supplied
from yijianshi.services.reading.case import read_case

pytestmark = pytest.mark.django_db
BIRTH = {
    "birth-place": "省内助产机构",
    "married": True,
    "household-follow": "随母",
    "mother-insured": "居民医保",
    "directly-settled": True,
}
NUMBER = "110105194912310021"


class KnowsTheChild:
    """The exchange once the birth is registered: the population register knows the child's number."""

    def __init__(self, town: Town) -> None:
        self._before = outside.outside().exchange
        self._town = town

    def ask(self, resource: ResourceCode, *, about: Subject, elements: Sequence[ElementCode]) -> Supplied:
        known = self._before.ask(resource, about=about, elements=elements)
        if resource != "population" or "newborn-id-number" not in elements:
            return known
        return replace(known, values={**known.values, ElementCode("newborn-id-number"): NUMBER})

    def __getattr__(self, name: str) -> object:
        return getattr(self._before, name)


@pytest.fixture
def registered_birth(town: Town) -> Iterator[Callable[[], None]]:
    """Have the population register know the child from the moment this is called."""
    before = outside.outside()
    yield lambda: outside.use(replace(before, exchange=KnowsTheChild(town)))
    outside.use(before)


@pytest.mark.clause("S4.2")
def test_a_newborns_number_is_fetched_when_the_register_has_it(
    town: Town, registered_birth: Callable[[], None]
) -> None:
    items = ("birth-certificate", "birth-registration", "newborn-medical-insurance")
    submission = town.file(town.who("wangfang"), bundle="newborn", answers=BIRTH, items=items)
    case = town.case(submission, "newborn-medical-insurance").now.id
    before = read_case(case=case, actor=town.who("fengxue"), at=town.now)
    assert "新生儿公民身份号码" in before.to_come
    registered_birth()
    after = read_case(case=case, actor=town.who("fengxue"), at=town.now)
    assert any(NUMBER in str(value) for value in after.values)
    assert "新生儿公民身份号码" not in after.to_come
