"""One appointment of several departments: planned with the dispatch, agreed on, moved, held, recorded."""

from datetime import date
from uuid import uuid4

import pytest

from tests.services.joining.conftest import (
    BRIGADE,
    FIRE,
    FOOD,
    FRIDAY,
    LOGIN,
    MARKET,
    MONDAY,
    SIGN,
    URBAN,
    Survey,
)
from tests.services.town import Town
from yijianshi.domain.appointments import AppointmentRefused, Slot
from yijianshi.domain.joint import (
    JoinPolicy,
    JoinWay,
    OperationRefused,
    OperationState,
    Opinion,
    Outcome,
    RecordIncomplete,
    Verdict,
)
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.joining.appoint import fix_appointment, move_appointment, offer_times
from yijianshi.services.joining.loading import APPLICANT
from yijianshi.services.joining.opine import close_operation, digest_of_unit, give_opinion, sign_opinions
from yijianshi.services.joining.plan import cancel_operation, plan_operations
from yijianshi.services.reading.case_history import history_of, steps_of
from yijianshi.services.reading.my_messages import messages_of
from yijianshi.store.cases.models import StepRow
from yijianshi.store.joint.models import OperationRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S8.2")]


def told(survey: Survey, login: str, *, enterprise: bool = False) -> list[str]:
    return [one.title for one in messages_of(survey.town.who(login, enterprise=enterprise))[0]]


def test_the_dispatch_plans_one_survey_of_all_units_that_go_there(survey: Survey) -> None:
    found = survey.now
    assert found.state is OperationState.PLANNED
    assert set(found.units) == {MARKET, BRIGADE, URBAN}
    assert {case.now.item for case in found.taking} == {FOOD, FIRE, SIGN}
    assert plan_operations(submission=survey.submission, actor=survey.who("hemin"), at=survey.town.now) == ()
    assert "联合勘验：请报您哪天方便" in told(survey, "wangfang")
    assert "联合勘验：请报哪天能参加" in told(survey, "zhaokai")


def test_a_common_half_day_is_proposed_once_everybody_has_answered(survey: Survey) -> None:
    survey.offer(MARKET, FRIDAY, MONDAY)
    survey.offer(BRIGADE, MONDAY)
    survey.offer(URBAN, FRIDAY, MONDAY)
    assert survey.now.state is OperationState.PLANNED
    survey.offer(APPLICANT, MONDAY)
    survey.town.work()
    assert survey.now.state is OperationState.PROPOSED
    assert "联合勘验：有大家都空的时间" in told(survey, "hemin")
    survey.fix(MONDAY)
    assert survey.now.slot == MONDAY
    assert told(survey, "wangfang")[0] == told(survey, "zhoulin")[0] == "联合勘验：约在 11 月 23 日下午"


