"""The column, the process and the page of sharing in Chromium: no barrier, no sideways scroll from 300 px on, framed or not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser import barriers, chromium, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLUMN = ("/embed", "/embed/open-restaurant?venue-area=400&has-signage=yes", "/embed/newborn")
PAGES = (
    "/guide/newborn/process",
    "/guide/open-restaurant/process?view=before",
    "/guide/open-restaurant/share",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


@pytest.mark.slow
def test_no_page_has_a_barrier_or_scrolls_sideways(
    browser: Browser, live_server: LiveServer, cast: None
) -> None:
    found: list[str] = []
    page = browser.new_page(locale="zh-CN")
    page.on("console", lambda said: found.append(said.text) if "Content Security" in said.text else None)
    for address, widths in [*((a, (300, 480)) for a in COLUMN), *((a, (360, 1280)) for a in PAGES)]:
        page.goto(live_server.url + address)
        for width in widths:
            found += [f"{address} scrolls sideways at {one}" for one in sideways(page, [width])]
            found += [f"{address} at {width}: {said}" for said in barriers(page)]
    page.close()
    assert not found


def test_a_portal_that_was_not_named_shows_an_empty_frame(
    browser: Browser, live_server: LiveServer, cast: None
) -> None:
    page = browser.new_page(locale="zh-CN")
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "frame-ancestors" in said.text else None)
    page.set_content(f'<iframe src="{live_server.url}/embed/newborn" width="300" height="500"></iframe>')
    page.wait_for_timeout(1500)
    page.close()
    assert refused
