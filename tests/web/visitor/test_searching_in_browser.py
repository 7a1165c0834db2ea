"""The search in Chromium: no barrier, no sideways scroll, suggestions while typing, and the same without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser import barriers, chromium, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 900, 1280)
PAGES = ("/", "/all", "/all?q=社保卡", "/all?q=修理火箭发动机", "/coverage?list=national-2024")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


@pytest.mark.slow
def test_finding_has_no_barrier_and_fits_every_width(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page(locale="zh-CN")
    for address in PAGES:
        page.goto(live_server.url + address)
        assert sideways(page, WIDTHS) == [], address
        assert barriers(page) == [], address


def test_finding_completes_what_is_typed(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page(locale="zh-CN")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.goto(live_server.url + "/")
    page.get_by_label("想办什么事").type("kaifan")
    suggested = page.locator("#suggestions a", has_text="饭店").first
    suggested.wait_for()
    assert barriers(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#suggestions') !== null"), "reached by keyboard"
    page.keyboard.press("Enter")
    page.wait_for_url("**/all?q=*")
    assert page.get_by_role("heading", name="开办餐饮店").is_visible()
    assert complaints == []


def test_arrow_keys_pass_over_the_options_of_a_list_and_enter_does_it(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(live_server.url + "/all?q=社保卡")
    here = page.url
    page.get_by_label("谁来办").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert page.url == here
    page.keyboard.press("Enter")
    page.wait_for_url("**audience=enterprise**")
    page.get_by_label("谁来办").select_option("individual")
    page.wait_for_url("**audience=individual**")


def test_finding_works_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(locale="zh-CN", java_script_enabled=False).new_page()
    page.goto(live_server.url + "/")
    page.get_by_label("想办什么事").fill("社保卡")
    page.get_by_role("button", name="搜索").click()
    page.get_by_label("谁来办").select_option("individual")
    page.get_by_role("button", name="搜索").click()
    assert "audience=individual" in page.url
    assert page.locator(".hit").count() >= 1
