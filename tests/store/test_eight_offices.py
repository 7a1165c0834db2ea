"""Eight departments decide one submission at the same moment, and two officers one case: nothing is lost or done twice."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connections

from tests.cast import HOME
from tests.domain.specimens import item
from tests.services.town import OFFICER, Town
from tests.store.test_two_at_once import at_once
from yijianshi.domain.cases import Action
from yijianshi.domain.catalogue import Bundle, ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.rights import Actor
from yijianshi.services.applying.file_directly import Application, file_directly
from yijianshi.services.catalogue.published import publish
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.handling.decide import Decided, Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.store.cases.models import CaseRow, OutboxRow, StepRow
from yijianshi.store.results.models import DeliveryRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow

OFFICES = tuple(OFFICER)[:8]
CODE = BundleCode("eight-offices")


def eight_items() -> tuple[ServiceItem, ...]:
    """Return one item of each of eight departments; the last waits for the first."""
    items = [item(f"item-{n}", department=office) for n, office in enumerate(OFFICES)]
    return (*items, item("item-last", department=OFFICES[1], depends_on=(ItemCode("item-0"),)))


@pytest.fixture
def filed(committed_town: Town) -> Callable[[], UUID]:
    """Publish a one-thing of eight departments; return how to file it, each time anew."""
    town = committed_town
    bundle = Bundle(
        code=CODE, name="八家一件事", audience="individual", lead_department=OFFICES[0], items=eight_items()
    )  # type: ignore[arg-type]
    publish(
        replace(shipped_catalogue(), bundles={CODE: bundle}, common_fields=()), bundle=CODE, division=DivisionCode("320000"),
        valid_from=town.now.date(), at=town.now,
    )  # fmt: skip
    person = next(one for one in town.population.people if one.name == "王芳")
    client = Actor(account=town.who("wangfang").account, party=town.who("wangfang").party)

    def file() -> UUID:
        application = Application(
            bundle=CODE, division=HOME, items=tuple(one.code for one in eight_items()), applicant_kind="person",
            applicant_number=person.number, applicant_name=person.name,
        )  # fmt: skip
        receipt, _ = file_directly(application, actor=client, once=None, at=town.now)
        release_submission(submission=receipt.submission, actor=town.who("hemin"), at=town.now)
        return receipt.submission

    return file


def decide(town: Town, case: UUID, officer: Actor, *, seen: int | None = None) -> Callable[[], Decided]:
    def act() -> Decided:
        decided, _ = decide_case(
            case=case, actor=officer, decision=Decision(Action.GRANT), at=town.now, seen=seen
        )
        return decided

    return act


def one_round(town: Town, submission: UUID) -> None:
    cases = load_submission(submission).cases
    ready = [case for case in cases if case.now.state == "accepted"]
    assert len(ready) == len(OFFICES)
    acts = [decide(town, case.now.id, town.officer_of(submission, case.now.item)) for case in ready]
    found = at_once(*acts)
    assert all(isinstance(one, Decided) for one in found), found
    last = next(c for c in load_submission(submission).cases if c.now.item == "item-last")
    assert last.now.state == "accepted", "started by the first, whoever else was writing"
    two = at_once(
        *(
            decide(town, last.now.id, town.officer_of(submission, "item-last"), seen=last.now.seq)
            for _ in range(2)
        )
    )
    won = [one for one in two if isinstance(one, Decided)]
    lost = [one for one in two if not isinstance(one, Decided)]
    assert len(won) == 1, two
    assert isinstance(lost[0], SomebodyWasFaster)
    assert "刚才先做了“准予”" in str(lost[0]), "the other is told who and what"


def hold_together(submissions: list[UUID]) -> None:
    """Hold for all rounds together that no decision is lost, no result doubled, and each is closed once."""
    everything = len(submissions) * (len(OFFICES) + 1)
    assert CaseRow.objects.filter(submission__in=submissions, state="granted").count() == everything
    results = Counter(
        ResultRow.objects.filter(case__submission__in=submissions).values_list("case_id", flat=True)
    )
    assert len(results) == everything
    assert set(results.values()) == {1}
    grants = StepRow.objects.filter(submission_id__in=submissions, action="grant").count()
    assert grants == everything
    assert SubmissionRow.objects.filter(pk__in=submissions, state="closed", open_cases=0).count() == len(
        submissions
    )
    assert DeliveryRow.objects.filter(submission__in=submissions).count() == len(submissions)
    steps = [step for told in OutboxRow.objects.values_list("steps", flat=True) for step in told]
    assert len(steps) == len(set(steps)), "a step would be told twice"


@pytest.mark.clause("S8.2")
def test_eight_departments_decide_at_once_and_nothing_is_lost(
    committed_town: Town, filed: Callable[[], UUID]
) -> None:
    submissions = [filed() for _ in range(3)]
    for submission in submissions:
        one_round(committed_town, submission)
    hold_together(submissions)
    connections.close_all()


@pytest.mark.slow
@pytest.mark.clause("S8.2")
def test_two_hundred_rounds_of_eight_departments(committed_town: Town, filed: Callable[[], UUID]) -> None:
    rounds = int(os.environ.get("YIJIANSHI_ROUNDS", "200"))
    submissions = []
    for _ in range(rounds):
        submissions.append(filed())
        one_round(committed_town, submissions[-1])
    hold_together(submissions)
    connections.close_all()
