"""From the charge to the voucher on the pages, without scripts: the department, the applicant, the payer, the window, the day's books."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from tests.web.building import HOME, Building
from tests.web.staff import signed_in_as
from yijianshi.integrations.payment import DemoPayment
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.outside import outside, use
from yijianshi.store.accounts.models import Account
from yijianshi.store.fees.models import ChargeRow, PaymentRow
from yijianshi.store.reads.models import ReadRow

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture(autouse=True)
def _a_new_ledger(db: None, tmp_path: Path) -> Iterator[None]:
    """What the provider keeps is not rolled back with our tables, so that every test has a ledger of its own."""
    wired = outside()
    use(replace(wired, payment=DemoPayment(tmp_path / "payments.json", NODE_CLOCK, secret="of the tests")))
    yield
    use(wired)


@pytest.fixture
def building() -> Building:
    return Building()


@pytest.mark.clause("S3")
def test_from_the_charge_to_the_voucher_on_the_pages(building: Building) -> None:
    page = text_of(building.officer.get(f"/desk/{building.key}"))
    assert "这个事项收费，还没有通知缴费" in page
    form = text_of(building.officer.get(f"/desk/{building.key}/charge"))
    assert "非住宅 550 元/件" in form
    assert "小微企业免收" in form
    assert building.charge()["Location"] == f"/desk/{building.key}"
    page = text_of(building.officer.get(f"/desk/{building.key}"))
    assert "等申请人缴 550 元" in page
    refused = building.officer.post(f"/desk/{building.key}/grant", {"seen": str(building.case(HOME).now.seq)})
    assert refused.status_code == 409
    assert "还没有缴" in text_of(refused)

    own = text_of(building.applicant.get(f"/my/{building.id}"))
    assert "有费用要缴" in own
    bill = text_of(building.applicant.get(f"/my/{building.id}/fees"))
    for said in ("550 元", "非住宅 550 元/件，1 件", "示例收费标准第一条", "最后一天", "去付款"):
        assert said in bill
    notice = building.applicant.get(f"/papers/cases/{building.key}/payment.pdf")
    assert notice.status_code == 200
    assert b"".join(notice).startswith(b"%PDF")
    there = building.to_the_payer()
    payer = text_of(building.applicant.get(there))
    assert "演示付款，不会扣钱" in payer
    assert "550 元" in payer
    back = building.applicant.post(there, {"pay": "1"})["Location"]
    landed = building.applicant.get(back, follow=True)
    assert "已缴到账" in text_of(landed)
    assert re.search(r"DEMO-[0-9A-F]{12}-01", text_of(landed))
    assert "已缴 550 元" in text_of(building.officer.get(f"/desk/{building.key}"))
    done = building.officer.post(f"/desk/{building.key}/grant", {"seen": str(building.case(HOME).now.seq)})
    assert done.status_code == 302
    assert building.case(HOME).now.state == "granted"
    books = text_of(signed_in_as("heli").get("/money"))
    assert "两边的账一样" in books
    assert "550 元" in books


def test_a_charge_without_sum_or_basis_is_asked_again_in_words(building: Building) -> None:
    for wrong, says in (
        ({"sum": "很多"}, "几元几角几分"),
        ({"basis": ""}, "没有写收费依据"),
        ({"standard": ""}, "收费标准"),
        ({"less": "x"}, "几元几角几分"),
        ({"less": "600", "because": "小微企业", "by": "通知"}, "不能超过"),
    ):
        answer = building.charge(**wrong)
        assert answer.status_code == 422
        assert says in text_of(answer)
    assert not ChargeRow.objects.exists()


def test_what_is_reduced_to_nothing_is_free_on_the_bill(building: Building) -> None:
    building.charge(less="550", because="小微企业", by="示例减免通知")
    bill = text_of(building.applicant.get(f"/my/{building.id}/fees"))
    assert "免缴" in bill
    assert "小微企业（示例减免通知）" in bill
    assert "去付款" not in bill
    assert building.applicant.post(f"/my/{building.id}/fees/pay").status_code == 409


def test_nobody_else_sees_the_bill_or_the_payers_page(building: Building) -> None:
    building.charge()
    there = building.to_the_payer()
    other = signed_in_as("qianjin")
    assert other.get(f"/my/{building.id}/fees").status_code == 404
    assert other.post(f"/my/{building.id}/fees/pay").status_code == 404
    assert other.get(f"/my/{building.id}/fees/back/{PaymentRow.objects.get().pk}").status_code == 404
    assert other.get(there.replace("?s=", "?s=0")).status_code == 404
    assert other.get(f"/demo-payer/{uuid4()}?s=0").status_code == 404
    assert Client().get(f"/my/{building.id}/fees")["Location"].startswith("/login")


def test_who_goes_back_without_paying_owes_as_before(building: Building) -> None:
    building.charge()
    back = building.applicant.post(building.to_the_payer(), {})["Location"]
    assert "还没有收到付款" in text_of(building.applicant.get(back, follow=True))
    assert building.case(HOME).holds == "fee"


def test_the_providers_call_back_pays_though_the_payer_never_comes_back(building: Building) -> None:
    building.charge()
    building.applicant.post(building.to_the_payer(), {"pay": "1"})
    payment = outside().payment
    assert isinstance(payment, DemoPayment)
    notice = payment.notice_of(str(PaymentRow.objects.get().pk))
    provider = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert provider.post("/payment/told", notice, content_type="application/json").content == b"ok"
    assert building.case(HOME).holds == ""
    assert provider.post("/payment/told", b"{}", content_type="application/json").status_code == 403
    assert provider.get("/payment/told").status_code == 405


def test_the_window_opens_the_same_bill_and_notes_what_was_paid_at_the_counter(building: Building) -> None:
    building.charge()
    clerk = signed_in_as("laoli")
    assert "看缴费单，收款" in text_of(clerk.get(f"/window/{building.id}"))
    assert "窗口收款" in text_of(clerk.get(f"/my/{building.id}/fees"))
    assert ReadRow.objects.filter(
        submission_id=building.id, account_id=Account.objects.get(login="laoli").id
    ).exists()
    assert "窗口收款" not in text_of(building.applicant.get(f"/my/{building.id}/fees"))
    assert clerk.post(f"/my/{building.id}/fees/counter", {"receipt": ""}).status_code == 422
    assert (
        building.applicant.post(f"/my/{building.id}/fees/counter", {"receipt": "苏财 1"}).status_code == 404
    )
    done = clerk.post(f"/my/{building.id}/fees/counter", {"receipt": "苏财 0001"}, follow=True)
    assert "苏财 0001" in text_of(done)
    assert "窗口" in text_of(building.applicant.get(f"/my/{building.id}/fees"))


def test_after_a_withdrawal_the_department_decides_and_the_applicant_reads_why(building: Building) -> None:
    building.charge()
    building.pays()
    withdraw_case(case=building.key, actor=building.who, at=NODE_CLOCK.now())
    assert "决定退费" in text_of(building.officer.get(f"/desk/{building.key}"))
    assert f"/desk/{building.key}/refund" in text_of(building.officer.get("/money"))
    address = f"/desk/{building.key}/refund"
    assert "没有写退费的规定" in text_of(building.officer.get(address))
    asked = building.officer.post(address, {"decision": "yes", "sum": "550"})
    assert asked.status_code == 422
    sent = {"rendered": "no", "decision": "yes", "sum": "551", "reason": "没有登簿"}
    assert "最多可退" in text_of(building.officer.post(address, sent))
    assert building.officer.post(address, sent | {"sum": "550"}).status_code == 302
    bill = text_of(building.applicant.get(f"/my/{building.id}/fees"))
    assert "已退 550 元，原路返回。没有登簿" in bill
    assert building.officer.get(address).status_code == 422, "it is decided once"
    notice = building.officer.get(f"/papers/cases/{building.key}/refund.pdf")
    assert b"".join(notice).startswith(b"%PDF")
    books = text_of(signed_in_as("heli").get("/money"))
    assert "收 550 元，退 550 元" in books


def test_a_planted_difference_is_named_on_the_days_page(building: Building) -> None:
    building.charge()
    building.pays()
    PaymentRow.objects.update(paid_fen=54900)
    books = text_of(signed_in_as("heli").get("/money"))
    assert "有 1 笔对不上" in books
    assert "缴费金额不一样：我们 549 元，支付平台 550 元" in books


@pytest.mark.parametrize("day", ["2026-02-30", "x", "2999-01-01", "2020-01-01"])
def test_no_day_breaks_the_page_of_the_days_books(db: None, day: str) -> None:
    assert signed_in_as("heli").get("/money", {"day": day}).status_code == 200


@pytest.mark.parametrize("login", ["wangfang", "laoli", "hemin"])
def test_who_neither_supervises_nor_collects_sees_no_books(db: None, login: str) -> None:
    assert signed_in_as(login).get("/money").status_code == 404
