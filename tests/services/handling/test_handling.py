"""Remark, release, correct, decide, stop, withdraw: who may not, when it cannot be, and that nothing is half written."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import PAPER
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action, ActionNotAllowed
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import CorrectionIncomplete, RemarkNotAllowed, Target
from yijianshi.domain.deadlines import StopNotAllowed
from yijianshi.domain.plans import UnknownItem
from yijianshi.domain.results import RefusalWithoutReasons
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.submissions import NotReady
from yijianshi.domain.workdays import end_of
from yijianshi.services.contents import open_words
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.correct import NothingToCorrect, Upload, answer_correction
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import AlreadyReleased, release_submission
from yijianshi.services.handling.remark import make_remark, remarks_of, withdraw_remark
from yijianshi.services.handling.stop import ReasonMissing, resume_case, suspend_case
from yijianshi.services.handling.withdraw import what_falls, withdraw_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow, ResultRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow

FOOD, FIRE, SIGN, CHECK = "food-business-permit", "fire-safety-check", "signage-permit", "licence-check"
#: Everybody of the cast who has nothing to do with the signage of 王芳's restaurant.
STRANGERS = ("qianjin", "zhangwei", "zhaokai", "heli", "liujie", "jiangxin")


@pytest.fixture(scope="module")
def filed(settled_town: Town) -> UUID:
    return settled_town.file(settled_town.who("wangfang", enterprise=True))


@pytest.fixture
def submission(filed: UUID, town: Town) -> UUID:
    """王芳's restaurant, as filed: four items, nothing released."""
    return filed


def remark(town: Town, submission: UUID, item: str = SIGN, login: str = "zhoulin", **more: Any) -> UUID:
    usual: dict[str, Any] = {
        "target": Target.MATERIAL,
        "code": "sign-rendering",
        "reason": "看不清尺寸",
        "basis": "城市市容和环境卫生管理条例第十一条",
        "remedy": "请标明长宽",
        "at": town.now,
    }
    return make_remark(case=town.case(submission, item).now.id, actor=town.who(login), **(usual | more))


def answer(town: Town, submission: UUID, **more: Any) -> None:
    usual: dict[str, Any] = {"fields": {}, "files": {"sign-rendering": [Upload("图.pdf", PAPER)]}}
    answer_correction(
        submission=submission, actor=town.who("wangfang", enterprise=True), at=town.now, **(usual | more)
    )
    town.work()


# Remarks


@pytest.mark.parametrize("login", STRANGERS)
def test_only_the_cases_own_unit_the_coordinator_and_the_window_may_remark(
    town: Town, submission: UUID, login: str
) -> None:
    with pytest.raises(NotPermitted):
        remark(town, submission, login=login)
    assert not RemarkRow.objects.exists()


@pytest.mark.clause("S2.3")
@pytest.mark.parametrize("login", ["zhoulin", "hemin", "laoli"])
def test_its_unit_the_coordinator_and_the_window_may(town: Town, submission: UUID, login: str) -> None:
    remark(town, submission, login=login)
    assert [kept.remark.reason for kept in remarks_of(submission)] == ["看不清尺寸"]


@pytest.mark.clause("S5.2")
def test_nobody_can_demand_a_material_that_is_not_on_the_list(town: Town, submission: UUID) -> None:
    with pytest.raises(RemarkNotAllowed, match="不在本事项的清单里"):
        remark(town, submission, code="food-layout-document")
    with pytest.raises(RemarkNotAllowed, match="没有这一栏"):
        remark(town, submission, target=Target.FIELD, code="exit-count")


def test_one_place_is_remarked_on_once_until_the_remark_is_taken_back(town: Town, submission: UUID) -> None:
    first = remark(town, submission)
    with pytest.raises(RemarkNotAllowed, match="已经提过意见"):
        remark(town, submission)
    withdraw_remark(remark=first, actor=town.who("zhoulin"))
    remark(town, submission)
    assert len(remarks_of(submission)) == 1


