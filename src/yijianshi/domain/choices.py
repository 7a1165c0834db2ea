"""
The widest lawful choice (全部适用): as many items as may be handled together, with the answers under which they may be.

A reform is planned for the whole of a one-thing, before anybody has come with a situation of his own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .catalogue import Bundle, Question, ServiceItem
from .codes import ItemCode, LicenceCode
from .conditions import Condition, evaluate, keys_of, mentions
from .editions import Edition
from .plans import Problem, Situation, circumstances_of, offers, problems_of

#: How often every question is gone through again; a later answer may open what an earlier one had closed.
_ROUNDS = 3


def is_open_to(bundle: Bundle, kind: str) -> bool:
    """Return whether a person or an enterprise may apply: what is a person's own is no enterprise's."""
    return not (bundle.audience == "individual" and kind == "enterprise")


def widest_choice(edition: Edition, *, answers: Mapping[str, Any] | None = None) -> Situation:
    """
    Return the situation in which most items may be handled together; `answers` already given are kept.

    Of items that exclude each other the one that is usual stays, else the first; what is only possible later is left out.
    """
    given = {key: value for key, value in (answers or {}).items() if value not in (None, "", [])}
    open_questions = [q for q in edition.bundle.questions if q.key not in given]
    tries = {q.key: tuple(_answers_to(q, edition)) for q in open_questions}
    chosen = {key: values[0] for key, values in tries.items() if values}
    texts = frozenset(_texts(edition))
    best = _choose(edition, {**given, **chosen}, texts)
    matters = frozenset().union(*map(keys_of, conditions_of_items(edition)))
    tries = {q.key: tries[q.key] for q in open_questions if {q.key, f"element:{q.element}"} & matters}
    for _ in range(_ROUNDS):
        before = best
        for key, values in tries.items():
            for value in values:
                tried = _choose(edition, {**given, **chosen, key: value}, best.texts_met)
                if _worth(edition, tried) > _worth(edition, best):
                    chosen[key], best = value, tried
        for text in sorted(texts):
            tried = _choose(edition, {**given, **chosen}, best.texts_met ^ {text})
            if _worth(edition, tried) > _worth(edition, best):
                best = tried
        if best == before:
            break
    return best


def _worth(edition: Edition, situation: Situation) -> tuple[int, int]:
    """Every obstacle weighs more than any number of items."""
    return -len(problems_of(edition, situation)), len(situation.items)


def _choose(edition: Edition, answers: Mapping[str, Any], texts: frozenset[str]) -> Situation:
    """Return what may be chosen under these answers, taking away what the rules refuse until nothing is refused."""
    usual = {item.code for item in edition.bundle.items if item.default_selected}
    wanted = [item.code for item in edition.bundle.items if not item.deferred]
    held: frozenset[LicenceCode] = frozenset()
    while True:
        situation = Situation(items=tuple(wanted), answers=answers, texts_met=texts, held=held)
        known = circumstances_of(edition, situation)
        applying = [code for code in wanted if evaluate(edition.item(code).applies, known) is True]
        if applying != wanted:
            wanted = applying
            continue
        problems = problems_of(edition, situation)
        problem = next((p for p in problems if p.rule not in ("empty", "precondition")), None)
        if problem is None:
            return situation
        licence = _licence_instead(edition, problem, held)
        if licence is not None:
            held |= {licence}
            continue
        gone = _given_up(edition, problem, wanted, usual) & {*wanted}
        if not gone:
            return situation  # nothing that is given up would help here; other answers may
        wanted = [code for code in wanted if code not in gone]


def _licence_instead(edition: Edition, problem: Problem, held: frozenset[LicenceCode]) -> LicenceCode | None:
    """A prerequisite that cannot be chosen along is taken to be held already, where it is a licence."""
    if problem.rule not in ("prerequisite", "any-prerequisite"):
        return None
    licences = (edition.item(code).result.licence for code in problem.items[1:])
    return next((licence for licence in licences if licence and licence not in held), None)


def _given_up(
    edition: Edition, problem: Problem, wanted: list[ItemCode], usual: set[ItemCode]
) -> set[ItemCode]:
    picked = [code for code in problem.items if code in wanted]
    if problem.rule == "exclusive":
        return set(picked) - {_kept(picked, usual)}
    if problem.rule == "choose":
        most = min((r.max for r in edition.bundle.rules if r.items == problem.items and r.max), default=0)
        first = sorted(picked, key=lambda code: code not in usual)
        return set(first[most:]) or set(picked)
    if problem.rule in ("prerequisite", "any-prerequisite"):
        return {problem.items[0]}
    return set(picked) or set(wanted)


def _kept(picked: list[ItemCode], usual: set[ItemCode]) -> ItemCode:
    return next((code for code in picked if code in usual), picked[0])


def _answers_to(question: Question, edition: Edition) -> Iterator[Any]:
    """Yield what may be answered, as far as it tells situations apart; what opens most usually comes first."""
    if question.type == "bool":
        yield from (True, False)
    elif question.type == "choice":
        yield from question.options
    elif question.type == "multi":
        yield list(question.options)
        yield from ([option] for option in question.options)
    else:
        bounds = sorted({*_bounds(question, edition)})
        yield from dict.fromkeys(
            [number for bound in reversed(bounds) for number in (bound, bound + 1, max(bound - 1, 0))] or [1]
        )


def _bounds(question: Question, edition: Edition) -> Iterator[float]:
    params = {key: parameter.value for key, parameter in (edition.bundle.params or {}).items()}
    keys = {question.key, f"element:{question.element}"}
    for condition in conditions_of_items(edition):
        if keys & keys_of(condition):
            for compared in _compared(condition, keys):
                value = params.get(compared["param"]) if isinstance(compared, Mapping) else compared
                if isinstance(value, int | float) and not isinstance(value, bool):
                    yield value


def _compared(condition: Condition, keys: set[str]) -> Iterator[Any]:
    word, operand = next(iter(condition.items()))
    if word in ("all", "any"):
        for part in operand:
            yield from _compared(part, keys)
    elif word == "not":
        yield from _compared(operand, keys)
    elif isinstance(operand, list | tuple) and operand and operand[0] in keys:
        yield operand[1]


def conditions_of_items(edition: Edition) -> Iterator[Condition]:
    """Yield every condition that decides what applies, what is asked and what is handed in."""
    yield from (precondition.condition for precondition in edition.bundle.preconditions)
    for item in edition.bundle.items:
        yield item.applies
        yield from (field.required_if for field in item.fields if field.required_if)
        yield from (need.required_if for need in item.materials if need.required_if)


def _texts(edition: Edition) -> Iterator[str]:
    for condition in conditions_of_items(edition):
        yield from mentions(condition, "text")


def left_out(edition: Edition, situation: Situation) -> tuple[tuple[ServiceItem, str], ...]:
    """Return the items that are not chosen, each with why."""
    return tuple(
        (offer.item, offer.reason or offer.item.note)
        for offer in offers(edition, situation)
        if offer.item.code not in situation.items
    )
