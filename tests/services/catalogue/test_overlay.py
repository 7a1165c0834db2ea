"""A manuscript is checked and read as if it were saved, without touching the folder."""

from pathlib import Path
from typing import Any

import pytest

from yijianshi.services.catalogue import CatalogueUnreadable, Severity, check_catalogue, read_catalogue

NEWBORN = "bundles/newborn.yaml"


def faulty(folder: Path) -> str:
    return (folder / NEWBORN).read_text(encoding="utf-8").replace("- vaccination-site", "- vaccination-place")


def test_a_text_laid_over_a_file_is_read_in_its_stead(folder: Path) -> None:
    text = (folder / NEWBORN).read_text(encoding="utf-8").replace("name: 新生儿出生", "name: 生孩子", 1)
    assert read_catalogue(folder, overlay={NEWBORN: text}).bundles["newborn"].name == "生孩子"  # type: ignore[index]
    assert read_catalogue(folder).bundles["newborn"].name != "生孩子"  # type: ignore[index]


def test_a_faulty_manuscript_is_refused_at_its_line_and_the_folder_stays_sound(folder: Path) -> None:
    text = faulty(folder)
    line = text[: text.index("vaccination-place")].count("\n") + 1
    found = [f for f in check_catalogue(folder, overlay={NEWBORN: text}) if f.severity is Severity.ERROR]
    assert [(f.rule, f.file, f.line) for f in found] == [("unknown-element", NEWBORN, line)]
    with pytest.raises(CatalogueUnreadable):
        read_catalogue(folder, overlay={NEWBORN: text})
    assert not [f for f in check_catalogue(folder) if f.severity is Severity.ERROR]


def test_a_new_one_thing_need_not_be_a_file_and_a_file_may_be_left_out(folder: Path) -> None:
    text = (
        (folder / NEWBORN).read_text(encoding="utf-8").replace("code: newborn\n", "code: second-child\n", 1)
    )
    overlay: dict[str, Any] = {"bundles/second-child.yaml": text, NEWBORN: None}
    bundles = read_catalogue(folder, overlay=overlay).bundles
    assert "second-child" in bundles
    assert "newborn" not in bundles


def test_only_the_one_thing_that_is_being_written_is_told_about(folder: Path) -> None:
    overlay = {NEWBORN: faulty(folder)}
    found = check_catalogue(folder, overlay=overlay, only="newborn")
    assert {f.file for f in found} == {NEWBORN}
    assert "unknown-element" in {f.rule for f in found}
