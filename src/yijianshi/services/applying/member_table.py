"""
Enter the members of a group from a table (名单表): what a spreadsheet says row by row, or nothing where anything is wrong.

Who is on the list already is known by his number and changed; the others are added; nobody is taken off.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.codes import ElementCode, ItemCode, MemberId
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.members import (
    MOST_MEMBERS,
    items_for,
    key_of,
    member_fields,
    members_of,
    name_for,
)
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Actor

from ..contents import Content
from ..examining.files import Sheet, sheets_in
from .drafting import changing_draft
from .fill import understand
from .members import keep_own, list_members, next_id, plan_with, refreshed

#: So large a file is no list of two hundred people.
LARGEST_TABLE = 5 * 1024 * 1024
_HEAD_ROWS = 10
_SAID = {
    "是": True,
    "有": True,
    "要": True,
    "办": True,
    "✓": True,
    "√": True,
    "否": False,
    "无": False,
    "不": False,
    "不办": False,
}
_DAY = re.compile(r"^(\d{4})[年/.](\d{1,2})(?:[月/.](\d{1,2}))?[日月]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table: what it says of a member, or whether he takes part in an item."""

    heading: str
    element: DataElement | None = None
    item: ItemCode | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: its row as the spreadsheet counts, its column by its heading."""

    row: int
    column: str
    says: str

    def __str__(self) -> str:
        where = f"第 {self.row} 行" if self.row else ""
        where += f"“{self.column}”" if self.column else ""
        return f"{where}：{self.says}" if where else self.says


class TableNotTaken(Exception):
    """Something in the table is wrong; nothing of it was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("；".join(str(fault) for fault in faults[:5]))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many members were added, and how many were changed."""

    added: int
    changed: int


def columns_for(plan: Plan, group: str) -> tuple[Column, ...]:
    """Return the columns of the table of a group: everything asked of a member, then the items."""
    elements = plan.edition.elements
    items = items_for(plan, group)
    return (
        *(
            Column(heading=elements[f.element].name, element=elements[f.element], required=f.required)
            for f in member_fields(plan, group, {})
            if elements[f.element].kind is not Kind.TABLE
        ),
        *(Column(heading=f"办{item.plain_name}", item=item.code) for item in items if len(items) > 1),
    )


def take_table(*, draft: UUID, actor: Actor, group: str, content: bytes, name: str, at: datetime) -> Taken:
    """
    Take the members from a spreadsheet or from pasted rows.

    :raises TableNotTaken: naming each fault by row and column; nothing is taken.
    :raises MemberUnknown: if the group is not there.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        plan = plan_with(opened, group)
        rows = _Rows(plan, group, opened.content)
        rows.read(_cells(content, name))
        if rows.faults:
            raise TableNotTaken(rows.faults)
        there = members_of(plan, group)
        fresh = [who for who in rows.values if who not in there]
        if len(there) + len(fresh) > MOST_MEMBERS:
            raise TableNotTaken([Fault(0, "", f"一次最多 {MOST_MEMBERS} 个，请分两次申报")])
        list_members(opened.content, plan, group, [*there, *fresh], rows.items)
        for who, given in rows.values.items():
            keep_own(opened.content, plan, group, who, given, at=at)
        refreshed(opened, actor, at)
        return Taken(len(fresh), len(rows.values) - len(fresh))


