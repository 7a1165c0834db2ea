"""On a first visit no page of a citizen is heavier than 150 KB as it is sent, nor asks for more than five things."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.rights.asking import Asking
from tests.rights.doors import doors
from tests.rights.entries import Entry, entries

HEAVIEST, MOST_REQUESTS = 150_000, 5
#: The rooms of citizens; of the others, the pages below /my.
ROOMS = {
    "visitor", "applicant", "account", "offers", "reviews", "embed", "documents", "portal", "hall", "mandates",
    "photographs", "identity", "guards",
}  # fmt: skip
_REFERRED = re.compile(rb'(?:href|src|data-src)="(/static/[^"#?]+)')
_FONTS = re.compile(r"url\([\"']?(?!data:)([^\"')]+)")


def of_citizens() -> list[Entry]:
    return [
        entry
        for entry in entries()
        if entry.method == "GET"
        and "party" in entry.allowed
        and (doors()[entry.name].room in ROOMS or entry.name.startswith(("my-", "pick-up")))
    ]


@pytest.mark.parametrize("entry", of_citizens(), ids=str)
def test_a_page_of_citizens_is_light(entry: Entry, asking: Asking) -> None:
    person = entry.people.get("party", "wangfang/enterprise")
    answered = asking.ask(person, "GET", asking.address_of(entry), **{"Accept-Encoding": "gzip"})
    if not answered.kind.startswith("text/html") or answered.status != 200:
        return  # a document, or a way on to another page
    is_compressed = answered.body.startswith(b"\x1f\x8b")  # what is shorter than 200 bytes is not
    referred = set(_REFERRED.findall(gzip.decompress(answered.body) if is_compressed else answered.body))
    sizes = {name: _weight(name.decode().removeprefix("/static/")) for name in referred}
    total = len(answered.body) + sum(sizes.values())
    assert total <= HEAVIEST, f"{entry.name}: {total} 字节，其中网页 {len(answered.body)}，{sizes}"
    assert 1 + len(referred) <= MOST_REQUESTS, f"{entry.name}: {1 + len(referred)} 次请求 {sorted(referred)}"


@cache
def _weight(name: str) -> int:
    """Return what a file weighs as whitenoise sends it, the fonts that a style sheet names with it."""
    found = finders.find(name) or finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name))
    assert found, f"there is no {name}"
    content = Path(str(found)).read_bytes()
    fonts = _FONTS.findall(content.decode()) if name.endswith(".css") else []
    return len(gzip.compress(content, 9)) + sum(
        (Path(str(found)).parent / font).stat().st_size for font in fonts
    )
