"""The one correction: answered at once and whole, by the applicant, and only what was asked."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.cast import PAPER
from tests.services.handling.acts import CHECK, FIRE, FOOD, SIGN, answer, remark
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action
from yijianshi.domain.corrections import CorrectionIncomplete, Target
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.submissions import NotReady
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.correct import NothingToCorrect, Upload, answer_correction
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.store.corrections.models import CorrectionRow


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
