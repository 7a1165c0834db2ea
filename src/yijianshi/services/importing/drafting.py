"""What the catalogue does not have yet, as a draft in the catalogue's own shape that a steward can take over."""

import re
from collections.abc import Iterable
from typing import Any

from pypinyin import lazy_pinyin

from yijianshi.domain.catalogue import Catalogue

from ..catalogue.figures import whole
from ..examining.listed import ListedItem
from ..examining.matching import Departments, strict
from ..examining.values import TYPES
from ..examining.wanted import Materials

_LONGEST_CODE = 48
#: Stands for a department that nobody could tell; the check says that there is none of this code.
UNKNOWN_DEPARTMENT = "to-be-assigned"


def draft_of(items: Iterable[ListedItem], catalogue: Catalogue, materials: Materials) -> dict[str, Any]:
    """Return the items that the catalogue lacks, each name once, and the materials that they bring along."""
    departments = Departments(catalogue.departments)
    taken: set[str] = {item.code for bundle in catalogue.bundles.values() for item in bundle.items}
    papers = _Papers(catalogue, materials)
    seen: set[tuple[str, str]] = set()
    found = []
    for item in items:
        department = departments.of(item.department) or UNKNOWN_DEPARTMENT
        if (key := (strict(item.title), department)) in seen:
            continue
        seen.add(key)
        found.append(_item(item, department, code_for(item.title, taken), papers))
    return {"items": found, "materials": papers.new}


def code_for(name: str, taken: set[str]) -> str:
    """
    Return a code in letters for a Chinese name, which nobody has yet, and take it.

    >>> code_for("公共停车场备案", set())
    'gong-gong-ting-che-chang-bei-an'
    """
    plain = re.sub(r"[（(].*?[)）]", "", name) or name
    words = [re.sub(r"[^a-z0-9]", "", word.lower()) for word in lazy_pinyin(plain)]
    base = code = "-".join(word for word in words if word)[:_LONGEST_CODE].strip("-") or "item"
    number = 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    taken.add(code)
    return code


class _Papers:
    """Gives every material its code: the catalogue's own, or a new one that is drafted once."""

    def __init__(self, catalogue: Catalogue, materials: Materials) -> None:
        self._materials = materials
        self._taken: set[str] = set(catalogue.materials)
        self._codes: dict[str, str] = {}
        self.new: list[dict[str, Any]] = []

    def code_of(self, name: str) -> str:
        wanted = self._materials.of(name)
        if wanted.code is not None:
            return wanted.code
        if wanted.key not in self._codes:
            self._codes[wanted.key] = code = code_for(name, self._taken)
            way = {"upload": "applicant", "shared": "licence"}.get(wanted.way, wanted.way)
            drafted = {"code": code, "name": name, "acquisition": way}
            if wanted.from_where:
                drafted["note"] = wanted.from_where
            self.new.append(drafted)
        return self._codes[wanted.key]


def _item(item: ListedItem, department: str, code: str, papers: _Papers) -> dict[str, Any]:
    kind = item.type or "10"
    drafted: dict[str, Any] = {
        "code": code,
        "name": item.title,
        "department": department,
        "type": TYPES.get(kind, kind),
        "type_code": kind,
        "basis": _bases(item.basis),
        "limit": _limit(item),
        "visits": {"before": item.visits or 0, "after": 0},
        "result": {"name": item.result or "办理结果"},
        "confirm": f"由清单导入（{item.cell}），各项都要主管部门确认",
    }
    if department == UNKNOWN_DEPARTMENT and item.department:
        drafted["department_note"] = f"清单上写的是“{item.department}”"
    if item.condition:
        drafted["conditions"] = item.condition
    if item.is_fee is not None:
        drafted["fee"] = {"charged": "yes" if item.is_fee else "no", "note": item.fee_basis}
    if item.materials:
        needs: dict[str, dict[str, Any]] = {}
        for material in item.materials:
            need: dict[str, Any] = {"material": papers.code_of(material.name)}
            if material.needed != "yes":
                need["required"] = False
            if material.basis and material.basis != "?":
                need["basis"] = _basis(material.basis)
            needs.setdefault(need["material"], need)
        drafted["materials"] = list(needs.values())
    return drafted


def _limit(item: ListedItem) -> dict[str, Any]:
    limit: dict[str, Any] = {}
    if item.statutory is not None and item.statutory_unit == item.promised_unit:
        limit["statutory"] = whole(item.statutory)
    if item.promised is not None:
        limit["promised"] = whole(item.promised)
        limit["unit"] = item.promised_unit
    elif item.statutory is not None:
        limit |= {"statutory": whole(item.statutory), "unit": item.statutory_unit}
    return limit


def _bases(text: str) -> list[dict[str, str]]:
    """Part a text into the laws that it names, each with its article."""
    named = re.findall(r"《(.+?)》\s*(第[\w、]+?[条款项](?:第\w+?[款项])*)?", text)
    if not named:
        return [{"title": text}] if text else []
    return [{"title": title, "article": article} if article else {"title": title} for title, article in named]


def _basis(text: str) -> dict[str, str]:
    return _bases(text)[0]
