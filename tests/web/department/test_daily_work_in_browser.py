"""The pages of a clerk's day in Chromium: no barrier, no sideways scroll, and what scripts make quicker."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import barriers, chromium, sideways
from tests.cast import actor
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.domain.saved import SavedKind
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.consult import ask_unit
from yijianshi.services.handling.countersign import propose_decision
from yijianshi.services.handling.decide import Decision
from yijianshi.services.handling.demand_two import demand_two_persons
from yijianshi.services.handling.hand import claim_case
from yijianshi.services.handling.saved_texts import keep_text
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.desks.models import QuestionRow
from yijianshi.web.acting import today

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIRE, SIGN = "fire-safety-check", "signage-permit"
FIRE_UNIT = "fire-rescue@320106"
WIDTHS = (320, 360, 768, 1024, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


def opened(browser: Browser, server: LiveServer, login: str) -> Page:
    """Return a tab in which somebody of the cast is signed in."""
    client: Client = signed_in_as(login)
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server.url}])
    return context.new_page()


def a_day() -> tuple[Restaurant, Restaurant]:
    """Return two restaurants, one with a question and a proposal, both in 赵凯's hands."""
    at = NODE_CLOCK.now()
    one, two = Restaurant(), Restaurant()
    zhao = actor("zhaokai", at=at)
    for each in (one, two):
        each.release()
        claim_case(case=each.case(FIRE), actor=zhao, at=at)
    zhou = actor("zhoulin", at=at)
    ask_unit(case=one.case(SIGN), actor=zhou, unit=FIRE_UNIT, text="招牌在疏散通道上方，行不行？", at=at)
    demand_two_persons(unit=FIRE_UNIT, item=FIRE, actor=actor("heli", at=at), at=at, wanted=True)
    refusal = Decision(Action.REFUSE, reasons="安全出口只有一个", basis="消防法第十五条")
    propose_decision(case=one.case(FIRE), actor=zhao, decision=refusal, at=at)
    for kind, text in (
        (SavedKind.MENDING, "安全出口被货架挡住，请移开"),
        (SavedKind.REFUSAL, "现场面积不足"),
    ):
        keep_text(actor=zhao, kind=kind, text=text, unit="", at=at)
    Officer.objects.create(
        account=Account.objects.get(login="zhoulin"), role="reviewer", unit=FIRE_UNIT, since=today()
    )
    return one, two


@pytest.mark.slow
def test_no_page_of_a_clerks_day_has_a_barrier(browser: Browser, live_server: LiveServer) -> None:
    one, two = a_day()
    question = QuestionRow.objects.get().id
    fire, other = one.case(FIRE), two.case(FIRE)
    signed_in_as("zhoulin").get(f"/desk/{fire}")
    pages = {
        "zhaokai": [
            "/desk", f"/desk/{fire}", f"/desk/{other}/propose?decision=refuse", f"/desk/{other}/mend", "/desk/hand-over",
            "/consult", f"/consult/{question}", "/saved-texts",
        ],
        "zhoulin": [f"/desk/{one.case(SIGN)}", f"/desk/{fire}/confirm", f"/desk/{fire}/send-back"],
        "hemin": [f"/coordinate/{one.id}", f"/consult/about/{one.id}"],
        "laoli": [f"/window/{one.id}"],
        "heli": [f"/supervise/two-persons?unit={FIRE_UNIT}", "/supervise/breaches"],
    }  # fmt: skip
    pictures = os.environ.get("PICTURES", "")
    troubles: list[tuple[str, str]] = []
    for login, addresses in pages.items():
        page = opened(browser, live_server, login)
        page.on("console", lambda message, who=login: troubles.append((who, message.text)))
        page.on("pageerror", lambda error, who=login: troubles.append((who, str(error))))
        for address in addresses:
            page.set_viewport_size({"width": 1280, "height": 860})
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status == 200, address
            name = address.strip("/").replace("/", "-").split("?")[0][:60] + f"-{login}"
            if pictures:
                page.screenshot(path=f"{pictures}/{name}-1280.png", full_page=True)
            troubles += [(address, f"scrolls sideways at {width}") for width in sideways(page, WIDTHS)]
            page.set_viewport_size({"width": 360, "height": 860})
            if pictures:
                page.screenshot(path=f"{pictures}/{name}-360.png", full_page=True)
            troubles += [(address, found) for found in barriers(page)]
        page.context.close()
    assert not troubles


def test_scripts_make_a_clerks_day_quicker(browser: Browser, live_server: LiveServer) -> None:
    one, two = a_day()
    fire, other = one.case(FIRE), two.case(FIRE)
    signed_in_as("zhoulin").get(f"/desk/{fire}")
    page = opened(browser, live_server, "zhaokai")
    page.goto(f"{live_server.url}/desk/{other}/mend")
    page.fill("#f-findings", "先写的")
    page.select_option("#f-saved", label="安全出口被货架挡住，请移开")
    page.click("[data-insertion] button")
    assert page.input_value("#f-findings") == "先写的\n安全出口被货架挡住，请移开"
    assert page.url.endswith("/mend"), "at once, without going anywhere"
    page.goto(f"{live_server.url}/desk/{fire}")
    assert "周琳" in page.inner_text(".presence")
    page.goto(f"{live_server.url}/desk")
    page.click("[data-batch-all]")
    assert page.inner_text("[data-batch-count]").startswith("已选")
    page.click("button[formaction='/desk/hand-over']")
    page.wait_for_url("**/desk/hand-over")
    assert "交给一位同事" in page.inner_text("main")
