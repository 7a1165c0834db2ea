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
    Law,
    LicenceKind,
    Material,
    Resource,
)

from .decoding import Decoder
from .files import Files, Overlay
from .findings import CatalogueUnreadable, Finding, Place, Remark, Severity
from .lines import Lines, NotYaml, Rows, line_of, parse_yaml
from .rules import severity_of
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
    "laws": ("laws.yaml", Law, False),
    "years": ("workdays.yaml", WorkYear, False),
}
#: The parts that a catalogue keeps under their codes, and what names a row in each part that must not repeat one.
_BY_CODE = ("elements", "materials", "resources", "departments", "licences", "divisions")
_NAMED = {**dict.fromkeys(_BY_CODE, "code"), "forbidden": "code", "laws": "title"}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What one file says: its tree with lines, its values, and what could not be understood."""

    name: str
    tree: Any = None
    values: tuple[Any, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unconfirmed: tuple[tuple[Place, str], ...] = ()
    left_out: frozenset[str] = frozenset()  # codes of things, and names of whole parts, not understood


@dataclass(slots=True)
class Reading:
    """A catalogue as read: its value, its files with their lines, and what could not be understood."""

    folder: Path
    catalogue: Catalogue
    years: tuple[WorkYear, ...]
    files: dict[Place, ReadFile]
    others: list[ReadFile] = field(default_factory=list)

    @property
    def unconfirmed(self) -> list[tuple[Place, str]]:
        """Every `confirm` that a steward wrote, with its place."""
        return [noted for read in self.files.values() for noted in read.unconfirmed]

    @property
    def left_out(self) -> frozenset[str]:
        return frozenset().union(*(read.left_out for read in (*self.files.values(), *self.others)))

    @property
    def slips(self) -> list[Remark]:
        """What could not be understood in any file."""
        return [remark for read in (*self.files.values(), *self.others) for remark in read.remarks]

    def unsound(self) -> Iterator[Remark]:
        """Yield the remarks for which the catalogue cannot be used at all."""
        return unsound(self.catalogue, slips=self.slips, left_out=self.left_out)

    def file_of(self, place: Place) -> str:
        """Return the name of the file in which a part or a one-thing stands, or nothing if it is in none."""
        return self.files[place].name if place in self.files else ""

    def locate(self, remark: Remark) -> Finding:
        """Return the remark with the file and line of its place."""
        part, *way = remark.place
        if part == "files":
            name, line = str(way[0]), int(way[1])
        elif part == "bundles":
            read = self.files.get(("bundles", way[0]), ReadFile("bundles"))
            name, line = read.name, line_of(read.tree, tuple(way[1:]))
        else:
            read = self.files[part,]
            name, line = read.name, line_of(read.tree, remark.place)
        return Finding(remark.rule, severity_of(remark), name, line, remark.message, remark.remedy)


def shipped_folder() -> Path:
    """Return the folder of the catalogue that comes with the platform, or the one the environment names."""
    named = os.environ.get("YIJIANSHI_CATALOGUE")
    return Path(named) if named else Path(__file__).resolve().parents[4] / "catalogue"


@lru_cache(maxsize=4)
def shipped_catalogue(folder: Path | None = None) -> Catalogue:
    """Return the catalogue of `folder`, read once per process. :raises CatalogueUnreadable: if it cannot be used."""
    return read_catalogue(folder or shipped_folder())


def source_of(folder: Path, bundle: str) -> str:
    """Return the text of the file in which a one-thing stands, or nothing where there is none."""
    name = read_folder(folder).file_of(("bundles", bundle))
    return (folder / name).read_text(encoding="utf-8") if name else ""


def read_catalogue(folder: Path, *, overlay: Overlay | None = None) -> Catalogue:
    """
    Return the catalogue that the files of `folder` describe, with the texts of `overlay` in their stead.

    :param overlay: by file name, such as “bundles/newborn.yaml”, the text to read instead; None for no such file.
    :raises CatalogueUnreadable: if a file is not understood, or speaks of something that is not there.
    """
    reading = read_folder(folder, overlay=overlay)
    errors = [reading.locate(r) for r in reading.unsound() if severity_of(r) is Severity.ERROR]
    if errors:
        raise CatalogueUnreadable(errors)
    return reading.catalogue


def read_workdays(folder: Path) -> Mapping[int, tuple[frozenset[date], frozenset[date]]]:
    """
    Return, by year, the rest days and the make-up days, in the shape of `domain.workdays.Calendar.years`.

    :raises CatalogueUnreadable: if the table is not understood.
    """
    read = _read_part("years", Files(folder, {}))
    if read.remarks:
        reading = Reading(folder, _NOTHING, (), {("years",): read})
        raise CatalogueUnreadable(reading.locate(remark) for remark in read.remarks)
    return {y.year: (frozenset(y.holidays), frozenset(y.makeup_days)) for y in read.values}


def read_folder(folder: Path, *, overlay: Overlay | None = None) -> Reading:
    """Return whatever of the catalogue can be understood, with remarks about the rest."""
    files = Files(folder, overlay or {})
    parts = {part: _read_part(part, files) for part in PARTS}
    bundles, others = _read_bundles(files)
    # of two things under one code the first is kept, as the second is what the check points at
    keyed = {
        part: dict(reversed({value.code: value for value in reversed(parts[part].values)}.items()))
        for part in _BY_CODE
    }
    catalogue = Catalogue(
        bundles={bundle.code: bundle for read in bundles.values() for bundle in read.values},
        **keyed,
        common_fields=parts["common_fields"].values,
        forbidden=parts["forbidden"].values,
        assignments=parts["assignments"].values,
        overrides=parts["overrides"].values,
        laws=parts["laws"].values,
    )
    read_files: dict[Place, ReadFile] = {(part,): read for part, read in parts.items()}
    read_files |= {("bundles", code): read for code, read in bundles.items()}
    return Reading(folder, catalogue, parts["years"].values, read_files, others)


_NOTHING = Catalogue(
    bundles={}, elements={}, materials={}, resources={}, departments={}, licences={}, divisions={}
)


def _read_part(part: str, files: Files) -> ReadFile:
    name, _, needed = PARTS[part]
    if name in files:
        return _read(part, name, files)
    if not needed:
        return ReadFile(name)
    remedy = f"在 {files.folder} 里补上这个文件"
    return _unread("missing-file", name, 1, f"目录里没有 {name}", remedy, lost=part)


def _read_bundles(files: Files) -> tuple[dict[str, ReadFile], list[ReadFile]]:
    """Return the one-things by their codes, and what was read of files that hold none of their own."""
    names = files.bundles()
    found: dict[str, ReadFile] = {}
    others = []
    if not names:
        remedy = "在 bundles/ 里放每件事一个 yaml 文件"
        others.append(_unread("missing-file", "bundles", 1, "目录里没有一件事", remedy))
    for name in names:
        read = _read("bundles", name, files)
        if not isinstance(read.tree, Lines):
            others.append(read)
            continue
        code = _code_of(read.tree, name)
        if code in found:
            message = f"一件事编码“{code}”在 {found[code].name} 里已经有了"
            line = read.tree.keys_at.get("code", 1)
            others.append(_unread("duplicate-code", name, line, message, "换一个编码"))
        else:
            found[code] = read
    return found, others


def _read(part: str, name: str, files: Files) -> ReadFile:
    try:
        return _understood(part, name, files.text(name))
    except NotYaml as error:
        message = f"不是合格的 YAML：{error}"
        return _unread("not-yaml", name, error.line, message, "检查缩进、冒号和引号", lost=part)


@lru_cache(maxsize=128)
def _understood(part: str, name: str, text: str) -> ReadFile:
    """
    Return what a file says; a text read before is not read again, so that a live check reads only what changed.

    :raises NotYaml: if it is not YAML.
    """
    tree = parse_yaml(text)
    if not isinstance(tree, Lines):
        remedy = "照 README.md 的样子写"
        return _unread("wrong-type", name, 1, "文件最外层应是“键: 值”", remedy, lost=part)
    decoder = Decoder()
    values = _bundle(name, tree, decoder) if part == "bundles" else _rows(part, name, tree, decoder)
    return ReadFile(
        name,
        tree,
        values,
        tuple(decoder.remarks),
        tuple(decoder.unconfirmed),
        frozenset(decoder.left_out),
    )


def _rows(part: str, name: str, tree: Lines, decoder: Decoder) -> tuple[Any, ...]:
    of = PARTS[part][1]
    for key in tree:
        if key != part:
            place: Place = ("files", name, tree.keys_at[key])
            remedy = f"这个文件只写 {part}"
            decoder.remarks.append(Remark("unknown-key", place, f"{name} 里不认识“{key}”", remedy))
    rows = tree.get(part)
    if not isinstance(rows, Rows):
        message = f"{name} 应以“{part}:”开头，下面是列表"
        decoder.remarks.append(Remark("wrong-type", (part,), message, f"写上 {part}: 和列表"))
        decoder.left_out.add(part)
        return ()
    found: list[Any] = []
    for at in range(len(rows)):
        rows[at] = long_form(rows[at], of, rows.rows_at[at])
        value = decoder.decode(rows[at], of, (part, at))
        if value is not None:
            found.append(value)
    if part in _NAMED:
        _remark_duplicates(part, (part,), tree, decoder, key=_NAMED[part])
    return tuple(found)


def _bundle(name: str, tree: Lines, decoder: Decoder) -> tuple[Any, ...]:
    code = _code_of(tree, name)
    bundle = decoder.decode(tree, Bundle, ("bundles", code))
    for part, key in (("items", "code"), ("questions", "key")):
        _remark_duplicates(part, ("bundles", code, part), tree, decoder, key=key)
    for at, item in enumerate(tree.get("items") or ()):
        for part, key in (("fields", "element"), ("materials", "material")):
            _remark_duplicates(part, ("bundles", code, "items", at, part), item, decoder, key=key)
    return () if bundle is None else (bundle,)


def _code_of(tree: Lines, name: str) -> str:
    return str(tree.get("code", PurePosixPath(name).stem))


def _unread(rule: str, name: str, line: int, message: str, remedy: str, *, lost: str = "") -> ReadFile:
    """Return a file of which nothing is known but what is wrong with it."""
    remark = Remark(rule, ("files", name, line), message, remedy)
    return ReadFile(name, remarks=(remark,), left_out=frozenset({lost} if lost else ()))


def _remark_duplicates(part: str, place: Place, tree: Any, decoder: Decoder, *, key: str) -> None:
    rows = tree.get(part) if isinstance(tree, dict) else None
    seen: set[str] = set()
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        name = row.get(key) if isinstance(row, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            remark = Remark("duplicate-code", (*place, at), f"“{name}”写了两次", "删去一处，或换一个编码")
            decoder.remarks.append(remark)
        seen.add(name)
