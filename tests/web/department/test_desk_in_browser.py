"""Staff's pages in Chromium: no barrier, no sideways scroll, nothing that only works with scripts."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import barriers, chromium, sideways
from tests.web.staff import Restaurant, signed_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 900, 1024, 1180, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


def opened(browser: Browser, server: LiveServer, login: str, *, scripts: bool = True) -> Page:
    """Return a tab in which somebody of the cast is signed in."""
    client: Client = signed_in_as(login)
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, locale="zh-CN", java_script_enabled=scripts
    )
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server.url}])
    return context.new_page()


@pytest.mark.slow
def test_no_staff_page_has_a_barrier_or_scrolls_sideways(browser: Browser, live_server: LiveServer) -> None:
    waiting, running = Restaurant(), Restaurant()
    waiting.remark_on_the_sign()
    running.remark_on_the_sign()
    running.release()
    food, sign = running.case("food-business-permit"), waiting.case("signage-permit")
    pages = {
        "chenzhiyuan": [
            "/desk", "/desk?q=99999999", f"/desk/{food}", f"/desk/{food}/grant", f"/desk/{food}/refuse", f"/desk/{food}/suspend",
        ],
        "zhoulin": [f"/desk/{sign}", f"/desk/{sign}/remark?target=field&code=sign-length"],
        "hemin": [
            "/coordinate", "/coordinate/released", f"/coordinate/{waiting.id}", f"/coordinate/{waiting.id}/release",
            f"/coordinate/{running.id}",
        ],
        "laoli": ["/window", "/window/start", "/window/hand-over", f"/window/{waiting.id}/review", f"/window/{running.id}"],
        "heli": ["/supervise", "/supervise/cases", "/money"],
    }  # fmt: skip
    troubles = []
    for login, addresses in pages.items():
        page = opened(browser, live_server, login)
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        for address in addresses:
            page.set_viewport_size({"width": 1280, "height": 860})
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status == 200, address
            troubles += [(address, f"scrolls sideways at {width}") for width in sideways(page, WIDTHS)]
            page.set_viewport_size({"width": 360, "height": 860})  # in the stories staff sit at wide screens
            troubles += [(address, one) for one in barriers(page)]
        troubles += [(login, text) for text in said]
        page.context.close()
    assert not troubles


def test_a_clerk_finds_his_next_case_and_decides_without_scripts(
    browser: Browser, live_server: LiveServer
) -> None:
    running = Restaurant()
    running.release()
    page = opened(browser, live_server, "zhoulin", scripts=False)
    page.goto(live_server.url + "/desk")
    page.get_by_role("link", name="南京禾味餐饮管理有限公司").first.click()
    page.get_by_role("link", name="准予", exact=True).click()
    page.get_by_role("button", name="准予").click()
    assert "已准予" in page.inner_text("main")
    page.context.close()


def test_the_pre_review_opens_a_reason_for_what_is_missing_without_scripts(
    browser: Browser, live_server: LiveServer
) -> None:
    waiting = Restaurant()
    page = opened(browser, live_server, "laoli", scripts=False)
    page.goto(live_server.url + f"/window/{waiting.id}/review")
    line = page.locator("#line0")
    assert not line.get_by_label("缺什么，怎么补").is_visible()
    line.locator("label[for=line0-bad]").click()
    line.get_by_label("缺什么，怎么补").fill("没有标出洗消区")
    page.get_by_role("button", name="没点的都齐").click()
    assert "并进同一张补正告知书" in page.inner_text("main")
    page.context.close()
