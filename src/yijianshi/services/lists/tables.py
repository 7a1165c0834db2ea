"""Read a list from a spreadsheet or CSV as it was published (清单表格): which column is what, by its heading."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

from python_calamine import CalamineError, load_workbook

#: By what is read from a column, the headings it may have.
HEADINGS = {
    "name": ("清单上的名称", "一件事名称", "“一件事”名称", "一件事", "事项名称", "主题名称", "名称"),
    "bundle": ("一件事编码", "编码"),
    "lead": ("牵头部门", "牵头单位", "责任部门", "省级牵头部门"),
    "note": ("备注", "说明"),
}
MOST_ROWS = 5000


class ListNotRead(ValueError):
    """The file is no list that can be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row of a published list."""

    row: int
    name: str
    bundle: str = ""
    lead: str = ""
    note: str = ""


def read_list(path: Path) -> tuple[ListRow, ...]:
    """
    Return the rows of a list.

    :raises ListNotRead: if the file is neither CSV nor a spreadsheet, or has no column of names.
    """
    if not path.is_file():
        raise ListNotRead(f"没有文件 {path}；请核对路径")
    rows = cells_of(path.name, path.read_bytes())
    for at, row in enumerate(rows[:20]):
        columns = _columns(row)
        if "name" in columns:
            found = tuple(_rows(rows[at + 1 :], columns, first=at + 2))
            if not found:
                raise ListNotRead(f"{path.name} 有表头，但下面没有内容")
            return found
    heads = "、".join(HEADINGS["name"])
    raise ListNotRead(f"{path.name} 的前 20 行里没有名称列；请把那一列的表头写成其中之一：{heads}")


def cells_of(name: str, content: bytes) -> list[list[str]]:
    """
    Return the cells of a CSV file or of the first sheet of a spreadsheet, as text.

    :param name: what the file is called, for its kind and for what is said about it.
    :raises ListNotRead: if it is neither.
    """
    if name.lower().endswith(".csv"):
        return [[cell.strip() for cell in row] for row in csv.reader(StringIO(_text(name, content)))][
            :MOST_ROWS
        ]
    try:
        sheet = load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()
    except CalamineError as reason:
        raise ListNotRead(f"{name} 打不开；请存成 xlsx 或 csv 再试") from reason
    return [[_said(cell) for cell in row] for row in sheet[:MOST_ROWS]]


def _text(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListNotRead(f"{name} 不是 UTF-8 也不是 GB 18030 编码；请另存为 UTF-8 的 csv")


def _said(cell: object) -> str:
    # Spreadsheets keep whole numbers as fractions.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for what, headings in HEADINGS.items():
        for heading in headings:
            if heading in row:
                found[what] = list(row).index(heading)
                break
    return found


def _rows(rows: Sequence[Sequence[str]], columns: dict[str, int], *, first: int) -> Iterator[ListRow]:
    for number, row in enumerate(rows, start=first):
        read = {what: row[at] if at < len(row) else "" for what, at in columns.items()}
        if read["name"]:
            yield ListRow(row=number, **read)
