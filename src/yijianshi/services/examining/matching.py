"""
Which item of the catalogue an item of a list is: by its basic code, by the same name, or by a name that is much alike.

Only distinct names are compared, and names that mean another act on the same thing - a change, a renewal - never match.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from yijianshi.domain.catalogue import Catalogue, ServiceItem
from yijianshi.domain.codes import BundleCode, DepartmentCode, ItemCode
from yijianshi.domain.definitions import Department

from .listed import ListedItem

#: Below the first no match is made; from the second on it is sure, if the department agrees and nothing else is near.
LEAST, SURE, MARGIN = 80.0, 92.0, 4.0
_APPROVAL = DepartmentCode("administrative-approval")
#: Acts on something that is there already; «newly issued» is the item itself.
_DEEDS = {
    "变更": "变更", "延续": "延续", "延期": "延续", "续展": "延续", "注销": "注销", "补办": "补", "补领": "补", "补发": "补",
    "补证": "补", "换发": "换", "换领": "换", "换证": "换", "撤销": "撤销", "恢复": "恢复", "遗失": "补", "停业": "停", "歇业": "停",
    "查询": "查", "年检": "年检", "年报": "年检", "转移": "转", "终止": "注销", "退": "退",
}  # fmt: skip
_EMPTY_WORDS = re.compile(r"新办|首次|新申请|核发|申领|申请|办理|审批|许可证|的")


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the list beside the items of the catalogue that it is, with how much alike and whether that is sure."""

    items: tuple[tuple[BundleCode, ItemCode], ...]
    score: float
    sure: bool
    how: str  # 编码相同 | 名称相同 | 名称相近
    name: str  # of the catalogue's item


def strict(name: str) -> str:
    """
    Return a name without what tells nothing: spaces, brackets and marks.

    >>> strict("食品经营许可（新办）") == strict("食品经营许可(新办)")
    True
    """
    return re.sub(r"[^\w]", "", unicodedata.normalize("NFKC", name)).lower()


def loose(name: str) -> str:
    """
    Return a name without words for the ordinary act of granting.

    >>> loose("食品经营许可证核发（新办）") == loose("食品经营许可")
    False
    >>> loose("食品经营许可（新办）") == loose("食品经营许可核发")
    True
    """
    return _EMPTY_WORDS.sub("", strict(name)) or strict(name)


@lru_cache(maxsize=65536)
def deeds(name: str) -> frozenset[str]:
    """Return the acts on something existing that a name speaks of."""
    return frozenset(deed for word, deed in _DEEDS.items() if word in name)


class Departments:
    """Tells which department of the catalogue a name on a door means; behind one door there may be several."""

    def __init__(self, departments: Mapping[DepartmentCode, Department]) -> None:
        doors: dict[str, dict[DepartmentCode, None]] = {}
        for code, department in departments.items():
            for core in (department.short_name, *map(core_of, department.levels.values())):
                if len(core) >= 2:
                    doors.setdefault(core, {})[code] = None
        self._doors = sorted(
            ((core, tuple(codes)) for core, codes in doors.items()), key=lambda pair: -len(pair[0])
        )
        self._known: dict[str, tuple[DepartmentCode, ...]] = {}

    def behind(self, name: str) -> tuple[DepartmentCode, ...]:
        """Return the departments behind a door, none where the name is not known."""
        if name not in self._known:
            self._known[name] = next((codes for core, codes in self._doors if core in name), ())
        return self._known[name]

    def of(self, name: str) -> DepartmentCode | None:
        """Return the first department behind a door, or None where the name is not known."""
        return next(iter(self.behind(name)), None)

    def agree(self, name: str, department: DepartmentCode) -> bool | None:
        """Return whether the name is this department's; None where that cannot be told, as with a bureau of approvals."""
        behind = self.behind(name)
        return None if not behind or _APPROVAL in behind else department in behind


