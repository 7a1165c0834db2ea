"""
How a case ends: a grant with its result, or a refusal with its reasons and the ways of appeal (办理结果).

Basis: Administrative License Law, arts. 38, 39, 44; Administrative Reconsideration Law (2023), arts. 20, 24;
Administrative Procedure Law, arts. 45, 46.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .codes import number_check_digit
from .definitions import Kind, LicenceKind
from .editions import Edition, lineage
from .routing import Unit, full_division_name, unit_name

RECONSIDERATION_DAYS = 60  # 行政复议法第二十条
LAWSUIT_MONTHS = 6  # 行政诉讼法第四十六条


_YEARS = re.compile(r"(\d+)\s*年")
_NUMBERS_OF_PERSONS = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.BANK_ACCOUNT})


class RefusalWithoutReasons(Exception):
    """A refusal must say why and on what basis, and name the ways of appeal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What remains open after a refusal (救济途径)."""

    reconsideration_at: str
    reconsideration_days: int
    court: str
    lawsuit_months: int

    def __str__(self) -> str:
        return (
            f"不服本决定的，可以自收到之日起 {self.reconsideration_days} 日内向{self.reconsideration_at}申请行政复议，"
            f"或者在 {self.lawsuit_months} 个月内向{self.court}提起行政诉讼。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal as decided: reasons, basis, ways of appeal."""

    reasons: str
    basis: str
    appeal: Appeal


def appeal_against(unit: Unit, edition: Edition) -> Appeal:
    """
    Return the ways of appeal against a decision of `unit`: the people's government of its own level.

    Basis: 行政复议法(2023修订)第二十四条: governments at county level and above hear appeals against their
    own departments; appeals against offices under vertical leadership go to the next higher office (第二十七条).
    """
    division = edition.divisions[unit.division]
    if unit.department in VERTICAL:
        above = lineage(unit.division, edition.divisions)[1:2]
        higher = Unit(unit.department, above[0]) if above else None
        heard_by = unit_name(higher, edition.departments, edition.divisions) if higher else "其上一级主管部门"
    else:
        heard_by = f"{full_division_name(division, edition.divisions)}人民政府"
    return Appeal(
        reconsideration_at=heard_by,
        reconsideration_days=RECONSIDERATION_DAYS,
        court="有管辖权的人民法院",
        lawsuit_months=LAWSUIT_MONTHS,
    )


#: Departments under vertical leadership (垂直领导), whose own superior hears the appeal.
VERTICAL = frozenset({"taxation", "customs", "peoples-bank", "tobacco", "national-security"})


def refuse(*, reasons: str, basis: str, unit: Unit, edition: Edition) -> Refusal:
    """
    Return the refusal.

    :raises RefusalWithoutReasons: if reasons or basis are missing.
    """
    if not reasons.strip():
        raise RefusalWithoutReasons(
            "不予许可要写明理由（行政许可法第三十八条第二款）；请写清事实和不符合的条件"
        )
    if not basis.strip():
        raise RefusalWithoutReasons("不予许可要写明依据；请写法律、法规或规章的名称和条款")
    return Refusal(reasons=reasons.strip(), basis=basis.strip(), appeal=appeal_against(unit, edition))


def result_number(unit: Unit, *, on: date, serial: int) -> str:
    """Return the number of a result: division 6 + day 8 + serial 7 + check digit, never given twice."""
    body = f"{unit.division}{on:%Y%m%d}{serial:07d}"
    return body + number_check_digit(body)


def last_valid_day(kind: LicenceKind | None, *, issued_on: date) -> date | None:
    """Return the last day of a term of whole years; other terms are not the platform's to work out."""
    years = _YEARS.fullmatch(kind.validity) if kind else None
    if years is None:
        return None
    year = issued_on.year + int(years[1])
    try:
        return issued_on.replace(year=year) - timedelta(days=1)
    except ValueError:  # from 29 February
        return date(year, 2, 28)


def licence_fields(
    slice_: dict[Any, Any], edition: Edition, *, most: int = 12
) -> tuple[tuple[str, str], ...]:
    """Return what is printed on a licence: names, places and scopes from the item's own slice, never numbers of persons."""
    printed = []
    for code, value in slice_.items():
        element = edition.elements[code]
        if element.sensitive or element.kind in _NUMBERS_OF_PERSONS:
            continue
        if isinstance(value, bool | list | dict) or value in (None, ""):
            continue
        printed.append((element.name, f"{value}{element.unit}"))
    return tuple(printed[:most])
