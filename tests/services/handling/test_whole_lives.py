"""The rest of a life: extended, mended, handed over, sent elsewhere, revoked, and taken up anew."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.filed import file_fullest
from tests.services.handling.acts import FIRE, FOOD, SIGN, STRANGERS, stop
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action, ActionNotAllowed, State
from yijianshi.domain.codes import DepartmentCode, DivisionCode
from yijianshi.domain.deadlines import ExtensionNotAllowed
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.workdays import legal_day
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.extend import extend_case
from yijianshi.services.handling.hand import (
    HandOverNotPossible,
    claim_case,
    colleagues,
    hand_over_case,
    reroute_case,
)
from yijianshi.services.handling.mend import ask_to_mend, pass_inspection, report_mended
from yijianshi.services.handling.take_up import redo_case, reopen_case, revoke_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.outside import outside
from yijianshi.store.cases.models import CaseRow, StepRow
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow


def extend(town: Town, submission: UUID, item: str = FOOD, login: str = "chenzhiyuan", **more: Any) -> None:
    usual: dict[str, Any] = {
        "days": 5, "approved_by": "局长 张明", "reason": "要等上级机关答复", "at": town.now,
    }  # fmt: skip
    extend_case(case=town.case(submission, item).now.id, actor=town.who(login), **(usual | more))


def mend(town: Town, submission: UUID, **more: Any) -> None:
    usual: dict[str, Any] = {
        "findings": ["安全出口被货架挡住，请移开", "灭火器过期，请换新的"], "basis": "消防法第十五条",
        "mend_by": legal_day(town.now) + timedelta(days=5), "inspectors": "赵凯、钱立", "at": town.now,
    }  # fmt: skip
    ask_to_mend(case=town.case(submission, FIRE).now.id, actor=town.who("zhaokai"), **(usual | more))


def state(town: Town, submission: UUID, item: str) -> State:
    return town.case(submission, item).now.state


def due(town: Town, submission: UUID, item: str) -> date:
    found = town.case(submission, item).now.due_on
    assert found
    return found


@pytest.mark.clause("C5.1")
def test_an_extension_moves_the_due_day_once_and_says_who_approved(town: Town, submission: UUID) -> None:
    town.release(submission)
    before = due(town, submission, FOOD)
    extend(town, submission)
    after = due(town, submission, FOOD)
    assert after == outside().calendar.add(before, 5).day
    assert state(town, submission, FOOD) is State.ACCEPTED
    step = StepRow.objects.get(action="extend")
    assert step.detail == {"days": 5, "unit": "working", "joint": False, "due_on": after.isoformat()}
    assert DecisionTextRow.objects.filter(action="extend").count() == 1
    with nothing_written(), pytest.raises(ExtensionNotAllowed, match="只能延一次"):
        extend(town, submission, days=1)


@pytest.mark.parametrize(
    ("more", "refused", "says"),
    [
        ({"days": 6}, ExtensionNotAllowed, "最多延 5 天"),
        ({"days": 0}, ExtensionNotAllowed, "最多延 5 天"),
        ({"reason": " "}, ReasonMissing, "为什么"),
        ({"approved_by": ""}, ReasonMissing, "谁批准的"),
    ],
)
def test_an_extension_that_the_law_does_not_let_be_is_refused(
    town: Town, submission: UUID, more: dict[str, Any], refused: type[Exception], says: str
) -> None:
    town.release(submission)
    with nothing_written(), pytest.raises(refused, match=says):
        extend(town, submission, **more)


def test_the_joint_limit_is_extended_on_the_word_of_the_government(town: Town, submission: UUID) -> None:
    town.release(submission)
    before = due(town, submission, FOOD)
    extend(town, submission, days=15, joint=True, approved_by="区长 李某")
    assert due(town, submission, FOOD) == outside().calendar.add(before, 15).day


def test_a_stopped_clock_is_not_extended(town: Town, submission: UUID) -> None:
    town.release(submission)
    stop(town, submission)
    with nothing_written(), pytest.raises(ActionNotAllowed):
        extend(town, submission)


@pytest.mark.clause("S8.2")
def test_what_is_found_on_site_is_mended_and_inspected_again_while_the_clock_runs(
    town: Town, submission: UUID
) -> None:
    town.release(submission)
    before = due(town, submission, FIRE)
    mend(town, submission)
    assert state(town, submission, FIRE) is State.MENDING
    with nothing_written(), pytest.raises(ActionNotAllowed):
        town.decide(submission, FIRE)
    case = town.case(submission, FIRE).now.id
    owner = town.who("wangfang", enterprise=True)
    with nothing_written(), pytest.raises(ReasonMissing):
        report_mended(case=case, actor=owner, words=" ", at=town.now)
    for stranger in STRANGERS:
        with nothing_written(), pytest.raises(NotPermitted):
            report_mended(case=case, actor=town.who(stranger), words="改好了", at=town.now)
    report_mended(case=case, actor=owner, words="货架已移开，灭火器换了新的", at=town.now)
    assert state(town, submission, FIRE) is State.MENDED
    mend(town, submission, findings=["还有一处出口没有灯"])
    report_mended(case=case, actor=owner, words="灯装好了", at=town.now)
    pass_inspection(case=case, actor=town.who("zhaokai"), inspectors="赵凯、钱立", words="", at=town.now)
    assert state(town, submission, FIRE) is State.ACCEPTED
    assert due(town, submission, FIRE) == before
    town.decide(submission, FIRE)
    assert state(town, submission, FIRE) is State.GRANTED


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"findings": ["", " "]}, "逐条写明"),
        ({"basis": ""}, "依据"),
        ({"inspectors": ""}, "谁去现场"),
        ({"mend_by": date(2020, 1, 1)}, "已经过了"),
    ],
)
def test_a_demand_to_mend_says_what_why_who_and_by_when(
    town: Town, submission: UUID, more: dict[str, Any], says: str
) -> None:
    town.release(submission)
    with nothing_written(), pytest.raises(ReasonMissing, match=says):
        mend(town, submission, **more)


@pytest.mark.clause("C3.1")
def test_a_case_is_claimed_and_handed_over_within_the_unit(town: Town, submission: UUID) -> None:
    town.release(submission)
    case = town.case(submission, FOOD).now.id
    me = town.who("chenzhiyuan")
    claim_case(case=case, actor=me, at=town.now)
    assert str(town.case(submission, FOOD).handler) == me.account
    stranger = UUID(town.who("zhaokai").account)
    assert stranger not in colleagues(town.case(submission, FOOD).unit, at=town.now)
    with nothing_written(), pytest.raises(HandOverNotPossible, match="不在本单位"):
        hand_over_case(case=case, actor=me, to=stranger, reason="休假", at=town.now)
    with nothing_written(), pytest.raises(ReasonMissing):
        hand_over_case(case=case, actor=me, to=UUID(me.account), reason="", at=town.now)
    hand_over_case(case=case, actor=me, to=UUID(me.account), reason="周五起休假", at=town.now)
    assert [step.action for step in StepRow.objects.filter(case_id=case).order_by("at", "id")][-2:] == [
        "claim", "hand_over",
    ]  # fmt: skip


@pytest.mark.clause("S8.1", "C3.1")
def test_a_case_at_the_wrong_unit_is_sent_on_by_the_coordinator_alone(town: Town, submission: UUID) -> None:
    town.release(submission)
    case, before = town.case(submission, SIGN), due(town, submission, SIGN)
    to: dict[str, Any] = {
        "department": DepartmentCode("housing-construction"), "division": DivisionCode("320106"),
        "reason": "户外招牌由住建部门负责", "at": town.now,
    }  # fmt: skip
    with nothing_written(), pytest.raises(NotPermitted):
        reroute_case(case=case.now.id, actor=town.who("zhoulin"), **to)
    with nothing_written(), pytest.raises(HandOverNotPossible, match="没有"):
        reroute_case(
            case=case.now.id, actor=town.who("hemin"), **(to | {"department": DepartmentCode("no-such")})
        )
    with nothing_written(), pytest.raises(ReasonMissing):
        reroute_case(case=case.now.id, actor=town.who("hemin"), **(to | {"reason": ""}))
    reroute_case(case=case.now.id, actor=town.who("hemin"), **to)
    assert town.case(submission, SIGN).unit == "housing-construction@320106"
    assert due(town, submission, SIGN) == before
    with nothing_written(), pytest.raises(HandOverNotPossible, match="本来就在"):
        reroute_case(case=case.now.id, actor=town.who("hemin"), **to)
    with nothing_written(), pytest.raises(NotPermitted):
        decide_case(case=case.now.id, actor=town.who("zhoulin"), decision=Decision(Action.GRANT), at=town.now)
    town.decide(submission, SIGN)  # by the unit that has it now


def revoked(town: Town, submission: UUID, **more: Any) -> None:
    usual: dict[str, Any] = {
        "reasons": "申报的面积是假的", "basis": "行政许可法第六十九条第二款", "at": town.now,
    }  # fmt: skip
    revoke_case(case=town.case(submission, FOOD).now.id, actor=town.who("chenzhiyuan"), **(usual | more))


@pytest.mark.clause("C1.5")
def test_a_grant_is_revoked_with_reasons_and_its_licence_is_no_longer_in_force(
    town: Town, submission: UUID
) -> None:
    town.release(submission)
    town.decide(submission, FOOD)
    assert ResultRow.objects.get(case__item=FOOD).state == "valid"
    with nothing_written(), pytest.raises(ReasonMissing):
        revoked(town, submission, reasons="")
    still_open = SubmissionRow.objects.get(pk=submission).open_cases
    revoked(town, submission)
    assert state(town, submission, FOOD) is State.REVOKED
    assert ResultRow.objects.get(case__item=FOOD).state == "revoked"
    assert SubmissionRow.objects.get(pk=submission).open_cases == still_open


def test_revoking_after_everything_was_closed_closes_nothing_twice(town: Town, submission: UUID) -> None:
    town.release(submission)
    town.decide_all(submission)
    before = SubmissionRow.objects.values().get(pk=submission)
    delivered = DeliveryRow.objects.values().get(submission=submission)
    revoked(town, submission)
    assert SubmissionRow.objects.values().get(pk=submission) == before
    assert DeliveryRow.objects.values().get(submission=submission) == delivered


BIRTH, HOUSEHOLD = "birth-certificate", "birth-registration"


@pytest.fixture
def child(town: Town) -> UUID:
    """王芳's child: what follows waits for the birth certificate."""
    return file_fullest("newborn", at=town.now).id


