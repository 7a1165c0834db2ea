"""The list as a spreadsheet: everything a bureau looks for, and nothing that a spreadsheet would execute."""

import io
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from tests.domain.specimens import BUNDLES, shipped
from yijianshi.domain.editions import Edition
from yijianshi.services.exporting.workbook import ITEMS, MATERIALS, THINGS, workbook_of


def sheets(*editions: Edition) -> dict[str, list[list[object]]]:
    made = workbook_of(editions, division=editions[0].division)
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.clause("S1.1")
def test_the_list_names_items_responsible_units_limits_bases_and_materials() -> None:
    read = sheets(*map(shipped, BUNDLES))
    assert {name: rows[0] for name, rows in read.items()} == {
        "一件事": list(THINGS), "事项": list(ITEMS), "材料": list(MATERIALS),
    }  # fmt: skip
    assert len(read["一件事"]) == 1 + len(BUNDLES)
    assert len(read["事项"]) == 1 + sum(len(shipped(b).bundle.items) for b in BUNDLES)
    row = dict(zip(ITEMS, next(r for r in read["事项"] if r[1] == "food-business-permit"), strict=True))
    assert row["责任单位"] == "鼓楼区市场监督管理局"
    assert row["承诺时限"] == "5 个工作日"
    assert "《食品安全法》第三十五条" in str(row["设定依据"])


def test_what_looks_like_a_formula_stays_text() -> None:
    edition = shipped("newborn")
    bundle = replace(edition.bundle, name='=HYPERLINK("http://x","y")')
    made = workbook_of([replace(edition, bundle=bundle)], division=edition.division)
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.get_sheet_by_name("一件事").to_python()[1][1] == '=HYPERLINK("http://x","y")'


def test_the_same_list_is_the_same_file() -> None:
    edition = shipped("newborn")
    assert workbook_of([edition], division=edition.division) == workbook_of(
        [edition], division=edition.division
    )
