"""
Read a folder of catalogue files into the one value that everything is derived from (目录).
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from yijianshi.domain.catalogue import Assignment, Bundle, Catalogue, Field, Improvement
from yijianshi.domain.definitions import (
    DataElement,
    Department,
    Division,
    Forbidden,
    LicenceKind,
    Material,
    Resource,
)
from yijianshi.domain.lists import OfficialList
from yijianshi.domain.synonyms import Synonym

from .decoding import Decoder
from .files import Files, Overlay
from .findings import CatalogueUnreadable, Finding, Place, Remark, Severity
from .lines import Lines, NotYaml, Rows, line_of, parse_yaml
from .shorthand import long_form
from .soundness import unsound


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkYear:
    """One year's rest days and make-up days, as the State Council publishes them (放假安排)."""

    year: int
    holidays: tuple[date, ...]
    makeup_days: tuple[date, ...] = ()


#: Each part of the catalogue: its file, what it holds, and whether a catalogue may do without it.
PARTS: dict[str, tuple[str, type, bool]] = {
    "elements": ("elements.yaml", DataElement, True),
    "materials": ("materials.yaml", Material, True),
    "resources": ("resources.yaml", Resource, True),
    "departments": ("departments.yaml", Department, True),
    "licences": ("licences.yaml", LicenceKind, True),
    "divisions": ("divisions.yaml", Division, True),
    "common_fields": ("common-fields.yaml", Field, True),
    "forbidden": ("forbidden.yaml", Forbidden, False),
    "assignments": ("assignments.yaml", Assignment, False),
    "overrides": ("overrides.yaml", Improvement, False),
    "synonyms": ("synonyms.yaml", Synonym, False),
    "lists": ("lists.yaml", OfficialList, False),
    "years": ("workdays.yaml", WorkYear, False),
}
_KEYED = ("elements", "materials", "resources", "departments", "licences", "divisions", "forbidden")


@dataclass(slots=True)
class Reading:
    """A catalogue as read: its value, its files with their lines, and what could not be understood."""

    folder: Path
    catalogue: Catalogue
    years: tuple[WorkYear, ...]
    remarks: list[Remark]
    unconfirmed: list[tuple[Place, str]]
    left_out: frozenset[str]  # codes of things, and names of whole parts, that could not be understood
    trees: dict[Place, tuple[str, Any]] = field(default_factory=dict)

    def unsound(self) -> Iterator[Remark]:
        """Yield the remarks for which the catalogue cannot be used at all."""
        return unsound(self.catalogue, slips=self.remarks, left_out=self.left_out)

    def file_of(self, place: Place) -> str:
        """Return the name of the file in which a part or a one-thing stands, or nothing if it is in none."""
        return self.trees[place][0] if place in self.trees else ""

    def locate(self, remark: Remark) -> Finding:
        """Return the remark with the file and line of its place."""
        part, *way = remark.place
        if part == "bundles":
            name, tree = self.trees.get(("bundles", way[0]), ("bundles", None))
            way = way[1:]
        elif part == "files":
            return Finding(
                remark.rule, remark.severity, str(way[0]), int(way[1]), remark.message, remark.remedy
            )
        else:
            name, tree = self.trees.get((part,), (PARTS[str(part)][0], None))
            way = [part, *way]
        return Finding(
            remark.rule, remark.severity, name, line_of(tree, tuple(way)), remark.message, remark.remedy
        )


def shipped_folder() -> Path:
    """Return the folder of the catalogue that comes with the platform, or the one the environment names."""
    named = os.environ.get("YIJIANSHI_CATALOGUE")
    return Path(named) if named else Path(__file__).resolve().parents[4] / "catalogue"


@lru_cache(maxsize=4)
def shipped_catalogue(folder: Path | None = None) -> Catalogue:
    """Return the catalogue of `folder`, read once per process. :raises CatalogueUnreadable: if it cannot be used."""
    return read_catalogue(folder or shipped_folder())


def read_catalogue(folder: Path, *, overlay: Overlay | None = None) -> Catalogue:
    """
    Return the catalogue that the files of `folder` describe, with the texts of `overlay` in their stead.

    :param overlay: by file name, such as “bundles/newborn.yaml”, the text to read instead; None for no such file.
    :raises CatalogueUnreadable: if a file is not understood, or speaks of something that is not there.
    """
    reading = read_folder(folder, overlay=overlay)
    errors = [reading.locate(r) for r in reading.unsound() if r.severity is Severity.ERROR]
    if errors:
        raise CatalogueUnreadable(errors)
    return reading.catalogue


def read_workdays(folder: Path) -> Mapping[int, tuple[frozenset[date], frozenset[date]]]:
    """
    Return, by year, the rest days and the make-up days, in the shape of `domain.workdays.Calendar.years`.

    :raises CatalogueUnreadable: if the table is not understood.
    """
    decoder = Decoder()
    trees: dict[Place, tuple[str, Any]] = {}
    years = _read_part("years", Files(folder, {}), decoder, trees)
    if decoder.remarks:
        reading = _nothing(folder, decoder, trees)
        raise CatalogueUnreadable(reading.locate(remark) for remark in decoder.remarks)
    return {y.year: (frozenset(y.holidays), frozenset(y.makeup_days)) for y in years}


def read_part(part: str, folder: Path) -> tuple[Any, ...]:
    """Return the rows of one part that can be understood; `check_catalogue` says what is wrong with the others."""
    return _read_part(part, Files(folder, {}), Decoder(), {})


