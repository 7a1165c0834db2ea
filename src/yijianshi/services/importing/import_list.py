"""Lay a list beside the catalogue: which item each row is, what it says otherwise, and what would be written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yijianshi.domain.catalogue import Catalogue, Improvement, ItemNumbers
from yijianshi.domain.codes import DivisionCode, ItemCode, is_basic_code, is_implementation_code

from ..examining.listed import ListedItem
from ..examining.matching import Match, Matching
from ..examining.places import Finding
from ..examining.reading import NamedFile, read_list
from ..examining.report import MatchedName
from ..examining.wanted import Materials
from ..examining.whereabouts import Whereabouts
from .differing import sayings
from .drafting import draft_of

#: So many rows that say the same are named by their places, the rest by their number.
_FEW_PLACES = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one item that the list has otherwise, with how many rows say so and where the first stands."""

    item: str
    name: str
    field: str
    listed: str
    ours: str
    rows: int
    places: tuple[str, ...]
    example: str

    def __str__(self) -> str:
        where = "、".join(self.places[:_FEW_PLACES]) + ("等" if len(self.places) > _FEW_PLACES else "")
        many = (
            f"（{where}{'，' if where else ''}共 {self.rows} 处）"
            if self.rows > 1
            else f"（{where}）"
            if where
            else ""
        )
        return f"“{self.name}”{self.field}：清单 {self.listed}，目录 {self.ours}{many}，见{self.example}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What importing a list would bring."""

    rows: int
    matched: tuple[MatchedName, ...]
    differences: tuple[Difference, ...]
    codes: tuple[ItemNumbers, ...]  # those of the catalogue and those of the list
    new_codes: int
    overrides: tuple[Improvement, ...]
    draft: dict[str, Any]
    findings: tuple[Finding, ...]

    @property
    def doubtful(self) -> tuple[MatchedName, ...]:
        return tuple(match for match in self.matched if not match.sure)


def prepare_import(files: Iterable[Path | NamedFile], *, catalogue: Catalogue) -> Import:
    """
    Return what the list in `files` would bring; nothing is written.

    Only what is surely an item of the catalogue gives it codes and shorter promises.

    :raises ListUnreadable: if not one item can be read.
    """
    read = read_list(files)
    where = Whereabouts(catalogue.divisions)
    where.settle(read.items)
    matching, materials = Matching(catalogue), Materials(catalogue)
    laid = [(item, matching.match(item)) for item in read.items]
    sure = [(item, match) for item, match in laid if match and match.sure]
    codes, new = _codes(sure, catalogue)
    return Import(
        rows=read.rows,
        matched=tuple(_matched(laid)),
        differences=tuple(_differences(sure, catalogue, materials, where)),
        codes=codes,
        new_codes=new,
        overrides=tuple(_overrides(sure, catalogue)),
        draft=draft_of((item for item, match in laid if match is None), catalogue, materials),
        findings=tuple(read.findings),
    )


def _matched(laid: Iterable[tuple[ListedItem, Match | None]]) -> Iterable[MatchedName]:
    found: dict[tuple[str, str], MatchedName] = {}
    rows: Counter[tuple[str, str]] = Counter()
    for item, match in laid:
        if match is None:
            continue
        key = (item.title, match.name)
        rows[key] += 1
        found.setdefault(
            key,
            MatchedName(item.title, item.department, match.name, match.how, match.score, match.sure, 0, str(item.cell)),
        )  # fmt: skip
    return (replace(one, rows=rows[key]) for key, one in found.items())


def _differences(
    sure: Iterable[tuple[ListedItem, Match]], catalogue: Catalogue, materials: Materials, where: Whereabouts
) -> Iterable[Difference]:
    known = {(b.code, i.code): i for b in catalogue.bundles.values() for i in b.items}
    found: dict[tuple[str, str, str, str], Difference] = {}
    for listed, match in sure:
        for code in dict.fromkeys(item for _, item in match.items):
            item = known[next(key for key in match.items if key[1] == code)]
            place = where.full_name(listed.division)
            for saying in sayings(listed, item, materials):
                key = (code, saying.field, saying.listed, saying.ours)
                before = found.get(key)
                if before is None:
                    found[key] = Difference(
                        code, item.plain_name, saying.field, saying.listed, saying.ours, 1,
                        (place,) if place else (), str(listed.cell),
                    )  # fmt: skip
                else:
                    places = tuple(dict.fromkeys((*before.places, place))) if place else before.places
                    found[key] = replace(before, rows=before.rows + 1, places=places)
    return found.values()


def _codes(
    sure: Iterable[tuple[ListedItem, Match]], catalogue: Catalogue
) -> tuple[tuple[ItemNumbers, ...], int]:
    basics: dict[str, dict[str, None]] = {}
    places: dict[str, dict[str, dict[str, None]]] = {}
    for there in catalogue.codes:
        basics.setdefault(there.item, {}).update(dict.fromkeys(there.basic_codes))
        for division, known in (there.implementations or {}).items():
            places.setdefault(there.item, {}).setdefault(division, {}).update(dict.fromkeys(known))
    before = _count(basics, places)
    for listed, match in sure:
        for code in {item for _, item in match.items}:
            if is_basic_code(listed.basic_code):
                basics.setdefault(code, {})[listed.basic_code] = None
            if is_implementation_code(listed.code) and listed.division:
                places.setdefault(code, {}).setdefault(listed.division, {})[listed.code] = None
    numbers = tuple(
        ItemNumbers(
            item=ItemCode(code),
            basic_codes=tuple(basics.get(code, ())),
            implementations={DivisionCode(d): tuple(known) for d, known in sorted(places.get(code, {}).items())}
            or None,
        )
        for code in sorted({*basics, *places})
    )  # fmt: skip
    return numbers, _count(basics, places) - before


def _count(basics: dict[str, dict[str, None]], places: dict[str, dict[str, dict[str, None]]]) -> int:
    implementations = (known for by_place in places.values() for known in by_place.values())
    return sum(map(len, basics.values())) + sum(map(len, implementations))


def _overrides(sure: Iterable[tuple[ListedItem, Match]], catalogue: Catalogue) -> Iterable[Improvement]:
    """Yield every promise of a place that is shorter than the catalogue's and not there yet."""
    known = {(b.code, i.code): i for b in catalogue.bundles.values() for i in b.items}
    there = {
        (o.division, o.bundle, o.item): o.promised for o in catalogue.overrides if o.promised is not None
    }
    found: dict[tuple[str, str, str], Improvement] = {}
    for listed, match in sure:
        division = catalogue.divisions.get(DivisionCode(listed.division))
        if division is None or division.parent is None or listed.promised is None:
            continue
        for bundle, code in match.items:
            limit = known[bundle, code].limit
            ours = there.get((division.code, bundle, code), limit.promised)
            if limit.unit == listed.promised_unit and ours is not None and listed.promised < ours:
                found[division.code, bundle, code] = Improvement(
                    division=division.code, bundle=bundle, item=code, promised=listed.promised
                )
    return found.values()
