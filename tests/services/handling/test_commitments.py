"""Granted on a commitment: checked afterwards, revoked and entered when broken, left out until repaired, taken back before."""

from datetime import date
from uuid import UUID

import pytest

from tests.cast import answers_for
from tests.filed import fill, seal
from tests.services.handling.acts import FIRE
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import ActionNotAllowed, State
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.commitments import CheckNotPossible, NothingCommitted, RepairNotPossible
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.submissions import ChoiceNotAllowed
from yijianshi.services.applying.choose import choose_items
from yijianshi.services.applying.drafting import changing_draft, open_draft
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.check_commitment import record_broken, record_kept
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.credit import repair_credit
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.handling.uncommit import withdraw_commitment
from yijianshi.services.outside import outside
from yijianshi.store.cases.models import StepRow
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.promises.models import CheckRow, CreditRow
from yijianshi.store.results.models import ResultRow
from yijianshi.store.submissions.models import SubmissionRow

pytestmark = pytest.mark.clause("C1.5")
CHECK_ITEMS = (ItemCode("licence-check"), ItemCode(FIRE))
LARGE = {"venue-area": 480, "has-signage": False, "sells-tobacco": False, "discharges-to-sewer": False}


def draft_of(town: Town) -> UUID:
    who = town.who("wangfang", enterprise=True)
    return start_draft(
        actor=who, bundle=BundleCode("open-restaurant"), division=DivisionCode("320106"), answers=LARGE,
        items=CHECK_ITEMS, at=town.now,
    )  # fmt: skip


def commit(town: Town, draft: UUID) -> tuple[str, ...]:
    who = town.who("wangfang", enterprise=True)
    problems = choose_items(
        draft=draft, actor=who, items=CHECK_ITEMS, commitments=[ItemCode(FIRE)], at=town.now
    )
    return tuple(problem.message for problem in problems)


@pytest.fixture
def committed(town: Town) -> UUID:
    """The fire check filed on a commitment, released and ready to be decided."""
    who = town.who("wangfang", enterprise=True)
    draft = draft_of(town)
    assert commit(town, draft) == ()
    filed = seal(fill(draft, who=who, at=town.now), who=who, at=town.now).id
    town.release(filed)
    assert town.case(filed, FIRE).now.state is State.ACCEPTED
    return filed


@pytest.fixture
def granted(town: Town, committed: UUID) -> UUID:
    town.decide(committed, FIRE)
    return committed


def case_of(town: Town, submission: UUID) -> UUID:
    return town.case(submission, FIRE).now.id


def broken(town: Town, submission: UUID) -> None:
    record_broken(
        case=case_of(town, submission), actor=town.who("zhaokai"), facts="安全出口只有一个，承诺写的是两个",
        basis="国办发〔2020〕42号", at=town.now,
    )  # fmt: skip
    town.work()


def test_a_grant_on_a_commitment_opens_a_check_with_a_clock_of_its_own(town: Town, granted: UUID) -> None:
    check = CheckRow.objects.get(case=case_of(town, granted))
    assert check.outcome == ""
    assert check.granted_on == date(2026, 11, 18)
    assert (check.due_on, check.provisional) == outside().calendar.add(date(2026, 11, 18), 20)


def test_what_goes_the_ordinary_way_is_not_checked(town: Town) -> None:
    who = town.who("wangfang", enterprise=True)
    filed = town.file(who, items=("licence-check", "food-business-permit"))
    town.release(filed)
    town.decide_all(filed)
    assert not CheckRow.objects.exists()


def test_a_kept_commitment_is_noted_and_nothing_else_changes(town: Town, granted: UUID) -> None:
    case = case_of(town, granted)
    with nothing_written(), pytest.raises(NotPermitted):
        record_kept(case=case, actor=town.who("chenzhiyuan"), words="属实", at=town.now)
    with nothing_written(), pytest.raises(ReasonMissing, match="怎么核查"):
        record_kept(case=case, actor=town.who("zhaokai"), words=" ", at=town.now)
    record_kept(case=case, actor=town.who("zhaokai"), words="现场看过，出口两个", at=town.now)
    assert town.case(granted, FIRE).now.state is State.GRANTED
    assert town.steps(granted, FIRE)[-1] == "check"
    with nothing_written(), pytest.raises(CheckNotPossible):
        record_kept(case=case, actor=town.who("zhaokai"), words="再看一次", at=town.now)
    assert ResultRow.objects.get(case=case).state == "valid"
    assert not CreditRow.objects.exists()


def test_a_broken_commitment_revokes_is_entered_and_told_in_one_act(town: Town, granted: UUID) -> None:
    case = case_of(town, granted)
    with nothing_written(), pytest.raises(ReasonMissing, match="依据"):
        record_broken(case=case, actor=town.who("zhaokai"), facts="出口只有一个", basis="", at=town.now)
    assert CheckRow.objects.get(case=case).outcome == ""
    broken(town, granted)
    assert town.case(granted, FIRE).now.state is State.REVOKED
    assert ResultRow.objects.get(case=case).state == "revoked"
    step = StepRow.objects.filter(case_id=case).latest("at", "id")
    assert (step.action, step.detail) == ("revoke", {"because_of": "broken_commitment"})
    record = CreditRow.objects.get(case=case)
    assert (record.item_name, record.repaired_at) == ("消防检查", None)
    assert "出口".encode() not in bytes(record.sealed)
    assert MessageRow.objects.filter(key="case.revoked").count() == 1
    with nothing_written(), pytest.raises(CheckNotPossible):
        broken(town, granted)