@pytest.mark.parametrize("login", ["liujie", "qianjin", "heli"])
def test_a_stranger_unit_is_refused_everything(survey: Survey, login: str) -> None:
    survey.meet()
    stranger, at = survey.town.who(login), survey.town.now
    opinion = Opinion(case=survey.case(FIRE), verdict=Verdict.PASS, present="甲、乙")
    for act in (
        lambda: offer_times(operation=survey.id, actor=stranger, party=BRIGADE, slots=[MONDAY], at=at),
        lambda: offer_times(operation=survey.id, actor=stranger, party=APPLICANT, slots=[MONDAY], at=at),
        lambda: fix_appointment(operation=survey.id, actor=stranger, slot=MONDAY, place="这里", at=at),
        lambda: move_appointment(operation=survey.id, actor=stranger, slot=MONDAY, reason="忙", at=at),
        lambda: give_opinion(operation=survey.id, actor=stranger, opinion=opinion, at=at),
        lambda: sign_opinions(operation=survey.id, actor=stranger, unit=BRIGADE, digest="", at=at),
        lambda: cancel_operation(operation=survey.id, actor=stranger, reason="不去了", at=at),
        lambda: close_operation(operation=survey.id, actor=stranger, at=at),
        lambda: plan_operations(submission=survey.submission, actor=stranger, at=at),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_department_speaks_for_its_own_case_only(survey: Survey) -> None:
    survey.meet()
    opinion = Opinion(case=survey.case(FIRE), verdict=Verdict.PASS, present="甲、乙")
    for case in (opinion, Opinion(case=uuid4(), verdict=Verdict.PASS, present="甲、乙")):
        with pytest.raises(NotPermitted):
            give_opinion(operation=survey.id, actor=survey.who(URBAN), opinion=case, at=survey.town.now)
    zhou = survey.who(URBAN)
    with pytest.raises(NotPermitted):
        offer_times(operation=survey.id, actor=zhou, party=BRIGADE, slots=[MONDAY], at=survey.town.now)


def test_an_appointment_is_moved_once_by_each_side_with_a_reason(survey: Survey) -> None:
    late = Slot.parse("2026-11-24.am")
    for unit in (MARKET, BRIGADE, URBAN):
        survey.offer(unit, FRIDAY, MONDAY)
    survey.fix()

    def move(who: str, slot: Slot, reason: str = "孩子住院") -> None:
        move_appointment(
            operation=survey.id, actor=survey.who(who), slot=slot, reason=reason, at=survey.town.now
        )
        survey.town.work()

    with pytest.raises(AppointmentRefused, match="为什么"):
        move(APPLICANT, MONDAY, " ")
    with pytest.raises(AppointmentRefused, match="有部门来不了"):
        move(APPLICANT, late)
    move(APPLICANT, MONDAY)
    assert "联合勘验：改到 11 月 23 日下午" in told(survey, "zhaokai")
    with pytest.raises(AppointmentRefused, match="改过一次"):
        move(APPLICANT, FRIDAY)
    move("hemin", late, "消防有演练")
    with pytest.raises(AppointmentRefused, match="改过一次"):
        move("hemin", FRIDAY)
    assert survey.now.slot == late


def test_what_is_fixed_by_two_at_once_is_fixed_by_the_first(survey: Survey) -> None:
    seen = survey.now.row.seq
    survey.fix()
    with pytest.raises(SomebodyWasFaster):
        fix_appointment(
            operation=survey.id, actor=survey.who("hemin"), slot=MONDAY, place="别处", at=survey.town.now, seen=seen
        )  # fmt: skip


def test_nobody_judges_what_he_has_not_seen(survey: Survey) -> None:
    with pytest.raises(OperationRefused, match="还没有约好时间"):
        survey.say(FIRE)
    survey.fix()
    with pytest.raises(OperationRefused, match="到过现场"):
        survey.say(FIRE)


def test_the_record_is_complete_with_the_last_signature_and_goes_back_to_every_case(survey: Survey) -> None:
    survey.meet()
    survey.say(FOOD)
    assert survey.now.state is OperationState.HELD
    survey.say(SIGN)
    survey.say(FIRE)
    assert not survey.sign(MARKET).is_recorded
    assert not survey.sign(BRIGADE).is_recorded
    with pytest.raises(RecordIncomplete, match="签名"):
        close_operation(operation=survey.id, actor=survey.who("hemin"), at=survey.town.now)
    assert survey.sign(URBAN).is_recorded
    row = OperationRow.objects.get(pk=survey.id)
    assert (row.state, row.outcome) == ("recorded", "passed")
    steps = StepRow.objects.filter(submission_id=survey.submission, action="joint_record")
    assert set(steps.values_list("unit", flat=True)) == {MARKET, BRIGADE, URBAN}
    for login in ("wangfang", "zhaokai", "hemin"):
        assert "联合勘验：有结果了" in told(survey, login)
    lines = history_of(steps_of(survey.submission, case=survey.case(FIRE)), survey.now.loaded.edition)
    assert "联合勘验记录完成，通过" in [line.text for line in lines]


def test_what_is_to_be_mended_is_asked_for_by_the_units_own_officer_at_his_signature(survey: Survey) -> None:
    survey.meet()
    found = {"reason": "疏散门反锁\n应急灯不亮", "basis": "消防法第十五条", "mend_by": date(2026, 11, 30)}
    survey.say(FIRE, Verdict.MEND, **found)
    signed = survey.sign(BRIGADE)
    assert (len(signed.mending), signed.not_yet) == (1, ())
    assert survey.town.states(survey.submission)[FIRE] == "mending"
    assert survey.town.states(survey.submission)[FOOD] == "accepted", "the others are not held up"
    survey.say(FOOD)
    survey.say(SIGN, Verdict.NOT_CONCERNED, reason="招牌还没挂")
    survey.sign(MARKET)
    survey.sign(URBAN)
    assert OperationRow.objects.get(pk=survey.id).outcome == Outcome.MEND


def test_who_has_given_his_opinion_may_decide_before_the_others_have(survey: Survey) -> None:
    survey.meet()
    survey.say(SIGN)
    survey.sign(URBAN)
    survey.town.decide(survey.submission, SIGN)
    assert survey.town.states(survey.submission)[SIGN] == "granted"
    assert SIGN in {case.now.item for case in survey.now.taking}, "its opinion stays in the record"
    survey.say(FOOD)
    survey.say(FIRE)
    survey.sign(MARKET)
    assert survey.sign(BRIGADE).is_recorded


def test_who_decides_without_an_opinion_takes_no_part_any_more_and_the_coordinator_completes_the_record(
    survey: Survey,
) -> None:
    survey.meet()
    survey.say(FOOD)
    survey.say(FIRE)
    survey.sign(MARKET)
    survey.sign(BRIGADE)
    survey.town.decide(survey.submission, SIGN)
    assert URBAN not in survey.now.units
    close_operation(operation=survey.id, actor=survey.who("hemin"), at=survey.town.now)
    assert OperationRow.objects.get(pk=survey.id).outcome == Outcome.PASSED


def test_what_is_signed_is_what_was_read_and_is_not_changed_any_more(survey: Survey) -> None:
    survey.meet()
    survey.say(SIGN)
    read = digest_of_unit(survey.now, URBAN)
    survey.say(SIGN, Verdict.NOT_CONCERNED, reason="没有招牌", seen=1)
    with pytest.raises(SomebodyWasFaster):
        sign_opinions(
            operation=survey.id, actor=survey.who(URBAN), unit=URBAN, digest=read, at=survey.town.now
        )
    with pytest.raises(SomebodyWasFaster):
        survey.say(SIGN)  # as if there were none
    survey.sign(URBAN)
    with pytest.raises(SomebodyWasFaster):
        survey.say(SIGN, seen=3)
    with pytest.raises(OperationRefused, match="已经签过"):
        survey.sign(URBAN)


def test_the_lead_says_how_opinions_are_joined(survey: Survey) -> None:
    def fix(policy: JoinPolicy) -> None:
        fix_appointment(
            operation=survey.id, actor=survey.who("hemin"), slot=FRIDAY, place="店里", at=survey.town.now, policy=policy
        )  # fmt: skip

    with pytest.raises(OperationRefused, match="指定"):
        fix(JoinPolicy(JoinWay.VETO, vetoers=frozenset({"taxation@320106"})))
    fix(JoinPolicy(JoinWay.VETO, vetoers=frozenset({BRIGADE})))
    survey.town.go_to(11, 20)
    survey.say(FIRE)
    survey.say(FOOD, Verdict.FAIL, reason="没有冷藏", basis="食品安全法第三十三条")
    survey.say(SIGN)
    for unit in LOGIN:
        survey.sign(unit)
    assert OperationRow.objects.get(pk=survey.id).outcome == Outcome.PASSED


def test_an_operation_is_called_off_with_a_reason_and_may_be_planned_anew(survey: Survey) -> None:
    with pytest.raises(ReasonMissing):
        cancel_operation(operation=survey.id, actor=survey.who("hemin"), reason=" ", at=survey.town.now)
    cancel_operation(
        operation=survey.id, actor=survey.who("hemin"), reason="店面还没装修", at=survey.town.now
    )
    survey.town.work()
    assert "联合勘验：取消了" in told(survey, "wangfang")
    assert (
        len(plan_operations(submission=survey.submission, actor=survey.who("hemin"), at=survey.town.now)) == 1
    )


def test_nothing_is_planned_before_the_dispatch_or_where_one_goes_alone(town: Town) -> None:
    submission = town.file(town.who("wangfang", enterprise=True))
    assert plan_operations(submission=submission, actor=town.who("hemin"), at=town.now) == ()
    alone = town.file(town.who("wangfang", enterprise=True), items=(SIGN, "licence-check"))
    town.release(alone)
    assert not OperationRow.objects.filter(submission=alone).exists()
