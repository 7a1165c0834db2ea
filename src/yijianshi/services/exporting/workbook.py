"""
The list as a spreadsheet (事项清单): one-things, items, materials - three sheets with the columns that offices exchange.

Basis: 苏政办发〔2022〕87号, 二(一): 事项名称、涉及事项、责任单位.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from yijianshi.domain.conditions import explain
from yijianshi.domain.definitions import Division
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import wording
from yijianshi.domain.processes import days_in_words
from yijianshi.domain.routing import Unit, unit_for, unit_name

from .cpsv import ACQUISITIONS, fee_in_words

#: Sheets with the width of each column.
THINGS = {
    "编码": 22, "名称": 34, "通俗名称": 20, "对象": 8, "类别": 10, "牵头部门": 26, "配合部门": 44, "事项数": 8,
    "总承诺时限": 14, "生效日": 12, "版本": 12,
}  # fmt: skip
ITEMS = {
    "一件事": 24, "事项编码": 26, "事项名称": 44, "责任单位": 30, "事项类型": 12, "设定依据": 60, "受理条件": 50,
    "适用情形": 36, "前置事项": 30, "法定时限": 14, "承诺时限": 14, "收费": 24, "办理结果": 30, "跑动次数（原）": 14,
    "跑动次数（现）": 14, "告知承诺": 10,
}  # fmt: skip
MATERIALS = {
    "一件事": 24, "事项名称": 44, "材料编码": 28, "材料名称": 40, "来源": 22, "必要性": 30, "份数": 16, "依据": 60,
}  # fmt: skip
_KINDS = {"standard": "标准件", "premium": "示范件", "future": "后续目标"}
_AUDIENCES = {"individual": "个人", "enterprise": "企业"}
_COPIES = {"original": "原件", "copy": "复印件"}
#: A file made twice from the same list is the same file.
_MADE = datetime(2022, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def workbook_of(editions: Iterable[Edition], *, division: Division) -> bytes:
    """Return the list as an xlsx file; what begins with «=» stays text, so that no formula comes in from the catalogue."""
    offered = tuple(editions)
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": f"{division.name}“一件事一次办”事项清单", "created": _MADE})
        head = book.add_format(
            {"bold": True, "bg_color": "#E6EFFD", "text_wrap": True, "valign": "vcenter", "border": 1}
        )
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for name, columns, rows in (
            ("一件事", THINGS, _things(offered, division)),
            ("事项", ITEMS, _items(offered, division)),
            ("材料", MATERIALS, _materials(offered)),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            sheet.set_row(0, 28)
            last = 0
            for column, (title, width) in enumerate(columns.items()):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, head)
            for last, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    sheet.write(last, column, value, cell)
            sheet.autofilter(0, 0, last, len(columns) - 1)
    return made.getvalue()


def _things(offered: Iterable[Edition], division: Division) -> Iterator[tuple[Any, ...]]:
    for edition in offered:
        bundle = edition.bundle
        units = {unit_for(item, edition, division=division.code) for item in bundle.items}
        lead = Unit(bundle.lead_department, division.code)
        total = bundle.promised_total
        yield (
            bundle.code, bundle.name, bundle.title, _AUDIENCES[bundle.audience], _KINDS.get(bundle.kind, bundle.kind),
            _named(lead, edition), "、".join(_named(unit, edition) for unit in sorted(units - {lead}, key=str)),
            len(bundle.items), days_in_words(total.promised, total.unit) if total else "",
            edition.valid_from.isoformat(), edition.digest[:8],
        )  # fmt: skip


def _items(offered: Iterable[Edition], division: Division) -> Iterator[tuple[Any, ...]]:
    for edition in offered:
        names, words = {i.code: i.name for i in edition.bundle.items}, wording(edition)
        for item in edition.bundle.items:
            statutory = item.limit.statutory
            yield (
                edition.bundle.title, item.code, item.name,
                _named(unit_for(item, edition, division=division.code), edition), item.type,
                "；".join(map(str, item.basis)), item.conditions,
                explain(item.applies_if, name_of=words) if item.applies_if else "都适用",
                "、".join(names[code] for code in (*item.depends_on, *item.depends_on_any)),
                days_in_words(statutory, item.limit.unit) if statutory is not None else "",
                days_in_words(item.limit.promised, item.limit.unit), fee_in_words(item.fee), item.result.name,
                item.visits.before, item.visits.after, "可以" if item.commitment.allowed else "",
            )  # fmt: skip


def _materials(offered: Iterable[Edition]) -> Iterator[tuple[Any, ...]]:
    for edition in offered:
        words = wording(edition)
        for item in edition.bundle.items:
            for need in item.materials:
                material = edition.materials[need.material]
                needed = "必要" if need.required else "可选"
                if need.required_if:
                    needed = f"有条件：{explain(need.required_if, name_of=words)}"
                copies = need.copies or material.copies or {}
                basis = (need.basis or material.basis,) if need.basis or material.basis else item.basis
                yield (
                    edition.bundle.title, item.name, material.code, material.name, ACQUISITIONS[material.acquisition],
                    needed, "，".join(f"{_COPIES.get(kind, kind)} {count}" for kind, count in copies.items()),
                    "；".join(map(str, basis)),
                )  # fmt: skip


def _named(unit: Unit, edition: Edition) -> str:
    return unit_name(unit, edition.departments, edition.divisions)
