"""
When something applies: conditions over the situation (情形), kept as small JSON trees inside an edition.

A condition is true, false, or unanswered - and then it names the answers it still needs. It can also
say itself in Chinese, so that a refusal can be explained without a second text.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Condition = Mapping[str, Any]

ALWAYS: Condition = {"always": True}


class MalformedCondition(ValueError):
    """The tree is not a condition: an unknown word, or operands of the wrong shape."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The condition cannot be decided until `keys` are answered."""

    keys: frozenset[str]

    def __bool__(self) -> bool:
        raise TypeError("an unanswered condition is neither true nor false; ask for its keys first")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a condition may look at: answers, chosen items, texts known to be true, local parameters."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    selected: frozenset[str] = frozenset()
    texts_met: frozenset[str] = frozenset()
    params: Mapping[str, Any] = field(default_factory=dict)


Verdict = bool | Unanswered

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "in": lambda a, b: a in b,
    "has": lambda a, b: b in a,
}
_SAID: dict[str, str] = {
    "eq": "是",
    "ne": "不是",
    "gt": "大于",
    "gte": "不小于",
    "lt": "小于",
    "lte": "不大于",
    "in": "属于",
    "has": "包含",
}
WORDS = frozenset({"always", "all", "any", "not", "param", "selected", "text", *_COMPARISONS})


def evaluate(condition: Condition, circumstances: Circumstances) -> Verdict:
    """
    Return whether the condition holds, or which answers it still needs.

    Unanswered parts stay open only while they can still matter: `any` with one true part is true.

    >>> evaluate({"gte": ["venue-area", {"param": "least"}]}, Circumstances({"venue-area": 320}, params={"least": 300}))
    True
    >>> sorted(evaluate({"eq": ["married", True]}, Circumstances()).keys)
    ['married']

    :raises MalformedCondition: if the tree is not a condition, or compares what cannot be compared.
    """
    word, operand = _take_apart(condition)
    if word == "always":
        return True
    if word == "all":
        return _gather((evaluate(part, circumstances) for part in operand), decisive=False)
    if word == "any":
        return _gather((evaluate(part, circumstances) for part in operand), decisive=True)
    if word == "not":
        verdict = evaluate(operand, circumstances)
        return verdict if isinstance(verdict, Unanswered) else not verdict
    if word == "selected":
        return operand in circumstances.selected
    if word == "text":
        return operand in circumstances.texts_met
    if word == "param":
        return bool(_parameter(operand, circumstances))
    key, expected = operand
    if key not in circumstances.answers or circumstances.answers[key] in (None, ""):
        return Unanswered(frozenset({key}))
    if isinstance(expected, Mapping) and "param" in expected:
        expected = _parameter(expected["param"], circumstances)
    try:
        return _COMPARISONS[word](circumstances.answers[key], expected)
    except TypeError as error:
        raise MalformedCondition(
            f"{key} = {circumstances.answers[key]!r} cannot be compared by «{word}» with {expected!r}"
        ) from error


def keys_of(condition: Condition) -> frozenset[str]:
    """Return every answer the condition mentions, whether or not it would matter."""
    word, operand = _take_apart(condition)
    if word in ("all", "any"):
        return frozenset().union(*(keys_of(part) for part in operand))
    if word == "not":
        return keys_of(operand)
    return frozenset({operand[0]}) if word in _COMPARISONS else frozenset()


def mentions(condition: Condition, word: str) -> frozenset[str]:
    """Return the operands of `selected`, `text` or `param` anywhere in the condition."""
    return frozenset(_mentions(condition, word))


def explain(condition: Condition, *, name_of: Callable[[str], str] = str) -> str:
    """
    Return the condition in plain Chinese; `name_of` turns a key or a code into its wording.

    >>> explain({"all": [{"eq": ["has-signage", True]}, {"gte": ["venue-area", 300]}]})
    '“has-signage”答“是”，且venue-area不小于300'
    """
    word, operand = _take_apart(condition)
    if word == "always":
        return "任何情形"
    if word in ("all", "any"):
        said = [explain(part, name_of=name_of) for part in operand]
        return ("，且" if word == "all" else "，或者").join(said)
    if word == "not":
        return f"不符合“{explain(operand, name_of=name_of)}”"
    if word == "selected":
        return f"同时办理“{name_of(operand)}”"
    if word == "text":
        return str(operand)
    if word == "param":
        return name_of(operand)
    key, expected = operand
    if isinstance(expected, bool) and word in ("eq", "ne"):
        return f"“{name_of(key)}”答“{'是' if expected is (word == 'eq') else '否'}”"
    if word == "eq" and isinstance(expected, str):
        return f"“{name_of(key)}”答“{expected}”"
    if isinstance(expected, Mapping):
        expected = name_of(expected["param"])
    elif isinstance(expected, list):
        expected = "、".join(map(str, expected))
    return f"{name_of(key)}{_SAID[word]}{expected}"


def _take_apart(condition: Condition) -> tuple[str, Any]:
    if not isinstance(condition, Mapping) or len(condition) != 1:
        raise MalformedCondition(f"a condition has exactly one word, not {condition!r}")
    word, operand = next(iter(condition.items()))
    if word not in WORDS:
        raise MalformedCondition(
            f"«{word}» is not a word of conditions; known are {', '.join(sorted(WORDS))}"
        )
    if word == "always" and operand is not True:
        raise MalformedCondition(f"«always» is always true, not {operand!r}")
    if word in _COMPARISONS and not (
        isinstance(operand, list) and len(operand) == 2 and isinstance(operand[0], str)
    ):
        raise MalformedCondition(f"«{word}» compares [key, value], not {operand!r}")
    if word in ("selected", "text", "param") and not isinstance(operand, str):
        raise MalformedCondition(f"«{word}» names one thing, not {operand!r}")
    if word in ("all", "any") and not isinstance(operand, list):
        raise MalformedCondition(f"«{word}» combines a list of conditions, not {operand!r}")
    return word, operand


def _parameter(name: str, circumstances: Circumstances) -> Any:
    if name not in circumstances.params:
        raise MalformedCondition(f"there is no parameter {name!r}; known are {sorted(circumstances.params)}")
    return circumstances.params[name]


def _gather(verdicts: Iterator[Verdict], *, decisive: bool) -> Verdict:
    missing: frozenset[str] = frozenset()
    for verdict in verdicts:
        if isinstance(verdict, Unanswered):
            missing |= verdict.keys
        elif verdict is decisive:
            return decisive
    return Unanswered(missing) if missing else not decisive


def _mentions(condition: Condition, wanted: str) -> Iterator[str]:
    word, operand = _take_apart(condition)
    if word in ("all", "any"):
        for part in operand:
            yield from _mentions(part, wanted)
    elif word == "not":
        yield from _mentions(operand, wanted)
    elif word == wanted:
        yield operand
    elif word in _COMPARISONS and wanted == "param" and isinstance(operand[1], Mapping):
        yield operand[1]["param"]
