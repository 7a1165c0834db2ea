"""The column, the process and the page of sharing in Chromium: no barrier, no sideways scroll from 300 px on, framed or not."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLUMN = ("/embed", "/embed/open-restaurant?venue-area=400&has-signage=yes", "/embed/newborn")
PAGES = (
    "/guide/newborn/process",
    "/guide/open-restaurant/process?view=before",
    "/guide/open-restaurant/share",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; its loop runs beside the database, never around it."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


def test_no_page_has_a_barrier_or_scrolls_sideways(
    browser: Browser, live_server: LiveServer, cast: None
) -> None:
    found: list[str] = []
    page = browser.new_page(locale="zh-CN")
    page.on("console", lambda said: found.append(said.text) if "Content Security" in said.text else None)
    for address, widths in [*((a, (300, 480)) for a in COLUMN), *((a, (360, 1280)) for a in PAGES)]:
        page.goto(live_server.url + address)
        for width in widths:
            found += [f"{address} at {width}: {said}" for said in troubles(page, width)]
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


def troubles(page: Page, width: int) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield "scrolls sideways"
    for one in Axe().run(page).response["violations"]:
        if one["impact"] in ("serious", "critical"):
            yield f"{one['id']}: {one['nodes'][0]['html'][:200]}"
