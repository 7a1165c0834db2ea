"""Pages for people are light, can be put on a first screen, keep to the strict policy, and speak as people do."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.web.applicant.walking import begin, file_draft, fill_all, sign_in
from tests.web.portal.plain_words import found_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
MOST_BYTES, MOST_REQUESTS = 150 * 1024, 5
VISITED = (
    "/", "/all", "/all?q=开饭店", "/region", "/help", "/coverage", "/guide/open-restaurant", "/guide/newborn", "/login",
    "/kiosk", "/joining", "/offline", "/demo/messages", "/guide/newborn/share",
)  # fmt: skip
SIGNED_IN = (
    "/my", "/my/materials", "/my/messages", "/my/reads", "/my/licences", "/my/ratings", "/my/data", "/my/telling",
    "/account", "/start/newborn",
)  # fmt: skip


def weight(page: str) -> tuple[int, int]:
    """Return how many requests a first visit makes, and how many bytes they are when compressed."""
    asked = re.findall(r'<(?:link|script|img)\b[^>]*?(?:href|src)="([^"]+)"', page)
    asked = [one for one in asked if not one.startswith("data:") and "rel=canonical" not in one]
    size = len(gzip.compress(page.encode()))
    for one in asked:
        if one.startswith("/static/"):
            place = finders.find(one.removeprefix("/static/"))
            assert isinstance(place, str), one
            content = Path(place).read_bytes()
        else:
            content = Client().get(one).content
        size += len(gzip.compress(content))
    return 1 + len(asked), size


def test_every_page_for_people_is_light_and_begins_in_a_few_requests() -> None:
    client = Client()
    pages = {address: client.get(address).content.decode() for address in VISITED}
    sign_in(client, "wangfang")
    pages |= {address: client.get(address).content.decode() for address in SIGNED_IN}
    draft = begin(client)
    fill_all(client, draft)
    steps = ("/situation", "/form/0", "/form/1", "/materials", "/review", "/elsewhere")
    pages |= {f"{draft}{step}": client.get(f"{draft}{step}").content.decode() for step in steps}
    submission = file_draft(client, draft, "王芳")
    for step in ("", "/receipt", "/fees"):
        pages[f"/my/{submission}{step}"] = client.get(f"/my/{submission}{step}").content.decode()
    heavy = {}
    for address, page in pages.items():
        requests, size = weight(page)
        if requests > MOST_REQUESTS or size > MOST_BYTES:
            heavy[address] = (requests, size)
    assert heavy == {}


def test_the_site_can_be_put_on_a_first_screen() -> None:
    client = Client()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content.decode()
    answer = client.get("/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    for page in (told["start_url"], *(one["url"] for one in told["shortcuts"])):
        assert client.get(page).status_code in (200, 302)


def test_the_helper_keeps_the_page_without_a_connection_and_nothing_of_anybody() -> None:
    client = Client()
    sign_in(client, "wangfang")
    helper = client.get("/helper.js")
    kept = json.loads("[" + re.search(r"ADDRESSES = \[(.*)\]", helper.content.decode())[1] + "]")  # type: ignore[index]
    assert kept[0] == "/offline"
    assert all(address.startswith("/static/") for address in kept[1:])
    page = client.get("/offline").content.decode()
    assert "王芳" not in page
    assert "csrfmiddlewaretoken" not in page
    assert "没有丢" in page
    assert client.post("/logout")["Clear-Site-Data"] == '"storage"'


@pytest.mark.parametrize("address", ["/", "/offline", "/kiosk/gulou-1", "/joining"])
def test_the_policy_stays_strict_and_no_page_has_a_script_or_a_style_within(address: str) -> None:
    answer = Client().get(address)
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\sstyle=|\son[a-z]+=", page)


def test_pages_for_people_speak_as_people_do() -> None:
    assert found_in() == []
