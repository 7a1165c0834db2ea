"""Every one-thing of the catalogue lives through every service, with no line of code that knows its name."""

from collections import Counter
from uuid import UUID

import pytest

from tests.filed import Filed, coordinator_of, file_fullest, officer_of, ready
from tests.fullest import ALL, HOME, SLOWLY, fullest_answers
from tests.services.town import Town
from yijianshi.domain.cases import CLOSED, Action, State
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.definitions import Acquisition
from yijianshi.domain.merging import fields_in_force
from yijianshi.domain.routing import unit_for
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue.published import current
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.reading.case import read_case
from yijianshi.services.reading.guide import needs_enterprise, read_guide
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.store.accounts.models import Officer
from yijianshi.store.cases.models import StepRow
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow

pytestmark = pytest.mark.django_db


@pytest.mark.clause("T1.1", "T1.2", "T1.3", "T1.4", "T1.5", "T2.1", "S4.1", "S5.1", "S6.2", "S7", "S9.2")
@pytest.mark.parametrize("bundle", ALL)
def test_it_is_lived_through_to_the_one_delivery(town: Town, bundle: str) -> None:
    filed = file_fullest(bundle, at=town.now)
    is_asked_once_and_cut_back_exactly(town, filed)
    released(town, filed)
    granted = decide_whatever_is_ready(town, filed.id)
    loaded = load_submission(filed.id)
    assert {case.now.state for case in loaded.cases} == {State.GRANTED}
    assert granted | {c.now.item for c in loaded.cases if loaded.edition.item(c.now.item).is_automatic} == {
        item.code for item in filed.plan.items
    }
    results = ResultRow.objects.filter(case__submission=filed.id)
    assert Counter(results.values_list("case__item", flat=True)) == Counter(c.now.item for c in loaded.cases)
    assert len(set(results.values_list("number", flat=True))) == len(loaded.cases)
    row = SubmissionRow.objects.get(pk=filed.id)
    assert row.state == "closed"
    assert row.open_cases == 0
    assert DeliveryRow.objects.get(submission=filed.id).delivered_at is not None


def is_asked_once_and_cut_back_exactly(town: Town, filed: Filed) -> None:
    """Hold that nothing is asked twice, nothing made here is demanded, and each unit reads what its item asked."""
    plan = filed.plan
    assert max(Counter(f.element for f in plan.fields).values()) == 1
    assert max(Counter(m.material for m in plan.materials).values(), default=1) == 1
    for document in plan.materials:
        if set(document.produced_by) & plan.chosen and document.way is not MaterialWay.PRODUCED:
            # Only a document that the first item needs before anybody here could make it is an earlier one.
            assert not set(plan.edition.item(document.needed_by[0]).depends_on) & set(document.produced_by)
        if document.way is MaterialWay.UPLOAD:
            assert plan.edition.materials[document.material].acquisition is Acquisition.APPLICANT
    known = filed.content.known()
    for case in load_submission(filed.id).cases:
        item = plan.edition.item(case.now.item)
        page = read_case(case=case.now.id, actor=officer_of(case, at=town.now), at=town.now)
        asked = {f.element for f in fields_in_force(item, plan.edition, plan.circumstances)}
        assert {value.code for value in page.values} == asked & set(known)
        needed = {m.material for m in plan.materials if item.code in m.needed_by}
        assert {material.code for material in page.materials} == needed


@pytest.mark.clause("S1.1", "S9.1")
@pytest.mark.parametrize("bundle", ALL)
def test_the_guide_says_the_day_the_fees_and_whom_to_call(town: Town, bundle: str) -> None:
    guide = read_guide(
        bundle=BundleCode(bundle), division=HOME, given=dict(fullest_answers(bundle)), on=legal_day(town.now)
    )
    assert guide.edition.bundle.audience == "enterprise" or not needs_enterprise(guide.edition)
    assert guide.troubles == ()
    assert guide.problems == ()
    assert guide.promised.day >= legal_day(town.now)
    assert all(item.fee.charged in ("no", "yes", "unknown") for item in guide.plan.items)
    assert all(item.fee.note for item in guide.plan.items if item.fee.charged == "yes")
    assert {name for caller in guide.callers for name in caller.items} == {
        item.plain_name for item in guide.plan.items
    }
    assert all(caller.desk.phone.startswith("025-0000-1") for caller in guide.callers), guide.callers


@pytest.mark.clause("S8.2", "S9.2")
@pytest.mark.parametrize("bundle", SLOWLY)
def test_a_refusal_ends_what_depends_on_it_with_an_explanation_and_nothing_else(
    town: Town, bundle: str
) -> None:
    filed = file_fullest(bundle, at=town.now)
    released(town, filed)
    edition = filed.plan.edition
    refused = next(
        case for item in filed.plan.items for case in ready(filed.id) if case.now.item == item.code
    )
    decide_case(
        case=refused.now.id,
        actor=officer_of(refused, at=town.now),
        decision=Decision(Action.REFUSE, reasons="不符合条件", basis="示例条例第一条"),
        at=town.now,
    )
    town.work()
    decide_whatever_is_ready(town, filed.id)
    cases = load_submission(filed.id).cases
    assert all(case.now.state in CLOSED for case in cases), [str(case.now) for case in cases]
    lost = {case.now.item for case in cases if case.now.state is State.TERMINATED}
    for case in cases:
        item = edition.item(case.now.item)
        if case.now.state is State.TERMINATED:
            why = StepRow.objects.get(case_id=case.now.id, action="terminate").detail["because_of"]
            assert why in (*item.depends_on, *item.depends_on_any)
            assert why == refused.now.item or why in lost
        elif case.now.id != refused.now.id:
            assert case.now.state is State.GRANTED
    assert DecisionTextRow.objects.get(case=refused.now.id).action == "refuse"
    page = read_submission(filed.id, actor=filed.who)
    told = [happened.text for happened in page.history]
    for case in page.cases:
        if case.state is State.TERMINATED:
            assert any(case.item.plain_name in line and "没有办成" in line for line in told), told
    assert SubmissionRow.objects.get(pk=filed.id).state == "closed"


@pytest.mark.clause("X1")
def test_somebody_is_at_every_desk_that_a_one_thing_needs(town: Town) -> None:
    desks = {(post.role, post.unit) for post in Officer.objects.all()}
    for code, bundle in shipped_catalogue().bundles.items():
        edition = current(code, HOME, legal_day(town.now)).edition
        assert ("coordinator", f"{bundle.lead_department}@{HOME}") in desks, code
        for item in bundle.items:
            assert ("reviewer", str(unit_for(item, edition, division=HOME))) in desks, (code, item.code)


def released(town: Town, filed: Filed) -> None:
    loaded = load_submission(filed.id)
    release_submission(submission=filed.id, actor=coordinator_of(loaded, at=town.now), at=town.now)
    town.work()


def decide_whatever_is_ready(town: Town, submission: UUID) -> set[str]:
    """Grant round after round, each case by its own unit; return the items granted."""
    granted: set[str] = set()
    while cases := ready(submission):
        town.later(hours=1)
        for case in cases:
            decide_case(
                case=case.now.id,
                actor=officer_of(case, at=town.now),
                decision=Decision(Action.GRANT),
                at=town.now,
            )
            granted.add(case.now.item)
        town.work()
    return granted
