"""
From what a steward wrote to the values of the domain, with every slip found at once and not only the first.

A mapping that cannot be understood is left out and remembered, so that nobody is told twice about one slip.
"""

import dataclasses
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from yijianshi.domain.catalogue import Bundle, Fee, Improvement, Limit, Question, Rule, ServiceItem
from yijianshi.domain.definitions import Certainty, Division, Law, Level

from .findings import Place, Remark
from .lines import Lines, Rows, plain
from .shorthand import long_form

T = TypeVar("T")

#: A key that any mapping may carry: what the department must still confirm about it (待确认).
CONFIRM = "confirm"

#: The ranks of laws and documents (效力级别), highest first.
RANKS = (
    "法律",
    "行政法规",
    "国务院决定",
    "地方性法规",
    "部门规章",
    "政府规章",
    "规范性文件",
    "标准",
    "党内法规",
)
_UNITS = ("working", "calendar")
_WORDS: dict[tuple[type, str], tuple[str, ...]] = {
    (Bundle, "audience"): ("individual", "enterprise"),
    (Bundle, "kind"): ("standard", "premium", "future"),
    (Question, "type"): ("bool", "number", "choice", "multi"),
    (Rule, "kind"): ("exclusive", "choose", "together", "tied-by-law"),
    (Rule, "nature"): ("", "parallel", "sequence"),
    (Limit, "unit"): _UNITS,
    (ServiceItem, "public_notice_unit"): _UNITS,
    (Fee, "charged"): ("no", "yes", "unknown"),
    (Fee, "refund"): ("", "full", "none"),
    (Division, "level"): ("province", "city", "county"),
    (Law, "rank"): RANKS,
}
_DAYS: frozenset[tuple[type, str]] = frozenset(
    {
        (Limit, "statutory"),
        (Limit, "promised"),
        (Limit, "extension"),
        (Limit, "without_commitment"),
        (ServiceItem, "public_notice_days"),
        (Improvement, "promised"),
    }
)

_SAID: dict[Any, str] = {
    str: "文字",
    int: "整数",
    float: "数字",
    bool: "true 或 false",
    date: "日期（如 2026-01-01）",
    Level: "1、2、3、4 之一",
}


