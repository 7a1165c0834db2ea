"""The lists by which a reform is carried out: complete, exact, and the same on every carrier."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.domain.specimens import PROVINCE, edition_of, element, item, needing, shipped
from yijianshi.domain.catalogue import ASKED, COMPUTED, PRIOR, Field
from yijianshi.domain.definitions import Basis, Certainty
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.reforms.demand import COLUMNS, demand_list, demands_of
from yijianshi.services.reforms.labour import duties_of, labour_list
from yijianshi.services.reforms.lists import Listing
from yijianshi.services.reforms.sheets import workbook
from yijianshi.services.reforms.unfounded import INEXACT, NONE, UNSURE, unfounded_list
from yijianshi.services.reforms.uses import uses_list, uses_of

EDITIONS = tuple(shipped(bundle, PROVINCE) for bundle in shipped_catalogue().bundles)
ALL = {
    listing.kind: listing
    for listing in (
        demand_list(EDITIONS),
        uses_list(EDITIONS),
        labour_list(EDITIONS),
        unfounded_list(EDITIONS, on=date(2026, 11, 26)),
    )
}


@pytest.mark.clause("C4.2")
def test_the_demand_list_has_the_seven_columns_of_the_document() -> None:
    names = [column.name for column in COLUMNS]
    assert names == ["需求部门", "提供部门", "资源名称", "数据项", "更新周期", "提供方式", "数据范围"]
    assert ALL["demand"].heads[1:8] == tuple(names)
    for row in ALL["demand"].rows:
        assert all(getattr(row, column.key) for column in COLUMNS), row


@pytest.mark.clause("C4.2")
def test_the_demand_list_covers_exactly_the_fields_that_a_register_fills_in() -> None:
    filled = {
        (edition.bundle.code, item.code, field.element, field.prefill)
        for edition in EDITIONS
        for item in edition.bundle.items
        for field in item.fields
        if field.prefill not in (ASKED, COMPUTED, PRIOR)
    }
    listed = [
        (wanted.bundle, wanted.item, element, row.resource_code)
        for row in demands_of(EDITIONS)
        for wanted in row.wanted
        for element in wanted.elements
    ]
    assert set(listed) == filled
    assert len(listed) == len(filled), "nothing twice"


def test_a_department_asks_a_register_once_for_all_its_items() -> None:
    rows = demands_of(EDITIONS)
    assert len({(row.needed_by, row.resource_code) for row in rows}) == len(rows)
    of_one = demands_of(EDITIONS[:1])
    assert {row.resource_code for row in of_one} <= {row.resource_code for row in rows}


def test_what_a_register_does_not_tell_about_itself_is_left_to_it() -> None:
    edition = edition_of(
        item("a", fields=(Field(element="x", prefill="population"),)),  # type: ignore[arg-type]
        elements=[element("x")],
        registers={"population": "public-security"},
    )
    (row,) = demands_of((edition,))
    assert (row.provided_by, row.update_cycle, row.access) == (
        "public-security",
        "待提供部门明确",
        "待提供部门明确",
    )


@pytest.mark.clause("X1")
def test_the_division_of_labour_has_every_one_thing_with_all_its_items() -> None:
    shown = {row.code: row for row in ALL["labour"].rows}
    assert set(shown) == set(shipped_catalogue().bundles)
    for edition in EDITIONS:
        row = shown[edition.bundle.code]
        assert row.lead not in row.cooperating
        assert len(row.items) == len(edition.bundle.items)


def test_every_department_that_does_anything_has_its_duty() -> None:
    for edition in EDITIONS:
        duties = {duty.department_code: duty for duty in duties_of(edition)}
        assert duties[edition.bundle.lead_department].role == "牵头"
        for handled in edition.bundle.items:
            assert handled.plain_name in duties[handled.department].items
        assert all(duty.items or duty.provides or duty.role != "提供数据" for duty in duties.values())


def test_licences_say_where_they_are_issued_and_where_they_spare_paper() -> None:
    rows = {row.licence_code: row for row in uses_of(EDITIONS)}
    licence = rows["business-licence"]
    assert any("设立登记" in place for place in licence.issued_in)
    assert any("食品经营许可" in place for place in licence.used_in)
    assert "公积金" in licence.in_society, "whoever is not the state is society"
    assert any("免填住所" in place for place in licence.could_be_used_in)
    assert "开办餐饮店（食品经营许可）" in rows["food-business-permit"].issued_in


@pytest.mark.clause("C1.2")
def test_whatever_has_no_basis_is_listed_and_so_is_what_is_inexact_or_unsure() -> None:
    edition = edition_of(
        item(
            "bare",
            basis=(),
            materials=needing("paper"),
            conditions="符合条件",
            special_procedures=("现场勘验",),
        ),
        item("vague", basis=(Basis(title="示例条例"),)),
        item("unsure", certainty={"legal": Certainty.LOW}),
        item("sound", certainty={"legal": Certainty.HIGH}),
    )
    rows = [(row.standing, row.part, row.item) for row in unfounded_list((edition,)).rows]
    bare = "bare事项"
    assert [row for row in rows if row[0] == NONE and row[2] == bare]
    assert {part for standing, part, _ in rows if standing == NONE} == {"事项", "材料", "条件", "环节"}
    assert (INEXACT, "事项", "vague事项") in rows
    assert (UNSURE, "事项", "unsure事项") in rows
    assert not [row for row in rows if row[2] == "sound事项"]
    assert rows[0][0] == NONE, "the worst first"


def test_a_sound_one_thing_has_an_empty_list_that_says_so() -> None:
    listing = unfounded_list((edition_of(item("a")),))
    assert (listing.rows, listing.table) == ((), ())
    assert listing.empty


@pytest.mark.clause("C4.2", "X1")
@pytest.mark.parametrize("listing", ALL.values(), ids=ALL)
def test_a_spreadsheet_says_what_the_page_says(listing: Listing) -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(workbook(listing))).get_sheet_by_index(0)
    title, about, heads, *rows = sheet.to_python()
    assert title[0] == listing.title
    assert about[0] == listing.about
    assert tuple(heads) == listing.heads
    assert [tuple(str(cell) for cell in row[1:]) for row in rows] == [row[1:] for row in listing.table]
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))


def test_words_that_look_like_a_formula_stay_words() -> None:
    listing = labour_list(EDITIONS[:1])
    row = replace(listing.rows[0], name="=1+1")
    content = workbook(replace(listing, rows=(row,)))
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    assert sheet.to_python()[3][1] == "=1+1"


@pytest.mark.parametrize("listing", ALL.values(), ids=ALL)
def test_a_list_as_plain_values_has_the_same_rows(listing: Listing) -> None:
    assert len(listing.plain["rows"]) == len(listing.rows)
    assert all(column.key in listing.plain["rows"][0] for column in listing.columns)