@pytest.mark.clause("S7")
def test_after_the_notice_no_remark_is_made_or_taken_back(town: Town, submission: UUID) -> None:
    made = remark(town, submission)
    town.release(submission)
    with pytest.raises(RemarkNotAllowed, match="补正只告知一次"):
        remark(town, submission, item=FOOD, login="chenzhiyuan", code="food-layout-document")
    with pytest.raises(RemarkNotAllowed, match="已经告知申请人"):
        withdraw_remark(remark=made, actor=town.who("zhoulin"))
    with pytest.raises(NotPermitted):
        withdraw_remark(remark=made, actor=town.who("qianjin"))


def test_a_remark_sends_whoever_is_just_releasing_back_to_look_again(town: Town, submission: UUID) -> None:
    before = town.case(submission, SIGN).now.seq
    remark(town, submission)
    assert town.case(submission, SIGN).now.seq == before + 1


# Release


@pytest.mark.clause("S8.1")
@pytest.mark.parametrize("login", ["wangfang", "laoli", "zhoulin", "chenzhiyuan", "heli", "liujie"])
def test_only_the_lead_departments_coordinator_releases(town: Town, submission: UUID, login: str) -> None:
    with nothing_written(), pytest.raises(NotPermitted):
        release_submission(submission=submission, actor=town.who(login), at=town.now)


@pytest.mark.clause("S8.1")
def test_it_is_released_once(town: Town, submission: UUID) -> None:
    town.release(submission)
    with nothing_written(), pytest.raises(AlreadyReleased, match="已经分办过了"):
        release_submission(submission=submission, actor=town.who("hemin"), at=town.now)


@pytest.mark.parametrize(
    "declined",
    [
        {SIGN: {}},
        {SIGN: {"reasons": "不归本局"}},
        {SIGN: {"basis": "条例"}},
        {SIGN: {"reasons": " ", "basis": "条例"}},
    ],
)
def test_nothing_is_declined_without_reasons_and_basis(
    town: Town, submission: UUID, declined: dict[ItemCode, dict[str, str]]
) -> None:
    with nothing_written(), pytest.raises(RefusalWithoutReasons):
        release_submission(submission=submission, actor=town.who("hemin"), at=town.now, declined=declined)


def test_an_item_that_is_not_there_cannot_be_declined(town: Town, submission: UUID) -> None:
    words = {ItemCode("tobacco-retail"): {"reasons": "不归本局", "basis": "条例"}}
    with nothing_written(), pytest.raises(UnknownItem, match="tobacco-retail"):
        release_submission(submission=submission, actor=town.who("hemin"), at=town.now, declined=words)


def test_who_declines_says_who_is_competent_and_how_to_appeal(town: Town, submission: UUID) -> None:
    words = {ItemCode(SIGN): {"reasons": "不归本局", "basis": "条例第一条", "competent": "南京市城管局"}}
    states = town.release(submission, declined=words)
    assert states[SIGN] == "declined"
    text = DecisionTextRow.objects.get(case=town.case(submission, SIGN).now.id)
    kept = open_words(text.sealed, purpose="decision")
    assert (kept["reasons"], kept["competent"]) == ("不归本局", "南京市城管局")
    assert "行政复议" in kept["appeal"]


@pytest.mark.clause("S7")
def test_a_remark_on_a_case_that_ends_at_the_release_asks_the_applicant_for_nothing(
    town: Town, submission: UUID
) -> None:
    remark(town, submission)
    words = {ItemCode(SIGN): {"reasons": "不归本局", "basis": "条例第一条"}}
    assert town.release(submission, declined=words)[SIGN] == "declined"
    assert not CorrectionRow.objects.exists()
    with pytest.raises(NothingToCorrect):
        answer(town, submission)


def test_a_declined_prerequisite_ends_everything_that_waits_for_it(town: Town, submission: UUID) -> None:
    words = {ItemCode(CHECK): {"reasons": "执照已注销", "basis": "条例第一条"}}
    assert set(town.release(submission, declined=words).values()) == {"declined", "terminated"}
    assert SubmissionRow.objects.get(pk=submission).state == "closed"
    assert not DeliveryRow.objects.exists(), "there is nothing to deliver"


