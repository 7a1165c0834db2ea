"""
The report as a spreadsheet: a first sheet that a director reads in a minute, then everything one by one.

What comes from the list stays text: nothing that begins with «=» becomes a formula.
"""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..catalogue.figures import whole
from .places import RULES
from .printing import WAYS
from .report import Report
from .summary import headline, most_pressing

_LONGEST = 32_000  # characters that a cell holds


def workbook(report: Report) -> bytes:
    """Return the report as .xlsx."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        writer = _Writer(book)
        _front(writer, report)
        _things(writer, report)
        _items(writer, report)
        _materials(writer, report)
        _findings(writer, report)
        _everywhere(writer, report)
        _schemes(writer, report)
        _names(writer, report)
        _tables(writer, report)
    return content.getvalue()


class _Writer:
    """The formats and the one way in which every table is laid out."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        font = {"font_name": "微软雅黑", "font_size": 10, "valign": "top", "text_wrap": True}
        self.cell: Format = book.add_format(font)
        self.title: Format = book.add_format({**font, "font_size": 18, "bold": True, "text_wrap": False})
        self.about: Format = book.add_format({**font, "font_color": "#59637A", "text_wrap": False})
        self.head: Format = book.add_format({**font, "bold": True, "bg_color": "#F1F4F9", "bottom": 1})
        self.strong: Format = book.add_format({**font, "bold": True, "font_size": 12, "text_wrap": False})
        self.figure: Format = book.add_format(
            {**font, "bold": True, "font_size": 14, "font_color": "#1155D4", "align": "left"}
        )
        self.bad: Format = book.add_format({**font, "font_color": "#C8321E"})

    def sheet(self, name: str, *, landscape: bool = True) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        return sheet

    def table(self, name: str, heads: Sequence[tuple[str, float]], rows: Iterable[Sequence[object]]) -> None:
        """Write a table with a head that stays, a filter, and columns as wide as said."""
        sheet = self.sheet(name)
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.head)
        at = 0
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self.write(sheet, at, column, value, self.cell)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if at:
            sheet.autofilter(0, 0, at, len(heads) - 1)

    def write(self, sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
        if isinstance(value, bool) or value is None:
            value = "" if value is None else "是" if value else "否"
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        else:
            sheet.write_string(row, column, str(value)[:_LONGEST], style)


def _front(w: _Writer, report: Report) -> None:
    sheet = w.sheet("一分钟看懂", landscape=False)
    for column, width in enumerate((30, 14, 14, 14, 40)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "事项清单体检报告", w.title)
    sheet.write_string(
        1, 0, f"{report.place or '全部'} · {report.on:%Y-%m-%d} · {'、'.join(report.files)[:80]}", w.about
    )
    row = 3
    for words in headline(report):
        sheet.write_string(row, 0, words, w.strong)
        row += 1
    row += 1
    for column, head in enumerate(("四减", "之前", "之后", "减少", "怎么算的")):
        sheet.write_string(row, column, head, w.head)
    for reduction in report.totals:
        row += 1
        sheet.write_string(row, 0, f"{reduction.name}（{reduction.unit}）", w.cell)
        for column, figure in enumerate((reduction.before, reduction.after, reduction.saved), 1):
            w.write(sheet, row, column, whole(figure or 0), w.figure)
        sheet.write_string(row, 4, reduction.counted, w.cell)
    row += 2
    for column, head in enumerate(("最要紧的", "几处", "", "", "依据")):
        sheet.write_string(row, column, head, w.head)
    for count in most_pressing(report):
        row += 1
        sheet.write_string(row, 0, count.title, w.bad if count.grave else w.cell)
        sheet.write_number(row, 1, count.count, w.cell)
        sheet.write_string(row, 4, count.why, w.cell)
    row += 2
    for column, head in enumerate(("一件事", "有几项", "缺几项", "少等几天", "清单里没有的事项")):
        sheet.write_string(row, column, head, w.head)
    for gain in report.gains:
        row += 1
        days = gain.reduction("办理时间")
        values = (
            gain.title,
            gain.found,
            len(gain.lacking),
            whole(days.saved) if days else "",
            "、".join(gain.lacking),
        )
        for column, value in enumerate(values):
            w.write(sheet, row, column, value, w.cell)


def _things(w: _Writer, report: Report) -> None:
    rows = []
    for gain in report.gains:
        for reduction in gain.reductions:
            rows.append((
                gain.title, gain.lead, gain.found, len(gain.items), reduction.name, reduction.unit,
                "清单没有写" if reduction.before is None else whole(reduction.before),
                "" if reduction.after is None else whole(reduction.after), whole(reduction.saved), reduction.counted,
            ))  # fmt: skip
    heads = [("一件事", 24), ("牵头", 12), ("清单有几项", 10), ("共几项", 8), ("哪一减", 18), ("单位", 10), ("之前", 10), ("之后", 8), ("减少", 8), ("怎么算的", 60)]  # fmt: skip
    w.table("四减", heads, rows)


def _items(w: _Writer, report: Report) -> None:
    rows = [
        (
            gain.title, item.name, "有" if item.is_there else "没有", item.listed, item.department, item.days,
            item.score if item.is_there else "", "" if not item.is_there else "确定" if item.sure else "请核对", item.where,
        )
        for gain in report.gains
        for item in gain.items
    ]  # fmt: skip
    heads = [("一件事", 24), ("事项", 24), ("清单里", 8), ("清单上的名称", 40), ("承办", 30), ("时限", 14), ("相似度", 8), ("把握", 8), ("在哪里", 40)]  # fmt: skip
    w.table("事项", heads, rows)


def _materials(w: _Writer, report: Report) -> None:
    rows = [
        (
            gain.title, material.name, len(material.asked_by), "、".join(material.asked_by), WAYS[material.way],
            material.why, "没有" if material.without_basis else "",
        )
        for gain in report.things
        for material in gain.materials
    ]  # fmt: skip
    heads = [
        ("一件事", 24),
        ("材料", 36),
        ("几项要", 8),
        ("哪些事项要", 50),
        ("一件事怎么来", 18),
        ("说明", 40),
        ("依据", 8),
    ]
    w.table("一套材料", heads, rows)


def _findings(w: _Writer, report: Report) -> None:
    rows = (
        (
            RULES[f.rule].title, "要改" if RULES[f.rule].grave else "可以更好", f.cell.file, f.cell.sheet,
            f.cell.row or "", f.cell.column, f.subject, f.message, f.remedy, RULES[f.rule].why,
        )
        for f in report.findings
    )  # fmt: skip
    heads = [("哪一类", 26), ("轻重", 10), ("文件", 20), ("表", 24), ("行", 8), ("栏", 16), ("事项", 36), ("问题", 60), ("怎么改", 50), ("依据", 40)]  # fmt: skip
    w.table("问题逐条", heads, rows)


def _everywhere(w: _Writer, report: Report) -> None:
    titles = {gain.bundle: gain.title for gain in report.gains}
    rows = (
        (
            place.place or place.division, place.division, titles[place.bundle], place.found, place.of, r.name, r.unit,
            "" if r.before is None else whole(r.before), "" if r.after is None else whole(r.after), whole(r.saved),
        )
        for place in report.everywhere
        for r in place.reductions
    )  # fmt: skip
    heads = [("地区", 24), ("区划代码", 10), ("一件事", 24), ("清单有几项", 10), ("共几项", 8), ("哪一减", 18), ("单位", 10), ("之前", 8), ("之后", 8), ("减少", 8)]  # fmt: skip
    w.table("各地", heads, rows)


def _schemes(w: _Writer, report: Report) -> None:
    rows = [
        (gain.title, heading, text)
        for gain in report.things
        for heading, lines in gain.scheme
        for text in lines
    ]
    w.table("实施方案草稿", [("一件事", 24), ("部分", 24), ("内容", 120)], rows)


def _names(w: _Writer, report: Report) -> None:
    matched = [
        (m.listed, m.department, m.name, m.how, m.score, "确定" if m.sure else "请核对", m.rows, m.example)
        for m in report.matched
    ]
    heads = [("清单上的名称", 44), ("承办（例）", 30), ("目录里的事项", 44), ("怎么对上的", 12), ("相似度", 8), ("把握", 8), ("几行", 8), ("第一处", 40)]  # fmt: skip
    w.table("名称对应", heads, matched)
    unmatched = [(u.listed, u.department, u.rows, u.example) for u in report.unmatched]
    w.table(
        "不在一件事里的", [("清单上的名称", 50), ("承办（例）", 34), ("几行", 8), ("第一处", 44)], unmatched
    )


def _tables(w: _Writer, report: Report) -> None:
    kinds = {"item": "事项", "material": "材料", "fee": "收费", "question": "问答", "field": "表单字段"}
    rows = [(t.file, t.sheet, kinds[t.kind], t.rows, "、".join(t.unknown)) for t in report.tables]
    w.table(
        "读表情况",
        [("文件", 30), ("表", 30), ("当作", 12), ("读了几行", 10), ("不认识的栏目（没有用）", 80)],
        rows,
    )
