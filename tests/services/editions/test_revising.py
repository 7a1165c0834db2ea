"""What a form changes in a manuscript's text is changed there and nowhere else."""

from pathlib import Path
from typing import Any

import pytest

from tests.services.editions.homestay import MENDED
from yijianshi.services.catalogue import shipped_folder
from yijianshi.services.editions.revising import (
    PartUnknown,
    moved_row,
    row_of,
    tree_of,
    with_entries,
    with_row,
)

BUNDLES = sorted((shipped_folder() / "bundles").glob("*.yaml"), key=lambda path: path.name)


def test_a_head_entry_is_changed_in_its_line_and_comments_stay() -> None:
    changed = with_entries(MENDED, {"description": "改过", "lead_department": "public-security"})
    differing = [(a, b) for a, b in zip(MENDED.splitlines(), changed.splitlines(), strict=True) if a != b]
    assert differing == [
        ("description: 利用住宅开办民宿", "description: 改过"),
        ("lead_department: market-regulation", "lead_department: public-security"),
    ]


def test_a_new_head_entry_stands_before_the_lists_and_an_empty_one_is_left_out() -> None:
    changed = with_entries(MENDED, {"note": "说明", "stage": ""})
    assert changed.index("note: 说明") < changed.index("questions:")
    assert "stage:" not in changed


def test_an_item_is_changed_in_its_own_lines() -> None:
    item = row_of(MENDED, "items", "homestay-fire-check")
    item["limit"] = {"statutory": 10, "promised": 3}
    changed = with_row(MENDED, "items", "homestay-fire-check", item)
    before = MENDED[: MENDED.index("  - code: homestay-fire-check")]
    after = MENDED[MENDED.index("\n  - code: homestay-food-permit") :]
    assert changed.startswith(before)
    assert changed.endswith(after)
    assert row_of(changed, "items", "homestay-fire-check") == item


@pytest.mark.parametrize("part", ["items", "questions", "elements"])
def test_a_row_is_added_at_the_end_and_taken_away_again(part: str) -> None:
    row: dict[str, Any] = {"code": "one-more", "key": "one-more", "name": "又一个"}
    more = with_row(MENDED, part, "one-more", row)
    assert tree_of(more)[part][-1] == row
    assert tree_of(with_row(more, part, "one-more", None)) == tree_of(MENDED)
    with pytest.raises(PartUnknown):
        with_row(MENDED, part, "one-more", None)


def test_a_row_is_moved() -> None:
    moved = moved_row(MENDED, "items", "homestay-food-permit", by=-1)
    assert [item["code"] for item in tree_of(moved)["items"]] == [
        "homestay-licence",
        "homestay-food-permit",
        "homestay-fire-check",
    ]


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_every_item_of_every_shipped_one_thing_can_be_changed_without_touching_another(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for item in tree_of(text)["items"]:
        changed = with_row(text, "items", item["code"], {**item, "note": "改过"})
        expected = tree_of(text)
        expected["items"] = [
            {**i, "note": "改过"} if i["code"] == item["code"] else i for i in expected["items"]
        ]
        assert tree_of(changed) == expected
        assert changed.count("\n#") == text.count("\n#")