class Decoder:
    """Turns written mappings into domain values and gathers what is wrong on the way."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.unconfirmed: list[tuple[Place, str]] = []
        self.left_out: set[str] = set()

    def decode(self, value: Any, of: type[T], place: Place) -> T | None:
        """Return `value` as an `of`, or None where that cannot be; its remarks are kept."""
        cleaned = self._clean_mapping(value, of, place)
        return None if cleaned is None else msgspec.convert(cleaned, of)

    def _clean_mapping(self, value: Any, of: type, place: Place) -> dict[str, Any] | None:
        if not isinstance(value, Lines):
            self._wrong_type(place, "一组“键: 值”", value)
            return None
        shapes, needed = _shapes_of(of)
        for key, _ in value.repeated:
            self._remark("duplicate-key", (*place, key), f"“{key}”写了两次", "只留一处")
        cleaned: dict[str, Any] = {}
        for key in list(value):
            shape = shapes.get(key)
            if shape is not None:
                if shape.inner is None and type(value[key]) is str and shape.is_text:
                    cleaned[key] = value[key]
                    continue
                for entry in self._clean_entry(value, key, shape, (*place, key)):
                    cleaned[key] = entry
            elif key == CONFIRM:
                self.unconfirmed.append((place, str(value[key])))
            else:
                self._unknown_key(key, of, place)
        missing = [key for key in needed if key not in cleaned]
        for key in missing:
            if key not in value:
                self._remark("missing-key", place, f"没有写“{key}”", f"补上 {key}")
        if missing and isinstance(value.get("code"), str):
            self.left_out.add(value["code"])
        return None if missing else cleaned

    def _clean_entry(self, holder: Lines, key: str, shape: "_Shape", here: Place) -> Iterator[Any]:
        """Yield the cleaned value of `key`, or nothing where it is not what it should be."""
        value, inner = holder[key], shape.inner
        if value is None and shape.may_be_none:
            yield None
        elif inner is None:
            yield from self._clean_leaf(value, shape, here)
        elif shape.many is tuple:
            if not isinstance(value, Rows):
                self._wrong_type(here, "列表（每行以“- ”开头）", value)
                return
            yield self._clean_rows(value, inner, here)
        elif shape.many is dict:
            if not isinstance(value, Lines):
                self._wrong_type(here, "一组“键: 值”", value)
                return
            parts = {name: self._clean_mapping(part, inner, (*here, name)) for name, part in value.items()}
            yield {name: part for name, part in parts.items() if part is not None}
        else:
            holder[key] = value = long_form(value, inner, holder.keys_at[key])
            if (cleaned := self._clean_mapping(value, inner, here)) is not None:
                yield cleaned

    def _clean_rows(self, rows: Rows, inner: type, place: Place) -> list[dict[str, Any]]:
        found = []
        for at, row in enumerate(rows):
            rows[at] = row = long_form(row, inner, rows.rows_at[at])
            if (cleaned := self._clean_mapping(row, inner, (*place, at))) is not None:
                found.append(cleaned)
        return found

    def _clean_leaf(self, value: Any, shape: "_Shape", place: Place) -> Iterator[Any]:
        written = plain(value)
        try:
            converted = msgspec.convert(written, shape.hint)
        except msgspec.ValidationError:
            rule = "unknown-certainty" if Certainty in _alternatives(shape.hint) else "wrong-type"
            self._wrong_type(place, _describe(shape.hint), value, rule=rule)
            return
        if shape.words and converted not in shape.words:
            self._wrong_type(place, " / ".join(word for word in shape.words if word), value)
        elif shape.is_days and converted is not None and converted < 0:
            self._wrong_type(place, "不小于 0 的天数", value)
        else:
            yield written

    def _unknown_key(self, key: str, of: type, place: Place) -> None:
        known = "、".join(field.name for field in dataclasses.fields(of))
        self._remark("unknown-key", (*place, key), f"不认识“{key}”", f"改成其中一个或删去：{known}")

    def _wrong_type(self, place: Place, wanted: str, value: Any, *, rule: str = "wrong-type") -> None:
        shown = str(plain(value))
        shown = shown if len(shown) <= 40 else shown[:40] + "…"
        key = next((step for step in reversed(place) if isinstance(step, str)), "")
        remedy = (
            "数字编码要加引号，如 '01'"
            if wanted == "文字" and isinstance(value, int | float)
            else f"改成{wanted}"
        )
        self._remark(rule, place, f"“{key}”应是{wanted}，现在是 {shown}", remedy)

    def _remark(self, rule: str, place: Place, message: str, remedy: str) -> None:
        self.remarks.append(Remark(rule, place, message, remedy))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What may stand under one key of a mapping."""

    hint: Any
    inner: type | None  # the dataclass inside, if any
    many: type | None  # tuple or dict, if several of them stand there
    may_be_none: bool
    words: tuple[str, ...] | None
    is_days: bool
    is_text: bool  # any text will do


@cache
def _shapes_of(of: type) -> tuple[dict[str, _Shape], tuple[str, ...]]:
    """Return what may stand under each key of an `of`, and the keys that must be there."""
    shapes, hints = {}, get_type_hints(of)
    fields = dataclasses.fields(of)
    for field in fields:
        hint, words = hints[field.name], _WORDS.get((of, field.name))
        inner, many = _inside(hint)
        shapes[field.name] = _Shape(
            hint=hint,
            inner=inner,
            many=many,
            may_be_none=type(None) in _alternatives(hint),
            words=words,
            is_days=(of, field.name) in _DAYS,
            is_text=words is None and any(_is_text(one) for one in _alternatives(hint)),
        )
    needed = tuple(
        field.name
        for field in fields
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )
    return shapes, needed


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _is_text(hint: Any) -> bool:
    return hint is str or (isinstance(hint, NewType) and hint.__supertype__ is str)


def _inside(hint: Any) -> tuple[type | None, type | None]:
    """Return the dataclass inside `hint` and whether it stands in a tuple or a dictionary."""
    if dataclasses.is_dataclass(hint):
        return cast("type", hint), None
    for arg in _alternatives(hint):
        if dataclasses.is_dataclass(arg):
            return cast("type", arg), None
        origin, args = get_origin(arg), get_args(arg)
        if origin is tuple and args and dataclasses.is_dataclass(args[0]):
            return cast("type", args[0]), tuple
        if origin is dict and dataclasses.is_dataclass(args[1]):
            return cast("type", args[1]), dict
    return None, None


def _describe(hint: Any) -> str:
    if isinstance(hint, NewType):
        return _describe(hint.__supertype__)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return "或".join(_describe(arg) for arg in args if arg is not type(None))
    if origin is tuple:
        return "列表，如 [a, b]" if args[0] is not date else "日期的列表"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " / ".join(hint)
    return _SAID.get(hint, "一组“键: 值”")
