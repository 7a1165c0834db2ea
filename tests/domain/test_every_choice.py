"""
Every choice of items of every shipped one-thing, in the situations that its questions can tell apart.

All choices of ten items or fewer are planned, and as many of larger one-things; the long trial plans sixteen times as many.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import prod
from typing import Any, NamedTuple

import pytest

from tests.domain.specimens import BUNDLES, shipped
from yijianshi.domain.conditions import Condition, evaluate, keys_of
from yijianshi.domain.definitions import Acquisition, Kind
from yijianshi.domain.editions import Edition
from yijianshi.domain.merging import split_answers
from yijianshi.domain.plans import Plan, Situation, circumstances_of, make_plan, with_prerequisites
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.catalogue.reasoning import comparisons, conditions_of

pytestmark = pytest.mark.clause("S0", "S4.1", "S5.1", "S6.2")

MANY, VERY_MANY = 2**10, 2**14
#: Odd and prime, so that stepping by it reaches every choice and every situation before any comes again.
STRIDE = 2654435761


class Possibilities(NamedTuple):
    """All answers that a one-thing's conditions can tell apart, numbered without being written down."""

    values: dict[str, tuple[Any, ...]]  # what is asked about → its answers

    @property
    def count(self) -> int:
        return prod(len(values) for values in self.values.values())

    def __getitem__(self, number: int) -> dict[str, Any]:
        answers = {}
        for key, values in self.values.items():
            number, at = divmod(number, len(values))
            answers[key] = values[at]
        return answers


@cache
def possibilities(bundle: str) -> Possibilities:
    """Return the situations of a one-thing; a question that no condition mentions tells no two of them apart."""
    edition = shipped(bundle)
    conditions = [condition for _, condition in conditions_of(edition.bundle)]
    mentioned = frozenset().union(*map(keys_of, conditions))
    values: dict[str, tuple[Any, ...]] = {}
    for question in edition.bundle.questions:
        if question.key in mentioned or f"element:{question.element}" in mentioned:
            mentioned -= {question.key, f"element:{question.element}"}
            options = question.options
            values[question.key] = {
                "bool": lambda: (True, False),
                "number": lambda key=question.key: numbers(edition, key, conditions),
                "choice": lambda options=options: options,
                "multi": lambda options=options: tuple(subsets(options)),
            }[question.type]()
    for key in sorted(mentioned):
        element = edition.elements[key.removeprefix("element:")]  # type: ignore[index]
        values[key] = (True, False) if element.kind is Kind.BOOL else element.values
    return Possibilities(values)


def numbers(edition: Edition, key: str, conditions: list[Condition]) -> tuple[float, ...]:
    """Return numbers on both sides of every threshold that decides anything, and the thresholds themselves."""
    found: set[float] = {0}
    for condition in conditions:
        for _, name, wanted in () if "param" in condition else comparisons(condition):
            if name == key:
                threshold = (
                    edition.bundle.params[wanted["param"]].value if isinstance(wanted, dict) else wanted
                )  # type: ignore[index]
                found |= {threshold - 1, threshold, threshold + 1}
    return tuple(sorted(found))


def subsets(options: tuple[str, ...]) -> Iterator[list[str]]:
    for mask in range(2 ** len(options)):
        yield [option for at, option in enumerate(options) if mask >> at & 1]


