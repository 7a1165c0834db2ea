"""Joint operations in Chromium: a large drawing that breaks off once, no barrier, no sideways scroll."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer

from tests.browser import barriers, chromium, sideways
from tests.cast import PAPER
from tests.web.joint.meeting import UNITS, Meeting
from tests.web.staff import signed_in_as
from yijianshi.domain.workdays import legal_day
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.joining.look_through import look_through_drawings
from yijianshi.services.joining.mark import mark_drawing
from yijianshi.services.joining.upload import upload_whole
from yijianshi.services.people.actors import actor_of
from yijianshi.store.accounts.models import Account
from yijianshi.store.joint.models import DrawingRow, UploadRow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 1024, 1280)
PICTURES = os.environ.get("YIJIANSHI_STORY_PICTURES", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


def opened(browser: Browser, server: LiveServer, client: Client) -> Page:
    """Return a tab in which whoever is signed in with `client` is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server.url}])
    return context.new_page()


@pytest.mark.clause("S8.2")
def test_a_large_drawing_that_breaks_off_goes_on_where_it_stopped(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    meeting = Meeting()
    content = b"AC1032" + os.urandom(20 * 1024 * 1024)
    plan = tmp_path / "一层平面.dwg"
    plan.write_bytes(content)
    page = opened(browser, live_server, meeting.wang())
    sent: list[str] = []

    def breaks_off_once(route: Route) -> None:
        sent.append(route.request.method)
        if sent.count("PATCH") == 3 and "broken" not in sent:
            sent.append("broken")
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/joint/uploads/*", breaks_off_once)
    page.goto(live_server.url + meeting.mine)
    page.set_input_files("#drawing-file", plan)
    page.locator("#drawings").get_by_role("button", name="上传", exact=True).click()
    page.locator("#drawings").get_by_text("在过检", exact=True).wait_for(timeout=60_000)
    drawing = DrawingRow.objects.get()
    assert drawing.sha256 == hashlib.sha256(content).hexdigest()
    assert UploadRow.objects.count() == 1, "it went on, and did not begin anew"
    assert "HEAD" in sent
    page.context.close()


def test_a_refusal_of_the_file_is_told_on_the_page(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    meeting = Meeting()
    false = tmp_path / "一层平面.pdf"
    false.write_bytes(b"AC1032 no pdf")
    page = opened(browser, live_server, meeting.wang())
    page.goto(live_server.url + meeting.mine)
    page.set_input_files("#drawing-file", false)
    page.locator("#drawings").get_by_role("button", name="上传", exact=True).click()
    page.get_by_text("内容是 DWG 文件").wait_for()
    page.context.close()


@pytest.mark.slow
def test_no_page_of_a_joint_operation_has_a_barrier_or_scrolls_sideways(
    browser: Browser, live_server: LiveServer
) -> None:
    early, late = Meeting(), Meeting()
    for login, unit in UNITS.items():
        slots = [str(slot) for slot in early.slots[1:4]]
        signed_in_as(login).post(f"{early.page}/times", {"party": unit, "slots": slots})
        signed_in_as(login).post(f"{late.page}/times", {"party": unit, "slots": slots})
    early.wang().post(f"{early.mine}/times", {"slots": [str(early.slots[2])]})
    late.fix()
    wang = late.wang()
    picture = (Path(__file__).parents[3] / "docs/pictures/form-1280.png").read_bytes()
    wang.post(f"{late.mine}/upload", {"file": SimpleUploadedFile("一层.png", picture)})
    wang.post(f"{late.mine}/upload", {"file": SimpleUploadedFile("二层.pdf", PAPER)})
    at = NODE_CLOCK.now()
    look_through_drawings(at=at)
    drawing = DrawingRow.objects.get(kind="png")
    zhao = actor_of(Account.objects.get(login="zhaokai"), on=legal_day(at))
    for x, y, words in ((250, 400, "疏散门要向外开"), (700, 620, "这里缺应急灯，请补在图上")):
        mark_drawing(
            drawing=drawing.id, actor=zhao, unit=UNITS["zhaokai"], page=1, x=x, y=y, words=words, asks_applicant=True, at=at
        )  # fmt: skip
    fire = late.case("fire-safety-check")
    late.comes()
    late.say(
        "zhaokai",
        "fire-safety-check",
        verdict="mend",
        reason="疏散门反锁",
        basis="消防法第十五条",
        mend_by="2099-01-01",
    )
    signed_in_as("zhoulin").post(
        f"{late.page}/photos", {"unit": UNITS["zhoulin"], "file": [SimpleUploadedFile("门.png", picture)]}
    )
    pages = {
        "hemin": ["/joint", early.page, f"{early.page}/fix", f"{early.page}/cancel", late.page, f"/coordinate/{early.submission}"],
        "zhaokai": [early.page, late.page, f"{late.page}/opinion/{fire}", f"{late.page}/drawing/{drawing.id}", f"/desk/{fire}"],
        "heli": ["/supervise/joint"],
        "wangfang": [early.mine, late.mine, f"{late.mine}/drawing/{drawing.id}", f"/my/{late.submission}"],
    }  # fmt: skip
    troubles: list[tuple[str, str]] = []
    for login, addresses in pages.items():
        page = opened(browser, live_server, wang if login == "wangfang" else signed_in_as(login))
        page.on("pageerror", lambda error, login=login: troubles.append((login, str(error))))
        for number, address in enumerate(addresses):
            page.set_viewport_size({"width": 1280, "height": 860})
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status == 200, address
            troubles += [(address, f"scrolls sideways at {width}") for width in sideways(page, WIDTHS)]
            for width in (1280, 360) if PICTURES else ():
                page.set_viewport_size({"width": width, "height": 860})
                page.screenshot(path=f"{PICTURES}/joint-{login}-{number}-{width}.png", full_page=True)
            page.set_viewport_size({"width": 360, "height": 860})
            troubles += [(address, one) for one in barriers(page)]
        page.context.close()
    assert not troubles


def test_a_click_on_the_picture_says_where_a_mark_stands(browser: Browser, live_server: LiveServer) -> None:
    meeting = Meeting()
    picture = (Path(__file__).parents[3] / "docs/pictures/form-1280.png").read_bytes()
    at = NODE_CLOCK.now()
    wang = actor_of(Account.objects.get(login="wangfang"), on=legal_day(at), party=meeting.restaurant_party)
    upload_whole(operation=meeting.id, actor=wang, filename="一层.png", content=picture, at=at)
    look_through_drawings(at=at)
    page = opened(browser, live_server, signed_in_as("zhaokai"))
    page.goto(f"{live_server.url}{meeting.page}/drawing/{DrawingRow.objects.get().id}")
    box = page.locator("[data-plan] img").bounding_box()
    assert box is not None
    page.locator("[data-plan]").click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    assert page.get_by_label("左右位置").input_value() in ("249", "250", "251")
    page.keyboard.type("这里要向外开")
    page.get_by_role("button", name="记下批注").click()
    assert "这里要向外开" in page.inner_text("main")
    page.context.close()
