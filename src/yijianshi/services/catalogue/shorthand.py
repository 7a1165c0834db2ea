"""
The short forms a steward may write, and what they stand for (简写).

`- premises-floor` is a field that is asked; `- father-name?: marriage-register` is optional and comes from a register;
`- 住宅 80 元/件` is a published sum, which is kept in fen.
"""

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from yijianshi.domain.catalogue import PRIOR, Field, MaterialNeed, StandardSum
from yijianshi.domain.definitions import Basis

from .lines import Lines

_SUM = re.compile(r"^(?P<name>.+?)\s+(?P<yuan>\d{1,9})(?:\.(?P<rest>\d{1,2}))?\s*元/(?P<per>\S+)$")
_WITH_ARTICLE = re.compile(r"^(?P<title>.+?)\s+(?P<article>第\S+条.*)$")


def long_form(value: Any, of: type, line: int) -> Any:
    """Return `value` in its long form if it is a short form of `of`, and unchanged otherwise."""
    expand = _SHORT.get(of)
    return expand(value, line) if expand else value


def _basis(value: Any, line: int) -> Any:
    if not isinstance(value, str):
        return value
    parts = _WITH_ARTICLE.match(value)
    return _of(line, **(parts.groupdict() if parts else {"title": value}))


def _field(value: Any, line: int) -> Any:
    code, rest = _one_code(value, Field)
    if code is None:
        return value
    spelt = _of(line, element=code.removesuffix("?"))
    if code.endswith("?"):
        spelt.put("required", False, line)
    if isinstance(rest, str):
        spelt.put("prefill", rest, line)
    elif isinstance(rest, Lines):
        if "prior" in rest and "prefill" not in rest:
            spelt.put("prefill", PRIOR, rest.keys_at["prior"])
        _take_over(rest, spelt)
    elif rest is not None:
        return value
    return spelt


def _material(value: Any, line: int) -> Any:
    code, rest = _one_code(value, MaterialNeed)
    if code is None or not (rest is None or isinstance(rest, Lines)):
        return value
    spelt = _of(line, material=code.removesuffix("?"))
    if code.endswith("?"):
        spelt.put("required", False, line)
    if rest is not None:
        _take_over(rest, spelt)
    return spelt


def _sum(value: Any, line: int) -> Any:
    if not isinstance(value, str) or not (found := _SUM.match(value)):
        return value
    fen = int(found["yuan"]) * 100 + int((found["rest"] or "0").ljust(2, "0"))
    spelt = _of(line, name=found["name"], per=found["per"])
    spelt.put("fen", fen, line)
    return spelt


def _one_code(value: Any, of: type) -> tuple[str | None, Any]:
    if isinstance(value, str):
        return value, None
    if isinstance(value, dict) and len(value) == 1:
        key, rest = next(iter(value.items()))
        if key not in {field.name for field in fields(of)}:
            return key, rest
    return None, None


def _of(line: int, **entries: str) -> Lines:
    spelt = Lines(line=line)
    for key, entry in entries.items():
        spelt.put(key, entry, line)
    return spelt


def _take_over(rest: Lines, spelt: Lines) -> None:
    for key, entry in rest.items():
        spelt.put(key, entry, rest.keys_at[key])
    spelt.repeated += rest.repeated


_SHORT: dict[type, Callable[[Any, int], Any]] = {
    Basis: _basis, Field: _field, MaterialNeed: _material, StandardSum: _sum,
}  # fmt: skip
