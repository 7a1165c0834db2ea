"""What several departments do together: every join of opinions, every step, and what a record must hold."""

from dataclasses import replace
from datetime import date
from itertools import permutations, product
from uuid import UUID

import pytest

from tests.domain.specimens import edition_of, item
from yijianshi.domain.cases import State
from yijianshi.domain.joint import (
    OPERATION_MOVES,
    OPERATION_WORDS,
    JoinPolicy,
    JointKind,
    JoinWay,
    OperationMove,
    OperationRefused,
    OperationState,
    Opinion,
    OpinionIncomplete,
    Outcome,
    RecordIncomplete,
    Verdict,
    check_opinion,
    check_policy,
    check_record,
    kind_of,
    missing_in_record,
    next_operation_state,
    outcome_of,
    taking_part,
    to_plan,
)
from yijianshi.domain.submissions import CaseNow

pytestmark = pytest.mark.clause("S8.2")

A, B, C = (UUID(int=n) for n in (1, 2, 3))
TAKING = {A: "fire-rescue@320106", B: "urban-management@320106", C: "market-regulation@320106"}
TODAY = date(2026, 11, 20)
SAID = (*Verdict, None)
POLICIES = (
    JoinPolicy(JoinWay.ALL),
    JoinPolicy(JoinWay.ANY),
    JoinPolicy(JoinWay.SOME, least=2),
    JoinPolicy(JoinWay.SOME, least=3),
    JoinPolicy(JoinWay.VETO, vetoers=frozenset({TAKING[A]})),
    JoinPolicy(JoinWay.VETO, vetoers=frozenset({TAKING[A], TAKING[B]})),
)
BETTER = {Verdict.FAIL: Verdict.MEND, Verdict.MEND: Verdict.PASS}
RANK = {Outcome.FAILED: 0, Outcome.MEND: 1, Outcome.PASSED: 2}


def given(*verdicts: Verdict | None) -> dict[UUID, Verdict]:
    return {case: one for case, one in zip(TAKING, verdicts, strict=True) if one}


@pytest.mark.parametrize(
    "policy", POLICIES, ids=lambda policy: f"{policy.way}-{policy.least}-{len(policy.vetoers)}"
)
def test_what_is_once_passed_or_failed_stays_so_whatever_is_still_said(policy: JoinPolicy) -> None:
    for verdicts in product(SAID, repeat=3):
        outcome = outcome_of(policy, TAKING, given(*verdicts))
        if outcome is Outcome.OPEN:
            continue
        for completed in product(*([one] if one else Verdict for one in verdicts)):
            assert outcome_of(policy, TAKING, given(*completed)) is outcome


@pytest.mark.parametrize(
    "policy", POLICIES, ids=lambda policy: f"{policy.way}-{policy.least}-{len(policy.vetoers)}"
)
def test_a_better_opinion_never_makes_the_outcome_worse(policy: JoinPolicy) -> None:
    for verdicts in product(Verdict, repeat=3):
        before = outcome_of(policy, TAKING, given(*verdicts))
        for at, one in enumerate(verdicts):
            if one in BETTER:
                better = (*verdicts[:at], BETTER[one], *verdicts[at + 1 :])
                assert RANK[outcome_of(policy, TAKING, given(*better))] >= RANK[before]


@pytest.mark.parametrize(
    "policy", POLICIES, ids=lambda policy: f"{policy.way}-{policy.least}-{len(policy.vetoers)}"
)
def test_in_which_order_opinions_come_does_not_matter(policy: JoinPolicy) -> None:
    for verdicts in product(Verdict, repeat=3):
        pairs = tuple(given(*verdicts).items())
        assert len({outcome_of(policy, TAKING, dict(order)) for order in permutations(pairs)}) == 1


@pytest.mark.parametrize(
    "policy", POLICIES, ids=lambda policy: f"{policy.way}-{policy.least}-{len(policy.vetoers)}"
)
def test_when_all_have_spoken_nothing_stays_open(policy: JoinPolicy) -> None:
    for verdicts in product(Verdict, repeat=3):
        assert outcome_of(policy, TAKING, given(*verdicts)) is not Outcome.OPEN


def test_a_further_pass_never_turns_passed_into_failed() -> None:
    everyone = JoinPolicy()
    for verdicts in product(SAID, repeat=3):
        if outcome_of(everyone, TAKING, given(*verdicts)) is Outcome.PASSED:
            more = TAKING | {UUID(int=4): "tobacco@320106"}
            assert (
                outcome_of(everyone, more, given(*verdicts) | {UUID(int=4): Verdict.PASS}) is Outcome.PASSED
            )


@pytest.mark.parametrize(
    ("policy", "verdicts", "outcome"),
    [
        (JoinPolicy(), (Verdict.PASS, Verdict.PASS, None), Outcome.OPEN),
        (JoinPolicy(), (Verdict.FAIL, None, None), Outcome.FAILED),
        (JoinPolicy(), (Verdict.PASS, Verdict.MEND, Verdict.NOT_CONCERNED), Outcome.MEND),
        (JoinPolicy(), (Verdict.NOT_CONCERNED,) * 3, Outcome.PASSED),
        (JoinPolicy(JoinWay.ANY), (Verdict.PASS, Verdict.FAIL, None), Outcome.PASSED),
        (JoinPolicy(JoinWay.SOME, least=2), (Verdict.PASS, Verdict.FAIL, Verdict.FAIL), Outcome.FAILED),
        (JoinPolicy(JoinWay.SOME, least=2), (Verdict.PASS, None, Verdict.PASS), Outcome.PASSED),
        (POLICIES[4], (Verdict.PASS, Verdict.FAIL, Verdict.FAIL), Outcome.PASSED),
        (POLICIES[4], (Verdict.FAIL, Verdict.PASS, Verdict.PASS), Outcome.FAILED),
    ],
)  # fmt: skip
def test_the_policy_decides(
    policy: JoinPolicy, verdicts: tuple[Verdict | None, ...], outcome: Outcome
) -> None:
    assert outcome_of(policy, TAKING, given(*verdicts)) is outcome


