"""Remark and release: who may not, when it is too late, and that nothing is half written."""

from uuid import UUID

import pytest

from tests.services.handling.acts import CHECK, FOOD, SIGN, STRANGERS, answer, remark
from tests.services.town import Town, nothing_written
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import RemarkNotAllowed, Target
from yijianshi.domain.plans import UnknownItem
from yijianshi.domain.results import RefusalWithoutReasons
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.contents import open_words
from yijianshi.services.handling.correct import NothingToCorrect
from yijianshi.services.handling.release import AlreadyReleased, release_submission
from yijianshi.services.handling.remark import remarks_of, withdraw_remark
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow
from yijianshi.store.submissions.models import SubmissionRow


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
