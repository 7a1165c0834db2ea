"""The fullest lawful situation of a one-thing, and plausible answers to whatever it asks: worked out, never written down."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.domain.specimens import shipped
from yijianshi.domain.catalogue import Question, Rule
from yijianshi.domain.codes import DivisionCode, ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan, Situation, make_plan, offers, with_prerequisites
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.catalogue.reasoning import conditions_of

HOME = DivisionCode("320106")
#: Every one-thing of the shipped catalogue.
ALL = tuple(sorted(shipped_catalogue().bundles))
#: One of each build: the largest, in phases, one case per member, either of two before, asked of registers, together.
BUILDS = (
    "construction-approval", "employee-onboarding", "enterprise-opening", "movable-mortgage", "newborn",
    "open-restaurant", "open-transport-company", "policy-benefits", "school-enrolment", "second-hand-home",
)  # fmt: skip
#: Every one-thing, those that are built like another only in the long trials.
SLOWLY = tuple(one if one in BUILDS else pytest.param(one, marks=pytest.mark.slow) for one in ALL)


@cache
def fullest_answers(bundle: str) -> dict[str, Any]:
    """Return the answers under which most items can be handled together, found question by question."""
    edition = shipped(bundle)
    tried: dict[str, tuple[int, int, int]] = {}

    def worth(these: dict[str, Any]) -> tuple[int, int, int]:
        key = repr(sorted(these.items()))
        if key not in tried:
            tried[key] = _worth(edition, these)
        return tried[key]

    answers = {q.key: next(_possible(q, edition)) for q in edition.bundle.questions}
    for _ in range(3):
        before = dict(answers)
        for question in edition.bundle.questions:
            # The first of equals wins, so that the search ends.
            answers = max(
                (
                    answers | {question.key: value}
                    for value in (answers[question.key], *_possible(question, edition))
                ),
                key=worth,
            )
        if answers == before:
            break
    return answers


def fullest_choice(edition: Edition, situation: Situation) -> tuple[ItemCode, ...]:
    """Return as many items as the rules let somebody choose together in this situation."""
    chosen: tuple[ItemCode, ...] = ()
    while True:
        more = _with_more(edition, replace(situation, items=chosen))
        if more == chosen:
            return chosen
        chosen = more


def _with_more(edition: Edition, situation: Situation) -> tuple[ItemCode, ...]:
    chosen = situation.items
    offered = [
        offer.item
        for offer in offers(edition, situation)
        if offer.standing in ("suggested", "optional") and offer.item.result.licence not in situation.held
    ]
    # Whatever depends on one of several alternatives comes last, when it is known which of them is there.
    for item in sorted(offered, key=lambda item: bool(item.depends_on_any)):
        together = [
            r.items
            for r in edition.bundle.rules
            if r.kind in ("together", "tied-by-law") and item.code in r.items
        ]
        wanted = dict.fromkeys([*chosen, item.code, *(code for items in together for code in items)])
        tried = with_prerequisites(edition, wanted, situation=situation)
        if not _breaks(edition, tried, situation):
            chosen = tried
    return chosen


def plan_of(edition: Edition, answers: dict[str, Any]) -> Plan:
    """Return the plan of the fullest choice in a situation."""
    chosen = fullest_choice(edition, Situation(items=(), answers=answers))
    return make_plan(edition, Situation(items=chosen, answers=answers), strict=False)


def _worth(edition: Edition, answers: dict[str, Any]) -> tuple[int, int, int]:
    plan = plan_of(edition, answers)
    return -len(plan.problems), len(plan.items), len(plan.fields)


def _breaks(edition: Edition, items: Iterable[ItemCode], situation: Situation) -> bool:
    """Whether a choice can no longer become lawful by choosing more."""
    tried = Situation(items=tuple(items), answers=situation.answers, held=situation.held)
    few = {rule.items for rule in edition.bundle.rules if _wants_more(rule, tried.items)}
    return any(
        problem.rule not in ("precondition", "empty") and problem.items not in few
        for problem in make_plan(edition, tried, strict=False).problems
    )


def _wants_more(rule: Rule, items: tuple[ItemCode, ...]) -> bool:
    return rule.kind == "choose" and len(set(items) & set(rule.items)) < rule.min


def _possible(question: Question, edition: Edition) -> Iterator[Any]:
    if question.type == "bool":
        yield from (True, False)
    elif question.type == "choice":
        yield from question.options
    elif question.type == "multi":
        yield list(question.options)
        yield from ([option] for option in question.options)
    else:
        yield 120
        yield from sorted(_limits(question, edition))


def _limits(question: Question, edition: Edition) -> set[float]:
    """Return values at, below and above each number with which a condition compares the answer."""
    params = edition.bundle.params or {}
    found: set[float] = set()

    def visit(tree: Any) -> None:
        if isinstance(tree, dict):
            for operand in tree.values():
                visit(operand)
        elif isinstance(tree, list):
            if len(tree) == 2 and tree[0] in (question.key, f"element:{question.element}"):
                limit = tree[1]
                if isinstance(limit, dict):
                    limit = params[limit["param"]].value
                if isinstance(limit, int | float):
                    found.update((limit, limit + 20, max(0, limit - 20)))
            for part in tree:
                visit(part)

    for _, condition in conditions_of(edition.bundle):
        visit(condition)
    return found