@pytest.mark.clause("C5.1", "S8.2")
def test_after_a_review_the_case_is_handled_anew_and_what_ended_with_it_waits_again(
    town: Town, child: UUID
) -> None:
    town.release(child)
    before = town.states(child)
    still_open = SubmissionRow.objects.get(pk=child).open_cases
    town.decide(child, BIRTH, Action.REFUSE)
    ended = {item for item, state in town.states(child).items() if state == "terminated"}
    assert HOUSEHOLD in ended
    reopen_case(
        case=town.case(child, BIRTH).now.id, actor=town.officer_of(child, BIRTH), authority="鼓楼区人民政府",
        document="鼓政复决〔2026〕12 号", at=town.now,
    )  # fmt: skip
    town.work()
    assert town.states(child) == before
    assert SubmissionRow.objects.get(pk=child).open_cases == still_open
    town.decide(child, BIRTH)
    assert state(town, child, HOUSEHOLD) is State.ACCEPTED


@pytest.mark.clause("C1.5")
def test_with_a_revoked_result_ends_what_was_still_under_way_on_it(town: Town, child: UUID) -> None:
    town.release(child)
    town.decide(child, BIRTH)
    assert state(town, child, HOUSEHOLD) is State.ACCEPTED
    revoke_case(
        case=town.case(child, BIRTH).now.id, actor=town.officer_of(child, BIRTH), reasons="资料是假的",
        basis="行政许可法第六十九条", at=town.now,
    )  # fmt: skip
    assert state(town, child, HOUSEHOLD) is State.TERMINATED