# Correction


@pytest.mark.clause("S7")
def test_every_units_remarks_go_out_in_one_notice_and_are_answered_at_once(
    town: Town, submission: UUID
) -> None:
    remark(town, submission)
    remark(town, submission, FOOD, "chenzhiyuan", target=Target.FIELD, code="seat-count")
    states = town.release(submission)
    assert (states[SIGN], states[FOOD], states[FIRE]) == (
        "awaiting_correction",
        "awaiting_correction",
        "accepted",
    )
    assert CorrectionRow.objects.get(submission=submission).answer_by == date(2026, 12, 2)
    with nothing_written(), pytest.raises(CorrectionIncomplete, match="座位"):
        answer(town, submission)
    with nothing_written(), pytest.raises(CorrectionIncomplete, match="效果图"):
        answer(town, submission, fields={"seat-count": "40"}, files={})
    with nothing_written(), pytest.raises(NotReady, match="请填整数"):
        answer(town, submission, fields={"seat-count": "很多"})
    with nothing_written(), pytest.raises(FileRefused):
        answer(
            town, submission, fields={"seat-count": "40"}, files={"sign-rendering": [Upload("图.exe", b"MZ")]}
        )
    answer(town, submission, fields={"seat-count": "40"})
    states = town.states(submission)
    assert (states[SIGN], states[FOOD]) == ("corrected", "corrected")
    assert open_revision(submission).values["seat-count"].value == 40
    assert open_revision(submission, number=1).values["seat-count"].value != 40
    with nothing_written(), pytest.raises(NothingToCorrect):
        answer(town, submission, fields={"seat-count": "41"})


def test_only_the_applicant_or_the_window_answers(town: Town, submission: UUID) -> None:
    remark(town, submission)
    town.release(submission)
    for login in ("qianjin", "zhoulin", "hemin", "heli"):
        with nothing_written(), pytest.raises(NotPermitted):
            answer_correction(
                submission=submission,
                actor=town.who(login),
                fields={},
                files={"sign-rendering": [Upload("图.pdf", PAPER)]},
                at=town.now,
            )
    answer(town, submission)


def test_what_was_not_asked_is_not_changed_by_an_answer(town: Town, submission: UUID) -> None:
    remark(town, submission)
    town.release(submission)
    before = open_revision(submission).values
    answer(town, submission, fields={"seat-count": "999"})
    assert open_revision(submission).values == before


def test_a_withdrawn_item_needs_no_answer_any_more(town: Town, submission: UUID) -> None:
    remark(town, submission)
    remark(town, submission, FOOD, "chenzhiyuan", target=Target.FIELD, code="seat-count")
    town.release(submission)
    case = town.case(submission, FOOD).now.id
    withdraw_case(case=case, actor=town.who("wangfang", enterprise=True), at=town.now)
    answer(town, submission)
    assert town.states(submission)[SIGN] == "corrected"


def test_a_corrected_case_is_accepted_or_declined_by_its_unit(town: Town, submission: UUID) -> None:
    remark(town, submission)
    town.release(submission)
    answer(town, submission)
    town.decide(submission, SIGN, Action.DECLINE)
    assert town.states(submission)[SIGN] == "declined"


def test_a_corrected_case_goes_on_waiting_for_what_it_depends_on(town: Town, submission: UUID) -> None:
    town.down.add("business-licence")  # the licence cannot be verified yet
    remark(town, submission)
    town.release(submission)
    answer(town, submission)
    town.decide(submission, SIGN, Action.ACCEPT)
    assert town.states(submission)[SIGN] == "waiting"


