"""The legal papers of a case on the pages of who may read them: newest first, each with day, number and address, nobody else's."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import actor
from tests.services.printing.reading import words
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.workdays import legal_day
from yijianshi.services import printing
from yijianshi.services.handling.mend import ask_to_mend, pass_inspection, report_mended
from yijianshi.store.cases.models import CaseRow
from yijianshi.web.acting import ACTING_FOR

pytestmark = pytest.mark.django_db

FIRE, SIGN = "fire-safety-check", "signage-permit"
TWO = ("还有一处出口没有灯", "安全出口被货架挡住")


@pytest.fixture
def mended() -> Restaurant:
    """A restaurant whose premises were found wanting twice, and whose sign is to be corrected."""
    restaurant = Restaurant()
    restaurant.remark_on_the_sign()
    restaurant.release()
    case, at = restaurant.case(FIRE), restaurant.at + timedelta(minutes=20)
    zhao, wang = (
        actor("zhaokai", at=restaurant.today),
        actor("wangfang", at=restaurant.today, enterprise=True),
    )
    for minutes, finding in enumerate(reversed(TWO)):
        now = at + timedelta(minutes=minutes)
        if minutes:
            report_mended(case=case, actor=wang, words="改好了", at=now)
        ask_to_mend(
            case=case, actor=zhao, findings=[finding], basis="消防法第十五条",
            mend_by=legal_day(now) + timedelta(days=5), inspectors="赵凯、钱立", at=now,
        )  # fmt: skip
    now = at + timedelta(minutes=9)
    report_mended(case=case, actor=wang, words="灯装好了", at=now)
    pass_inspection(case=case, actor=zhao, inspectors="赵凯、钱立", words="", at=now)
    return restaurant


@pytest.fixture
def owner(mended: Restaurant) -> Client:
    client = signed_in_as("wangfang")
    session = client.session
    session[ACTING_FOR] = actor("wangfang", at=mended.today, enterprise=True).party
    session.save()
    return client


def addresses(case: UUID) -> tuple[str, str, str]:
    """The newest demand to mend, the first, and the acceptance, in the order in which a page lists them."""
    return (
        reverse("letter-pdf", args=[case, "mending"]),
        reverse("letter-nth-pdf", args=[case, "mending", 1]),
        reverse("letter-pdf", args=[case, "acceptance"]),
    )


def lists(page: str, case: UUID) -> None:
    """Hold that a page lists the papers of the fire check newest first, with their numbers."""
    found = [page.find(f'href="{address}"') for address in addresses(case)]
    assert -1 not in found
    assert found == sorted(found)
    assert page.count("责令整改通知书") >= 2
    assert "鼓楼消防改〔" in page
    assert "号之二" in page
    assert page.find("责令整改通知书（第 2 份）") < page.find("责令整改通知书（第 1 份）")


def test_the_applicant_finds_each_paper_at_its_item(mended: Restaurant, owner: Client) -> None:
    page = owner.get(reverse("my-case", args=[mended.id])).text
    lists(page, mended.case(FIRE))
    assert reverse("correction-pdf", args=[mended.id]) in page


def test_the_officer_finds_them_at_his_case(mended: Restaurant) -> None:
    lists(signed_in_as("zhaokai").get(reverse("desk-case", args=[mended.case(FIRE)])).text, mended.case(FIRE))


def test_the_officer_is_told_of_the_letter_of_all_departments_but_does_not_open_it(
    mended: Restaurant,
) -> None:
    page = signed_in_as("zhoulin").get(reverse("desk-case", args=[mended.case(SIGN)])).text
    assert "补正告知书" in page
    assert "牵头部门出具" in page
    assert reverse("correction-pdf", args=[mended.id]) not in page


@pytest.mark.parametrize(
    ("login", "page"), [("hemin", "coordinate-submission"), ("laoli", "window-submission")]
)
def test_coordinator_and_window_find_them_all(mended: Restaurant, login: str, page: str) -> None:
    shown = signed_in_as(login).get(reverse(page, args=[mended.id])).text
    lists(shown, mended.case(FIRE))
    number = CaseRow.objects.values_list("number", flat=True).get(pk=mended.case(FIRE))
    assert str(int(number[10:])) in shown


def test_what_a_page_lists_opens_and_an_earlier_paper_is_another(mended: Restaurant, owner: Client) -> None:
    newest, first, accepted = (owner.get(address) for address in addresses(mended.case(FIRE)))
    texts = [words(printing.Printed("", answer.content)) for answer in (newest, first)]
    for text, finding in zip(texts, TWO, strict=True):
        assert finding in text
    assert accepted.status_code == 200
    assert accepted["Cache-Control"] == "private, no-store"
    gone = owner.get(reverse("letter-nth-pdf", args=[mended.case(FIRE), "mending", 7]))
    assert gone.status_code == 404
    assert "只有 2 份" in gone.text


def test_a_stranger_gets_the_same_answer_as_for_what_is_not_there(mended: Restaurant) -> None:
    for login in ("qianjin", "zhoulin", "heli"):
        client = signed_in_as(login)
        for address in addresses(mended.case(FIRE)):
            answer = client.get(address)
            assert answer.status_code == 404, (login, address)
            assert "没有这一页" in answer.text
            assert "消防" not in answer.text.replace(address, "")
    for address in addresses(mended.case(FIRE)):
        door = Client().get(address)
        assert door.status_code == 302
        assert door["Location"].startswith(reverse("login"))