def core_of(door: str) -> str:
    """
    Return the name on a door without the place before it and what stands in brackets.

    >>> core_of("县（市、区）市场监督管理局"), core_of("市市场监督管理局"), core_of("省公安厅")
    ('市场监督管理局', '市场监督管理局', '公安厅')
    """
    if door.startswith("县（市、区）"):
        core = door.removeprefix("县（市、区）")
    else:
        core = re.sub(r"^(国家税务总局江苏省|江苏省|省|市(?=市|..))", "", door)
    return re.sub(r"[（(].*", "", core)


class Matching:
    """The catalogue's names, ready to be compared with; each distinct name of a list is compared once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.departments = Departments(catalogue.departments)
        self._items: dict[str, list[tuple[BundleCode, ServiceItem]]] = {}
        self._by_code: dict[str, set[str]] = {}
        for bundle in catalogue.bundles.values():
            for item in bundle.items:
                self._items.setdefault(item.code, []).append((bundle.code, item))
        for listed in catalogue.codes:
            for code in listed.basic_codes:
                self._by_code.setdefault(code, set()).add(listed.item)
        self._by_name: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        for code, found in self._items.items():
            for _, item in found:
                for name in {item.name, *([item.short] if len(item.short) > 3 else [])}:
                    self._by_name.setdefault(strict(name), set()).add(code)
                    self._names.setdefault(loose(name), set()).add(code)
        self._choices = list(self._names)
        self._known: dict[tuple[str, str, str], Match | None] = {}

    def match(self, item: ListedItem) -> Match | None:
        """Return which items of the catalogue this is, or None."""
        key = (item.title, item.basic_code, item.department)
        if key not in self._known:
            self._known[key] = self._find(item)
        return self._known[key]

    def _find(self, listed: ListedItem) -> Match | None:
        if codes := self._by_code.get(listed.basic_code):
            same = {code for code in codes if deeds(self._name_of(code)) == deeds(listed.title)}
            if same:
                return self._match(same, 100.0, True, "编码相同")
        for name in dict.fromkeys((listed.title, listed.subname, listed.name)):
            if not name or deeds(name) != deeds(listed.title):
                continue
            exact = self._by_name.get(strict(name)) or self._names.get(loose(name))
            if exact:
                agrees = self._agreeing(exact, listed.department)
                return self._match(agrees or exact, 100.0 if agrees else 95.0, bool(agrees), "名称相同")
        return self._alike(listed)

    def _alike(self, listed: ListedItem) -> Match | None:
        found = process.extract(
            loose(listed.title), self._choices, scorer=fuzz.ratio, limit=5, score_cutoff=LEAST - 10
        )
        ranked: list[tuple[float, str]] = []
        for name, score, _ in found:
            for code in self._names[name]:
                if deeds(self._name_of(code)) != deeds(listed.title):
                    continue
                agrees = self._agreement(code, listed.department)
                ranked.append((score - (15 if agrees is False else 0 if agrees else 4), code))
        ranked.sort(reverse=True)
        if not ranked or ranked[0][0] < LEAST:
            return None
        best, code = ranked[0]
        second = next((score for score, other in ranked if other != code), 0.0)
        return self._match({code}, best, best >= SURE and best - second >= MARGIN, "名称相近")

    def _agreement(self, code: str, department: str) -> bool | None:
        said = [self.departments.agree(department, item.department) for _, item in self._items[code]]
        return True if True in said else None if None in said else False

    def _agreeing(self, codes: Iterable[str], department: str) -> set[str]:
        return {code for code in codes if self._agreement(code, department) is not False}

    def _name_of(self, code: str) -> str:
        return self._items[code][0][1].name

    def _match(self, codes: Iterable[str], score: float, sure: bool, how: str) -> Match | None:
        chosen = sorted(code for code in codes if code in self._items)
        if not chosen:
            return None
        items = tuple((bundle, item.code) for code in chosen for bundle, item in self._items[code])
        return Match(items, round(score, 1), sure, how, self._name_of(chosen[0]))
