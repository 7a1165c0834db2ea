"""What demands to know more surely who applies says why, offers the ways, and goes on at the very page."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import actor
from tests.filed import begin, fill
from tests.fullest import fullest_answers
from tests.web.staff import signed_in_as
from yijianshi.domain.guards import FREE_TRIES
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.outside import outside
from yijianshi.services.people.parties import know_party
from yijianshi.services.people.sightings import ask_to_be_seen
from yijianshi.store.accounts.models import Account
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.identity.models import SightingRow
from yijianshi.store.together.models import AskedRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.1")]
BUNDLE = "second-hand-home"


@pytest.fixture(autouse=True)
def _among_the_cast(cast: None) -> None:
    """Everything here happens among the cast."""


def said(response: Any) -> str:
    return str(response.content.decode())


def ready_draft() -> UUID:
    at = NODE_CLOCK.now()
    who = actor("wangfang", at=at)
    return fill(begin(BUNDLE, who=who, at=at), who=who, at=at)


def press_submit(client: Client, draft: UUID) -> Any:
    return client.post(f"/draft/{draft}/review", {"declared": "yes", "name": "王芳"})


def sign_in_at(client: Client, href: str, *, who: str, level: int) -> Any:
    """Go to the demo's platform from a link, sign in there as somebody at a level, and come back."""
    page = client.get(client.get(href)["Location"])
    figure = next(one.key for one in page.context["figures"] if one.name == who)
    address = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    back = client.post(address, {"who": figure, "level": str(level)})
    return client.get(back["Location"].removeprefix("http://testserver"))


def test_filing_leads_to_the_ways_and_back_to_the_very_page_with_nothing_lost() -> None:
    draft, client = ready_draft(), signed_in_as("wangfang")
    before = bytes(DraftRow.objects.get(pk=draft).sealed)
    led = press_submit(client, draft)
    assert led.status_code == 302
    assert urlsplit(led["Location"]).path == "/step-up"
    assert parse_qs(urlsplit(led["Location"]).query) == {"next": [f"/draft/{draft}/review"], "level": ["3"]}
    page = client.get(led["Location"])
    for words in ("先确认是您本人", "过户登记", "核对过姓名和号码", "刷脸或网证", "到窗口出示身份证"):
        assert words in said(page)
    assert bytes(DraftRow.objects.get(pk=draft).sealed) == before
    (way,) = page.context["page"].ways
    back = sign_in_at(client, way[1], who="王芳", level=3)
    assert back["Location"] == f"/draft/{draft}/review"
    assert press_submit(client, draft)["Location"] == f"/draft/{draft}/review"
    assert AskedRow.objects.filter(draft=draft).exists()


def test_beginning_asks_it_too_and_comes_back_with_the_answers_of_the_guide() -> None:
    client = signed_in_as("wangfang")
    address = f"/start/{BUNDLE}?{urlencode(_as_sent(), doseq=True)}"
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    party = page.context["page"].parties[0]
    led = client.post(address, {"party": str(party.id)})
    assert urlsplit(led["Location"]).path == "/step-up"
    assert parse_qs(urlsplit(led["Location"]).query)["next"] == [address]
    way = client.get(led["Location"]).context["page"].ways[0]
    assert sign_in_at(client, way[1], who="王芳", level=4)["Location"] == address
    assert client.post(address, {"party": str(party.id)})["Location"].startswith("/draft/")


def _as_sent() -> dict[str, Any]:
    return {
        key: ("yes" if value else "no") if isinstance(value, bool) else value
        for key, value in fullest_answers(BUNDLE).items()
    }


def test_showing_too_little_or_being_somebody_else_changes_nothing() -> None:
    client = signed_in_as("wangfang")
    way = client.get("/step-up?next=/my&level=3").context["page"].ways[0]
    little = sign_in_at(client, way[1], who="王芳", level=2)
    assert little.status_code == 422
    assert "还不够" in said(little)
    other = sign_in_at(client, way[1], who="张伟", level=4)
    assert other.status_code == 422
    assert "另一个人的身份" in said(other)
    assert "王芳" in said(client.get("/account"))
    assert client.get("/step-up?next=/my&level=3").status_code == 200
    cancelled = client.get(client.get(way[1])["Location"])
    address = f"{cancelled.request['PATH_INFO']}?{cancelled.request['QUERY_STRING']}"
    back = client.post(address, {"who": "", "level": "3"})
    assert "没有完成登录" in said(client.get(back["Location"].removeprefix("http://testserver")))


