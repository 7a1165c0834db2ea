"""The building blocks in Chromium: no barrier, no sideways scroll, nothing that only works with scripts."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page

from tests.browser import barriers, chromium, sideways

pytestmark = pytest.mark.browser

PAGES = ("/kit", "/kit/desk", "/kit/question", "/kit/trouble/409")
WIDTHS = (320, 360, 414, 640, 768, 899, 900, 1024, 1179, 1180, 1280)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The pages served for a browser; none of them touches the database."""
    server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


def _open(browser: Browser, address: str, *, width: int, elder: bool = False, scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 860}, locale="zh-CN", java_script_enabled=scripts
    )
    if elder:
        context.add_cookies([{"name": "elder", "value": "1", "url": address}])
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.slow
@pytest.mark.parametrize(("width", "elder"), [(360, False), (1280, False), (360, True)])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_serious_barrier(
    browser: Browser, address: str, path: str, width: int, elder: bool
) -> None:
    page = _open(browser, address + path, width=width, elder=elder)
    found = barriers(page)
    page.context.close()
    assert not found


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_at_any_width(
    browser: Browser, address: str, path: str, elder: bool
) -> None:
    page = _open(browser, address + path, width=1280, elder=elder)
    too_wide = sideways(page, WIDTHS)
    page.context.close()
    assert not too_wide


def test_no_page_breaks_the_content_policy_or_a_script(browser: Browser, address: str) -> None:
    page = _open(browser, address + "/kit", width=1280)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES[:3]:
        page.goto(address + path)
    page.context.close()
    assert not said


def test_rows_are_added_and_dropped_in_place_where_scripts_run(browser: Browser, address: str) -> None:
    page = _open(browser, address + "/kit", width=1280)
    rows = page.locator('[data-rows="investors"] > li')
    page.get_by_role("button", name="再加一行").click()
    assert rows.count() == 3
    assert rows.nth(2).locator("input").first.get_attribute("name") == "investors.2.name"
    assert rows.nth(2).locator("input").first.input_value() == ""
    rows.nth(0).get_by_role("button").click()
    assert rows.count() == 2
    assert rows.nth(0).locator("input").first.input_value() == "张伟"
    assert page.locator('[name="investors.rows"]').input_value() == "2"
    page.context.close()


def test_the_batch_bar_counts_what_is_ticked(browser: Browser, address: str) -> None:
    page = _open(browser, address + "/kit/desk", width=1280)
    assert page.locator("[data-batch-count]").inner_text() == "已选 2 件"
    page.get_by_role("button", name="取消").click()
    assert page.get_by_role("button", name="准予所选").is_disabled()
    page.get_by_label("选 云上民宿").check()
    assert page.locator("[data-batch-count]").inner_text() == "已选 1 件"
    page.context.close()


def test_the_question_opens_over_the_page_and_is_a_page_without_scripts(
    browser: Browser, address: str
) -> None:
    page = _open(browser, address + "/kit", width=360)
    page.get_by_role("link", name="撤回申报").click()
    assert page.locator("dialog#confirm").is_visible()
    page.locator("dialog").get_by_role("link", name="不撤回").click()
    assert not page.locator("dialog#confirm").is_visible()
    page.context.close()
    page = _open(browser, address + "/kit", width=360, scripts=False)
    page.get_by_role("link", name="撤回申报").click()
    assert page.get_by_role("heading", level=1).inner_text() == "撤回整个申报？"
    page.context.close()


def test_a_file_can_be_handed_in_without_scripts(browser: Browser, address: str) -> None:
    page = _open(browser, address + "/kit", width=360, scripts=False)
    form = page.locator(".mat--todo form").first
    assert form.get_by_role("button", name="上传").is_visible()
    assert form.locator("input[type=file]").last.is_visible()
    page.context.close()
