"""An officer makes a list, an old lady confirms with three answers to choose from, an objection comes back to the officer."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web.staff import signed_in_as
from yijianshi.domain.workdays import legal_day
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.contents import open_text
from yijianshi.store.accounts.models import Account
from yijianshi.store.offers.models import OfferRow

KEY = "civil-affairs@320106/elderly-allowance/elderly-allowance-claim"
GIVEN = {
    "data-sharing-consent": "true",
    "applicant-residence-address": "江苏省南京市鼓楼区示例巷 21 号",
    "has-same-subsidy": "false",
}


def number_of(login: str) -> str:
    party = Account.objects.select_related("party").get(login=login).party
    assert party is not None
    return open_text(party.number_sealed, purpose="number")


def hand_in(officer: Client, **more: object) -> object:
    csv = f"姓名,公民身份号码\n王例兰,{number_of('wanglilan')}\n"
    given = {
        "what": KEY, "from": "upload", "rests_on": "2026 年 11 月户籍核对名单",
        "until": str(legal_day(NODE_CLOCK.now()) + timedelta(days=30)),
        "file": SimpleUploadedFile("名单.csv", csv.encode()),
    }  # fmt: skip
    return officer.post(reverse("desk-offers-new"), given | more, follow=True)


@pytest.fixture
def officer(cast: None) -> Client:
    return signed_in_as("civil-affairs")


@pytest.fixture
def lan(officer: Client) -> Client:
    """王例兰, to whom her allowance has just been offered."""
    assert "发给了 1 人" in hand_in(officer).text
    return signed_in_as("wanglilan")


def address(name: str) -> str:
    return reverse(name, args=[OfferRow.objects.get().id])


def test_the_officer_sees_what_came_of_the_list(officer: Client, lan: Client) -> None:
    page = officer.get(reverse("desk-offers")).text
    assert "尊老金" in page
    assert "等确认 1 人" in page
    assert "1 人已经发过" in hand_in(officer).text
    assert number_of("wanglilan") not in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"file": ""}, "请选名单文件"),
        ({"what": "x/y/z"}, "请选发哪一项"),
        ({"until": "昨天"}, "请填“确认的最后一天”"),
        ({"rests_on": " "}, "请写明名单依据什么数据"),
        ({"file": SimpleUploadedFile("名单.csv", "姓名,公民身份号码\n甲,123\n".encode())}, "第 2 行"),
    ],
)
def test_a_list_that_cannot_be_sent_says_why(officer: Client, more: dict[str, object], said: str) -> None:
    page = hand_in(officer, **more)
    assert page.status_code == 422
    assert said in page.text
    assert not OfferRow.objects.exists()


def test_she_sees_what_she_would_get_and_on_which_data_it_rests(lan: Client) -> None:
    cases = lan.get(reverse("my-cases")).text
    assert "您可能可以领：尊老金" in cases
    page = lan.get(address("offer")).text
    for said in ("2026 年 11 月户籍核对名单", "确认领取", "数据不对", "不要", "王例兰", "有没有领同类补贴"):
        assert said in page, said


@pytest.mark.clause("S6.1")
def test_confirming_leads_to_her_submission(lan: Client) -> None:
    wrong = lan.post(address("offer"), {})
    assert wrong.status_code == 422
    done = lan.post(address("offer"), GIVEN, follow=True)
    assert "已经替您提交" in done.text
    assert "尊老金" in done.text
    assert "您已经确认" in lan.get(address("offer")).text
    assert lan.post(address("offer"), GIVEN).status_code in (302, 409)


def test_an_objection_goes_to_a_person_and_comes_back(officer: Client, lan: Client) -> None:
    assert lan.get(address("offer-object")).status_code == 302
    assert lan.post(address("offer-object"), {"words": ""}).status_code == 422
    lan.post(address("offer-object"), {"words": "户口迁走了"})
    assert "正在核对" in lan.get(reverse("my-cases")).text
    assert "说数据不对的 1 人" in officer.get(reverse("desk-offers")).text
    assert "户口迁走了" in officer.get(address("desk-offer-reply")).text
    assert officer.post(address("desk-offer-reply"), {"words": ""}).status_code == 422
    officer.post(address("desk-offer-reply"), {"words": "户籍库里还在鼓楼区", "holds": "yes"})
    assert "户籍库里还在鼓楼区" in lan.get(address("offer")).text
    assert officer.get(address("desk-offer-reply")).status_code == 404


def test_declining_asks_first_and_is_final(lan: Client) -> None:
    assert "不要“尊老金”？" in lan.get(address("offer-decline")).text
    lan.post(address("offer-decline"))
    assert "您选了不要" in lan.get(address("offer")).text
    assert "您可能可以领" not in lan.get(reverse("my-cases")).text
    assert lan.post(address("offer"), GIVEN).status_code == 409


def test_strangers_learn_nothing(lan: Client) -> None:
    for name in ("offer", "offer-decline", "desk-offer-reply"):
        assert signed_in_as("wangfang").get(address(name)).status_code == 404
    assert signed_in_as("zhaokai").get(address("desk-offer-reply")).status_code == 404
    assert signed_in_as("wangfang").get(reverse("desk-offers")).status_code == 404