def test_a_clerk_who_sees_the_card_lets_the_page_go_on() -> None:
    client, clerk = signed_in_as("wangfang"), signed_in_as("laoli")
    page = "/step-up?" + urlencode({"next": "/my/materials", "level": "4"})
    asked = client.post(page, {"ask": "1"})
    code = asked.context["page"].code
    assert re.fullmatch(r"\d{8}", code)
    early = client.post(page, {"seen": "1", "code": code})
    assert early.status_code == 422
    assert "窗口还没有确认" in said(early)
    assert code[:4] in said(early)
    shown = clerk.post("/window/seeing", {"code": f"{code[:4]} {code[4:]}"})
    assert "王芳" in said(shown)
    number = know_party(Account.objects.get(login="wangfang").party_id).number
    assert number not in said(shown)
    clerk.post("/window/seeing", {"code": code, "seen": "1"})
    row = SightingRow.objects.get()
    assert row.seen_by == Account.objects.get(login="laoli").id
    assert row.unit == "government-services@320106"
    assert client.post(page, {"seen": "1", "code": code})["Location"] == "/my/materials"
    assert client.session["assurance"] == 4
    assert clerk.post("/window/seeing", {"code": code}).status_code == 422


def test_a_number_is_worth_nothing_to_others_after_half_an_hour_or_to_the_clerk_himself() -> None:
    at = NODE_CLOCK.now()
    wang, laoli = Account.objects.get(login="wangfang"), Account.objects.get(login="laoli")
    key, code = ask_to_be_seen(actor=actor("wangfang", at=at), at=at)
    other = signed_in_as("zhangwei")
    session = other.session
    session["step_up_sighting"] = str(key)
    session.save()
    SightingRow.objects.update(seen_at=at)
    assert other.post("/step-up?next=/my&level=3", {"seen": "1"}).status_code == 422
    SightingRow.objects.update(seen_at=None, expires_at=at - timedelta(seconds=1))
    assert "没有人在等" in said(signed_in_as("laoli").post("/window/seeing", {"code": code}))
    _, own = ask_to_be_seen(actor=actor("wangfang", at=at), at=at)
    Account.objects.filter(pk=wang.pk).update(party=None)
    Account.objects.filter(pk=laoli.pk).update(party=wang.party_id)
    Account.objects.filter(pk=wang.pk).update(party=wang.party_id)
    assert signed_in_as("laoli").post("/window/seeing", {"code": own}).status_code == 404


def test_guessing_numbers_makes_a_clerk_wait_and_nobody_else_may_try() -> None:
    clerk = signed_in_as("laoli")
    for _ in range(FREE_TRIES):
        assert clerk.post("/window/seeing", {"code": "00000000"}).status_code == 422
    assert clerk.post("/window/seeing", {"code": "00000000"}).status_code == 429
    for login in ("wangfang", "chenzhiyuan", "heli", "hemin"):
        assert signed_in_as(login).get("/window/seeing").status_code == 404
        assert signed_in_as(login).post("/window/seeing", {"code": "00000000"}).status_code == 404
    assert Client().get("/window/seeing")["Location"].startswith("/login?next=")


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example"])
def test_the_page_leads_nowhere_but_to_us(next_page: str) -> None:
    client = signed_in_as("wangfang")
    page = client.get("/step-up", {"next": next_page, "level": "3"})
    assert page.context["page"].back == "/"
    led_to = re.findall(r'(?:href|action)="([^"]*)"', said(page))
    assert led_to
    assert not any("evil" in address for address in led_to), "the page's own address alone still has it"
    session = client.session
    session["assurance"] = 3
    session.save()
    assert client.get("/step-up", {"next": next_page, "level": "3"})["Location"] == "/"


def test_the_demo_pages_are_there_in_the_demo_and_say_that_they_are_not_real() -> None:
    client = Client()
    begun = client.get("/login/with/office")
    page = client.get(begun["Location"])
    assert "这里不是真的认证平台" in said(page)
    assert "怎么核验" not in said(page)
    assert client.get(begun["Location"].replace("redirect=", "redirect=x")).status_code == 404
    assert "办公平台收到的提醒" in said(client.get("/demo-office-app"))
    figure = next(one.key for one in page.context["figures"] if one.name == "陈志远")
    back = client.post(begun["Location"], {"who": figure})
    assert client.get(back["Location"].removeprefix("http://testserver"))["Location"] == "/desk"
    assert outside().identity["office"].known.is_staff
