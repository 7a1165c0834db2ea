"""Every fault planted in the small list is in the report, at its row; the clean list has none."""

import re
from collections import Counter
from datetime import date

import pytest

from yijianshi.services.catalogue import shipped_catalogue, shipped_folder
from yijianshi.services.examining import RULES, Report, examine

EXAMPLES = shipped_folder() / "examples"
ROW = re.compile(r"^\| (\S*) \| (\d*) \| (\S*) \| `([\w-]+)` \| \S+ \| (.*) \|$", re.MULTILINE)
PLANTED = [row.groups() for row in ROW.finditer((EXAMPLES / "README.md").read_text(encoding="utf-8"))]
#: Told of rows in which nothing is wrong: what one thing would spare there.
GAINS = {"asked-twice-material", "shared-material", "produced-material"}
TODAY = date(2026, 11, 18)


@pytest.fixture(scope="module")
def report() -> Report:
    return examine([EXAMPLES / "planted-faults.xlsx"], catalogue=shipped_catalogue(), on=TODAY)


@pytest.mark.clause("C1.2")
@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p[3]}-{p[0]}-{p[1]}")
def test_every_planted_fault_is_found_at_its_row(report: Report, planted: tuple[str, ...]) -> None:
    sheet, row, column, rule, _ = planted
    found = [
        f
        for f in report.findings
        if f.rule == rule and f.cell.sheet == sheet and str(f.cell.row or "") == row
    ]
    assert found, [str(f.cell) for f in report.found_by(rule)]
    assert not column or column in {f.cell.column for f in found}
    assert all(f.message and f.remedy for f in found)


def test_nothing_is_found_that_was_not_planted(report: Report) -> None:
    planted = {(rule, sheet, row) for sheet, row, _, rule, _ in PLANTED}
    found = Counter((f.rule, f.cell.sheet, str(f.cell.row or "")) for f in report.findings)
    assert {key for key in found if key not in planted and key[0] not in GAINS} == set()


def test_a_column_that_nobody_knows_is_listed_and_not_dropped(report: Report) -> None:
    assert ("事项", "本地特色") in report.unknown_columns


def test_nearly_every_rule_is_planted_once() -> None:
    elsewhere = {"file-unreadable", "text-damaged", "too-much"}  # files of their own, in test_reading
    assert {rule for *_, rule, _ in PLANTED} == set(RULES) - elsewhere


def test_a_clean_list_has_nothing_to_mend_and_says_what_one_thing_would_spare() -> None:
    report = examine([EXAMPLES / "clean.xlsx"], catalogue=shipped_catalogue(), on=TODAY)
    assert [f"{f.rule} {f.cell}" for f in report.findings if f.rule not in GAINS] == []
    assert {gain.bundle for gain in report.things} >= {"open-restaurant", "newborn"}
