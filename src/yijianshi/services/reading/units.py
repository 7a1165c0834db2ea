"""The names on the doors of units (单位名称), for staff's pages that span several editions."""

from functools import lru_cache

from yijianshi.domain.administering import OFFICE
from yijianshi.domain.divisions import county_of
from yijianshi.domain.routing import Unit, unit_name

from ..catalogue.reading import shipped_catalogue


@lru_cache(maxsize=4096)
def name_of_unit(unit: str) -> str:
    """Return the name on the unit's door, such as 鼓楼区市场监督管理局."""
    if unit.startswith(f"{OFFICE}@"):
        return f"{name_of_division(unit.partition('@')[2])}系统管理"
    catalogue, parsed = shipped_catalogue(), Unit.parse(unit)
    county = Unit(parsed.department, county_of(parsed.division))
    name = unit_name(county, catalogue.departments, catalogue.divisions)
    return name if county == parsed else f"{name}（基层站点）"


@lru_cache(maxsize=4096)
def short_name_of_unit(unit: str) -> str:
    """Return the department's short name, such as 城管, for pictures and narrow columns."""
    parsed = Unit.parse(unit)
    department = shipped_catalogue().departments.get(parsed.department)
    return department.short_name if department else unit


@lru_cache(maxsize=4096)
def name_of_division(division: str) -> str:
    """Return the name of a division, such as 鼓楼区, or its code where it is not in the table."""
    if len(division) > 6:  # a town or a village is told of by its county
        return name_of_division(county_of(division))
    for code, known in shipped_catalogue().divisions.items():
        if code == division:
            return known.name
    return division
