"""What is not paid in time ends, what was paid goes back where it is due, and each day's books agree or say where not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.paying.till import Till, provider, till_for
from tests.services.town import Town
from yijianshi.domain.cases import Action, ActionNotAllowed
from yijianshi.domain.fees import RefundNotPossible
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.workdays import legal_day
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.take_up import redo_case
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.outside import outside, use
from yijianshi.services.paying.follow_up import follow_up_money
from yijianshi.services.paying.reconcile import read_day
from yijianshi.services.paying.refund import RefundDecision, decide_refund
from yijianshi.services.ports import PaymentUnavailable
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.services.working import work
from yijianshi.store.cases.models import StepRow
from yijianshi.store.fees.models import ChargeRow, PaymentRow, RefundRow

HOME = "realestate-transfer"
ALL = RefundDecision(fen=8000, rendered=False, reason="没有提供服务", basis="示例收费标准第三条")
NOTHING = replace(ALL, fen=0, reason="已经登簿")


@pytest.fixture
def till(town: Town) -> Till:
    opened = till_for(town, "enterprise-realestate-transfer")
    opened.grant_until(HOME)
    return opened


@pytest.fixture
def paid(till: Till) -> Till:
    till.charge(HOME)
    till.pays()
    return till


def charge_of(till: Till) -> ChargeRow:
    return ChargeRow.objects.filter(case=till.case(HOME).now.id).latest("charged_at")


def refund(till: Till, decision: RefundDecision) -> RefundRow:
    row = decide_refund(
        case=till.case(HOME).now.id, charge=charge_of(till).pk, actor=till.officer(HOME), decision=decision, at=till.town.now,
    )  # fmt: skip
    till.town.work()
    return row


def withdraw(till: Till) -> None:
    withdraw_case(case=till.case(HOME).now.id, actor=till.who, at=till.town.now)


def refuse(till: Till) -> None:
    decision = Decision(Action.REFUSE, reasons="不符合", basis="示例条例第一条")
    decide_case(case=till.case(HOME).now.id, actor=till.officer(HOME), decision=decision, at=till.town.now)


def day_after_the_last(till: Till) -> None:
    last = charge_of(till).pay_by
    till.town.go_to(last.month, last.day, year=last.year, after=timedelta(hours=24, minutes=1))


@pytest.mark.clause("C2.3")
def test_what_is_unpaid_after_its_last_day_ends_with_what_depends_on_it_and_says_why(till: Till) -> None:
    till.charge(HOME)
    last = charge_of(till).pay_by
    till.town.go_to(last.month, last.day, after=timedelta(hours=23, minutes=59))
    assert till.town.sweep() == 0
    day_after_the_last(till)
    assert till.town.sweep() == 1
    states = till.town.states(till.id)
    assert states[HOME] == "terminated"
    assert states["realestate-mortgage"] == states["water-transfer"] == "terminated"
    lapse = StepRow.objects.get(case_id=till.case(HOME).now.id, action="lapse")
    assert lapse.detail is not None
    assert lapse.detail["because_of"] == "not_paid"
    told = [line.text for line in read_submission(till.id, actor=till.who).history]
    assert any("逾期没有缴费，终止" in line for line in told)
    assert charge_of(till).state == "ended"
    assert till.town.sweep() == 0


def test_a_worker_that_was_down_for_a_month_catches_up(till: Till) -> None:
    till.charge(HOME)
    till.town.later(days=60)
    till.town.go_to(12, 31)
    work(at=till.town.now)
    assert till.town.states(till.id)[HOME] == "terminated"


def test_what_was_paid_at_the_last_moment_does_not_lapse_though_nobody_called_back(till: Till) -> None:
    till.charge(HOME)
    till.presses(till.opens())
    day_after_the_last(till)
    assert till.town.sweep() == 0
    assert (till.town.states(till.id)[HOME], till.case(HOME).holds) == ("accepted", "")


def test_nothing_lapses_while_the_provider_does_not_answer(till: Till) -> None:
    till.charge(HOME)
    till.opens()
    day_after_the_last(till)

    class Away:
        def __getattr__(self, name: str) -> object:
            def away(*args: object, **more: object) -> None:
                raise PaymentUnavailable("没有应答")

            return away

    wired = outside()
    use(replace(wired, payment=Away()))  # type: ignore[arg-type]
    try:
        assert till.town.sweep() == 0
    finally:
        use(wired)
    assert till.town.sweep() == 1


def test_nothing_lapses_on_a_provisional_day(till: Till) -> None:
    till.charge(HOME)
    ChargeRow.objects.update(provisional=True, charged_at=till.town.go_to(12, 28), pay_by="2027-01-11")
    till.town.go_to(2, 20, year=2027)
    assert till.town.sweep() == 0
    assert till.town.states(till.id)[HOME] == "accepted"


def test_a_case_that_is_taken_up_again_is_not_held_by_what_was_charged_before(till: Till) -> None:
    till.charge(HOME)
    refuse(till)
    till.town.go_to(12, 1)
    redo_case(
        case=till.case(HOME).now.id,
        actor=till.officer(HOME),
        reasons="复查有误",
        approved_by="局长甲",
        at=till.town.now,
    )
    till.town.go_to(12, 20)
    assert till.town.sweep() == 0
    assert (till.town.states(till.id)[HOME], till.case(HOME).holds) == ("accepted", "")


def test_after_a_withdrawal_nobody_can_pay_any_more_and_the_order_is_closed(till: Till) -> None:
    till.charge(HOME)
    opened = till.opens()
    withdraw(till)
    till.town.sweep()
    assert PaymentRow.objects.get(pk=opened.payment).state == "closed"
    assert (charge_of(till).state, till.case(HOME).holds) == ("ended", "")


def test_after_a_withdrawal_the_department_gives_back_and_says_why(paid: Till) -> None:
    withdraw(paid)
    with pytest.raises(ReasonMissing):
        refund(paid, replace(ALL, reason=" "))
    row = refund(paid, ALL)
    row.refresh_from_db()
    assert (row.state, row.fen) == ("done", 8000)
    assert row.provider_reference
    assert paid.town.steps(paid.id, HOME)[-1] == "refund"
    with pytest.raises(RefundNotPossible, match="只退一次"):
        refund(paid, ALL)


def test_a_no_is_decided_with_a_reason_and_moves_no_money(paid: Till) -> None:
    refuse(paid)
    assert refund(paid, NOTHING).state == "denied"
    assert not provider().settlements(legal_day(paid.town.now))[-1].is_refund  # type: ignore[index]


def test_nothing_goes_back_while_the_case_goes_on_or_beyond_what_was_paid(paid: Till) -> None:
    with pytest.raises(ActionNotAllowed):
        refund(paid, ALL)
    withdraw(paid)
    with pytest.raises(RefundNotPossible, match="最多可退"):
        refund(paid, replace(ALL, fen=8001))
    stranger = paid.town.who("zhaokai")
    with pytest.raises(NotPermitted):
        decide_refund(
            case=paid.case(HOME).now.id, charge=charge_of(paid).pk, actor=stranger, decision=ALL, at=paid.town.now
        )  # fmt: skip


def test_a_refund_whose_money_could_not_go_is_sent_for_again_once(paid: Till) -> None:
    withdraw(paid)
    demo, wired = provider(), outside()

    class NoRefunds:
        def __getattr__(self, name: str) -> object:
            return getattr(demo, name)

        def refund(self, reference: str, *, of: str, fen: int) -> str:
            raise PaymentUnavailable("没有应答")

    use(replace(wired, payment=NoRefunds()))  # type: ignore[arg-type]
    try:
        row = refund(paid, ALL)
        assert follow_up_money(at=paid.town.now) == 0
    finally:
        use(wired)
    row.refresh_from_db()
    assert row.state == "due"
    assert follow_up_money(at=paid.town.now) == 1
    assert follow_up_money(at=paid.town.now) == 0
    assert sum(one.is_refund for one in demo.settlements(legal_day(paid.town.now)) or ()) == 1


@pytest.mark.clause("S3")
def test_a_days_books_agree_and_a_planted_difference_is_named(paid: Till) -> None:
    heli, day = paid.town.who("heli"), legal_day(paid.town.now)
    read = read_day(actor=heli, day=day)
    assert (read.came_in, read.differences, read.compared) == (8000, (), "yes")
    assert read.by_unit() == ((read.collected[0].unit_name, 8000, 0),)
    payment = PaymentRow.objects.get()
    PaymentRow.objects.update(paid_fen=7000)
    assert "金额不一样" in read_day(actor=heli, day=day).differences[0].words
    PaymentRow.objects.update(paid_fen=8000, paid_at=paid.town.now - timedelta(days=1))
    assert "我们没有" in read_day(actor=heli, day=day).differences[0].words
    yesterday = read_day(actor=heli, day=day - timedelta(days=1)).differences
    assert [one.reference for one in yesterday] == [str(payment.pk)]
    assert "支付平台没有" in yesterday[0].words


def test_a_collecting_unit_sees_its_own_money_and_nobody_elses(paid: Till) -> None:
    day = legal_day(paid.town.now)
    own = read_day(actor=paid.officer(HOME), day=day)
    assert (own.came_in, own.sees_everything, own.differences) == (8000, False, ())
    assert read_day(actor=paid.town.who("zhaokai"), day=day).collected == ()
    for login in ("wangfang", "laoli", "hemin"):
        with pytest.raises(NotPermitted):
            read_day(actor=paid.town.who(login), day=day)


def test_what_was_paid_for_an_ended_case_waits_for_a_decision_until_there_is_one(paid: Till) -> None:
    withdraw(paid)
    day = legal_day(paid.town.now)
    waiting = read_day(actor=paid.officer(HOME), day=day).to_decide
    assert [(one.fen, one.is_mine) for one in waiting] == [(8000, True)]
    refund(paid, ALL)
    read = read_day(actor=paid.officer(HOME), day=day)
    assert (read.to_decide, read.went_out) == ((), 8000)
