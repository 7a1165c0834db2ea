"""A made-up list is the same for the same seed, has its size, and is examined in seconds and within bounded memory."""

import resource
import time
from datetime import date
from pathlib import Path

import pytest

from yijianshi.domain.codes import is_implementation_code
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.examining import examine, read_list
from yijianshi.services.examining.keeping import pack, unpack
from yijianshi.services.examining.specimens import write_specimen
from yijianshi.services.examining.workbook import workbook

TODAY = date(2026, 11, 18)


def made(path: Path, rows: int, seed: int = 1) -> Path:
    written = write_specimen(path, rows=rows, seed=seed, catalogue=shipped_catalogue())
    assert sum(written.values()) == rows
    return path


def test_the_same_seed_gives_the_same_list(tmp_path: Path) -> None:
    first, again = (made(tmp_path / f"{n}.zip", 2_000).read_bytes() for n in (1, 2))
    assert first == again
    assert made(tmp_path / "3.zip", 2_000, seed=2).read_bytes() != first


def test_its_departments_say_that_they_do_not_exist_and_most_codes_are_right(tmp_path: Path) -> None:
    items = read_list([made(tmp_path / "a.xlsx", 3_000)]).items
    assert all("（虚构）" in item.department for item in items)
    assert sum(is_implementation_code(item.code) for item in items) > 0.98 * len(items)


def test_both_forms_are_examined_alike_and_in_every_place(tmp_path: Path) -> None:
    reports = [
        examine([made(tmp_path / f"a{ending}", 20_000)], catalogue=shipped_catalogue(), on=TODAY)
        for ending in (".zip", ".xlsx")
    ]
    assert reports[0].counts == reports[1].counts
    assert reports[0].places > 100
    assert unpack(pack(reports[0])) == reports[0]
    assert workbook(reports[0]).startswith(b"PK")


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_examined_in_three_minutes(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", 100_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    report = examine([path], catalogue=shipped_catalogue(), on=TODAY)
    took = time.process_time() - began
    assert report.rows == 100_000
    assert took < 180
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1024 * 1024
    )  # KiB: less than a gigabyte
