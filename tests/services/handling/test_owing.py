"""Accepted with something owed: promised when applying, fixed at acceptance, handed in or lapsed, and no grant before."""

from datetime import date
from uuid import UUID

import pytest

from tests.cast import PAPER
from tests.filed import unanswered
from tests.services.handling.acts import SIGN, remark
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action, ActionNotAllowed, State
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, MaterialCode
from yijianshi.domain.corrections import RemarkNotAllowed
from yijianshi.domain.holds import DecisionHeld
from yijianshi.domain.owing import NothingOwed, OwedTooLate, PromiseNotPossible
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import NotReady
from yijianshi.services.applying.attach import MaterialNotAsked, attach_material
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.owe import owe_material, owe_no_longer
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.correct import Upload
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.handling.supply import supply_owed
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.store.cases.models import CaseRow, StepRow
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.promises.models import OwedRow

pytestmark = pytest.mark.clause("C1.5")
RENDERING = MaterialCode("sign-rendering")
ITEMS = (ItemCode("licence-check"), ItemCode("food-business-permit"), ItemCode(SIGN))
TOMORROW = date(2026, 11, 19)


def draft_of(town: Town) -> UUID:
    """Begin a draft, fill it and hand in everything but the rendering of the sign."""
    who = town.who("wangfang", enterprise=True)
    draft = start_draft(
        actor=who, bundle=BundleCode("open-restaurant"), division=DivisionCode("320106"), items=ITEMS, at=town.now,
        answers={"venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False},
    )  # fmt: skip
    for _ in range(4):
        opened = open_draft(draft, actor=who)
        fill_fields(draft=draft, actor=who, given=unanswered(opened), at=town.now)
    for needed in open_draft(draft, actor=who).plan().materials:
        if needed.way is MaterialWay.UPLOAD and needed.material != RENDERING:
            attach_material(
                draft=draft,
                actor=who,
                material=needed.material,
                filename="材料.pdf",
                content=PAPER,
                at=town.now,
            )
    return draft


def owe(town: Town, draft: UUID, day: date = TOMORROW, material: MaterialCode = RENDERING) -> None:
    owe_material(
        draft=draft, actor=town.who("wangfang", enterprise=True), material=material, day=day, at=town.now
    )


def seal(town: Town, draft: UUID) -> UUID:
    who = town.who("wangfang", enterprise=True)
    return seal_draft(draft=draft, actor=who, signature="typed-name", at=town.now).submission


@pytest.fixture
def owing(town: Town) -> UUID:
    """Filed with the rendering owed until tomorrow."""
    draft = draft_of(town)
    owe(town, draft)
    return seal(town, draft)


def supply(town: Town, submission: UUID, material: str = RENDERING, files: int = 1) -> None:
    supply_owed(
        submission=submission, actor=town.who("wangfang", enterprise=True), material=material,
        files=[Upload("效果图.pdf", PAPER)] * files, at=town.now,
    )  # fmt: skip
    town.work()


def holds(town: Town, submission: UUID) -> str:
    return town.case(submission, SIGN).holds


def test_only_what_the_list_lets_be_owed_is_and_only_until_a_day_that_is_possible(town: Town) -> None:
    draft = draft_of(town)
    with pytest.raises(NotReady, match="还没有上传"):
        seal(town, draft)
    with pytest.raises(PromiseNotPossible, match="不在可以容缺的清单里"):
        owe(town, draft, material=MaterialCode("food-layout-document"))
    for day in (date(2026, 11, 18), date(2026, 12, 18)):
        with pytest.raises(PromiseNotPossible, match="请选明天到"):
            owe(town, draft, day=day)
    owe(town, draft)
    owe_no_longer(draft=draft, actor=town.who("wangfang", enterprise=True), material=RENDERING, at=town.now)
    with pytest.raises(NotReady, match="还没有上传"):
        seal(town, draft)


def test_a_promise_that_passed_while_the_draft_lay_is_asked_anew(town: Town) -> None:
    draft = draft_of(town)
    owe(town, draft)
    town.go_to(11, 20)
    with pytest.raises(NotReady, match="请选明天到"):
        seal(town, draft)


def test_what_is_there_in_time_is_owed_no_longer(town: Town) -> None:
    draft = draft_of(town)
    owe(town, draft)
    attach_material(
        draft=draft, actor=town.who("wangfang", enterprise=True), material=RENDERING, filename="图.pdf",
        content=PAPER, at=town.now,
    )  # fmt: skip
    filed = seal(town, draft)
    assert holds(town, filed) == ""
    assert not OwedRow.objects.exists()


def test_the_acceptance_notes_what_is_owed_and_until_when_and_only_that_case_is_held(
    town: Town, owing: UUID
) -> None:
    assert holds(town, owing) == "owed"
    assert town.case(owing, "food-business-permit").holds == ""
    town.release(owing)
    found = town.case(owing, SIGN)
    assert found.now.state is State.ACCEPTED
    step = StepRow.objects.filter(case_id=found.now.id, action__in=["accept", "start"]).get()
    until = OwedRow.objects.get(case=found.now.id).until
    assert step.detail
    assert step.detail["owed_until"] == str(until)
    assert until == TOMORROW
    assert found.now.due_on
    assert until <= found.now.due_on
    assert MessageRow.objects.filter(key="owed.due").count() == 1


def test_it_is_granted_only_after_and_may_be_refused_before(town: Town, owing: UUID) -> None:
    town.release(owing)
    with nothing_written(), pytest.raises(DecisionHeld, match="容缺承诺要补的材料还没有补交"):
        town.decide(owing, SIGN)
    due = town.case(owing, SIGN).now.due_on
    supply(town, owing)
    found = town.case(owing, SIGN)
    assert (found.holds, found.now.due_on) == ("", due)
    assert town.steps(owing, SIGN)[-1] == "supply"
    lines = [line for line in open_revision(owing).manifest if line.material == RENDERING]
    assert len(lines) == 1
    assert lines[0].copy
    assert open_revision(owing, number=1).manifest != open_revision(owing).manifest
    assert MessageRow.objects.filter(key="owed.received").count() == 1
    town.decide(owing, SIGN)
    with pytest.raises(NothingOwed):
        supply(town, owing)


def test_a_refusal_does_not_wait_for_what_is_owed(town: Town, owing: UUID) -> None:
    town.release(owing)
    town.decide(owing, SIGN, Action.REFUSE)
    assert town.case(owing, SIGN).now.state is State.REFUSED


def test_only_the_applicant_hands_it_in_and_only_what_is_owed(town: Town, owing: UUID) -> None:
    town.release(owing)
    with nothing_written(), pytest.raises(NotPermitted):
        supply_owed(
            submission=owing, actor=town.who("zhaokai"), material=RENDERING,
            files=[Upload("图.pdf", PAPER)], at=town.now,
        )  # fmt: skip
    with nothing_written(), pytest.raises(MaterialNotAsked):
        supply(town, owing, material="food-layout-document")
    with nothing_written(), pytest.raises(FileRefused):
        supply(town, owing, files=0)


def test_it_may_be_handed_in_before_the_acceptance(town: Town, owing: UUID) -> None:
    supply(town, owing)
    assert holds(town, owing) == ""
    town.release(owing)
    town.decide(owing, SIGN)


def test_past_the_day_the_case_lapses_and_the_others_go_on(town: Town, owing: UUID) -> None:
    town.release(owing)
    assert town.sweep() == 0
    town.go_to(11, 20)
    with nothing_written(), pytest.raises(OwedTooLate):
        supply(town, owing)
    assert town.sweep() == 1
    found = town.case(owing, SIGN)
    assert found.now.state is State.TERMINATED
    step = StepRow.objects.filter(case_id=found.now.id).latest("at", "id")
    assert (step.action, step.detail) == ("lapse", {"because_of": "owed_not_supplied"})
    assert town.case(owing, "food-business-permit").now.state is State.ACCEPTED
    with nothing_written(), pytest.raises(ActionNotAllowed):
        town.decide(owing, SIGN)


def test_a_stop_of_the_clock_does_not_stop_what_is_owed(town: Town, owing: UUID) -> None:
    town.release(owing)
    case, officer = town.case(owing, SIGN).now.id, town.who("zhoulin")
    suspend_case(case=case, actor=officer, ground="testing", reason="检测", expected_days=5, at=town.now)
    town.go_to(11, 23)
    assert town.sweep() == 0
    resume_case(case=case, actor=officer, at=town.now)
    assert town.sweep() == 1
    assert town.case(owing, SIGN).now.state is State.TERMINATED


def test_a_provisional_day_lets_nothing_lapse(town: Town, owing: UUID) -> None:
    town.release(owing)
    case = town.case(owing, SIGN).now.id
    OwedRow.objects.filter(case=case).update(
        until=date(2027, 1, 5), provisional=True, promised_on=date(2027, 1, 5)
    )
    CaseRow.objects.filter(pk=case).update(look_again_at=town.now)
    town.go_to(11, 18)
    town.sweep()
    assert town.case(owing, SIGN).now.state is State.ACCEPTED


def test_what_is_owed_is_not_asked_for_as_missing(town: Town, owing: UUID) -> None:
    with nothing_written(), pytest.raises(RemarkNotAllowed, match="已经承诺后补"):
        remark(town, owing)
