"""One variable of the environment, read as what it should be, or refused in words that say what would do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

_YES, _NO = {"1", "yes", "true", "on", "是"}, {"0", "no", "false", "off", "否", ""}
_Choice = TypeVar("_Choice", bound=StrEnum)


class EnvironmentUnusable(Exception):
    """A variable of the environment cannot be understood."""


def choice(variables: Mapping[str, str], name: str, kind: type[_Choice], usual: _Choice) -> _Choice:
    """Return one of the words of an enumeration. :raises EnvironmentUnusable: if it is another."""
    text = variables.get(name) or usual.value
    try:
        return kind(text)
    except ValueError:
        allowed = "、".join(member.value for member in kind)
        raise EnvironmentUnusable(f"{name} 是「{text}」，只能是 {allowed} 之一。") from None


def yes(variables: Mapping[str, str], name: str, *, usual: bool) -> bool:
    """Return yes or no. :raises EnvironmentUnusable: if it is neither."""
    if name not in variables:
        return usual
    text = variables[name].strip().lower()
    if text not in _YES | _NO:
        raise EnvironmentUnusable(f"{name} 是「{variables[name]}」，只能是 1（是）或 0（否）。")
    return text in _YES


def number(variables: Mapping[str, str], name: str, *, usual: int, least: int, most: int) -> int:
    """Return a whole number within bounds. :raises EnvironmentUnusable: if it is none, or beyond."""
    text = variables.get(name) or str(usual)
    if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
        raise EnvironmentUnusable(f"{name} 是「{text}」，应为 {least} 至 {most} 之间的整数。")
    return int(text)


def words(variables: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return words set apart by blanks or commas."""
    return tuple(word for word in variables.get(name, "").replace(",", " ").split() if word)