def test_who_decides_alone_must_take_part_and_nobody_can_ask_for_more_than_there_are() -> None:
    check_policy(POLICIES[4], TAKING.values(), cases=3)
    for policy in (
        JoinPolicy(JoinWay.VETO, vetoers=frozenset({"tax@320106"})),
        JoinPolicy(JoinWay.SOME, least=4),
    ):
        with pytest.raises(OperationRefused):
            check_policy(policy, TAKING.values(), cases=3)


def test_every_state_leads_to_a_record_or_a_cancellation_and_nothing_leads_out_of_these() -> None:
    ends = {OperationState.RECORDED, OperationState.CANCELLED}
    assert set(OPERATION_WORDS) == set(OperationState)
    assert not {state for state, _ in OPERATION_MOVES} & ends
    for state in set(OperationState) - ends:
        reached = {state}
        while more := {to for (start, _), to in OPERATION_MOVES.items() if start in reached} - reached:
            reached |= more
        assert ends <= reached
    for state, move in product(OperationState, OperationMove):
        if (state, move) not in OPERATION_MOVES:
            with pytest.raises(OperationRefused, match="现在不能"):
                next_operation_state(state, move)


def test_only_what_needs_an_appointment_is_a_joint_operation() -> None:
    assert kind_of("联合勘验") is JointKind.SURVEY
    assert kind_of("并联核验") is None
    assert [kind for kind in JointKind if kind.is_on_site] == [JointKind.SURVEY, JointKind.ACCEPTANCE]


def case(number: int, code: str, state: State = State.ACCEPTED, *, committed: bool = False) -> CaseNow:
    return CaseNow(UUID(int=number), str(number), code, "", state, 1, 0, committed)  # type: ignore[arg-type]


def test_open_cases_of_items_with_the_same_operation_take_part_in_the_same_one() -> None:
    survey = {"joint_operation": "联合勘验"}
    edition = edition_of(
        item("a", **survey), item("b", **survey), item("c", joint_operation="联合审图"), item("d")
    )
    cases = (case(1, "a"), case(2, "b", State.WAITING), case(3, "c"), case(4, "d"))
    assert {kind: [one.item for one in part] for kind, part in to_plan(cases, edition).items()} == {
        JointKind.SURVEY: ["a", "b"]
    }
    gone = replace(cases[1], state=State.GRANTED)
    assert taking_part((cases[0], gone), edition, JointKind.SURVEY) == (cases[0],)
    assert taking_part((cases[0], gone), edition, JointKind.SURVEY, said=frozenset({gone.id})) == (
        cases[0],
        gone,
    )
    assert taking_part((case(1, "a", committed=True),), edition, JointKind.SURVEY) == ()
    assert taking_part((case(1, "a", State.RECEIVED),), edition, JointKind.SURVEY) == ()


@pytest.mark.parametrize(
    ("opinion", "lacks"),
    [
        (Opinion(case=A, verdict=Verdict.FAIL, present="赵凯"), "查到什么"),
        (Opinion(case=A, verdict=Verdict.FAIL, reason="门打不开", present="赵凯"), "依据"),
        (Opinion(case=A, verdict=Verdict.MEND, reason="门打不开", basis="消防法", present="赵凯"), "哪一天"),
        (Opinion(case=A, verdict=Verdict.MEND, reason="门", basis="法", mend_by=date(2026, 1, 1), present="赵凯"), "以后"),
        (Opinion(case=A, verdict=Verdict.NOT_CONCERNED), "为什么"),
        (Opinion(case=A, verdict=Verdict.PASS), "到的现场"),
    ],
)  # fmt: skip
def test_an_opinion_says_what_it_must(opinion: Opinion, lacks: str) -> None:
    with pytest.raises(OpinionIncomplete, match=lacks):
        check_opinion(opinion, JointKind.SURVEY, on=TODAY)


def test_drawings_are_read_from_afar_and_nobody_has_to_be_there() -> None:
    check_opinion(Opinion(case=A, verdict=Verdict.PASS), JointKind.DRAWINGS, on=TODAY)
    check_opinion(Opinion(case=A, verdict=Verdict.PASS, present="赵凯、吴浩"), JointKind.SURVEY, on=TODAY)


def test_a_record_is_complete_with_time_place_who_was_there_opinions_and_signatures() -> None:
    signed = [Opinion(case=one, verdict=Verdict.PASS, present="赵凯、吴浩", is_signed=True) for one in TAKING]
    whole = {"time": "11 月 20 日上午", "place": "示例路 1 号", "taking": TAKING, "opinions": signed}
    assert missing_in_record(**whole) == ()  # type: ignore[arg-type]
    check_record(())
    for part, without, lacks in (
        ("time", "", ("时间",)), ("place", " ", ("地点",)), ("opinions", signed[1:], ("1 项的意见",)),
        ("opinions", [replace(signed[0], is_signed=False), *signed[1:]], ("1 项的签名",)),
        ("opinions", [replace(one, present="") for one in signed], ("参加人",)),
    ):  # fmt: skip
        assert missing_in_record(**(whole | {part: without})) == lacks  # type: ignore[arg-type]
        with pytest.raises(RecordIncomplete, match=lacks[0]):
            check_record(lacks)