def test_an_unanswered_correction_lapses_after_its_last_day_and_the_others_go_on(
    town: Town, submission: UUID
) -> None:
    remark(town, submission)
    town.release(submission)
    town.go_to(12, 2, after=timedelta(hours=23, minutes=59))
    town.sweep()
    assert town.states(submission)[SIGN] == "awaiting_correction"
    town.later(minutes=1)
    town.sweep()
    assert town.states(submission) == {
        CHECK: "granted",
        FOOD: "accepted",
        FIRE: "accepted",
        SIGN: "terminated",
    }
    with pytest.raises(NothingToCorrect):
        answer(town, submission)


# Decisions


@pytest.mark.parametrize("login", ["wangfang", "qianjin", "laoli", "hemin", "zhoulin", "heli"])
def test_nobody_but_the_unit_decides(town: Town, submission: UUID, login: str) -> None:
    town.release(submission)
    case = town.case(submission, FIRE).now.id
    with nothing_written(), pytest.raises(NotPermitted):
        decide_case(case=case, actor=town.who(login), decision=Decision(Action.GRANT), at=town.now)


def test_a_case_that_is_not_there_is_answered_like_one_that_is_not_yours(town: Town) -> None:
    with pytest.raises(NotPermitted):
        decide_case(case=uuid4(), actor=town.who("zhaokai"), decision=Decision(Action.GRANT), at=town.now)


@pytest.mark.parametrize("action", list(Action))
def test_before_the_release_nothing_is_decided_case_by_case(
    town: Town, submission: UUID, action: Action
) -> None:
    case = town.case(submission, FIRE).now.id
    with nothing_written(), pytest.raises((ActionNotAllowed, NotPermitted)):
        decide_case(
            case=case, actor=town.who("zhaokai"), decision=Decision(action, "理由", "依据"), at=town.now
        )


@pytest.mark.parametrize(
    "action", [action for action in Action if action not in (Action.GRANT, Action.REFUSE)]
)
def test_an_accepted_case_is_granted_or_refused_and_nothing_else_goes_by_that_name(
    town: Town, submission: UUID, action: Action
) -> None:
    town.release(submission)
    case = town.case(submission, FIRE).now.id
    with nothing_written(), pytest.raises((ActionNotAllowed, NotPermitted)):
        decide_case(
            case=case, actor=town.who("zhaokai"), decision=Decision(action, "理由", "依据"), at=town.now
        )


def test_a_closed_case_says_that_it_is_closed(town: Town, submission: UUID) -> None:
    town.release(submission)
    town.decide(submission, FIRE)
    with nothing_written(), pytest.raises(ActionNotAllowed, match="“已办结”，不能“准予”；.*已经办结"):
        town.decide(submission, FIRE)


@pytest.mark.parametrize(("reasons", "basis"), [("", "消防法"), ("不足", ""), (" ", " ")])
def test_a_refusal_without_reasons_and_basis_writes_nothing(
    town: Town, submission: UUID, reasons: str, basis: str
) -> None:
    town.release(submission)
    with nothing_written(), pytest.raises(RefusalWithoutReasons):
        town.decide(submission, FIRE, Action.REFUSE, reasons=reasons, basis=basis)
    assert not DecisionTextRow.objects.exists()


@pytest.mark.clause("S8.2")
def test_two_clerks_on_one_case_the_second_is_asked_to_look_again(town: Town, submission: UUID) -> None:
    town.release(submission)
    seen = town.case(submission, FIRE).now
    suspend_case(
        case=seen.id,
        actor=town.who("zhaokai"),
        ground="inspection",
        reason="检验",
        expected_days=3,
        at=town.now,
    )
    resume_case(case=seen.id, actor=town.who("zhaokai"), at=town.now)
    with nothing_written(), pytest.raises(SomebodyWasFaster, match="请刷新"):
        decide_case(
            case=seen.id,
            actor=town.who("zhaokai"),
            decision=Decision(Action.GRANT),
            at=town.now,
            seen=seen.seq,
        )
    now = town.case(submission, FIRE).now
    decide_case(
        case=now.id, actor=town.who("zhaokai"), decision=Decision(Action.GRANT), at=town.now, seen=now.seq
    )


