"""Papers in a browser: under their own name, kept by no cache, for nobody else; and the public check of a document."""

import re
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.services.printing.lives import Life
from tests.services.printing.reading import words
from yijianshi.services import printing
from yijianshi.services.handling.loading import load_submission
from yijianshi.store.accounts.models import Account
from yijianshi.store.results.models import ResultRow
from yijianshi.web.acting import ACTING_FOR

pytestmark = pytest.mark.django_db


def visiting(login: str, *, party: str = "") -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    if party:
        session = client.session
        session[ACTING_FOR] = party
        session.save()
    return client


@pytest.fixture
def owner(shop: Life) -> Client:
    return visiting("wangfang", party=shop.applicant.party)


def result_of(shop: Life) -> ResultRow:
    return ResultRow.objects.get(case=shop.cases["food-business-permit"])


def every_paper(shop: Life) -> list[str]:
    food = shop.cases["food-business-permit"]
    return [
        reverse("receipt-pdf", args=[shop.submission]),
        reverse("joint-form-pdf", args=[shop.submission]),
        reverse("correction-pdf", args=[shop.submission]),
        reverse("delivery-slip-pdf", args=[shop.submission]),
        reverse("department-form-pdf", args=[food]),
        reverse("letter-pdf", args=[food, "acceptance"]),
        reverse("letter-pdf", args=[food, "suspension"]),
        reverse("letter-pdf", args=[shop.cases["tobacco-retail"], "refusal"]),
        reverse("letter-pdf", args=[shop.cases["drainage-permit"], "decline"]),
        reverse("generated-pdf", args=[food, "joint-application-form"]),
        reverse("result-pdf", args=[result_of(shop).id]),
    ]


def test_every_paper_opens_for_its_owner_and_no_cache_keeps_it(shop: Life, owner: Client) -> None:
    for address in every_paper(shop):
        response = owner.get(address)
        assert response.status_code == 200, address
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"


def test_a_paper_has_its_chinese_name(shop: Life, owner: Client) -> None:
    response = owner.get(reverse("receipt-pdf", args=[shop.submission]))
    number = load_submission(shop.submission).number
    assert response["Content-Disposition"].startswith("inline;")
    assert f"filename*=UTF-8''{quote(f'申报回执 {number}.pdf', safe='')}" in response["Content-Disposition"]


def test_a_visitor_is_led_to_the_door_and_a_stranger_learns_nothing(shop: Life, owner: Client) -> None:
    stranger = visiting("qianjin")
    for address in every_paper(shop):
        door = Client().get(address)
        assert door.status_code == 302
        assert door["Location"].startswith(reverse("login"))
        response = stranger.get(address)
        assert response.status_code == 404, address
        assert "禾味" not in response.text


def test_a_letter_that_was_never_written_says_why(shop: Life, owner: Client) -> None:
    response = owner.get(reverse("letter-pdf", args=[shop.cases["licence-check"], "refusal"]))
    assert response.status_code == 404
    assert "没有作出不予许可的决定" in response.text


def test_the_notice_is_anyones_and_answers_to_the_address(town: None) -> None:
    address = reverse("notice-pdf", args=["open-restaurant"])
    response = Client().get(
        address, {"venue-area": "480", "sells-tobacco": "no", "commit": "fire-safety-check"}
    )
    assert response.status_code == 200
    text = words(printing.Printed("", response.content))
    assert "480平方米" in text
    assert "告知承诺" in text
    assert "公众聚集场所投入使用" in text
    assert "no-store" not in response["Cache-Control"]
    assert Client().get(reverse("notice-pdf", args=["no-such-thing"])).status_code == 404


def test_specimens_are_anyones(town: None) -> None:
    for kind in ("filled", "blank"):
        response = Client().get(reverse("sample", args=["power-of-attorney", kind]))
        assert response.status_code == 200
        assert response.content.startswith(b"%PDF-")
    assert Client().get(reverse("sample", args=["power-of-attorney", "secret"])).status_code == 404
    assert Client().get("/samples/..%2F..%2Fetc/filled").status_code == 404


def test_the_code_on_a_licence_leads_to_the_page_that_checks_it(shop: Life) -> None:
    row = result_of(shop)
    printed = printing.result_pdf(result=row.id, actor=shop.applicant, at=shop.at)
    assert row.code in words(printed)
    path = urlsplit(printing.verification_address(row.code)).path
    response = Client().get(path)
    assert response.status_code == 200
    for said in (
        "现在有效",
        "食品经营许可证",
        row.number,
        "南京禾味餐饮管理有限公司",
        "南京市鼓楼区市场监督管理局",
    ):
        assert said in response.text, said
    assert not re.search(r"\d{17}[\dX]", response.text.replace(row.number, "")), "no personal number"


@pytest.mark.parametrize(("state", "said"), [("suspended", "暂停使用"), ("revoked", "已经撤销")])
def test_a_licence_that_no_longer_holds_says_so(shop: Life, state: str, said: str) -> None:
    row = result_of(shop)
    ResultRow.objects.filter(pk=row.pk).update(state=state)
    assert said in Client().get(reverse("verify", args=[row.code])).text


def test_an_expired_licence_says_so(shop: Life) -> None:
    row = result_of(shop)
    ResultRow.objects.filter(pk=row.pk).update(valid_until=shop.at.date().replace(year=2020))
    assert "已过有效期" in Client().get(reverse("verify", args=[row.code])).text


def test_an_unknown_code_is_told_plainly_at_the_cost_of_one_query(
    town: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        response = Client().get(reverse("verify", args=["A" * 16]))
    assert response.status_code == 404
    assert "没有查到这份证照" in response.text
    with django_assert_max_num_queries(0):
        assert Client().get(reverse("verify", args=["<script>"])).status_code == 404


def test_a_typed_code_leads_to_its_page(town: None) -> None:
    response = Client().get(reverse("verify-ask"), {"code": " abc/def "})
    assert response.status_code == 302
    assert response["Location"] == reverse("verify", args=["abcdef"])
    assert Client().get(reverse("verify-ask")).status_code == 200


def test_the_officer_of_the_case_opens_its_form_and_only_that(shop: Life) -> None:
    sun = visiting("sunqian")
    assert sun.get(reverse("department-form-pdf", args=[shop.cases["tobacco-retail"]])).status_code == 200
    assert sun.get(reverse("department-form-pdf", args=[shop.cases["signage-permit"]])).status_code == 404
    assert sun.get(reverse("joint-form-pdf", args=[shop.submission])).status_code == 404
