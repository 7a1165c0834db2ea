"""
One item, one name, one code, one basis, one type from the province down to the county (四级四同).

What most rows of a code say counts as the standard; every row that says otherwise is told at its place.
Basis: 国发〔2022〕5号.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from .listed import ListedItem
from .matching import deeds, strict
from .places import Cell, Finding
from .values import TYPES

Kind = Callable[[ListedItem], str]


def differences_between_levels(items: list[ListedItem], *, kind_of: Kind) -> Iterator[Finding]:
    """
    Yield what rows with one basic code say differently, and what rows with one name are coded differently.

    :param kind_of: which sort of department handles an item; one name may rightly be used by two of them.
    """
    by_code: dict[str, list[ListedItem]] = {}
    by_name: dict[str, list[ListedItem]] = {}
    for item in items:
        if len(item.basic_code) == 12:
            by_code.setdefault(item.basic_code, []).append(item)
            by_name.setdefault(strict(item.name), []).append(item)
    for code, same in by_code.items():
        if len(same) > 1:
            yield from _differing(
                same, "name-differs", "名称", "事项名称", lambda i: strict(i.name), lambda i: i.name, code
            )
            yield from _differing(
                same, "basis-differs", "设定依据", "设定依据", _laws, lambda i: i.basis, code
            )
            yield from _differing(
                same,
                "type-differs",
                "事项类型",
                "事项类型",
                lambda i: i.type,
                lambda i: TYPES.get(i.type, i.type),
                code,
            )
    for same in by_name.values():
        if len({item.basic_code for item in same}) > 1:
            yield from _other_codes(same, kind_of)


def _differing(
    same: list[ListedItem],
    rule: str,
    word: str,
    column: str,
    key: Callable[[ListedItem], str],
    shown: Callable[[ListedItem], str],
    code: str,
) -> Iterator[Finding]:
    keys = [(key(item), item) for item in same]
    counted = Counter(text for text, _ in keys if text)
    if len(counted) < 2:
        return
    standard = _first_most(counted, [text for text, _ in keys])
    example = next(shown(item) for text, item in keys if text == standard)
    for text, item in keys:
        if text and text != standard:
            yield Finding(
                rule, _beside(item, column), item.title,
                f"基本编码 {code} 有 {counted[standard]} 处{word}是“{_short(example)}”，这里是“{_short(shown(item))}”",
                f"{word}按国家和省的基本目录统一，下级不改",
            )  # fmt: skip


def _other_codes(same: list[ListedItem], kind_of: Kind) -> Iterator[Finding]:
    by_kind: dict[str, list[ListedItem]] = {}
    for item in same:
        by_kind.setdefault(kind_of(item), []).append(item)
    for group in by_kind.values():
        counted = Counter(item.basic_code for item in group)
        if len(counted) < 2:
            continue
        standard = _first_most(counted, [item.basic_code for item in group])
        for item in group:
            if item.basic_code != standard and deeds(item.subname) == deeds(item.name):
                yield Finding(
                    "code-differs", _beside(item, "基本编码"), item.title,
                    f"同名事项有 {counted[standard]} 处的基本编码是 {standard}，这里是 {item.basic_code}",
                    "按基本目录统一编码；确实是两个事项的，名称要分得清",
                )  # fmt: skip


def _first_most(counted: "Counter[str]", order: list[str]) -> str:
    """Return what is said most often, and among equals what stands first in the list."""
    most = max(counted.values())
    return next(text for text in order if text and counted[text] == most)


def _laws(item: ListedItem) -> str:
    """Return the laws that a basis names, whatever else it quotes of them."""
    named = sorted(set(re.findall(r"《(.+?)》", item.basis)))
    return "|".join(strict(name) for name in named) or strict(item.basis)


def _beside(item: ListedItem, column: str) -> Cell:
    return Cell(item.cell.file, item.cell.sheet, item.cell.row, column)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:38] + "…"
