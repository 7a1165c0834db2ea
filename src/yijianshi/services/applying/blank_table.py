"""The blank table of a group (空白名单表): one column for each thing asked of a member, with the choices to pick from."""

import io
from datetime import UTC, datetime

import xlsxwriter

from yijianshi.domain.definitions import Kind
from yijianshi.domain.members import MOST_MEMBERS, word_for
from yijianshi.domain.plans import Plan

from .member_table import Column, columns_for

#: A spreadsheet takes no list of choices longer than this.
_LONGEST_CHOICES = 255
_SHAPES = {
    Kind.DATE: "年月日，如 2026-11-24",
    Kind.MONTH: "年月，如 2026-11",
    Kind.YEAR: "四位年份，如 2026",
    Kind.BOOL: "是 或 否",
    Kind.DECLARATION: "填“是”",
    Kind.ID_NUMBER: "18 位",
    Kind.PHONE: "11 位手机号",
    Kind.INT: "整数",
    Kind.NUMBER: "数字",
    Kind.MONEY: "数字，单位元",
    Kind.MULTI_ENUM: "可以几个，用顿号隔开",
}
#: A table made twice for the same list is the same file.
_MADE = datetime(2022, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def blank_table(plan: Plan, group: str) -> bytes:
    """Return an empty table for the members of a group, with a second sheet that says how each column is filled."""
    columns = columns_for(plan, group)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": f"{word_for(plan, group)}名单", "created": _MADE})
        head = book.add_format({"bold": True, "bg_color": "#E6EFFD", "text_wrap": True, "border": 1})
        text = book.add_format({"num_format": "@"})  # an eighteen-digit number kept as a number loses its end
        sheet = book.add_worksheet(word_for(plan, group))
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, 22 if column.element else 14, text)
            sheet.write_string(0, at, column.heading + ("（必填）" if column.required else ""), head)
            if choices := _choices(column):
                sheet.data_validation(1, at, MOST_MEMBERS, at, {"validate": "list", "source": choices})
        told = book.add_worksheet("怎么填")
        told.set_column(0, 0, 28)
        told.set_column(1, 2, 44)
        for at, heading in enumerate(("列", "怎么填", "说明")):
            told.write_string(0, at, heading, head)
        for row, column in enumerate(columns, start=1):
            for at, words in enumerate(_told(column)):
                told.write_string(row, at, words)
    return made.getvalue()


def _choices(column: Column) -> list[str]:
    if column.item or (column.element and column.element.kind in (Kind.BOOL, Kind.DECLARATION)):
        return ["是", "否"]
    values = list(column.element.values) if column.element and column.element.kind is Kind.ENUM else []
    return values if len(",".join(values)) <= _LONGEST_CHOICES else []


def _told(column: Column) -> tuple[str, str, str]:
    if column.element is None:
        return column.heading, "是 或 否；空着算“是”", "这一项他不办，就填“否”"
    shape = "、".join(column.element.values) or _SHAPES.get(column.element.kind, "文字")
    return column.heading, shape, ("必填。" if column.required else "") + column.element.hint
