"""Every choice of items of the three shipped one-things, in every situation that their questions can tell apart."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest

from tests.domain.specimens import BUNDLES, shipped
from yijianshi.domain.conditions import evaluate, keys_of
from yijianshi.domain.editions import Edition
from yijianshi.domain.merging import split_answers
from yijianshi.domain.plans import Plan, Situation, circumstances_of, make_plan
from yijianshi.domain.sharing import MaterialWay

pytestmark = pytest.mark.clause("S0", "S4.1", "S5.1", "S6.2")

#: On both sides of the 300 m² from which fire inspection applies.
AREAS = (120, 326.4, 480)
EVERYTHING_ELSE: dict[str, Any] = {"element:by-agent": True}


def situations(edition: Edition) -> Iterator[dict[str, Any]]:
    """Yield every combination of answers; a question that no condition mentions tells no two situations apart."""
    mentioned = frozenset().union(
        *(
            keys_of(condition)
            for item in edition.bundle.items
            for condition in (
                item.applies,
                *(f.required_if for f in item.fields if f.required_if),
                *(m.required_if for m in item.materials if m.required_if),
            )
        )
    )
    asked = [q for q in edition.bundle.questions if q.key in mentioned or f"element:{q.element}" in mentioned]
    values = {"bool": lambda q: (True, False), "number": lambda q: AREAS, "choice": lambda q: q.options}
    for given in product(*(values[q.type](q) for q in asked)):
        yield dict(zip((q.key for q in asked), given, strict=True)) | EVERYTHING_ELSE


def choices(edition: Edition) -> Iterator[tuple[Any, ...]]:
    codes = [item.code for item in edition.bundle.items]
    for size in range(len(codes) + 1):
        yield from combinations(codes, size)


def check_lawful(plan: Plan) -> None:
    edition, circumstances = plan.edition, plan.circumstances
    common = {field.element for field in edition.common_fields}
    asked: dict[Any, set[Any]] = {item.code: set() for item in plan.items}
    needed: dict[Any, set[Any]] = {item.code: set() for item in plan.items}
    for item in plan.items:
        for field in item.fields:
            holds = field.required_if is None or evaluate(field.required_if, circumstances) is True
            if holds and field.element not in common:
                asked[item.code].add(field.element)
        for need in item.materials:
            holds = need.required if need.required_if is None else evaluate(need.required_if, circumstances)
            if holds is True:
                needed[item.code].add(need.material)
    elements = [field.element for field in plan.fields]
    documents = [document.material for document in plan.materials]
    assert max(Counter(elements).values(), default=0) <= 1
    assert max(Counter(documents).values(), default=0) <= 1
    assert set(elements) == set().union(*asked.values())
    assert set(documents) == set().union(*needed.values())
    slices = split_answers(plan.items, edition, circumstances, dict.fromkeys(edition.elements, "*"))
    for code in asked:
        assert set(slices[code]) == asked[code]
        assert {f.element for f in plan.fields if code in f.asked_by} == asked[code]
        assert {m.material for m in plan.materials if code in m.needed_by} == needed[code]
    for document in plan.materials:
        makers = edition.materials[document.material].produced_by
        if plan.chosen & set(makers):
            assert document.way is MaterialWay.PRODUCED, document
        else:
            assert document.way is not MaterialWay.PRODUCED, document
    assert [code for stage in plan.stages for code in stage] == [item.code for item in plan.items]
    stage_of = {code: number for number, stage in enumerate(plan.stages) for code in stage}
    for item in plan.items:
        assert all(stage_of[p] < stage_of[item.code] for p in plan.priors_of(item))


def check_unlawful(plan: Plan, size: int) -> None:
    assert plan.problems
    assert all(problem.message and problem.rule for problem in plan.problems)
    assert len(plan.items) == size
    assert sum(len(stage) for stage in plan.stages) == size
    assert plan.raw_fields >= len(plan.fields)
    assert plan.raw_materials >= len(plan.materials)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_choice_is_either_lawful_and_asks_everything_once_or_says_why_not(bundle: str) -> None:
    edition = shipped(bundle)
    lawful, refused = 0, set()
    for answers in situations(edition):
        # What may be chosen follows from what applies; a choice refused once is not planned again for the same reason.
        everything = Situation(items=tuple(i.code for i in edition.bundle.items), answers=answers)
        known = circumstances_of(edition, everything)
        applying = tuple(evaluate(item.applies, known) is True for item in edition.bundle.items)
        for items in choices(edition):
            if (applying, items) in refused:
                continue
            plan = make_plan(edition, Situation(items=items, answers=answers))
            if plan.allowed:
                lawful += 1
                check_lawful(plan)
            else:
                refused.add((applying, items))
                check_unlawful(plan, len(items))
    assert lawful > 100


def test_of_a_restaurant_whatever_applies_may_be_chosen_together_with_the_licence_check() -> None:
    edition = shipped("open-restaurant")
    lawful = sum(
        make_plan(edition, Situation(items=items, answers=answers)).allowed
        for answers in situations(edition)
        for items in choices(edition)
    )
    # food permit or not; fire inspection or not where the area asks for it; three items that one question opens each
    assert lawful == 2 * (1 + 2 + 2) * (1 + 2) ** 3


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_document_whose_producer_is_not_chosen_is_handed_in_or_shared_again(bundle: str) -> None:
    edition = shipped(bundle)
    for answers in situations(edition):
        everything = make_plan(
            edition, Situation(items=tuple(i.code for i in edition.bundle.items), answers=answers)
        )
        for document in everything.materials:
            for maker in document.produced_by:
                others = tuple(i.code for i in edition.bundle.items if i.code != maker)
                without = make_plan(edition, Situation(items=others, answers=answers))
                again = next(m for m in without.materials if m.material == document.material)
                assert document.way is MaterialWay.PRODUCED
                assert again.way in (MaterialWay.UPLOAD, MaterialWay.SHARED)


def test_there_are_documents_that_one_item_produces_for_another() -> None:
    produced = {
        m.material
        for bundle in BUNDLES
        for m in make_plan(
            shipped(bundle),
            Situation(items=tuple(i.code for i in shipped(bundle).bundle.items)),
            strict=False,
        ).materials
        if m.way is MaterialWay.PRODUCED
    }
    assert {"birth-certificate", "newborn-household-page", "business-licence"} <= produced
