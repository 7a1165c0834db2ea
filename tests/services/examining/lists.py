"""Lists written down for one test: as text tables and as spreadsheets."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from yijianshi.domain.codes import credit_code_check_character

Rows = Sequence[Sequence[object]]
ITEMS = [
    "事项名称",
    "基本编码",
    "实施编码",
    "事项类型",
    "设定依据",
    "行使层级",
    "实施主体",
    "法定办结时限",
    "承诺办结时限",
    "到办事现场次数",
]
FOOD = [
    "食品经营许可（新办）",
    "000199002000",
    "",
    "行政许可",
    "《食品安全法》第三十五条",
    "县级",
    "鼓楼区市场监督管理局",
    10,
    5,
    1,
]


def credit_code(division: str = "320106", number: int = 1) -> str:
    first = f"11{division}99999{number:04d}"
    return first + credit_code_check_character(first)


def as_csv(path: Path, rows: Rows, *, encoding: str = "utf-8", mark: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, **sheets: Rows) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path
