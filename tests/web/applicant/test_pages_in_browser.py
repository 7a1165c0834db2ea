"""The citizen's pages in Chromium: no barrier, no sideways scroll, nothing refused by the content policy."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import barriers, chromium, sideways
from tests.cast import actor
from tests.web.applicant.walking import begin, file_draft, fill_all, sign_in
from yijianshi.domain.corrections import Target
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.working import drain
from yijianshi.web.acting import now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 900, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


def every_page(client: Client) -> list[str]:
    """Bring 王芳 as far as a correction, with another draft under way, and return every page she can open."""
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    submission = file_draft(client, draft, "王芳")
    other = begin(client)
    case = next(c.now.id for c in load_submission(submission).cases if c.now.item == "signage-permit")
    for target, code in ((Target.MATERIAL, "sign-rendering"), (Target.FIELD, "sign-text")):
        make_remark(
            case=case, actor=actor("zhoulin", at=now()), target=target, code=code, reason="看不清",
            basis="市容条例第十一条", remedy="请补清楚", at=now(),
        )  # fmt: skip
    release_submission(submission=submission, actor=actor("hemin", at=now()), at=now())
    drain(at=now())
    return [
        "/", "/all", "/all?q=社保卡", "/region", "/help", "/guide/open-restaurant?venue-area=320&has-signage=yes",
        "/guide/newborn", "/account", "/start/open-restaurant", "/my", "/my/materials", "/my/messages", "/my/reads",
        f"/my/{submission}", f"/my/{submission}/receipt", f"/my/{submission}/correction",
        f"/my/{submission}/withdraw/{case}", f"{other}/situation", f"{other}/form/2", f"{other}/form/5",
        f"{other}/object/premises-floor-area", f"{other}/materials", f"{other}/review", "/my/no-such-page",
    ]  # fmt: skip


@pytest.mark.slow
def test_no_page_has_a_barrier_scrolls_sideways_or_breaks_the_policy(
    browser: Browser, live_server: LiveServer, cast: None
) -> None:
    client = Client()
    pages = every_page(client)
    found: list[str] = []
    for elder in (False, True):
        context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies(
            [session, {"name": "elder", "value": "1" if elder else "0", "url": live_server.url}]
        )
        page = context.new_page()
        page.on(
            "console",
            lambda message: found.append(message.text) if "Content Security" in message.text else None,
        )
        for address in pages:
            page.goto(live_server.url + address)
            # The stories look at the colours of the usual pages, at both widths; nobody else sees the large ones.
            found += [
                f"{address}{' elder' if elder else ''}: {said}" for said in _troubles(page, contrast=elder)
            ]
        context.close()
    assert not found


def test_the_door_has_no_barrier(browser: Browser, live_server: LiveServer, cast: None) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/login")
    assert not _troubles(page, contrast=True)
    page.fill("#login", "wangfang")
    page.fill("#password", "nonsense")
    page.get_by_role("button", name="登录", exact=True).click()
    assert page.locator(".errors").is_visible()
    assert not _troubles(page, contrast=True)
    context.close()


def _troubles(page: Page, *, contrast: bool) -> list[str]:
    found = [f"scrolls sideways at {width}" for width in sideways(page, WIDTHS)]
    page.set_viewport_size({"width": 360, "height": 800})
    return found + barriers(page, contrast=contrast)
