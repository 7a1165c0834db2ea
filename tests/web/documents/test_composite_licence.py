"""The code on a composite licence leads to a page that names every part and how it stands today."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import actor
from tests.services.printing.reading import words
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services import printing
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.working import drain
from yijianshi.store.results.models import CompositeRow, ResultRow
from yijianshi.web.acting import ACTING_FOR

PARTS = {"food-business-permit": "chenzhiyuan", "fire-safety-check": "zhaokai", "signage-permit": "zhoulin"}


@pytest.fixture
def shop(cast: None) -> Restaurant:
    """王芳's restaurant with everything granted that its composite licence gathers."""
    found = Restaurant()
    found.release()
    for item, login in PARTS.items():
        decide_case(
            case=found.case(item),
            actor=actor(login, at=found.today),
            decision=Decision(Action.GRANT),
            at=found.today,
        )
    drain(at=found.today)
    return found


def composite(shop: Restaurant) -> CompositeRow:
    return CompositeRow.objects.get(submission=shop.id, superseded_at=None)


def fall(shop: Restaurant, item: str) -> None:
    ResultRow.objects.filter(case=shop.case(item)).update(state="revoked")


@pytest.mark.clause("C1.6")
def test_the_page_names_every_part(shop: Restaurant) -> None:
    page = Client().get(reverse("verify", args=[composite(shop).code]))
    assert page.status_code == 200
    for said in (
        "现在有效",
        "行业综合许可证（餐饮店）",
        "食品经营许可证",
        "消防安全检查意见书",
        "准予设置决定",
        "必需",
    ):
        assert said in page.text, said
    for number in ResultRow.objects.filter(case__in=[shop.case(item) for item in PARTS]).values_list(
        "number", flat=True
    ):
        assert number in page.text


@pytest.mark.clause("C1.6")
def test_a_part_that_fell_is_named(shop: Restaurant) -> None:
    fall(shop, "signage-permit")
    page = Client().get(reverse("verify", args=[composite(shop).code])).text
    assert "部分失效" in page
    assert "“准予设置决定”已撤销" in page
    fall(shop, "food-business-permit")
    assert "已经失效" in Client().get(reverse("verify", args=[composite(shop).code])).text


def test_an_unknown_code_of_its_length_is_told_plainly(cast: None) -> None:
    assert Client().get(reverse("verify", args=["A" * 20])).status_code == 404


def test_the_applicant_sees_it_beside_its_parts_and_opens_it(shop: Restaurant) -> None:
    browser, row = signed_in_as("wangfang"), composite(shop)
    standing = browser.session
    standing[ACTING_FOR] = actor("wangfang", at=shop.today, enterprise=True).party
    standing.save()
    page = browser.get(reverse("my-case", args=[shop.id])).text
    assert "行业综合许可证（餐饮店）" in page
    assert "归集 3 项证照" in page
    opened = browser.get(reverse("composite-pdf", args=[row.id]))
    assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert signed_in_as("qianjin").get(reverse("composite-pdf", args=[row.id])).status_code == 404
    fall(shop, "signage-permit")
    assert "部分失效" in browser.get(reverse("my-case", args=[shop.id])).text


def test_the_paper_says_what_each_part_is_and_stays_the_same(shop: Restaurant) -> None:
    wang, row = actor("wangfang", at=shop.today, enterprise=True), composite(shop)
    first = printing.composite_pdf(composite=row.id, actor=wang, at=shop.today)
    text = words(first)
    for said in (
        "行业综合许可证",
        row.number,
        row.code,
        "食品经营许可证",
        "南京市鼓楼区市场监督管理局",
        "不取代它们",
    ):
        assert said in text, said
    fall(shop, "signage-permit")
    assert printing.composite_pdf(composite=row.id, actor=wang, at=NODE_CLOCK.now()).content == first.content
    slip = words(printing.delivery_slip_pdf(submission=shop.id, actor=wang, at=shop.today))
    assert row.number in slip


@pytest.mark.clause("C1.6")
def test_machines_verify_it_part_by_part(shop: Restaurant) -> None:
    fall(shop, "signage-permit")
    found = Client().get(f"/api/v1/verification/{composite(shop).code}").json()
    assert (found["known"], found["state"], found["version"]) == (True, "partial", 1)
    assert {part["item"]: part["state"] for part in found["parts"]} == {
        "food-business-permit": "valid", "fire-safety-check": "valid", "signage-permit": "revoked",
    }  # fmt: skip