def test_a_submission_that_was_closed_is_under_way_again_and_is_delivered_again(
    town: Town, submission: UUID
) -> None:
    town.release(submission)
    town.decide(submission, SIGN, Action.REFUSE, reasons="尺寸超出", basis="示例条例第一条")
    town.decide_all(submission)
    first = DeliveryRow.objects.get(submission=submission)
    assert SubmissionRow.objects.get(pk=submission).state == "closed"
    town.later(days=2)
    redo_case(
        case=town.case(submission, SIGN).now.id, actor=town.who("zhoulin"), reasons="尺寸量错了",
        approved_by="局长 王某", at=town.now,
    )  # fmt: skip
    row = SubmissionRow.objects.get(pk=submission)
    assert (row.state, row.open_cases, row.closed_at) == ("released", 1, None)
    town.decide(submission, SIGN)
    again = DeliveryRow.objects.get(submission=submission)
    assert SubmissionRow.objects.get(pk=submission).state == "closed"
    assert again.ready_at > first.ready_at


def test_a_grant_undone_by_a_court_is_decided_anew_and_yields_a_new_result(
    town: Town, submission: UUID
) -> None:
    town.release(submission)
    town.decide(submission, FIRE)
    old = ResultRow.objects.get(case__item=FIRE)
    reopen_case(
        case=town.case(submission, FIRE).now.id, actor=town.who("zhaokai"), authority="鼓楼区人民法院",
        document="（2026）苏 0106 行初 8 号", at=town.now,
    )  # fmt: skip
    town.decide(submission, FIRE)
    numbers = dict(ResultRow.objects.filter(case__item=FIRE).values_list("number", "state"))
    assert numbers.pop(old.number) == "revoked"
    assert list(numbers.values()) == ["valid"]


def test_nothing_is_taken_up_anew_without_saying_on_whose_word(town: Town, submission: UUID) -> None:
    town.release(submission)
    town.decide(submission, SIGN, Action.REFUSE, reasons="尺寸超出", basis="示例条例第一条")
    case, who = town.case(submission, SIGN).now.id, town.who("zhoulin")
    for missing in ({"authority": ""}, {"document": " "}):
        given: dict[str, Any] = {"authority": "区政府", "document": "1 号"} | missing
        with nothing_written(), pytest.raises(ReasonMissing):
            reopen_case(case=case, actor=who, at=town.now, **given)
    with nothing_written(), pytest.raises(ReasonMissing):
        redo_case(case=case, actor=who, reasons="", approved_by="局长", at=town.now)


def test_the_second_of_two_officers_is_told_who_did_what(town: Town, submission: UUID) -> None:
    town.release(submission)
    seen = town.case(submission, FIRE).now.seq
    mend(town, submission, seen=seen)
    with nothing_written(), pytest.raises(SomebodyWasFaster, match="赵凯刚才先做了“责令整改”"):
        mend(town, submission, seen=seen)
    assert CaseRow.objects.get(pk=town.case(submission, FIRE).now.id).seq == seen + 1
