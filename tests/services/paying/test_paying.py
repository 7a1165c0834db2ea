"""From the charge to the voucher: one bill, one order, paid once, whatever is pressed or called back twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.paying.till import DWELLING, SMALL, Till, provider, till_for
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action, ActionNotAllowed
from yijianshi.domain.fees import ChargeNotPossible
from yijianshi.domain.holds import DecisionHeld
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.mend import ask_to_mend
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.outside import outside, use
from yijianshi.services.paying.charge import charge_case
from yijianshi.services.paying.confirm import confirm_by_notice, confirm_payment
from yijianshi.services.paying.follow_up import follow_up_money
from yijianshi.services.paying.pay import (
    CounterReceiptMissing,
    NothingToPay,
    confirm_own,
    open_payment,
    take_at_counter,
)
from yijianshi.services.ports import NoticeForged, Paid, PaymentUnavailable
from yijianshi.services.reading.my_cases import waiting_for
from yijianshi.store.cases.models import StepRow
from yijianshi.store.fees.models import ChargeRow, PaymentRow, RefundRow, ShareRow
from yijianshi.store.letters.models import MessageRow

HOME = "realestate-transfer"


@pytest.fixture
def till(town: Town) -> Till:
    """A building changes hands; its registration is being handled, and charges."""
    opened = till_for(town, "enterprise-realestate-transfer")
    opened.grant_until(HOME)
    return opened


@pytest.fixture
def two(town: Town) -> Till:
    """Two items of one submission that charge at the same time."""
    return till_for(town, "enterprise-realestate-registration")


def steps(till: Till, item: str = HOME) -> list[str]:
    return till.town.steps(till.id, item)


def grant(till: Till, item: str = HOME) -> None:
    decide_case(
        case=till.case(item).now.id, actor=till.officer(item), decision=Decision(Action.GRANT), at=till.town.now
    )  # fmt: skip


@pytest.mark.clause("S3")
def test_what_is_charged_is_paid_once_and_then_the_case_is_granted(till: Till) -> None:
    charge = till.charge(HOME)
    assert till.case(HOME).holds == "fee"
    assert charge.pay_by == outside().calendar.add(till.town.now.date(), 10).day
    with pytest.raises(DecisionHeld, match="没有缴"):
        grant(till)
    assert waiting_for(till.who) == 1
    payment = till.pays()
    assert (till.case(HOME).holds, waiting_for(till.who)) == ("", 0)
    assert steps(till)[-2:] == ["charge", "pay"]
    share = ShareRow.objects.get(payment=payment)
    assert share.voucher.startswith("DEMO-")
    assert (share.fen, share.charge.state) == (8000, "paid")
    grant(till)
    assert till.case(HOME).now.state == "granted"
    told = list(MessageRow.objects.values_list("key", flat=True))
    assert {"payment.due", "payment.received"} <= set(told)


def test_an_unpaid_fee_holds_back_no_refusal(till: Till) -> None:
    till.charge(HOME)
    decision = Decision(Action.REFUSE, reasons="不符合", basis="示例条例第一条")
    decide_case(case=till.case(HOME).now.id, actor=till.officer(HOME), decision=decision, at=till.town.now)
    assert till.case(HOME).now.state == "refused"


def test_the_department_may_waive_and_decide_without_charging(till: Till) -> None:
    grant(till)
    assert not ChargeRow.objects.exists()


def test_a_charge_reduced_to_nothing_needs_no_payment(till: Till) -> None:
    row = till.charge(HOME, replace(DWELLING, reduction=SMALL))
    assert (row.state, till.case(HOME).holds) == ("free", "")
    with pytest.raises(NothingToPay):
        till.opens()
    grant(till)


def test_charging_anew_takes_the_place_of_what_is_not_paid(till: Till) -> None:
    first = till.charge(HOME)
    opened = till.opens()
    second = till.charge(HOME, replace(DWELLING, fen=55000, standard="非住宅 550 元/件"))
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "open")
    till.presses(opened)
    assert provider().state_of(str(opened.payment)) is None, "the former order can be paid no more"
    assert PaymentRow.objects.get(pk=till.pays()).fen == 55000


def test_the_very_same_charge_once_more_changes_nothing(till: Till) -> None:
    first = till.charge(HOME)
    with nothing_written():
        assert charge_case(
            case=till.case(HOME).now.id, actor=till.officer(HOME), charge=DWELLING, at=till.town.now
        ).pk == first.pk  # fmt: skip


def test_a_doubled_click_charges_once(till: Till) -> None:
    now, officer = till.case(HOME).now, till.officer(HOME)
    charge_case(case=now.id, actor=officer, charge=DWELLING, at=till.town.now, seen=now.seq)
    other = replace(DWELLING, fen=100)
    with pytest.raises(SomebodyWasFaster):
        charge_case(case=now.id, actor=officer, charge=other, at=till.town.now, seen=now.seq)
    assert ChargeRow.objects.filter(state="open").get().fen == 8000


def test_what_was_just_paid_is_not_charged_anew_in_its_place(till: Till) -> None:
    till.charge(HOME)
    till.presses(till.opens())
    with pytest.raises(ChargeNotPossible, match="刚刚已经缴了"):
        till.charge(HOME, replace(DWELLING, fen=55000))
    assert steps(till)[-1] == "pay"


@pytest.mark.parametrize("item", ["deed-tax", "water-transfer"])
def test_an_item_that_does_not_charge_is_not_charged_for(town: Town, item: str) -> None:
    till = till_for(town, "enterprise-realestate-transfer")
    till.grant_until(item)
    with pytest.raises(ChargeNotPossible, match="不收费"):
        till.charge(item)


def test_nobody_charges_before_the_case_is_accepted_or_for_another_unit(town: Town) -> None:
    till = till_for(town, "enterprise-realestate-transfer")
    with pytest.raises(ActionNotAllowed):
        till.charge(HOME)
    stranger = town.who("zhaokai")
    with pytest.raises(NotPermitted):
        charge_case(case=till.case(HOME).now.id, actor=stranger, charge=DWELLING, at=town.now)


def test_two_clicks_open_one_order(till: Till) -> None:
    till.charge(HOME)
    first, second = till.opens(), till.opens()
    assert first == second
    assert PaymentRow.objects.count() == 1


def test_a_call_back_that_comes_twice_pays_once(till: Till) -> None:
    till.charge(HOME)
    opened = till.opens()
    till.presses(opened)
    notice = provider().notice_of(str(opened.payment))
    assert confirm_by_notice(notice, at=till.town.now) == "paid"
    with nothing_written():
        assert confirm_by_notice(notice, at=till.town.later(minutes=1)) == "paid"
        assert confirm_payment(opened.payment, at=till.town.now) == "paid"
    assert steps(till).count("pay") == 1


def test_a_call_back_is_believed_only_as_far_as_the_provider_says_so_itself(till: Till) -> None:
    till.charge(HOME)
    opened = till.opens()
    assert confirm_by_notice(provider().notice_of(str(opened.payment)), at=till.town.now) == "open"
    for forged in (b"", b"[]", b'{"reference": "x", "signature": "y"}'):
        with pytest.raises(NoticeForged):
            confirm_by_notice(forged, at=till.town.now)
    assert till.case(HOME).holds == "fee"


def test_somebody_elses_order_can_be_neither_opened_nor_paid_nor_confirmed(till: Till) -> None:
    till.charge(HOME)
    opened = till.opens()
    qianjin = till.town.who("qianjin")
    with pytest.raises(NotPermitted):
        open_payment(submission=till.id, actor=qianjin, at=till.town.now)
    with pytest.raises(NotPermitted):
        confirm_own(submission=till.id, payment=opened.payment, actor=qianjin, at=till.town.now)
    with pytest.raises(NoticeForged):
        provider().pay(str(opened.payment), "0" * 32)
    other = till_for(till.town, "enterprise-realestate-transfer")
    with pytest.raises(PaymentRow.DoesNotExist):
        confirm_own(submission=other.id, payment=opened.payment, actor=other.who, at=till.town.now)


def test_another_sum_than_was_asked_for_pays_nothing_and_is_given_back(till: Till) -> None:
    till.charge(HOME)
    opened = till.opens()

    class Miscounts:
        def __getattr__(self, name: str) -> object:
            return getattr(demo, name)

        def state_of(self, reference: str) -> Paid | None:
            return Paid(reference=reference, provider_reference="P1", fen=7999, at=till.town.now, vouchers={})

    demo, wired = provider(), outside()
    use(replace(wired, payment=Miscounts()))  # type: ignore[arg-type]
    try:
        assert confirm_payment(opened.payment, at=till.town.now) == "wrong"
    finally:
        use(wired)
    refund = RefundRow.objects.get()
    assert (refund.fen, refund.why, refund.charge) == (7999, "wrong_sum", None)
    assert till.case(HOME).holds == "fee"
    till.pays()
    assert till.case(HOME).holds == ""


def test_one_order_pays_everything_that_is_open_split_by_item(two: Till) -> None:
    two.charge("realestate-first", replace(DWELLING, fen=55000))
    two.charge("realestate-mortgage", replace(DWELLING, fen=55000))
    payment = two.pays()
    assert PaymentRow.objects.get(pk=payment).fen == 110000
    assert sorted(ShareRow.objects.filter(payment=payment).values_list("charge__item", flat=True)) == [
        "realestate-first", "realestate-mortgage",
    ]  # fmt: skip
    pays = StepRow.objects.filter(submission_id=two.id, action="pay")
    assert len(pays) == 2
    assert len({step.at for step in pays}) == 1


def test_a_charge_that_comes_while_an_order_is_open_makes_a_new_order_for_both(two: Till) -> None:
    two.charge("realestate-first")
    first = two.opens()
    two.charge("realestate-mortgage")
    second = two.opens()
    assert second.payment != first.payment
    assert PaymentRow.objects.get(pk=first.payment).state == "closed"
    two.presses(first)
    assert provider().state_of(str(first.payment)) is None
    assert PaymentRow.objects.get(pk=second.payment).fen == 16000


def test_what_is_paid_for_a_case_that_ended_meanwhile_is_given_back_and_the_rest_counts(two: Till) -> None:
    two.charge("realestate-first")
    two.charge("realestate-mortgage")
    opened = two.opens()
    withdraw_case(case=two.case("realestate-mortgage").now.id, actor=two.who, at=two.town.now)
    two.presses(opened)
    assert confirm_payment(opened.payment, at=two.town.now) == "paid"
    assert two.case("realestate-first").holds == ""
    assert "pay" not in steps(two, "realestate-mortgage")
    refund = RefundRow.objects.get()
    assert (refund.fen, refund.why, refund.state) == (8000, "ended", "due")
    follow_up_money(at=two.town.now)
    refund.refresh_from_db()
    assert refund.state == "done"


def test_while_something_is_mended_the_applicant_can_pay(till: Till) -> None:
    till.charge(HOME)
    ask_to_mend(
        case=till.case(HOME).now.id, actor=till.officer(HOME), findings=["界址标错一处"], basis="示例条例第二条",
        mend_by=till.town.now.date() + timedelta(days=5), inspectors="甲、乙", at=till.town.now,
    )  # fmt: skip
    till.pays()
    assert (till.case(HOME).now.state, till.case(HOME).holds) == ("mending", "")


def test_the_worker_asks_after_a_payer_who_never_came_back(till: Till) -> None:
    till.charge(HOME)
    till.presses(till.opens())
    assert follow_up_money(at=till.town.now) == 0, "it has just been asked"
    assert follow_up_money(at=till.town.later(minutes=2)) == 1
    assert till.case(HOME).holds == ""


def test_an_order_that_nobody_pays_is_given_up_and_another_can_be_opened(till: Till) -> None:
    till.charge(HOME)
    first = till.opens()
    follow_up_money(at=till.town.now + timedelta(days=1, minutes=1))
    assert PaymentRow.objects.get(pk=first.payment).state == "closed"
    assert till.opens().payment != first.payment


def test_while_the_provider_is_away_nothing_is_lost(till: Till) -> None:
    till.charge(HOME)
    opened = till.opens()
    till.presses(opened)

    class Away:
        takes_at_counter = False

        def __getattr__(self, name: str) -> object:
            def away(*args: object, **more: object) -> None:
                raise PaymentUnavailable("没有应答")

            return away

    wired = outside()
    use(replace(wired, payment=Away()))  # type: ignore[arg-type]
    try:
        assert follow_up_money(at=till.town.later(minutes=2)) == 0
        with pytest.raises(PaymentUnavailable):
            confirm_payment(opened.payment, at=till.town.now)
    finally:
        use(wired)
    assert follow_up_money(at=till.town.now) == 1


def test_the_window_notes_what_was_paid_at_the_counter_with_its_receipt(till: Till) -> None:
    till.charge(HOME)
    clerk = till.town.who("laoli")
    with pytest.raises(CounterReceiptMissing):
        take_at_counter(submission=till.id, actor=clerk, receipt=" ", at=till.town.now)
    with pytest.raises(NotPermitted):
        take_at_counter(submission=till.id, actor=till.who, receipt="苏财 0001", at=till.town.now)
    payment = take_at_counter(submission=till.id, actor=clerk, receipt="苏财 0001", at=till.town.now)
    row = PaymentRow.objects.get(pk=payment)
    assert (row.state, row.channel) == ("paid", "counter")
    assert ShareRow.objects.get(payment=payment).voucher == "苏财 0001"
    with pytest.raises(NothingToPay):
        take_at_counter(submission=till.id, actor=clerk, receipt="苏财 0002", at=till.town.now)
