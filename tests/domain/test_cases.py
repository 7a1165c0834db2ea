"""The life of one case: every state and every edge, walked through; nothing that is not in the table can happen."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest

from yijianshi.domain.cases import (
    ACTION_WORDS,
    BESIDE_THE_WAY,
    CLOSED,
    STATE_WORDS,
    TRANSITIONS,
    Action,
    ActionNotAllowed,
    State,
    Step,
    allowed_actions,
    next_state,
    state_after,
)
from yijianshi.domain.documents import OWED_BY, documents_owed

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
OPEN = frozenset(State) - CLOSED
#: What may happen again and again; in a life that is walked through, twice is enough of each.
REPEATABLE = {
    Action.SUSPEND, Action.RESUME, Action.ASK_AGAIN, Action.CORRECT, Action.ASK_TO_MEND, Action.REPORT_MENDED,
    Action.PASS_INSPECTION, Action.REDO, Action.REOPEN, Action.REVIVE, Action.TERMINATE, Action.REFUSE, Action.GRANT,
}  # fmt: skip
LONGEST = 8


#: Steps by which a life may end, and those with which it begins anew.
ENDS = {
    Action.GRANT, Action.REFUSE, Action.DECLINE, Action.WITHDRAW, Action.TERMINATE, Action.LAPSE, Action.REVOKE,
}  # fmt: skip
ANEW = {Action.REDO, Action.REOPEN, Action.REVIVE}


def lives(
    state: State = State.RECEIVED, lived: tuple[Action, ...] = ()
) -> Iterator[tuple[tuple[Action, ...], State]]:
    """Yield every life up to eight steps after receipt, each repeatable action at most twice; what leaves all as it is aside."""
    yield lived, state
    if len(lived) == LONGEST:
        return
    for action in allowed_actions(state):
        if action not in BESIDE_THE_WAY and lived.count(action) < (2 if action in REPEATABLE else 1):
            yield from lives(next_state(state, action), (*lived, action))


LIVES = tuple(lives())


def test_every_state_is_reached() -> None:
    assert {state for _, state in LIVES} == set(State)


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_a_step_is_in_the_table_or_it_is_refused_and_says_what_can_be_done(
    state: State, action: Action
) -> None:
    if (state, action) in TRANSITIONS:
        assert next_state(state, action) is TRANSITIONS[state, action].to
        return
    with pytest.raises(ActionNotAllowed) as refused:
        next_state(state, action, number="32010620261118100000037")
    said = str(refused.value)
    assert "32010620261118100000037" in said
    assert STATE_WORDS[state] in said
    assert ACTION_WORDS[action] in said
    assert all(ACTION_WORDS[can] in said for can in allowed_actions(state))
    if state in CLOSED:
        assert "已经办结" in said


@pytest.mark.clause("S7")
def test_in_no_life_is_a_correction_asked_for_twice() -> None:
    counted = Counter(lived.count(Action.ASK_FOR_CORRECTION) for lived, _ in LIVES)
    assert set(counted) == {0, 1}


def test_a_life_that_ended_goes_on_only_if_it_is_taken_up_anew() -> None:
    for lived, state in LIVES:
        over = False
        for action in lived:
            if over:
                assert action in ANEW | {Action.REVOKE}
            over = action in ENDS
        assert over == (state in CLOSED)


def test_nothing_is_decided_that_was_never_accepted() -> None:
    accepting = {Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED, Action.REDO, Action.REOPEN}
    for lived, _ in LIVES:
        for decision in {Action.GRANT, Action.REFUSE, Action.ASK_TO_MEND, Action.SUSPEND} & set(lived):
            assert accepting & set(lived[: lived.index(decision)])
        if Action.CORRECT in lived:
            assert lived.index(Action.ASK_FOR_CORRECTION) < lived.index(Action.CORRECT)


@pytest.mark.clause("S7", "S9.1")
def test_every_life_that_ended_has_its_paper_and_every_wait_is_told() -> None:
    for lived, state in LIVES:
        papers = documents_owed(Step(action, NOW, "system") for action in lived)
        if state in CLOSED:
            assert OWED_BY[lived[-1]] in papers
        if state in (State.SUSPENDED, State.MENDING, State.AWAITING_CORRECTION):
            assert OWED_BY[lived[-1]] in papers
        assert len(papers) == len(set(papers))


def test_the_state_is_read_from_the_steps() -> None:
    for lived, state in LIVES:
        steps = [Step(Action.RECEIVE, NOW, "wangfang"), *(Step(action, NOW, "system") for action in lived)]
        assert state_after(steps) is state


def test_steps_that_could_not_follow_are_noticed() -> None:
    with pytest.raises(ActionNotAllowed):
        state_after([Step(Action.RECEIVE, NOW, "wangfang"), Step(Action.GRANT, NOW, "chenzhiyuan")])


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_has_a_way_out_and_its_applicant_may_withdraw(state: State) -> None:
    reached = {state}
    while grown := {TRANSITIONS[s, a].to for s, a in TRANSITIONS if s in reached} - reached:
        reached |= grown
    assert reached & CLOSED
    assert Action.WITHDRAW in allowed_actions(state, by="applicant")
    assert Action.TERMINATE in allowed_actions(state, by="system")


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_what_is_closed_is_left_only_by_acts_that_say_why(state: State) -> None:
    leaving = {action for action in allowed_actions(state) if next_state(state, action) is not state}
    assert leaving <= ANEW | {Action.REVOKE}
    assert State.WITHDRAWN is not state or not leaving, "who withdrew files anew"


@pytest.mark.parametrize("action", sorted(BESIDE_THE_WAY))
def test_what_is_done_beside_the_way_leaves_the_state_wherever_it_is_done(action: Action) -> None:
    rows = {state: rule for (state, done), rule in TRANSITIONS.items() if done is action}
    assert rows
    assert all(rule.to is state for state, rule in rows.items())
    assert action in (Action.REFUND, Action.CHECK) or not set(rows) & CLOSED


@pytest.mark.parametrize(("state", "action"), sorted(TRANSITIONS))
def test_every_row_names_who_does_it_and_on_what_basis(state: State, action: Action) -> None:
    rule = TRANSITIONS[state, action]
    assert rule.by in {"applicant", "coordinator", "department", "system"}
    assert rule.basis
    assert (state is rule.to) == (action in BESIDE_THE_WAY)


def test_nobody_but_the_applicant_withdraws_and_corrects() -> None:
    assert {r.by for (_, a), r in TRANSITIONS.items() if a in (Action.WITHDRAW, Action.CORRECT)} == {
        "applicant"
    }


def test_before_the_one_dispatch_a_department_decides_nothing() -> None:
    assert set(allowed_actions(State.RECEIVED, by="department")) <= {Action.CLAIM, Action.HAND_OVER}


def test_each_state_and_each_action_has_its_plain_word() -> None:
    assert set(STATE_WORDS) == set(State)
    assert set(ACTION_WORDS) == set(Action)
    assert len(set(STATE_WORDS.values())) == len(State)
