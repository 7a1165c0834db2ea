"""What time alone does: deemed acceptance, lapse, and that nothing rests on a provisional day."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.services.handling.acts import CHECK, FIRE, FOOD, SIGN, answer, remark
from tests.services.town import Town
from yijianshi.domain.corrections import RemarkNotAllowed
from yijianshi.domain.workdays import end_of
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow


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
