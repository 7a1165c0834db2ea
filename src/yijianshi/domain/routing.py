"""
Which unit decides an item: a department in a division (承办单位).

Basis: 苏政办发〔2022〕87号, 三(一)2, 通办地受理、归属地审批.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .catalogue import ServiceItem
from .codes import DepartmentCode, DivisionCode
from .definitions import Department, Division
from .editions import Edition, lineage

#: What the catalogue writes where a place's own name belongs.
_PLACEHOLDERS = ("县（市、区）", "县(市、区)", "县（市）", "县(市)", "市", "省")


@dataclass(frozen=True, slots=True)
class Unit:
    """A department at work in one division (单位)."""

    department: DepartmentCode
    division: DivisionCode

    def __str__(self) -> str:
        return f"{self.department}@{self.division}"

    @classmethod
    def parse(cls, text: str) -> "Unit":
        department, _, division = text.partition("@")
        return cls(DepartmentCode(department), DivisionCode(division))


def division_of(item: ServiceItem, answers: Mapping[Any, Any], *, home: DivisionCode) -> DivisionCode:
    """Return whose item this is: the division an answer names, or the submission's own."""
    if item.division_from is None:
        return home
    named = str(answers.get(item.division_from) or "")
    return DivisionCode(named) if len(named) == 6 and named.isascii() and named.isdigit() else home


def unit_for(item: ServiceItem, edition: Edition, *, division: DivisionCode) -> Unit:
    """
    Return the unit that decides `item` in `division`: the nearest assignment, else the item's department.

    :raises UnknownDivision: if the division is not known.
    """
    for place in lineage(division, edition.divisions):
        for assignment in edition.assignments:
            if assignment.division == place and item.code == assignment.item:
                return Unit(assignment.to, assignment.at or division)
        for assignment in edition.assignments:
            if assignment.division == place and item.department == assignment.department:
                return Unit(assignment.to, assignment.at or division)
    return Unit(item.department, division)


def unit_name(
    unit: Unit,
    departments: Mapping[DepartmentCode, Department],
    divisions: Mapping[DivisionCode, Division],
) -> str:
    """Return the name on the unit's door, such as 鼓楼区市场监督管理局; an unknown unit keeps its code."""
    department, division = departments.get(unit.department), divisions.get(unit.division)
    if not department or not division:
        return str(unit)
    name = department.levels.get(division.level, department.name)
    for placeholder in _PLACEHOLDERS:
        if name.startswith(placeholder):
            return division.name + name.removeprefix(placeholder)
    return name


def full_division_name(division: Division, divisions: Mapping[DivisionCode, Division]) -> str:
    """Return a county's name after its city's, since two counties of a province may share a name."""
    above = divisions.get(division.parent) if division.parent else None
    return above.name + division.name if above and division.level == "county" else division.name