def test_a_refusal_ends_what_depends_on_it_to_the_last_and_says_because_of_what(town: Town) -> None:
    answers = {"needs-seal": True, "needs-account": True, "needs-invoice": True, "has-employees": True}
    submission = town.file(town.who("zhouwen"), bundle="enterprise-opening", answers=answers)
    town.release(submission)
    decided = town.decide(
        submission, "name-declaration", Action.REFUSE, reasons="名称已被使用", basis="规定第一条"
    )
    states = town.states(submission)
    assert states.pop("name-declaration") == "refused"
    assert set(states.values()) == {"terminated"}
    assert set(decided.others.values()) == {"terminated"}
    assert SubmissionRow.objects.get(pk=submission).state == "closed"
    assert not ResultRow.objects.exists()
    assert not DeliveryRow.objects.exists()


def test_a_refusal_leaves_alone_what_does_not_depend_on_it(town: Town, submission: UUID) -> None:
    town.release(submission)
    town.decide(submission, FIRE, Action.REFUSE)
    assert town.states(submission) == {CHECK: "granted", FOOD: "accepted", FIRE: "refused", SIGN: "accepted"}


# The clock


def stop(town: Town, submission: UUID, item: str = FOOD, login: str = "chenzhiyuan", **more: Any) -> None:
    usual: dict[str, Any] = {"ground": "inspection", "reason": "抽样检验", "expected_days": 5, "at": town.now}
    suspend_case(case=town.case(submission, item).now.id, actor=town.who(login), **(usual | more))


