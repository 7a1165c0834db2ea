"""The written situations lived through, with the consequences that their narration tells (情形的后果)."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from tests.cast import PAPER
from tests.filed import Filed, coordinator_of, fill, officer_of, seal, whose
from tests.fullest import HOME
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import CLOSED, Action, State
from yijianshi.domain.codes import BundleCode, ItemCode, LicenceCode, MaterialCode
from yijianshi.domain.corrections import RemarkNotAllowed, Target
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Actor
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import materials_for
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.choose import choose_items
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.seal import missing_papers
from yijianshi.services.applying.start import start_draft
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import CaseLoaded, load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.withdraw import what_falls, withdraw_case
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.store.cases.models import StepRow
from yijianshi.store.corrections.models import CorrectionRow
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow

pytestmark = pytest.mark.django_db
WRITTEN: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))["cases"]
}
#: What is filed person by person is lived through elsewhere; a form for whole groups is filed over the API.
ALONE = sorted(name for name, case in WRITTEN.items() if "expected" in case and "groups" not in case)


def filed(town: Town, name: str) -> Filed:
    """File a written situation as somebody of the cast who may."""
    case = WRITTEN[name]
    bundle, at = case["bundle"], town.now
    who = whose(bundle, at=at)
    answers = {key: value for key, value in case["answers"].items() if not key.startswith("element:")}
    draft = start_draft(
        actor=who, bundle=BundleCode(bundle), division=HOME, answers=answers, at=at,
        items=[ItemCode(code) for code in case["items"]],
    )  # fmt: skip
    problems = choose_items(
        draft=draft, actor=who, items=[ItemCode(code) for code in case["items"]],
        claimed=[LicenceCode(code) for code in case.get("existing_results", ())],
        commitments=[ItemCode(code) for code in case.get("commitments", ())], at=at,
    )  # fmt: skip
    assert problems == ()
    for paper in missing_papers(plan_of(draft, who), open_draft(draft, actor=who).content, frozenset()):
        material = MaterialCode(paper.key.partition(":")[2])
        attach_material(draft=draft, actor=who, material=material, filename="原件.pdf", content=PAPER, at=at)
    return seal(fill(draft, who=who, at=at), who=who, at=at)


def plan_of(draft: UUID, who: Actor) -> Plan:
    return open_draft(draft, actor=who).plan()


def released(town: Town, name: str) -> Filed:
    found = filed(town, name)
    loaded = load_submission(found.id)
    release_submission(submission=found.id, actor=coordinator_of(loaded, at=town.now), at=town.now)
    town.work()
    return found


def of(submission: UUID, item: str) -> CaseLoaded:
    return next(case for case in load_submission(submission).cases if case.now.item == item)


def in_state(submission: UUID, *states: State) -> set[str]:
    return {str(case.now.item) for case in load_submission(submission).cases if case.now.state in states}


def decided(
    town: Town, submission: UUID, item: str, action: Action = Action.GRANT, reasons: str = ""
) -> None:
    case = of(submission, item)
    decide_case(
        case=case.now.id, actor=officer_of(case, at=town.now), at=town.now,
        decision=Decision(action, reasons=reasons or "不符合条件", basis="示例条例第一条"),
    )  # fmt: skip
    town.work()


@pytest.mark.clause("S6.1", "S6.2", "S8.2", "S9.1")
@pytest.mark.parametrize("name", ALONE)
def test_every_situation_is_lived_through_in_the_order_of_its_stages(town: Town, name: str) -> None:
    submission = released(town, name).id
    going = (State.ACCEPTED, State.GRANTED)
    done: set[str] = set()
    for stage in WRITTEN[name]["expected"]["stages"]:
        done |= set(stage)
        under_way = in_state(submission, *going)
        assert set(stage) <= under_way
        still = {str(c.now.item) for c in load_submission(submission).cases if c.now.state is State.WAITING}
        assert all(of(submission, item).now.due_on is None for item in still), "who waits is not late"
        for item in stage:
            if of(submission, item).now.state is State.ACCEPTED:
                decided(town, submission, item)
    cases = load_submission(submission).cases
    assert in_state(submission, State.GRANTED) == set(WRITTEN[name]["items"])
    assert (
        len({case.now.number for case in cases}) == len(cases) == WRITTEN[name]["expected"]["sub_case_count"]
    )
    assert DeliveryRow.objects.filter(submission=submission).count() == 1


@pytest.mark.clause("S4.1", "S5.1")
@pytest.mark.parametrize("name", ALONE)
def test_nothing_of_an_item_that_was_not_chosen_is_asked(town: Town, name: str) -> None:
    plan = filed(town, name).plan
    chosen = set(WRITTEN[name]["items"])
    assert all(set(field.asked_by) <= chosen for field in plan.fields)
    assert all(set(document.needed_by) <= chosen for document in plan.materials)


@pytest.mark.clause("S7")
@pytest.mark.parametrize("name", ALONE)
def test_all_that_is_missing_is_told_once(town: Town, name: str) -> None:
    found = filed(town, name)
    asked = 0
    for case in load_submission(found.id).cases:
        for code in materials_for(found.plan, case.now.item)[:1]:
            remark_on(town, case, code)
            asked += 1
    if not asked:
        pytest.fail(f"{name} uses no document at all")
    loaded = load_submission(found.id)
    release_submission(submission=found.id, actor=coordinator_of(loaded, at=town.now), at=town.now)
    town.work()
    assert CorrectionRow.objects.filter(submission=found.id).count() == 1
    for case in load_submission(found.id).cases:
        for code in materials_for(found.plan, case.now.item)[:1]:
            with nothing_written(), pytest.raises(RemarkNotAllowed, match="只告知一次"):
                remark_on(town, case, code)


def remark_on(town: Town, case: CaseLoaded, code: str) -> None:
    make_remark(
        case=case.now.id, actor=officer_of(case, at=town.now), target=Target.MATERIAL, code=code,
        reason="看不清", basis="示例条例第一条", remedy="请重拍", at=town.now,
    )  # fmt: skip


@pytest.mark.clause("S6.2")
@pytest.mark.parametrize("name", ALONE)
def test_each_item_can_be_withdrawn_and_what_falls_with_it_is_told_before(town: Town, name: str) -> None:
    found = released(town, name)
    edition = found.plan.edition
    for item in reversed(WRITTEN[name]["items"]):
        case = of(found.id, item)
        if case.now.state in CLOSED:
            continue
        _, moves = what_falls(case=case.now.id, actor=found.who)
        falling = {str(move.case.item) for move in moves}
        for other in falling - {item}:
            needs = edition.item(ItemCode(other))
            assert {str(one) for one in (*needs.depends_on, *needs.depends_on_any)} & falling
        withdraw_case(case=case.now.id, actor=found.who, at=town.now)
        assert falling <= in_state(found.id, State.WITHDRAWN, State.TERMINATED)
    assert not [case for case in load_submission(found.id).cases if case.now.state not in CLOSED]


@pytest.mark.clause("S8.2")
def test_s1_a_newborn_starts_what_waits_for_the_number_by_itself(town: Town) -> None:
    found = released(town, "S01")
    uploads = [one.material for one in found.plan.materials if one.way is MaterialWay.UPLOAD]
    assert uploads == ["discharge-summary"] or len(uploads) == 1, "nothing but the paper of the hospital"
    assert in_state(found.id, State.ACCEPTED) == {"birth-certificate"}
    decided(town, found.id, "birth-certificate")
    assert in_state(found.id, State.ACCEPTED) == {
        "vaccination-record", "birth-registration", "maternity-allowance",
    }  # fmt: skip
    decided(town, found.id, "birth-registration")
    assert {"newborn-medical-insurance", "newborn-social-card"} <= in_state(found.id, State.ACCEPTED)


def test_s2_a_certificate_that_is_there_is_not_asked_for_again(town: Town) -> None:
    found = filed(town, "S02")
    assert "birth-certificate" not in {str(case.now.item) for case in load_submission(found.id).cases}
    assert found.plan.allowed


@pytest.mark.clause("S8.2")
def test_s4_a_sealed_home_is_not_registered_and_what_hangs_on_it_ends_with_the_reason(town: Town) -> None:
    found = released(town, "S04")
    for item in ("home-contract-netsign", "home-count-check", "home-deed-tax"):
        if of(found.id, item).now.state is State.ACCEPTED:
            decided(town, found.id, item)
    decided(town, found.id, "home-transfer", Action.REFUSE, reasons="房屋已被法院查封，不能办理转移登记")
    hanging = {"home-mortgage", "home-water-transfer", "home-power-transfer", "home-gas-transfer"}
    assert in_state(found.id, State.TERMINATED) == hanging
    why = StepRow.objects.filter(action="terminate").values_list("detail__because_of", flat=True)
    assert set(why) == {"home-transfer"}
    page = read_submission(found.id, actor=found.who)
    refused = next(case for case in page.cases if case.item.code == "home-transfer")
    assert "查封" in refused.words["reasons"]
    assert refused.appeal is not None
    assert of(found.id, "home-deed-tax").now.state is State.GRANTED, (
        "the tax that was paid is not undone here"
    )


@pytest.mark.clause("S8.2")
def test_s6_after_a_death_seven_offices_work_at_once(town: Town) -> None:
    found = released(town, "S06")
    assert in_state(found.id, State.ACCEPTED, State.GRANTED) == {"death-certificate"}
    decided(town, found.id, "death-certificate")
    at_once = in_state(found.id, State.ACCEPTED, State.GRANTED) - {"death-certificate", "survivor-benefit"}
    assert len(at_once) == 7


@pytest.mark.clause("S8.2")
def test_s10_a_home_of_their_own_refuses_the_whole_with_reasons_and_a_way_to_object(town: Town) -> None:
    found = filed(town, "S10")
    town.down |= set(found.plan.edition.resources)  # so that officers look, and not the registers of the demo
    loaded = load_submission(found.id)
    release_submission(submission=found.id, actor=coordinator_of(loaded, at=town.now), at=town.now)
    town.work()
    checks = {"housing-status-check", "economic-status-check", "household-marriage-check"}
    assert in_state(found.id, State.ACCEPTED, State.GRANTED) == checks, "the three checks at once"
    case = of(found.id, "housing-status-check")
    decided(
        town, found.id, "housing-status-check", Action.REFUSE, reasons="配偶名下有一套住房，人均面积超过标准"
    )
    assert in_state(found.id, State.TERMINATED) == {"rental-housing-qualification"}
    assert DecisionTextRow.objects.get(case=case.now.id).action == "refuse"
    page = read_submission(found.id, actor=found.who)
    refused = next(one for one in page.cases if one.id == case.now.id)
    assert refused.appeal is not None
    assert refused.appeal.reconsideration_days == 60
