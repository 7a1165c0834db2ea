"""A list as a spreadsheet that a clerk opens, sorts and prints: head kept in view, columns as wide as their words."""

from io import BytesIO

import xlsxwriter

from .lists import Listing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How wide a column of weight 1 is, in characters of the sheet.
_WIDTH = 18


def workbook(*listings: Listing) -> bytes:
    """Return one workbook with a sheet for each list; every cell is written as text, never as a formula."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        title = book.add_format({"bold": True, "font_size": 14})
        hint = book.add_format({"font_color": "#3f4d68", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bg_color": "#e6effd", "border": 1, "text_wrap": True})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for listing in listings:
            sheet = book.add_worksheet(_sheet_name(listing))
            sheet.write_string(0, 0, listing.title, title)
            sheet.merge_range(1, 0, 1, len(listing.heads) - 1, listing.about, hint)
            sheet.set_row(1, 32)
            sheet.set_column(0, 0, 6)
            for at, column in enumerate(listing.columns, 1):
                sheet.set_column(at, at, column.width * _WIDTH)
            for at, name in enumerate(listing.heads):
                sheet.write_string(2, at, name, head)
            for number, row in enumerate(listing.table, 3):
                sheet.write_number(number, 0, int(row[0]), cell)
                for at, words in enumerate(row[1:], 1):
                    sheet.write_string(number, at, words, cell)
            sheet.freeze_panes(3, 0)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(2)
            if listing.rows:
                sheet.autofilter(2, 0, 2 + len(listing.rows), len(listing.heads) - 1)
    return content.getvalue()


def _sheet_name(listing: Listing) -> str:
    names = {"demand": "数据共享需求", "uses": "证照应用场景", "labour": "任务分工", "unfounded": "依据清理"}
    return names.get(listing.kind, listing.kind)
