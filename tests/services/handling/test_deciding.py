"""Decide, stop the clock, withdraw: who may not, when it cannot be, and that nothing is half written."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.services.handling.acts import CHECK, FIRE, FOOD, SIGN, stop
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action, ActionNotAllowed
from yijianshi.domain.deadlines import StopNotAllowed
from yijianshi.domain.results import RefusalWithoutReasons
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.handling.withdraw import what_falls, withdraw_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow


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
    with nothing_written(), pytest.raises(ActionNotAllowed, match=r"“已办结”，不能“准予”；.*已经办结"):
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
        ({"item": CHECK}, ActionNotAllowed, "不能“停止计时”"),
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
