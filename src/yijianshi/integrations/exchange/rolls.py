"""Whom a register names of itself (名册): those of a place who reach an age; the demo's from invented people."""

from collections.abc import Collection
from datetime import date

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.entitlements import birthdays_for
from yijianshi.integrations.population import Population
from yijianshi.services.ports import Listed, SourceUnavailable


class DemoRolls:
    """The Rolls port for demo and tests: the household register of the invented people."""

    def __init__(self, population: Population, *, down: Collection[str] = ()) -> None:
        self._population = population
        self._down = down

    def reaching_age(
        self, age: int, *, division: DivisionCode, first: date, last: date
    ) -> tuple[Listed, ...]:
        """Return who is registered in the division and reaches the age. :raises SourceUnavailable: if it is down."""
        if "population" in self._down:
            raise SourceUnavailable("人口库暂时连不上。请过一会儿再试，或者上传名单。")
        earliest, latest = birthdays_for(age, first=first, last=last)
        return tuple(
            Listed(person.number, person.name)
            for person in self._population.people
            if person.division == division and earliest <= person.born <= latest
        )


class NoRolls:
    """The Rolls port where no register gives lists: a list is uploaded instead."""

    def reaching_age(
        self, age: int, *, division: DivisionCode, first: date, last: date
    ) -> tuple[Listed, ...]:
        """Refuse. :raises SourceUnavailable: always."""
        raise SourceUnavailable("本地没有接入能按年龄列人的人口库。请上传名单。")
