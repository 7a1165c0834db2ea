"""
Read a whole list: every table of every file, joined to items with their materials, charges and fields.

Nothing is dropped in silence: columns nobody knows are listed, and a row that cannot be read is told with its place.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from . import headings as h
from .files import Sheet, open_sheets
from .headings import Headings, find_headings
from .joining import Joining
from .listed import ListedItem, ListRead, TableRead
from .places import Cell, Finding
from .rows import Row, read_extension, read_item, read_part

#: More rows than any province's list has; what lies beyond is counted and told.
MOST_ROWS = 500_000
#: The most findings of one kind about cells that are kept; a column that is wrong throughout needs no more.
MOST_OF_ONE_KIND = 20_000
_TOLD_EVERY = 2_000

Tell = Callable[[int, int], None]


class ListUnreadable(ValueError):
    """Not one item could be read from the files; the findings say why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        told = "；".join(f"{f.cell}：{f.message}，{f.remedy}" for f in self.findings[:5])
        super().__init__(
            f"没有读到一个事项。{told or '文件里没有认得出的表头；第一行要有“事项名称”这样的栏目'}"
        )


class NamedFile(NamedTuple):
    """A file to be read and the name by which people know it."""

    path: Path
    name: str


def read_list(files: Iterable[Path | NamedFile], *, tell: Tell | None = None) -> ListRead:
    """
    Return what the files list; `tell(rows so far, rows expected)` is called as it goes on.

    :raises ListUnreadable: if there is not one item.
    """
    read = ListRead([], [], [])
    joining = Joining(read)
    for file in files:
        path, name = file if isinstance(file, NamedFile) else (file, file.name)
        for found in open_sheets(path, name=name):
            if isinstance(found, Finding):
                read.findings.append(found)
            else:
                _read_sheet(found, read, joining, tell)
    joining.join()
    if not read.items:
        raise ListUnreadable(read.findings)
    return read


def _read_sheet(sheet: Sheet, read: ListRead, joining: Joining, tell: Tell | None) -> None:
    first = list(islice(sheet.rows, 20))
    headings = find_headings(first, file=sheet.file, sheet=sheet.name)
    if headings is None:
        if any(cell not in ("", None) for row in first for cell in row):
            read.findings.append(
                Finding(
                    "sheet-not-understood",
                    Cell(sheet.file, sheet.name),
                    sheet.name or sheet.file,
                    "前 15 行里没有认得出的表头，这张表没有读",
                    "表头要有“事项名称”“材料名称”这样的栏目；说明性的表可以不管",
                )
            )
        return
    counted = 0
    for row in _rows(sheet, headings, first):
        if read.rows >= MOST_ROWS:
            read.left_out += 1
            continue
        read.rows += 1
        counted += 1
        _take(row, headings, read, joining)
        if tell and read.rows % _TOLD_EVERY == 0:
            tell(read.rows, max(sheet.total, read.rows))
    known = frozenset(headings.columns.values())
    read.tables.append(
        TableRead(
            sheet.file,
            sheet.name,
            headings.kind,
            counted,
            headings.unknown,
            has_basis="material_basis" in known if headings.kind == h.MATERIAL else "basis" in known,
        )
    )
    _missing_columns(sheet, headings, read)
    for at in sheet.damaged:
        read.findings.append(
            Finding(
                "text-damaged", Cell(sheet.file, sheet.name, at), f"第 {at} 行",
                "有认不出的字，或者引号没有配对；这一行读到的可能不全", "另存为 UTF-8 再交，或改好这一行",
            )
        )  # fmt: skip
    if read.left_out:
        read.findings.append(
            Finding(
                "too-much", Cell(sheet.file, sheet.name), sheet.file,
                f"超过 {MOST_ROWS} 行，后面 {read.left_out} 行没有读", "分几次体检",
            )
        )  # fmt: skip
        read.left_out = 0


def _rows(sheet: Sheet, headings: Headings, first: list[Sequence[object]]) -> Iterator[Row]:
    """Yield the rows below the headings that hold anything; one that repeats the headings holds nothing."""
    wanted = headings.columns
    for at, cells in enumerate(chain(first, sheet.rows), 1):
        if at <= headings.row:
            continue
        values = {
            meaning: cells[column]
            for column, meaning in wanted.items()
            if column < len(cells) and cells[column] not in ("", None)
        }
        if not values or all(value == headings.words.get(meaning) for meaning, value in values.items()):
            continue
        yield Row(sheet.file, sheet.name, at, values, headings.words)


def _take(row: Row, headings: Headings, read: ListRead, joining: Joining) -> None:
    if headings.kind != h.ITEM:
        joining.keep_part(headings.kind, row, read_part(headings.kind, row))
        return
    if "name" not in headings.words:
        joining.keep_extension(row, read_extension(row))
        return
    is_more_of_last = headings.with_materials and not row.has("name", "code", "handle_code")
    if is_more_of_last and row.has("material"):
        joining.add_to_last(row)
        return
    item: ListedItem | None = read_item(row, read.findings)
    if item is None:
        read.findings.append(
            Finding(
                "row-unreadable", row.at("name"), f"第 {row.number} 行",
                "没有事项名称，不知道说的是哪个事项，这一行没有算", "补上事项名称；合计、说明等行可以不管",
            )
        )  # fmt: skip
        return
    if headings.with_materials and (same := joining.same_as_last(item)):
        joining.add_to_last(row)
        same.basis = same.basis or item.basis
        return
    joining.add(item, row)
    if headings.with_materials and row.has("material"):
        joining.add_to_last(row)


def _missing_columns(sheet: Sheet, headings: Headings, read: ListRead) -> None:
    if headings.kind == h.ITEM and "name" in headings.words:
        missing = [
            word
            for meaning, word in h.REQUIRED.items()
            if meaning not in headings.words and not (meaning == "basic_code" and "code" in headings.words)
        ]
    elif headings.kind == h.MATERIAL and "material_basis" not in headings.words:
        missing = ["要求提供材料的依据"]
    else:
        return
    for word in missing:
        read.findings.append(
            Finding(
                "column-missing", Cell(sheet.file, sheet.name, headings.row), word,
                f"没有“{word}”这一栏，与它有关的检查没有做", f"补上“{word}”再体检",
            )
        )  # fmt: skip
