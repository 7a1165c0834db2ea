"""What clerks do between themselves, without a database: questions, proposals, saved texts."""

from datetime import UTC, date, datetime

import pytest

from yijianshi.domain.cases import BESIDE_THE_WAY, Action, State, Step
from yijianshi.domain.consultations import Consultation, ConsultationNotPossible, answer_day, check_question
from yijianshi.domain.countersigning import (
    ProposalNotPossible,
    SecondPersonNeeded,
    check_confirmation,
    check_proposal,
    standing_proposal,
)
from yijianshi.domain.saved import MOST, TextNotKept, added, check_saved
from yijianshi.domain.workdays import Calendar

AT = datetime(2026, 11, 18, 1, tzinfo=UTC)
CALENDAR = Calendar({2026: (frozenset(), frozenset())})


def step(action: Action, by: str = "zhao", **detail: str) -> Step:
    return Step(action, AT, by, detail)


PROPOSED = step(Action.PROPOSE, decision="grant")


@pytest.mark.clause("S8.1")
def test_an_answer_is_due_after_two_working_days_unless_said_otherwise() -> None:
    friday = date(2026, 11, 20)
    assert answer_day(friday, CALENDAR).day == date(2026, 11, 24)
    assert answer_day(friday, CALENDAR, days=1).day == date(2026, 11, 23)
    for days in (0, -1, 6):
        with pytest.raises(ConsultationNotPossible):
            answer_day(friday, CALENDAR, days=days)


def test_overdue_is_read_from_the_days() -> None:
    asked = Consultation("a@320106", "b@320106", date(2026, 11, 20))
    assert [asked.is_overdue(date(2026, 11, day)) for day in (19, 20, 21)] == [False, False, True]
    in_time = Consultation("a@320106", "b@320106", date(2026, 11, 20), date(2026, 11, 20))
    assert not in_time.is_overdue(date(2026, 12, 31))


@pytest.mark.parametrize("state", list(State))
def test_a_question_is_asked_about_any_open_case_and_about_no_closed_one(state: State) -> None:
    from yijianshi.domain.cases import CLOSED

    def ask() -> None:
        check_question("问", asking="a@1", asked="b@1", units={"a@1", "b@1"}, state=state, number="1")

    if state in CLOSED:
        with pytest.raises(ConsultationNotPossible):
            ask()
    else:
        ask()


@pytest.mark.clause("C3.1")
@pytest.mark.parametrize("action", [action for action in Action if action is not Action.PROPOSE])
def test_a_proposal_falls_with_every_step_that_leads_on_and_with_being_sent_back(action: Action) -> None:
    stands = standing_proposal([PROPOSED, step(action)])
    falls = action is Action.SEND_BACK or action not in BESIDE_THE_WAY
    assert (stands is None) is falls


def test_the_last_proposal_is_the_one_that_stands() -> None:
    again = [PROPOSED, step(Action.SEND_BACK, "qian"), step(Action.PROPOSE, "qian", decision="refuse")]
    found = standing_proposal(again)
    assert found is not None
    assert (found.action, found.by) == (Action.REFUSE, "qian")
    assert standing_proposal([]) is None


@pytest.mark.clause("C3.1")
def test_only_another_person_confirms_and_only_what_was_proposed() -> None:
    stands = standing_proposal([PROPOSED])
    check_confirmation(stands, action=Action.GRANT, actor="qian")
    for standing, action, actor in (
        (None, Action.GRANT, "qian"),
        (stands, Action.GRANT, "zhao"),
        (stands, Action.REFUSE, "qian"),
    ):
        with pytest.raises(SecondPersonNeeded):
            check_confirmation(standing, action=action, actor=actor)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", [Action.GRANT, Action.REFUSE, Action.ACCEPT, Action.SUSPEND])
def test_what_cannot_be_decided_now_is_not_proposed(state: State, action: Action) -> None:
    may_be = (state is State.ACCEPTED and action in (Action.GRANT, Action.REFUSE)) or (
        state in (State.MENDING, State.MENDED) and action is Action.REFUSE
    )

    def propose() -> None:
        check_proposal(action, state=state, standing=None, demanded=True, number="1")

    if may_be:
        propose()
    else:
        with pytest.raises(ProposalNotPossible):
            propose()


def test_a_saved_text_comes_after_what_was_written() -> None:
    assert added("先写的 \n", " 存着的 ") == "先写的\n存着的"
    assert added("", "存着的") == "存着的"
    check_saved("一句", kept=MOST - 1)
    for text, kept in (("", 0), ("长" * 501, 0), ("一句", MOST)):
        with pytest.raises(TextNotKept):
            check_saved(text, kept=kept)
