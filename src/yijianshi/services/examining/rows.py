"""One row of a table, and what an item, a material, a charge or a field of it says."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import headings as h
from . import values as v
from .listed import ListedFee, ListedItem, ListedMaterial
from .places import Cell, Finding


@dataclass(slots=True)
class Row:
    """One row: its place, its cells by their meaning, and the headings as written."""

    file: str
    sheet: str
    number: int
    cells: Mapping[str, object]
    words: Mapping[str, str]

    def at(self, meaning: str = "") -> Cell:
        """Return the place of one cell, or of the row."""
        return Cell(self.file, self.sheet, self.number, self.words.get(meaning, ""))

    def text(self, meaning: str) -> str:
        return v.text_of(self.cells.get(meaning))

    def code(self, meaning: str) -> str:
        return v.code_of(self.cells.get(meaning))

    def has(self, *meanings: str) -> bool:
        return any(self.text(meaning) for meaning in meanings)


@dataclass(slots=True)
class Reference:
    """By what a row of another table names its item."""

    guid: str
    handle_code: str
    code: str
    name: str
    department: str = ""


def reference_of(row: Row) -> Reference:
    """Return by what a row names its item."""
    return Reference(
        row.code("guid"), row.code("handle_code"), row.code("code"), row.text("name"), row.text("department")
    )


def read_item(row: Row, findings: list[Finding]) -> ListedItem | None:
    """Return the item of a row, or None if it names none; cells that are not understood are told and left empty."""
    name = row.text("name")
    if not name:
        return None

    def tell(rule: str, meaning: str, message: str, remedy: str) -> None:
        findings.append(Finding(rule, row.at(meaning), name, message, remedy))

    kind, type_known = v.type_of(row.cells.get("type"))
    if not type_known:
        tell("code-unknown-value", "type", f"事项类型“{kind[:20]}”不在代码表里", "01 行政许可、07 行政确认、20 公共服务等，照代码表填")  # fmt: skip
    level, level_known = v.level_of(row.cells.get("level"))
    if not level_known:
        tell("code-unknown-value", "level", f"行使层级“{level[:20]}”不在代码表里", "1 国家级至 6 村（社区）级，7 分级管理")  # fmt: skip
    limits: dict[str, v.Days] = {}
    for meaning in ("statutory", "promised"):
        unit = row.text(f"{meaning}_unit") or h.unit_in(row.words.get(meaning, ""))
        limits[meaning] = v.days_of(row.cells.get(meaning), unit=unit)
        if problem := limits[meaning].problem:
            tell("days-not-understood", meaning, problem, "只写数字，单位另写工作日或自然日")
    visits, visits_known = v.count_of(row.cells.get("visits"))
    if not visits_known:
        tell("code-unknown-value", "visits", f"到现场次数“{row.text('visits')[:20]}”不是次数", "写 0、1、2 这样的数字")  # fmt: skip
    is_fee = v.truth_of(row.cells.get("is_fee"))
    if is_fee is None and row.has("is_fee"):
        tell("code-unknown-value", "is_fee", f"是否收费“{row.text('is_fee')[:20]}”既不是“是”也不是“否”", "写 1（是）或 0（否）")  # fmt: skip
    dates = {}
    for meaning in ("begins", "ends"):
        dates[meaning], problem = v.day_of(row.cells.get(meaning))
        if problem:
            tell("day-not-understood", meaning, problem, "写成 20260101 或 2026-01-01")
    for meaning, word in h.REQUIRED.items():
        if meaning in row.words and not row.has(meaning):
            unsaid = meaning == "basis"  # has a rule of its own
            if not unsaid and not (meaning == "promised" and row.has("promised_note")):
                tell("required-empty", meaning, f"“{word}”没有填", f"补上“{word}”")
    item = ListedItem(
        name=name,
        cell=row.at("name"),
        subname=row.text("subname"),
        basic_code=row.code("basic_code"),
        code=row.code("code"),
        type=kind if type_known else "",
        basis=row.text("basis"),
        level=level if level_known else "",
        department=row.text("department"),
        department_code=row.code("department_code"),
        division=row.code("division"),
        statutory=limits["statutory"].days,
        statutory_unit=limits["statutory"].unit,
        promised=limits["promised"].days,
        promised_unit=limits["promised"].unit,
        visits=visits,
        special=row.text("special"),
        condition=row.text("condition"),
        result=row.text("result"),
        prior=row.text("prior"),
        is_fee=is_fee,
        fee_basis=row.text("fee_basis"),
        ends=dates["ends"],
    )
    for material in v.materials_in(row.cells.get("materials")):
        item.materials.append(ListedMaterial(name=material, cell=row.at("materials"), basis="?"))
    handling = row.text("handling")
    if handling in ("1", "即办件") and item.promised:
        tell("instant-with-days", "promised", f"办件类型是即办件，却承诺 {item.promised:g} 天", "改成承诺件，或把承诺改成 0")  # fmt: skip
    return item


def read_extension(row: Row) -> dict[str, str]:
    """Return what a row of the extension table adds to its item."""
    return {meaning: row.text(meaning) for meaning in ("result", "special", "prior") if row.has(meaning)}


def read_part(kind: str, row: Row) -> ListedMaterial | ListedFee | str | None:
    """Return the material, charge or field of a row; None where the row says nothing of the kind."""
    if kind == h.MATERIAL:
        return material_of(row)
    if kind == h.FEE:
        name = row.text("fee")
        return ListedFee(name, row.at("fee_basis"), row.text("fee_basis")) if name else None
    if kind == h.FIELD:
        return row.text("field") or None
    return row.text("question") or None


def material_of(row: Row) -> ListedMaterial | None:
    """Return the material of a row, or None if it names none."""
    name = row.text("material")
    if not name:
        return None
    has_column = "material_basis" in row.words
    return ListedMaterial(
        name=name,
        cell=row.at("material"),
        basis=row.text("material_basis") if has_column else "?",
        needed=v.needed_of(row.cells.get("needed")),
        from_state=v.from_state(row.cells.get("source")),
    )
