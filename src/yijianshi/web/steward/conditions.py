"""
A small builder for conditions (适用情形): question · comparison · value, up to three joined by “and” or “or”.

What is more than that is shown in words and left to the expert's view.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yijianshi.domain.conditions import MalformedCondition, explain
from yijianshi.domain.definitions import Kind
from yijianshi.web import parts as p
from yijianshi.web.parts.asked import Posted

from .writing import FormRefused

ROWS = 3
#: Drawn as a list to choose from, however few the choices.
LIST = Kind.REGION
_COMPARISONS = {
    "eq": "是",
    "ne": "不是",
    "gte": "至少",
    "gt": "大于",
    "lte": "至多",
    "lt": "小于",
    "has": "包含",
}
_SELECTED = "selected:"
_TRUTHS = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A condition as the builder shows it: its rows, how they are joined, and the whole in words."""

    prefix: str
    rows: tuple[tuple[p.Asked, p.Asked, p.Asked], ...]
    join: p.Asked
    words: str
    is_beyond: bool  # more than the builder can show


def build(prefix: str, condition: Any, tree: Mapping[str, Any], *, label: str = "哪种情形") -> Built:
    """Return the builder for a condition of a manuscript, with an empty row to write in."""
    parts, join = _apart(condition)
    keys = tuple(p.Option(key, words) for key, words in _keys(tree).items())
    comparisons = tuple(p.Option(word, said) for word, said in _COMPARISONS.items())
    rows = []
    for n in range(min(ROWS, len(parts or ()) + 1)):
        word, key, value = parts[n] if parts is not None and n < len(parts) else ("", "", "")
        rows.append(
            (
                p.Asked(name=f"{prefix}.{n}.key", label=f"{label} {n + 1}", kind=LIST, value=key, options=keys, optional=True),
                p.Asked(name=f"{prefix}.{n}.word", label="比较", kind=LIST, value=word, options=comparisons, optional=True),
                p.Asked(name=f"{prefix}.{n}.value", label="值", value=_said(value), optional=True, hint="是非题写“是”或“否”" if n == 0 else ""),
            )
        )  # fmt: skip
    return Built(
        prefix=prefix,
        rows=tuple(rows),
        join=p.Asked(
            name=f"{prefix}.join", label="几条之间", kind=LIST, value=join, optional=True,
            options=(p.Option("all", "都要成立"), p.Option("any", "成立一条就行")),
        ),
        words=in_words(condition, tree),
        is_beyond=parts is None,
    )  # fmt: skip


def posted_condition(prefix: str, data: Posted, tree: Mapping[str, Any], *, was: Any) -> Any:
    """
    Return the condition that was built; None for none; what the builder cannot show stays as it was.

    :raises FormRefused: if a comparison or a value is missing or does not fit its question.
    """
    if _apart(was)[0] is None:
        return was
    parts = list(_posted_parts(prefix, data, tree))
    if len(parts) < 2:
        return parts[0] if parts else None
    return {"any" if data.get(f"{prefix}.join", "") == "any" else "all": parts}


def in_words(condition: Any, tree: Mapping[str, Any]) -> str:
    """Return a condition in Chinese, or that it cannot be understood."""
    if not condition:
        return "任何情形"
    names = _keys(tree)
    try:
        return explain(condition, name_of=lambda key: names.get(key) or names.get(_SELECTED + key) or key)
    except (MalformedCondition, TypeError, ValueError, KeyError, AttributeError):
        return "看不懂，请到专家视图改"


def _posted_parts(prefix: str, data: Posted, tree: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    questions = {str(q.get("key")): q for q in tree.get("questions") or () if isinstance(q, dict)}
    for n in range(ROWS):
        key = data.get(f"{prefix}.{n}.key", "").strip()
        if not key:
            continue
        if key.startswith(_SELECTED):
            yield {"selected": key.removeprefix(_SELECTED)}
            continue
        word = data.get(f"{prefix}.{n}.word", "").strip() or "eq"
        value = data.get(f"{prefix}.{n}.value", "").strip()
        asked = questions.get(key, {})
        yield {word: [key, _value(value, asked, f"f-{prefix}-{n}-value")]}


def _value(text: str, question: Mapping[str, Any], field: str) -> Any:
    match question.get("type"):
        case "bool":
            if text.lower() not in _TRUTHS:
                raise FormRefused(field, f"“{question.get('text')}”是是非题，值请写“是”或“否”")
            return _TRUTHS[text.lower()]
        case "number":
            try:
                number = float(text)
            except ValueError as error:
                raise FormRefused(field, f"“{question.get('text')}”答的是数字，值请写数字") from error
            return int(number) if number.is_integer() else number
        case "choice" | "multi":
            options = [str(one) for one in question.get("options") or ()]
            if text not in options:
                raise FormRefused(field, f"“{question.get('text')}”只能选：{'、'.join(options)}")
    return text


def _keys(tree: Mapping[str, Any]) -> dict[str, str]:
    keys = {
        str(one.get("key")): str(one.get("text") or one.get("key"))
        for one in tree.get("questions") or ()
        if isinstance(one, dict)
    }
    for item in tree.get("items") or ():
        if isinstance(item, dict) and item.get("code"):
            keys[f"{_SELECTED}{item['code']}"] = f"同时选办：{item.get('short') or item.get('name')}"
    return keys


def _apart(condition: Any) -> tuple[list[tuple[str, str, Any]] | None, str]:
    """Return the rows of a simple condition and how they are joined; None where it is more than the builder shows."""
    if not condition:
        return [], "all"
    if not isinstance(condition, dict) or len(condition) != 1:
        return None, "all"
    word, operand = next(iter(condition.items()))
    joined = operand if word in ("all", "any") and isinstance(operand, list) else [condition]
    rows = [_simple(part) for part in joined]
    if len(rows) > ROWS or any(row is None for row in rows):
        return None, "all"
    return [row for row in rows if row is not None], word if word in ("all", "any") else "all"


def _simple(part: Any) -> tuple[str, str, Any] | None:
    if not isinstance(part, dict) or len(part) != 1:
        return None
    word, operand = next(iter(part.items()))
    if word == "selected" and isinstance(operand, str):
        return "", _SELECTED + operand, ""
    if word in _COMPARISONS and isinstance(operand, list) and len(operand) == 2:
        key, value = operand
        if isinstance(key, str) and not key.startswith("element:") and not isinstance(value, dict | list):
            return word, key, value
    return None


def _said(value: Any) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
