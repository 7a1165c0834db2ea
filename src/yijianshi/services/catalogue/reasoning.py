"""
Conditions that can be decided, and an order that can be kept: no unknown question, no circle.
"""

from collections.abc import Iterator
from typing import Any

from yijianshi.domain.catalogue import Bundle, Catalogue, Question
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.conditions import Condition, MalformedCondition, keys_of, mentions
from yijianshi.domain.definitions import Kind

from .findings import Place, Remark

_ORDERING = {"gt", "gte", "lt", "lte"}
_NUMBERS = {Kind.INT, Kind.NUMBER, Kind.MONEY, Kind.YEAR}


def reasoning_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every condition nobody could decide and every circle of prerequisites."""
    for at, field in enumerate(catalogue.common_fields):
        if field.required_if is not None:
            place: Place = ("common_fields", at, "required_if")
            yield from _condition(field.required_if, place, None, catalogue)
    for bundle in catalogue.bundles.values():
        for place, condition in conditions_of(bundle):
            yield from _condition(condition, place, bundle, catalogue)
        yield from _circles(bundle)


def conditions_of(bundle: Bundle) -> Iterator[tuple[Place, Condition]]:
    """Yield every condition of the bundle with its place."""
    place: Place = ("bundles", bundle.code)
    for at, precondition in enumerate(bundle.preconditions):
        yield (*place, "preconditions", at, "condition"), precondition.condition
    for at, one in enumerate(bundle.co_applicants):
        if one.applies_if is not None:
            yield (*place, "co_applicants", at, "applies_if"), one.applies_if
    for item in bundle.items:
        own = (*place, "items", item.code)
        if item.applies_if is not None:
            yield (*own, "applies_if"), item.applies_if
        for field in item.fields:
            if field.required_if is not None:
                yield (*own, "fields", field.element, "required_if"), field.required_if
        for need in item.materials:
            if need.required_if is not None:
                yield (*own, "materials", need.material, "required_if"), need.required_if


def _condition(
    condition: Condition, place: Place, bundle: Bundle | None, catalogue: Catalogue
) -> Iterator[Remark]:
    try:
        keys, items, params = (
            keys_of(condition),
            mentions(condition, "selected"),
            mentions(condition, "param"),
        )
    except (MalformedCondition, TypeError, AttributeError, ValueError, KeyError) as error:
        message = f"条件写得不对：{error}"
        yield Remark("malformed-condition", place, message, "照 README.md 的条件写法改，如 {eq: [问题, 值]}")
        return
    questions = {question.key: question for question in bundle.questions} if bundle else {}
    known_items = {item.code for item in bundle.items} if bundle else set()
    known_params = set(bundle.params or {}) if bundle else set()
    for key in sorted(keys):
        code = key.removeprefix("element:")
        if key not in questions and not (key != code and code in catalogue.elements):
            remedy = (
                "在 questions 里补上，或用“element:数据元编码”"
                if bundle
                else "公共字段只能看“element:数据元编码”"
            )
            yield Remark("unknown-question", place, f"条件问到“{key}”，没有这个问题", remedy)
    for code in sorted(map(str, items)):
        if code not in known_items:
            yield Remark(
                "unknown-item", place, f"条件提到事项“{code}”，这件事里没有", "改正编码，或补上这个事项"
            )
    for key in sorted(map(str, params)):
        if key not in known_params:
            yield Remark(
                "unknown-parameter", place, f"条件用到参数“{key}”，没有定义", "在 params 里补上它的值和来源"
            )
    for word, key, expected in comparisons(condition):
        yield from _comparison(word, key, expected, place, questions, catalogue)


def comparisons(condition: Condition) -> Iterator[tuple[str, str, Any]]:
    """Yield every comparison within a well-formed condition."""
    word, operand = next(iter(condition.items()))
    if word in ("all", "any"):
        for part in operand:
            yield from comparisons(part)
    elif word == "not":
        yield from comparisons(operand)
    elif isinstance(operand, list):
        yield word, operand[0], operand[1]


def _comparison(
    word: str, key: str, expected: Any, place: Place, questions: dict[str, Question], catalogue: Catalogue
) -> Iterator[Remark]:
    if isinstance(expected, dict):
        return
    kind, options = _answers_of(key, questions, catalogue)
    if kind is None:
        return
    wanted = expected if word == "in" and isinstance(expected, list) else [expected]
    if word in _ORDERING and (kind != "number" or isinstance(expected, bool | str)):
        yield Remark(
            "wrong-comparison",
            place,
            f"“{key}”不是数字，不能用 {word} 比大小",
            "改用 eq 或 in，或改问题的类型",
        )
    elif kind == "bool" and any(not isinstance(value, bool) for value in wanted):
        yield Remark(
            "wrong-comparison", place, f"“{key}”是是非题，只能与 true、false 比", "改成 true 或 false"
        )
    elif options and (strangers := [value for value in wanted if value not in options]):
        said = "、".join(map(str, strangers))
        yield Remark(
            "unknown-option", place, f"“{key}”没有选项“{said}”", f"改成其中一个：{'、'.join(options)}"
        )


def _answers_of(
    key: str, questions: dict[str, Question], catalogue: Catalogue
) -> tuple[str | None, tuple[str, ...]]:
    if key in questions:
        return questions[key].type, questions[key].options
    element = catalogue.elements.get(key.removeprefix("element:"))  # type: ignore[call-overload]
    if element is None:
        return None, ()
    if element.kind is Kind.BOOL:
        return "bool", ()
    return "number" if element.kind in _NUMBERS else "choice", element.values


def _circles(bundle: Bundle) -> Iterator[Remark]:
    """Yield one remark for each item that, by what must come before it, would have to wait for itself."""
    before = {item.code: (*item.depends_on, *item.depends_on_any, *item.after) for item in bundle.items}
    told: set[ItemCode] = set()
    for start in before:
        circle = _way_back(start, before)
        if circle and not told & set(circle):
            told |= set(circle)
            shown = " → ".join((*circle, start))
            item = next(item for item in reversed(bundle.items) if item.code == start)  # as `before` has it
            keys = ("depends_on", "depends_on_any", "after")
            key = next(k for k in keys if {*getattr(item, k)} & {*circle, start})
            place = ("bundles", bundle.code, "items", start, key)
            yield Remark("dependency-cycle", place, f"先后次序成了一个圈：{shown}", "去掉其中一个前置")


def _way_back(start: ItemCode, before: dict[ItemCode, tuple[ItemCode, ...]]) -> tuple[ItemCode, ...]:
    ways: list[tuple[ItemCode, ...]] = [(start,)]
    seen: set[ItemCode] = set()
    while ways:
        way = ways.pop()
        for prior in before.get(way[-1], ()):
            if prior == start:
                return way
            if prior not in seen:
                seen.add(prior)
                ways.append((*way, prior))
    return ()
