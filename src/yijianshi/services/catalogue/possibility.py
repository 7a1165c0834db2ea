"""
Whether a condition can ever hold: tried with every answer that could make a difference to it (条件能不能成立).
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise, product
from math import prod
from typing import Any

from yijianshi.domain.catalogue import Bundle, Catalogue, Question
from yijianshi.domain.conditions import (
    Circumstances,
    Condition,
    MalformedCondition,
    evaluate,
    keys_of,
    mentions,
)
from yijianshi.domain.definitions import Kind

_NUMBERS = {Kind.INT, Kind.NUMBER, Kind.MONEY, Kind.YEAR}
#: Beyond so many cases a condition is taken to be possible; no real one comes near.
_MOST_CASES = 20_000


class Possibility:
    """Tells of the conditions of one bundle whether some situation meets them, and whether some does not."""

    def __init__(self, bundle: Bundle, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._questions = {question.key: question for question in bundle.questions}
        self._by_element = {q.element: q for q in bundle.questions if q.element}
        self._params = {key: parameter.value for key, parameter in (bundle.params or {}).items()}
        self._closed = {item.code for item in bundle.items if item.deferred}

    def of(self, *conditions: Condition) -> bool:
        """Return whether some situation meets all the conditions; one that is malformed is told of elsewhere."""
        return self._some({"all": list(conditions)}, wanted=True)

    def of_not(self, condition: Condition) -> bool:
        """Return whether some situation does not meet the condition."""
        return self._some(condition, wanted=False)

    def _some(self, condition: Condition, *, wanted: bool) -> bool:
        try:
            return any(evaluate(condition, case) is wanted for case in self._cases(condition))
        except (MalformedCondition, TypeError, AttributeError, ValueError, KeyError):
            return True

    def _cases(self, condition: Condition) -> Iterator[Circumstances]:
        expected = _expectations(condition, self._params)
        keys = sorted(keys_of(condition))
        subjects = {key: self._subject(key) for key in keys}
        choices = {subject: self._answers(subject, keys, subjects, expected) for subject in subjects.values()}
        items = sorted(mentions(condition, "selected"))
        texts = sorted(mentions(condition, "text"))
        switches = [(False,) if code in self._closed else (True, False) for code in items]
        switches += [(True, False) for _ in texts]
        # a parameter that is true or false is a switch that each place sets for itself
        local = sorted(p for p in mentions(condition, "param") if isinstance(self._params.get(p), bool))
        switches += [(True, False) for _ in local]
        if prod(map(len, (*choices.values(), *switches))) > _MOST_CASES:
            raise ValueError("too many cases")
        named = list(choices)
        for answers in product(*choices.values()):
            by_subject = dict(zip(named, answers, strict=True))
            for on in product(*switches):
                state = iter(on)
                yield Circumstances(
                    answers={key: by_subject[subjects[key]] for key in keys},
                    selected=frozenset(code for code in items if next(state)),
                    texts_met=frozenset(text for text in texts if next(state)),
                    params={**self._params, **{name: next(state) for name in local}},
                )

    def _subject(self, key: str) -> str:
        """Return one name for a question and for the element whose value its answer is."""
        code = key.removeprefix("element:")
        if code != key and code in self._by_element:
            return self._by_element[code].key  # type: ignore[index]
        return key

    def _answers(
        self,
        subject: str,
        keys: list[str],
        subjects: Mapping[str, str],
        expected: Mapping[str, list[Any]],
    ) -> list[Any]:
        """Return the answers to a question that can make a difference, the expected ones first."""
        wanted = [value for key in keys if subjects[key] == subject for value in expected[key]]
        kind, options = self._kind_of(subject)
        if kind == "bool":
            return [True, False]
        if kind == "number":
            points = sorted({v for v in wanted if isinstance(v, int | float) and not isinstance(v, bool)})
            around = [n for point in points for n in (point, point + 1, point - 1)]
            between = [(a + b) / 2 for a, b in pairwise(points)]
            return [*dict.fromkeys((*around, *between))] or [0]
        if kind == "multi":
            named = [value for value in dict.fromkeys(wanted) if not options or value in options]
            return [
                [value for value, is_on in zip(named, on, strict=True) if is_on]
                for on in product((True, False), repeat=len(named))
            ]
        if options:
            return [*sorted(options, key=lambda option: option not in wanted)]
        return [*dict.fromkeys(wanted), "另外的值"]

    def _kind_of(self, subject: str) -> tuple[str, tuple[str, ...]]:
        question: Question | None = self._questions.get(subject)
        if question is not None:
            return question.type, question.options
        element = self._catalogue.elements.get(subject.removeprefix("element:"))  # type: ignore[call-overload]
        if element is None:
            return "", ()
        if element.kind in (Kind.BOOL, Kind.DECLARATION):
            return "bool", ()
        if element.kind is Kind.MULTI_ENUM:
            return "multi", element.values
        return ("number" if element.kind in _NUMBERS else ""), element.values


def _expectations(condition: Condition, params: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return, by question, every value that the condition compares its answer with."""
    found: dict[str, list[Any]] = {key: [] for key in keys_of(condition)}
    queue: list[Any] = [condition]
    while queue:
        word, operand = next(iter(queue.pop().items()))
        if word in ("all", "any"):
            queue += operand
        elif word == "not":
            queue.append(operand)
        elif isinstance(operand, list):
            key, value = operand
            if isinstance(value, Mapping):
                value = params[value["param"]]
            found[key] += value if word == "in" and isinstance(value, list) else [value]
    return found
