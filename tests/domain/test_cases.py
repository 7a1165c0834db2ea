"""The life of one case: every state and every edge, walked through; nothing that is not in the table can happen."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest

from yijianshi.domain.cases import (
    ACTION_WORDS,
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

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
OPEN = frozenset(State) - CLOSED
#: What may happen again and again: the clock stops and starts.
REPEATABLE = {Action.SUSPEND, Action.RESUME}
LONGEST = 8


def lives(
    state: State = State.RECEIVED, lived: tuple[Action, ...] = ()
) -> Iterator[tuple[tuple[Action, ...], State]]:
    """Yield every life up to eight steps after receipt, each repeatable action at most twice."""
    yield lived, state
    if len(lived) == LONGEST:
        return
    for action in allowed_actions(state):
        if lived.count(action) < (2 if action in REPEATABLE else 9):
            yield from lives(next_state(state, action), (*lived, action))


def test_every_state_is_reached() -> None:
    assert {state for _, state in lives()} == set(State)


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
    counted = Counter(lived.count(Action.ASK_FOR_CORRECTION) for lived, _ in lives())
    assert set(counted) == {0, 1}


def test_no_life_ends_twice() -> None:
    ends = {Action.GRANT, Action.REFUSE, Action.DECLINE, Action.WITHDRAW, Action.TERMINATE, Action.LAPSE}
    for lived, state in lives():
        ended = [action for action in lived if action in ends]
        assert len(ended) == (state in CLOSED)
        assert not ended or lived[-1] is ended[0]


def test_nothing_is_decided_that_was_never_accepted() -> None:
    accepting = {Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED}
    for lived, _ in lives():
        if {Action.GRANT, Action.REFUSE} & set(lived):
            assert accepting & set(lived)
        if Action.CORRECT in lived:
            assert lived.index(Action.ASK_FOR_CORRECTION) < lived.index(Action.CORRECT)


def test_the_state_is_read_from_the_steps() -> None:
    for lived, state in lives():
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
def test_what_is_closed_stays_closed(state: State) -> None:
    assert allowed_actions(state) == ()


@pytest.mark.parametrize(("state", "action"), sorted(TRANSITIONS))
def test_every_row_names_who_does_it_and_on_what_basis(state: State, action: Action) -> None:
    rule = TRANSITIONS[state, action]
    assert rule.by in {"applicant", "coordinator", "department", "system"}
    assert rule.basis
    assert state is not rule.to


def test_nobody_but_the_applicant_withdraws_and_corrects() -> None:
    assert {r.by for (_, a), r in TRANSITIONS.items() if a in (Action.WITHDRAW, Action.CORRECT)} == {
        "applicant"
    }


def test_before_the_one_dispatch_a_department_decides_nothing() -> None:
    assert allowed_actions(State.RECEIVED, by="department") == ()


def test_each_state_and_each_action_has_its_plain_word() -> None:
    assert set(STATE_WORDS) == set(State)
    assert set(ACTION_WORDS) == set(Action)
    assert len(set(STATE_WORDS.values())) == len(State)