class _Rows:
    """The rows of a table as they are read: whose they are, what they say, what is wrong."""

    def __init__(self, plan: Plan, group: str, content: Content) -> None:
        self.columns = {_plain(column.heading): column for column in columns_for(plan, group)}
        self.elements = plan.edition.elements
        self.key = key_of(plan, group)
        self.needed = {self.key, name_for(plan, group)} - {None}
        self.known = {
            str(kept.value): who
            for who in members_of(plan, group)
            if (kept := content.member_values.get(who, {}).get(self.key or ""))
        }
        self.next = int(next_id(content))
        self.all_items = {item.code for item in items_for(plan, group)}
        self.values: dict[MemberId, dict[ElementCode, Any]] = {}
        self.items: dict[MemberId, set[ItemCode]] = {}
        self.seen: dict[str, int] = {}
        self.faults: list[Fault] = []

    def read(self, rows: Iterator[tuple[int, Sequence[object]]]) -> None:
        heads = self._heads(rows)
        if self.faults:
            return
        for number, cells in rows:
            if any(_text(cell) for cell in cells):
                self._row(number, cells, heads)
            if len(self.seen) > MOST_MEMBERS * 2:
                break
        if not self.values and not self.faults:
            self.faults.append(Fault(0, "", "表头下面没有内容，请一行填一个"))

    def _heads(self, rows: Iterator[tuple[int, Sequence[object]]]) -> dict[int, Column]:
        wanted = {_plain(self.elements[code].name) for code in self.needed if code}
        for number, cells in islice(rows, _HEAD_ROWS):
            names = [_plain(_text(cell)) for cell in cells]
            if not wanted & set(names):
                continue
            for missing in sorted(wanted - set(names)):
                self.faults.append(
                    Fault(number, self.columns[missing].heading, "表头里没有这一列，请用空白表")
                )
            for name in names:
                if name and name not in self.columns:
                    self.faults.append(
                        Fault(number, name, "不认识这一列；请照空白表的表头写，用不到的列请删掉")
                    )
            return {at: self.columns[name] for at, name in enumerate(names) if name in self.columns}
        heads = "”“".join(self.elements[code].name for code in self.needed if code)
        self.faults.append(Fault(0, "", f"没有找到表头。表头里要有“{heads}”，请用空白表填，或连表头一起粘贴"))
        return {}

    def _row(self, number: int, cells: Sequence[object], heads: dict[int, Column]) -> None:
        values: dict[ElementCode, Any] = {}
        items: set[ItemCode] = set(self.all_items)
        said_items = False
        for at, column in heads.items():
            cell = cells[at] if at < len(cells) else ""
            text = _text(cell)
            if column.item:
                said_items = True
                taking = _SAID.get(text, True if not text else None)
                if taking is None:
                    self._wrong(number, column, f"请填“是”或“否”，空着算“是”。您填的是“{text[:20]}”")
                elif not taking:
                    items.discard(column.item)
            elif column.element and text:
                value = understand(_shaped(cell, column.element), column.element)
                if said := wrong_with(value, column.element):
                    self._wrong(number, column, said)
                values[column.element.code] = value
            elif column.element and column.element.code in self.needed:
                self._wrong(number, column, "还没有填")
        self._whose(number, values, items if said_items else None)

    def _whose(self, number: int, values: dict[ElementCode, Any], items: set[ItemCode] | None) -> None:
        key = str(values.get(self.key, number)) if self.key else str(number)
        if before := self.seen.get(key):
            column = self.elements[self.key].name if self.key else ""
            self.faults.append(Fault(number, column, f"和第 {before} 行是同一个，请只留一行"))
            return
        self.seen[key] = number
        who = self.known.get(key)
        if who is None:
            who = MemberId(str(self.next))
            self.next += 1
            items = self.all_items if items is None else items
        self.values[who] = values
        if items is not None:
            self.items[who] = items

    def _wrong(self, number: int, column: Column, says: str) -> None:
        self.faults.append(Fault(number, column.heading, says))


def _cells(content: bytes, name: str) -> Iterator[tuple[int, Sequence[object]]]:
    if len(content) > LARGEST_TABLE:
        raise TableNotTaken([Fault(0, "", "文件太大了；名单表不会超过 5 MB，请只留名单")])
    found = next(iter(sheets_in(io.BytesIO(content), name)), None)
    if found is None:
        raise TableNotTaken([Fault(0, "", "表里没有内容")])
    if not isinstance(found, Sheet):
        raise TableNotTaken([Fault(0, "", f"{found.message}；{found.remedy}")])
    return enumerate(found.rows, start=1)


def _shaped(cell: object, element: DataElement) -> Any:
    """Return a cell in the shape in which a form would send it."""
    text = _text(cell)
    if element.kind in (Kind.BOOL, Kind.DECLARATION):
        return _SAID.get(text, text)
    if element.kind is Kind.MULTI_ENUM:
        return [one for one in re.split(r"[、，,;；]", text) if one]
    if element.kind in (Kind.DATE, Kind.MONTH):
        wide = 10 if element.kind is Kind.DATE else 7
        if isinstance(cell, date | datetime):
            return cell.isoformat()[:wide]
        if told := _DAY.match(text):
            year, month, day = told[1], told[2].zfill(2), (told[3] or "").zfill(2)
            return f"{year}-{month}" + (f"-{day}" if element.kind is Kind.DATE and told[3] else "")
        return text[:wide] if re.match(r"^\d{4}-\d\d-\d\d", text) else text
    return text


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():  # spreadsheets keep whole numbers as fractions
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _plain(heading: str) -> str:
    """Return a heading without blanks, marks of what is required, and what stands in brackets behind it."""
    text = re.sub(r"\s+|[*＊]|（必填）|\(必填\)", "", heading)
    return text.replace("(", "（").replace(")", "）")
