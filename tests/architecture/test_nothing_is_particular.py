"""The programme knows no one-thing and no item: whatever is particular stands in the catalogue, not in src/."""

import ast
import re

import pytest

from yijianshi.services.catalogue import shipped_catalogue

from .tree import SOURCE, parsed, python_files

#: Where a code may stand as a value, each with its reason.
MAY_SPEAK_OF_CODES = {
    "integrations/exchange": "the registers of the demo and the licences in them, some called as an item is",
    "integrations/population": "the licences that the demo's made-up people and enterprises hold",
}
QUOTED = re.compile(r"""["'`]([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["'`]""")
BUNDLES = shipped_catalogue().bundles
CODES = frozenset({*BUNDLES, *(item.code for bundle in BUNDLES.values() for item in bundle.items)})


def test_no_code_of_a_one_thing_or_an_item_is_a_value_in_the_programme() -> None:
    found = {}
    for path in python_files(SOURCE):
        name = path.relative_to(SOURCE).as_posix()
        values = {node.value for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant)}
        if (spoken := CODES & values) and not name.startswith(tuple(MAY_SPEAK_OF_CODES)):
            found[name] = spoken
    assert found == {}


@pytest.mark.parametrize("kind", ["html", "js", "css", "typ", "sql"])
def test_no_page_script_or_paper_is_made_for_one_of_them(kind: str) -> None:
    found = {}
    for path in sorted(SOURCE.rglob(f"*.{kind}")):
        if spoken := CODES & {*QUOTED.findall(path.read_text(encoding="utf-8"))}:
            found[path.relative_to(SOURCE).as_posix()] = spoken
    assert found == {}


def test_every_reason_is_still_needed() -> None:
    for folder in MAY_SPEAK_OF_CODES:
        values = {
            node.value
            for path in python_files(SOURCE / folder)
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Constant)
        }
        assert CODES & values, f"{folder}: take it off the list"