def test_who_broke_a_commitment_is_left_out_until_his_credit_is_repaired(town: Town, granted: UUID) -> None:
    who = town.who("wangfang", enterprise=True)
    before = draft_of(town)  # begun on a commitment before anything was found
    assert commit(town, before) == ()
    fill(before, who=who, at=town.now)
    broken(town, granted)

    assert "消防检查" in commit(town, draft_of(town))[0]
    with nothing_written(), pytest.raises(ChoiceNotAllowed, match="修复"):
        seal_draft(draft=before, actor=who, signature="typed-name", at=town.now)

    case = case_of(town, granted)
    with pytest.raises(NotPermitted):
        repair_credit(case=case, actor=town.who("chenzhiyuan"), reason="已整改", at=town.now)
    with pytest.raises(ReasonMissing):
        repair_credit(case=case, actor=town.who("zhaokai"), reason="", at=town.now)
    repair_credit(case=case, actor=town.who("zhaokai"), reason="已加开出口，复查合格", at=town.now)
    with pytest.raises(RepairNotPossible):
        repair_credit(case=case, actor=town.who("zhaokai"), reason="已整改", at=town.now)
    assert commit(town, draft_of(town)) == ()
    seal_draft(draft=before, actor=who, signature="typed-name", at=town.now)


def test_the_ordinary_way_stays_open_to_who_is_left_out(town: Town, granted: UUID) -> None:
    broken(town, granted)
    who = town.who("wangfang", enterprise=True)
    draft = draft_of(town)
    assert commit(town, draft) != ()
    assert open_draft(draft, actor=who).content.commitments == []
    filed = seal(fill(draft, who=who, at=town.now), who=who, at=town.now).id
    assert not town.case(filed, FIRE).now.committed


def test_a_commitment_is_taken_back_before_the_decision_and_the_ordinary_limit_counts_from_acceptance(
    town: Town, committed: UUID
) -> None:
    calendar, who = outside().calendar, town.who("wangfang", enterprise=True)
    accepted = date(2026, 11, 18)
    assert town.case(committed, FIRE).now.due_on == calendar.add(accepted, 1).day
    town.go_to(11, 19)
    with nothing_written(), pytest.raises(NotPermitted):
        withdraw_commitment(case=case_of(town, committed), actor=town.who("zhaokai"), reason="", at=town.now)
    withdraw_commitment(case=case_of(town, committed), actor=who, reason="图纸要重画", at=town.now)
    now = town.case(committed, FIRE).now
    assert not now.committed
    assert now.due_on == calendar.add(accepted, 10).day
    promised = SubmissionRow.objects.get(pk=committed).promised_on
    assert promised
    assert promised >= now.due_on
    assert town.steps(committed, FIRE)[-1] == "uncommit"
    content = open_revision(committed)
    assert content.commitments == []
    assert content.values["fire-check-method"].value == "不采用告知承诺"
    assert open_revision(committed, number=1).commitments == [FIRE]
    with nothing_written(), pytest.raises(NothingCommitted):
        withdraw_commitment(case=case_of(town, committed), actor=who, reason="", at=town.now)
    town.decide(committed, FIRE)
    assert not CheckRow.objects.exists()


def test_a_stop_before_is_still_counted_when_the_commitment_is_taken_back(
    town: Town, committed: UUID
) -> None:
    calendar, who, zhao = outside().calendar, town.who("wangfang", enterprise=True), town.who("zhaokai")
    case = case_of(town, committed)
    suspend_case(case=case, actor=zhao, ground="testing", reason="检测", expected_days=2, at=town.now)
    town.go_to(11, 20)
    resume_case(case=case, actor=zhao, at=town.now)
    withdraw_commitment(case=case, actor=who, reason="", at=town.now)
    assert town.case(committed, FIRE).now.due_on == calendar.add(date(2026, 11, 18), 12).day


def test_after_the_decision_a_commitment_cannot_be_taken_back(town: Town, granted: UUID) -> None:
    who = town.who("wangfang", enterprise=True)
    with nothing_written(), pytest.raises(ActionNotAllowed):
        withdraw_commitment(case=case_of(town, granted), actor=who, reason="", at=town.now)


def test_an_item_that_excludes_commitments_never_takes_one(town: Town) -> None:
    who = town.who("wangfang", enterprise=True)
    draft = draft_of(town)
    problems = choose_items(
        draft=draft, actor=who, items=(*CHECK_ITEMS, ItemCode("food-business-permit")),
        commitments=[ItemCode("food-business-permit")], at=town.now,
    )  # fmt: skip
    assert "不能按告知承诺办理" in problems[0].message
    with changing_draft(draft, actor=who, at=town.now) as opened:
        assert answers_for(opened.form(), opened.edition)
