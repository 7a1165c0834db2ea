"""Whole lives of the three one-things, through every service, with the demo's outside world and a real database."""

import pytest

from tests.cast import PAPER
from tests.services.town import Town
from yijianshi.domain.cases import Action
from yijianshi.domain.corrections import Target
from yijianshi.domain.ratings import Level
from yijianshi.services.delivering.rate import rate_submission
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.results.models import DeliveryRow, ResultRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow

NEWBORN = {
    "birth-place": "省内助产机构",
    "married": True,
    "household-follow": "随母",
    "mother-insured": "职工生育保险",
    "directly-settled": True,
}
COMPANY = {"needs-seal": True, "needs-account": True, "needs-invoice": True, "has-employees": True}


@pytest.mark.clause("T2.1", "S6.1", "S7", "S8.1", "S9.2")
def test_a_restaurant_is_opened_with_one_correction_one_stop_and_one_delivery(town: Town) -> None:
    wang = town.who("wangfang", enterprise=True)
    submission = town.file(wang)
    make_remark(
        case=town.case(submission, "signage-permit").now.id,
        actor=town.who("zhoulin"),
        target=Target.MATERIAL,
        code="sign-rendering",
        reason="看不清尺寸",
        basis="城市市容和环境卫生管理条例第十一条",
        remedy="请标明长宽",
        at=town.now,
    )
    assert town.release(submission) == {
        "licence-check": "granted",  # the register agrees, nobody needs to look
        "food-business-permit": "accepted",
        "fire-safety-check": "accepted",
        "signage-permit": "awaiting_correction",
    }
    town.later(hours=1)
    answer_correction(
        submission=submission,
        actor=wang,
        fields={},
        files={"sign-rendering": [Upload("图.pdf", PAPER)]},
        at=town.now,
    )
    town.decide(submission, "signage-permit", Action.ACCEPT)
    food, chen = town.case(submission, "food-business-permit"), town.who("chenzhiyuan")
    suspend_case(
        case=food.now.id, actor=chen, ground="inspection", reason="抽样", expected_days=3, at=town.now
    )
    resume_case(case=food.now.id, actor=chen, at=town.later(days=2))
    town.decide_all(submission)
    assert set(town.states(submission).values()) == {"granted"}
    assert ResultRow.objects.count() == 4
    assert DeliveryRow.objects.get(submission=submission).delivered_at == town.now
    assert RevisionRow.objects.filter(submission=submission).count() == 2
    rate_submission(submission=submission, actor=wang, level=Level.VERY_GOOD, comment="快", at=town.now)
    told = MessageRow.objects.filter(account=wang.account).order_by("id")
    assert list(told.values_list("key", flat=True)) == [
        "submission.received",
        "correction.asked",
        "joint.planned",
        "case.granted",  # the licence check, by the register
        "correction.received",
        "case.accepted",
        "case.suspended",
        "case.resumed",
        "case.granted",
        "case.granted",
        "case.granted",
        "submission.closed",
        "composite.issued",
    ]


@pytest.mark.clause("T1.1")
def test_a_company_is_opened_and_its_licence_starts_the_other_six(town: Town) -> None:
    submission = town.file(town.who("zhouwen"), bundle="enterprise-opening", answers=COMPANY)
    states = town.release(submission)
    assert states["name-declaration"] == "accepted"
    assert [item for item, state in states.items() if state == "waiting"] == [
        item for item in states if item != "name-declaration"
    ]
    town.decide(submission, "name-declaration")
    assert town.states(submission)["enterprise-establishment"] == "accepted"
    assert town.case(submission, "seal-filing").now.due_on is None
    town.go_to(11, 19)
    town.decide(submission, "enterprise-establishment")
    started = {item for item, state in town.states(submission).items() if state == "accepted"}
    assert started == set(states) - {"name-declaration", "enterprise-establishment"}
    assert {str(town.case(submission, item).now.due_on) for item in started} == {"2026-11-20"}
    town.decide_all(submission)
    assert set(town.states(submission).values()) == {"granted"}
    assert ResultRow.objects.filter(licence="business-licence").count() == 1
    assert SubmissionRow.objects.get(pk=submission).state == "closed"


@pytest.mark.clause("T2.1", "S8.2")
def test_a_birth_is_handled_in_three_waves_without_anything_being_asked_twice(town: Town) -> None:
    items = (
        "birth-certificate",
        "vaccination-record",
        "birth-registration",
        "newborn-medical-insurance",
        "newborn-social-card",
        "maternity-allowance",
    )
    submission = town.file(town.who("wangfang"), bundle="newborn", answers=NEWBORN, items=items)
    assert town.release(submission) == {
        "birth-certificate": "accepted",
        "vaccination-record": "waiting",
        "birth-registration": "waiting",
        "newborn-medical-insurance": "waiting",
        "newborn-social-card": "waiting",
        "maternity-allowance": "waiting",
    }
    town.decide(submission, "birth-certificate")
    second = {item for item, state in town.states(submission).items() if state == "accepted"}
    assert second == {"vaccination-record", "birth-registration", "maternity-allowance"}
    town.decide(submission, "birth-registration")
    third = {item for item, state in town.states(submission).items() if state == "accepted"} - second
    assert third == {"newborn-medical-insurance", "newborn-social-card"}
    town.decide_all(submission)
    assert set(town.states(submission).values()) == {"granted"}


@pytest.mark.clause("S6.1")
def test_every_case_of_a_submission_has_a_number_of_its_own(town: Town) -> None:
    one = town.file(town.who("wangfang", enterprise=True))
    two = town.file(town.who("qianjin", enterprise=True))
    numbers = [case.now.number for key in (one, two) for case in load_submission(key).cases]
    numbers += [load_submission(one).number, load_submission(two).number]
    assert len(set(numbers)) == len(numbers)