def encounters(bundle: str, most: int) -> Iterator[tuple[tuple[Any, ...], int]]:
    """
    Yield choices of items, each with the number of a situation: everything with everything where that is not too much.

    Otherwise every choice and every situation appears, as far as `most` allows, spread evenly.
    """
    codes = [item.code for item in shipped(bundle).bundle.items]
    choices, cases = 2 ** len(codes), possibilities(bundle).count
    everything = choices * cases <= most
    for turn in range(choices * cases if everything else max(min(choices, most), min(cases, most))):
        number, case = divmod(turn, cases) if everything else (turn * STRIDE % choices, turn * STRIDE % cases)
        # without the quotient, numbers with a common divisor would always meet the same way
        case = case if everything else (case + turn * STRIDE // choices) % cases
        yield tuple(code for at, code in enumerate(codes) if number >> at & 1), case


def check_lawful(plan: Plan) -> None:
    edition, circumstances = plan.edition, plan.circumstances
    common = {field.element for field in edition.common_fields}
    asked: dict[Any, set[Any]] = {item.code: set() for item in plan.items}
    needed: dict[Any, set[Any]] = {item.code: set() for item in plan.items}
    first: dict[Any, Any] = {}
    for item in plan.items:
        for field in item.fields:
            holds = field.required_if is None or evaluate(field.required_if, circumstances) is True
            if holds and field.element not in common:
                asked[item.code].add(field.element)
        for need in item.materials:
            holds = need.required if need.required_if is None else evaluate(need.required_if, circumstances)
            if holds is True:
                needed[item.code].add(need.material)
                first.setdefault(need.material, need)
    elements = [field.element for field in plan.fields]
    documents = [document.material for document in plan.materials]
    assert max(Counter(elements).values(), default=0) <= 1
    assert max(Counter(documents).values(), default=0) <= 1
    assert set(elements) == set().union(*asked.values())
    assert set(documents) == set().union(*needed.values())
    slices = split_answers(plan.items, edition, circumstances, dict.fromkeys(edition.elements, "*"))
    asked_by = {field.element: set(field.asked_by) for field in plan.fields}
    needed_by = {document.material: set(document.needed_by) for document in plan.materials}
    for code in asked:
        assert set(slices[code]) == asked[code]
        assert {element for element in elements if code in asked_by[element]} == asked[code]
        assert {material for material in documents if code in needed_by[material]} == needed[code]
    for document in plan.materials:
        is_produced = bool(plan.chosen & {*first[document.material].produced_by})
        assert (document.way is MaterialWay.PRODUCED) is is_produced, document
    stage_of = {code: number for number, stage in enumerate(plan.stages) for code in stage}
    for item in plan.items:
        assert all(stage_of[prior] < stage_of[item.code] for prior in plan.priors_of(item))
    check_figures(plan)


def check_figures(plan: Plan) -> None:
    """Check what holds whether the choice is lawful or not."""
    assert [code for stage in plan.stages for code in stage] == [item.code for item in plan.items]
    assert plan.raw_fields >= len(plan.fields)
    assert plan.raw_materials >= len(plan.materials)
    assert plan.critical.working <= plan.serial.working
    assert plan.critical.calendar <= plan.serial.calendar
    assert {*plan.critical_items} <= plan.chosen


def check_unlawful(plan: Plan, size: int) -> None:
    assert all(problem.message and problem.rule for problem in plan.problems)
    assert len(plan.items) == size
    check_figures(plan)


def plan_everything(bundle: str, most: int) -> tuple[int, int]:
    """Check every encounter, raw and with what must come before; return how many were lawful and how many not."""
    edition, cases = shipped(bundle), possibilities(bundle)
    lawful: set[Any] = set()
    refused: set[Any] = set()
    applying: dict[int, frozenset[Any]] = {}
    for items, case in encounters(bundle, most):
        if case not in applying:
            everything = Situation(items=tuple(i.code for i in edition.bundle.items), answers=cases[case])
            known = circumstances_of(edition, everything)
            applying[case] = frozenset(
                item.code for item in edition.bundle.items if evaluate(item.applies, known) is True
            )
        situation = Situation(items=items, answers=cases[case])
        fitting = [code for code in items if code in applying[case]]
        completed = with_prerequisites(edition, fitting, situation=situation)
        for chosen in dict.fromkeys((items, completed)):
            # a choice refused once is not planned again for the same reason
            if (chosen, case) in lawful or (chosen, applying[case]) in refused:
                continue
            plan = make_plan(edition, Situation(items=chosen, answers=cases[case]))
            if plan.allowed:
                lawful.add((chosen, case))
                check_lawful(plan)
            else:
                refused.add((chosen, applying[case]))
                check_unlawful(plan, len(chosen))
    return len(lawful), len(refused)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_choice_is_either_lawful_and_asks_everything_once_or_says_why_not(bundle: str) -> None:
    lawful, refused = plan_everything(bundle, MANY)
    assert lawful >= 4
    assert refused >= 1


@pytest.mark.slow
@pytest.mark.parametrize("bundle", BUNDLES)
def test_sixteen_times_as_many_choices_hold_as_well(bundle: str) -> None:
    lawful, refused = plan_everything(bundle, VERY_MANY)
    assert lawful >= 4
    assert refused >= 1


def test_of_a_restaurant_whatever_applies_may_be_chosen_together_with_the_licence_check() -> None:
    edition, cases = shipped("open-restaurant"), possibilities("open-restaurant")
    areas = (120, 326.4, 480)  # on both sides of the 300 m² from which fire inspection applies
    lawful = sum(
        make_plan(edition, Situation(items=tuple(items), answers=cases[case] | {"venue-area": area})).allowed
        for case in range(0, cases.count, len(cases.values["venue-area"]))
        for area in areas
        for items in subsets(tuple(item.code for item in edition.bundle.items))
        if cases[case]["element:by-agent"]
    )
    # food permit or not; fire inspection or not where the area asks for it; three items that one question opens each
    assert lawful == 2 * (1 + 2 + 2) * (1 + 2) ** 3


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_document_whose_producers_are_not_chosen_is_handed_in_or_fetched_again(bundle: str) -> None:
    edition, cases = shipped(bundle), possibilities(bundle)
    again = {
        Acquisition.APPLICANT: MaterialWay.UPLOAD,
        Acquisition.GENERATED: MaterialWay.GENERATED,
    }
    for case in {turn * STRIDE % cases.count for turn in range(16)}:
        codes = tuple(item.code for item in edition.bundle.items)
        for document in make_plan(edition, Situation(items=codes, answers=cases[case])).materials:
            others = tuple(code for code in codes if code not in document.produced_by)
            without = make_plan(edition, Situation(items=others, answers=cases[case]))
            acquisition = edition.materials[document.material].acquisition
            for found in without.materials:
                if found.material == document.material and document.way is MaterialWay.PRODUCED:
                    assert found.way is again.get(acquisition, MaterialWay.SHARED)


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
    assert {
        "birth-certificate",
        "newborn-household-page",
        "business-licence",
        "death-certificate",
    } <= produced
