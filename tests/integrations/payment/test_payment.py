"""The demo's payer keeps a ledger of its own and takes only what is signed; a site without a provider has the counter."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from yijianshi.integrations.payment import CounterPayment, DemoPayment, check
from yijianshi.project.production import demo_adapters
from yijianshi.services.outside import outside
from yijianshi.services.ports import NoticeForged, PayerPage, PaymentNotOnline, PaymentOrder, PaymentShare

DAY = date(2026, 11, 18)
ORDER = PaymentOrder(
    reference="018f0000-0000-7000-8000-0000000000a1",
    number="32010620261118100003424",
    shares=(
        PaymentShare(collector="a@320106", collector_name="甲局", subject="甲事", fen=8000),
        PaymentShare(collector="b@320106", collector_name="乙局", subject="乙事", fen=50),
    ),
    back="/my/1/fees",
)


@dataclass
class Clock:
    moment: datetime = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def demo(tmp_path: Path) -> DemoPayment:
    return DemoPayment(tmp_path / "ledger.json", Clock(), secret="s")


def signature(address: str) -> str:
    return address.partition("?s=")[2]


def test_an_order_opened_twice_is_one_and_is_paid_once(demo: DemoPayment) -> None:
    address = demo.open(ORDER)
    assert demo.open(ORDER) == address
    assert demo.state_of(ORDER.reference) is None
    demo.pay(ORDER.reference, signature(address))
    demo.pay(ORDER.reference, signature(address))
    paid = demo.state_of(ORDER.reference)
    assert paid is not None
    assert (paid.fen, set(paid.vouchers)) == (8050, {"a@320106", "b@320106"})
    assert len(set(paid.vouchers.values())) == 2, "each unit gives its own voucher"
    assert len(demo.settlements(DAY) or ()) == 1


def test_another_process_reads_the_same_ledger(demo: DemoPayment, tmp_path: Path) -> None:
    demo.pay(ORDER.reference, signature(demo.open(ORDER)))
    other = DemoPayment(tmp_path / "ledger.json", Clock(), secret="s")
    assert other.state_of(ORDER.reference) == demo.state_of(ORDER.reference)


@pytest.mark.parametrize("wrong", ["", "0" * 32, "ü"])
def test_without_the_signature_of_the_order_nothing_is_shown_or_paid(demo: DemoPayment, wrong: str) -> None:
    demo.open(ORDER)
    for act in (demo.asked, demo.pay):
        with pytest.raises(NoticeForged):
            act(ORDER.reference, wrong)
    with pytest.raises(NoticeForged):
        demo.asked("018f0000-0000-7000-8000-0000000000a2", signature(demo.open(ORDER)))
    assert demo.state_of(ORDER.reference) is None


def test_the_signature_of_one_order_does_not_pay_another(demo: DemoPayment) -> None:
    other = replace(ORDER, reference="018f0000-0000-7000-8000-0000000000a2")
    demo.open(other)
    with pytest.raises(NoticeForged):
        demo.pay(other.reference, signature(demo.open(ORDER)))


def test_an_order_that_is_closed_can_be_paid_no_more_and_a_paid_one_stays_paid(demo: DemoPayment) -> None:
    address = demo.open(ORDER)
    demo.close(ORDER.reference)
    demo.pay(ORDER.reference, signature(address))
    assert demo.state_of(ORDER.reference) is None
    second = replace(ORDER, reference="018f0000-0000-7000-8000-0000000000a2")
    demo.pay(second.reference, signature(demo.open(second)))
    demo.close(second.reference)
    assert demo.state_of(second.reference) is not None


def test_a_call_back_names_its_order_and_a_forged_one_none(demo: DemoPayment) -> None:
    demo.open(ORDER)
    assert demo.reference_of(demo.notice_of(ORDER.reference)) == ORDER.reference
    for forged in (b"", b"\xff", b"{}", b"[1]", b'{"reference": "1", "signature": "2"}'):
        with pytest.raises(NoticeForged):
            demo.reference_of(forged)


def test_a_refund_under_the_same_reference_goes_back_once(demo: DemoPayment) -> None:
    demo.pay(ORDER.reference, signature(demo.open(ORDER)))
    first = demo.refund("018f0000-0000-7000-8000-0000000000b1", of=ORDER.reference, fen=8000)
    assert demo.refund("018f0000-0000-7000-8000-0000000000b1", of=ORDER.reference, fen=8000) == first
    assert [one.fen for one in demo.settlements(DAY) or () if one.is_refund] == [8000]
    assert demo.settlements(date(2026, 11, 19)) == ()


def test_a_site_without_a_provider_takes_money_at_the_counter_only() -> None:
    counter = CounterPayment()
    with pytest.raises(PaymentNotOnline):
        counter.open(ORDER)
    paid = counter.take_at_counter(ORDER, receipt="苏财 0001", at=Clock().now())
    assert (paid.fen, paid.vouchers["b@320106"]) == (8050, "苏财 0001")
    assert counter.settlements(DAY) is None
    assert not isinstance(counter, PayerPage)


def test_the_check_says_that_the_demo_moves_no_money(demo: DemoPayment) -> None:
    assert any("演示" in one for one in check(demo, day=DAY))
    assert any("对账单" in one for one in check(CounterPayment(), day=DAY))


@pytest.mark.django_db
def test_production_refuses_the_demo_payer() -> None:
    assert "payment" in demo_adapters(outside())