def read_folder(folder: Path, *, overlay: Overlay | None = None) -> Reading:
    """Return whatever of the catalogue can be understood, with remarks about the rest."""
    files = Files(folder, overlay or {})
    decoder = Decoder()
    trees: dict[Place, tuple[str, Any]] = {}
    parts: dict[str, tuple[Any, ...]] = {part: _read_part(part, files, decoder, trees) for part in PARTS}
    for part in _KEYED:
        _remark_duplicates(part, (part,), trees.get((part,), ("", None))[1], decoder)
    bundles = tuple(_read_bundles(files, decoder, trees))
    keyed = {
        part: {value.code: value for value in reversed(parts[part])} for part in _KEYED if part != "forbidden"
    }
    keyed = {part: dict(reversed(values.items())) for part, values in keyed.items()}
    catalogue = Catalogue(
        bundles={bundle.code: bundle for bundle in bundles},
        **keyed,
        common_fields=parts["common_fields"],
        forbidden=parts["forbidden"],
        assignments=parts["assignments"],
        overrides=parts["overrides"],
        synonyms=parts["synonyms"],
        lists=parts["lists"],
    )
    return Reading(
        folder,
        catalogue,
        parts["years"],
        decoder.remarks,
        decoder.unconfirmed,
        frozenset(decoder.left_out),
        trees,
    )


def _nothing(folder: Path, decoder: Decoder, trees: dict[Place, tuple[str, Any]]) -> Reading:
    empty = Catalogue(
        bundles={}, elements={}, materials={}, resources={}, departments={}, licences={}, divisions={}
    )
    return Reading(folder, empty, (), decoder.remarks, [], frozenset(), trees)


def _read_part(
    part: str, files: Files, decoder: Decoder, trees: dict[Place, tuple[str, Any]]
) -> tuple[Any, ...]:
    name, of, needed = PARTS[part]
    if name not in files:
        if needed:
            _remark_file(
                decoder, "missing-file", name, 1, f"目录里没有 {name}", f"在 {files.folder} 里补上这个文件"
            )
            decoder.left_out.add(part)
        return ()
    tree = _read_file(files, name, decoder)
    if tree is None:
        decoder.left_out.add(part)
        return ()
    trees[(part,)] = (name, tree)
    for key in tree:
        if key != part:
            decoder.remarks.append(
                Remark("unknown-key", (part,), f"{name} 里不认识“{key}”", f"这个文件只写 {part}")
            )
    rows = tree.get(part, None)
    if not isinstance(rows, Rows):
        _remark_file(
            decoder, "wrong-type", name, 1, f"{name} 应以“{part}:”开头，下面是列表", f"写上 {part}: 和列表"
        )
        decoder.left_out.add(part)
        return ()
    found: list[Any] = []
    for at in range(len(rows)):
        rows[at] = long_form(rows[at], of, rows.rows_at[at])
        value = decoder.decode(rows[at], of, (part, at))
        if value is not None:
            found.append(value)
    return tuple(found)


def _read_bundles(files: Files, decoder: Decoder, trees: dict[Place, tuple[str, Any]]) -> Iterator[Bundle]:
    names = files.bundles()
    if not names:
        _remark_file(
            decoder, "missing-file", "bundles", 1, "目录里没有一件事", "在 bundles/ 里放每件事一个 yaml 文件"
        )
    for name in names:
        tree = _read_file(files, name, decoder)
        if tree is None:
            decoder.left_out.add("bundles")
            continue
        code = str(tree.get("code", PurePosixPath(name).stem))
        if ("bundles", code) in trees:
            other = trees["bundles", code][0]
            _remark_file(
                decoder,
                "duplicate-code",
                name,
                tree.keys_at.get("code", 1),
                f"一件事编码“{code}”在 {other} 里已经有了",
                "换一个编码",
            )
            continue
        trees["bundles", code] = (name, tree)
        bundle = decoder.decode(tree, Bundle, ("bundles", code))
        for part, key in (("items", "code"), ("questions", "key")):
            _remark_duplicates(part, ("bundles", code, part), tree, decoder, key=key)
        for at, item in enumerate(tree.get("items") or ()):
            for part, key in (("fields", "element"), ("materials", "material")):
                _remark_duplicates(part, ("bundles", code, "items", at, part), item, decoder, key=key)
        if bundle is not None:
            yield bundle


def _read_file(files: Files, name: str, decoder: Decoder) -> Lines | None:
    try:
        tree = parse_yaml(files.text(name))
    except NotYaml as error:
        _remark_file(
            decoder, "not-yaml", name, error.line, f"不是合格的 YAML：{error}", "检查缩进、冒号和引号"
        )
        return None
    if not isinstance(tree, Lines):
        _remark_file(decoder, "wrong-type", name, 1, "文件最外层应是“键: 值”", "照 README.md 的样子写")
        return None
    return tree


def _remark_file(decoder: Decoder, rule: str, name: str, line: int, message: str, remedy: str) -> None:
    decoder.remarks.append(Remark(rule, ("files", name, line), message, remedy))


def _remark_duplicates(part: str, place: Place, tree: Any, decoder: Decoder, *, key: str = "code") -> None:
    rows = tree.get(part) if isinstance(tree, dict) else None
    seen: set[str] = set()
    for at, row in enumerate(rows or ()):
        name = row.get(key) if isinstance(row, dict) else None
        if name in seen:
            remark = Remark("duplicate-code", (*place, at), f"“{name}”写了两次", "删去一处，或换一个编码")
            decoder.remarks.append(remark)
        if isinstance(name, str):
            seen.add(name)