def test_a_stop_moves_the_due_day_by_as_many_working_days_as_it_lasted(town: Town, submission: UUID) -> None:
    town.release(submission)
    assert town.case(submission, FOOD).now.due_on == date(2026, 11, 25)
    stop(town, submission)
    assert town.states(submission)[FOOD] == "suspended"
    town.go_to(11, 24)
    resume_case(case=town.case(submission, FOOD).now.id, actor=town.who("chenzhiyuan"), at=town.now)
    assert town.case(submission, FOOD).now.due_on == date(2026, 12, 1)
    assert town.steps(submission, FOOD)[-2:] == ["suspend", "resume"]


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        ({"ground": "lunch"}, StopNotAllowed, "听证、招标"),
        ({"reason": " "}, ReasonMissing, "书面告知"),
        ({"expected_days": 0}, ReasonMissing, "多少天"),
        ({"expected_days": 99999}, ReasonMissing, "多少天"),
        ({"login": "zhaokai"}, NotPermitted, "没有权限"),
        ({"item": CHECK}, StopNotAllowed, "不能停止计时"),
    ],
)
def test_the_clock_stops_only_on_a_lawful_ground_with_reason_and_duration(
    town: Town, submission: UUID, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    town.release(submission)
    with nothing_written(), pytest.raises(error, match=said):
        stop(town, submission, **more)
    assert not DecisionTextRow.objects.exists()


def test_a_clock_that_runs_cannot_be_resumed(town: Town, submission: UUID) -> None:
    town.release(submission)
    with nothing_written(), pytest.raises(ActionNotAllowed, match="不能“恢复计时”"):
        resume_case(case=town.case(submission, FOOD).now.id, actor=town.who("chenzhiyuan"), at=town.now)


# Withdrawal


@pytest.mark.clause("S6.2")
def test_what_falls_with_a_withdrawal_is_shown_before_and_happens_then(town: Town, submission: UUID) -> None:
    wang = town.who("wangfang", enterprise=True)
    case = town.case(submission, CHECK).now.id
    with nothing_written():
        _, moves = what_falls(case=case, actor=wang)
    assert {move.case.item for move in moves} == {CHECK, FOOD, FIRE, SIGN}
    assert withdraw_case(case=case, actor=wang, at=town.now) == 0
    assert set(town.states(submission).values()) == {"withdrawn", "terminated"}


@pytest.mark.clause("S6.2")
def test_every_item_can_be_withdrawn_alone_until_it_is_decided(town: Town, submission: UUID) -> None:
    wang = town.who("wangfang", enterprise=True)
    town.release(submission)
    assert withdraw_case(case=town.case(submission, SIGN).now.id, actor=wang, at=town.now) == 2
    with nothing_written(), pytest.raises(ActionNotAllowed):
        withdraw_case(case=town.case(submission, SIGN).now.id, actor=wang, at=town.now)
    for login in ("qianjin", "hemin", "zhaokai", "laoli"):
        with nothing_written(), pytest.raises(NotPermitted):
            withdraw_case(case=town.case(submission, FIRE).now.id, actor=town.who(login), at=town.now)


# Time alone


@pytest.mark.clause("C5.1")
def test_after_a_week_without_a_worker_acceptance_is_deemed_from_the_day_of_receipt(
    town: Town, submission: UUID
) -> None:
    town.go_to(12, 2)  # two weeks of silence, and no worker either
    assert town.sweep() == 4
    check = town.case(submission, CHECK).now
    assert check.state == "granted"
    assert town.steps(submission, CHECK) == ["receive", "deem_accepted", "grant"]
    # what waited for it is started by its grant, and nobody may ask for anything any more
    assert town.states(submission) == {CHECK: "granted", FOOD: "accepted", FIRE: "accepted", SIGN: "accepted"}
    with pytest.raises(RemarkNotAllowed):
        remark(town, submission)


def test_acceptance_is_deemed_at_the_first_moment_after_the_fifth_working_day(
    town: Town, submission: UUID
) -> None:
    town.clock.moment = end_of(date(2026, 11, 25)) - timedelta(seconds=1)
    assert town.sweep() == 0
    town.later(seconds=1)
    assert town.sweep() == 4


def test_deemed_acceptance_counts_its_limit_from_the_day_of_receipt(town: Town) -> None:
    submission = town.file(town.who("wangfang"), bundle="newborn", items=("birth-certificate",), answers={
        "birth-place": "省内助产机构", "married": True, "household-follow": "随母",
        "mother-insured": "职工生育保险", "directly-settled": True,
    })  # fmt: skip
    town.go_to(11, 26)
    town.sweep()
    assert town.case(submission, "birth-certificate").now.due_on == date(2026, 11, 18)


def test_a_correction_answered_and_left_lying_is_deemed_accepted_from_the_answer_on(
    town: Town, submission: UUID
) -> None:
    remark(town, submission)
    town.release(submission)
    town.go_to(11, 30)
    answer(town, submission)
    town.go_to(12, 8)
    town.sweep()
    sign = town.case(submission, SIGN).now
    assert sign.state == "accepted"
    assert sign.due_on == date(2026, 12, 3), "three working days after the corrected papers came in"


def test_the_coordinator_may_still_release_what_time_has_moved(town: Town, submission: UUID) -> None:
    remark(town, submission)
    town.go_to(12, 2)
    town.sweep()
    released, _ = release_submission(submission=submission, actor=town.who("hemin"), at=town.now)
    assert (released.states, released.answer_by) == ({}, None)
    assert load_submission(submission).state == "released"


def test_nothing_that_cannot_be_undone_rests_on_a_provisional_day(town: Town) -> None:
    town.go_to(12, 29)
    submission = town.file(town.who("wangfang", enterprise=True))
    town.go_to(1, 20, year=2027)
    for _ in range(2):
        town.sweep()
        assert set(town.states(submission).values()) == {"received"}
        town.later(days=1)


def test_one_bad_case_never_keeps_the_sweep_from_the_others(town: Town, submission: UUID) -> None:
    other = town.file(town.who("qianjin", enterprise=True))
    RevisionRow.objects.filter(submission=submission).update(sealed=b"broken")
    SubmissionRow.objects.filter(pk=submission).update(edition=uuid4())
    town.go_to(12, 2)
    town.sweep()
    assert "received" not in town.states(other).values()
