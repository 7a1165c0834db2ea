"""
Read a situation that somebody wrote down (情形), so that a plan can be made of it without any database.

A slip is refused and never taken for a “no”: a misspelt question would otherwise quietly change the plan.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from yijianshi.domain.catalogue import Question
from yijianshi.domain.codes import ItemCode, LicenceCode
from yijianshi.domain.conditions import mentions
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Situation

from .lines import Lines, NotYaml, parse_yaml, plain
from .reasoning import conditions_of

_NUMBERS = {Kind.INT, Kind.NUMBER, Kind.MONEY, Kind.YEAR}


class UnreadableSituation(ValueError):
    """The situation is not understood; the message says what is wrong and what would do."""


def read_situation(text: str, *, edition: Edition) -> Situation:
    """
    Return the situation that `text`, YAML or JSON, describes for the edition's one-thing.

    Keys other than items, answers, conditions_met, existing_results, commitments, groups and deferred_items
    are not looked at.

    :raises UnreadableSituation: if it is malformed, or speaks of items, questions or options that do not exist.
    """
    written = _written(text)
    known = {item.code for item in edition.bundle.items}
    for key in ("items", "commitments", "deferred_items"):
        for code in _texts(written, key):
            if code not in known:
                raise UnreadableSituation(
                    f"{key} 里的“{code}”不是“{edition.bundle.title}”的事项；现有：{'、'.join(sorted(known))}"
                )
    return Situation(
        items=tuple(ItemCode(code) for code in dict.fromkeys(_texts(written, "items"))),
        answers=_answers(_mapping(written, "answers"), edition),
        texts_met=frozenset(_conditions_met(written, edition)),
        held=frozenset(LicenceCode(code) for code in _texts(written, "existing_results")),
        commitments=frozenset(ItemCode(code) for code in _texts(written, "commitments")),
        groups=_groups(_mapping(written, "groups"), edition),
    )


def _written(text: str) -> Lines:
    try:
        written = parse_yaml(text)
    except NotYaml as error:
        raise UnreadableSituation(
            f"第 {error.line} 行不是合格的 YAML 或 JSON：{error}；检查缩进、冒号和引号"
        ) from error
    if not isinstance(written, Lines):
        raise UnreadableSituation("情形最外层应是“键: 值”，至少写 items；照 catalogue/README.md 的样子写")
    if "cases" in written and "items" not in written:
        raise UnreadableSituation("这是一组情形（cases），一次只读一个；请取出其中一个另存为文件")
    if "items" not in written:
        raise UnreadableSituation("没有写 items；请写上要办的事项，如 items: [licence-check]")
    for holder in (written, written.get("answers")):
        if isinstance(holder, Lines) and holder.repeated:
            key, line = holder.repeated[0]
            raise UnreadableSituation(f"第 {line} 行“{key}”写了两次；只留一处")
    return written


def _texts(written: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = written.get(key)
    if value is None and key != "items":
        return ()
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise UnreadableSituation(f"{key} 应是编码的列表，如 {key}: [a, b]，现在是 {_shown(value)}")
    return tuple(value)


def _mapping(written: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = plain(written.get(key))
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UnreadableSituation(f"{key} 应是一组“键: 值”，现在是 {_shown(value)}")
    return value


def _conditions_met(written: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    known = {text for _, condition in conditions_of(edition.bundle) for text in mentions(condition, "text")}
    for text in _texts(written, "conditions_met"):
        if text not in known:
            choices = "、".join(f"“{one}”" for one in sorted(known)) or "没有文字条件"
            raise UnreadableSituation(f"conditions_met 里的“{text}”不是这件事的条件；现有：{choices}")
        yield text


def _answers(given: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    questions = {question.key: question for question in edition.bundle.questions}
    for key, value in given.items():
        if key in questions:
            _check_answer(key, value, questions[key])
            element = f"element:{questions[key].element}"
            if element in given and None not in (value, given[element]) and given[element] != value:
                raise UnreadableSituation(f"“{key}”和“{element}”是同一个回答，却不一样；只留一个")
        elif key.startswith("element:") and (code := key.removeprefix("element:")) in edition.elements:
            _check_element(key, value, edition.elements[code])  # type: ignore[index]
        else:
            choices = "、".join(questions) or "没有问题"
            raise UnreadableSituation(
                f"answers 里的“{key}”不是“{edition.bundle.title}”的问题；现有：{choices}，或“element:数据元编码”"
            )
    return dict(given)


def _check_answer(key: str, value: Any, question: Question) -> None:
    if question.type == "bool":
        _demand(key, value, lambda v: isinstance(v, bool), "true 或 false")
    elif question.type == "number":
        _demand(key, value, _is_number, "数字")
    elif question.type == "choice":
        _demand_option(key, [value], question.options)
    else:
        _demand(key, value, lambda v: isinstance(v, list), f"列表，从中选：{'、'.join(question.options)}")
        _demand_option(key, value or [], question.options)


def _check_element(key: str, value: Any, element: DataElement) -> None:
    if element.kind in (Kind.BOOL, Kind.DECLARATION):
        _demand(key, value, lambda v: isinstance(v, bool), "true 或 false")
    elif element.kind in _NUMBERS:
        _demand(key, value, _is_number, "数字")
    elif element.kind is Kind.MULTI_ENUM:
        _demand(key, value, lambda v: isinstance(v, list), "列表")
        _demand_option(key, value or [], element.values)
    elif element.kind is Kind.TABLE:
        _demand(key, value, lambda v: isinstance(v, list), "列表，每行一组“键: 值”")
    else:
        _demand(key, value, lambda v: isinstance(v, str), "文字")
        _demand_option(key, [value], element.values)


def _demand(key: str, value: Any, is_right: Callable[[Any], bool], wanted: str) -> None:
    if value is not None and not is_right(value):
        raise UnreadableSituation(f"“{key}”的回答应是{wanted}，现在是 {_shown(value)}")


def _demand_option(key: str, values: Iterable[Any], options: tuple[str, ...]) -> None:
    for value in values:
        if value is not None and options and value not in options:
            raise UnreadableSituation(f"“{key}”没有选项 {_shown(value)}；请从中选：{'、'.join(options)}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _groups(given: Mapping[str, Any], edition: Edition) -> dict[str, dict[str, Any]]:
    items = edition.bundle.items
    known = {item.per for item in items} | {field.repeat for item in items for field in item.fields}
    for name, group in given.items():
        if name not in known - {""}:
            choices = "、".join(sorted(known - {""})) or "没有可重复的组"
            raise UnreadableSituation(f"groups 里的“{name}”这件事用不到；现有：{choices}")
        each = group.get("per_item") or {} if isinstance(group, dict) else None
        if not isinstance(each, dict) or not all(map(_is_count, (group.get("count"), *each.values()))):
            raise UnreadableSituation(
                f"groups 里的“{name}”应写成 {{count: 人数, per_item: {{事项: 人数}}}}，人数是正整数"
            )
        if strangers := sorted({*each} - {item.code for item in items}):
            raise UnreadableSituation(f"groups 里的“{'、'.join(strangers)}”不是这件事的事项；请改正编码")
    return dict(given)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _shown(value: Any) -> str:
    said = str(plain(value))
    return said if len(said) <= 40 else said[:40] + "…"
