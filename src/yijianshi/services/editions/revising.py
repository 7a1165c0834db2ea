"""
Changing one part of a manuscript's text as a form does, while everything else stays as it was written.

The form and the expert's view edit the same text: what a form changes is written anew in its own lines only, comments
elsewhere stay. Where that cannot be done safely the whole text is written anew.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..catalogue.lines import Lines, NotYaml, Rows, parse_yaml, plain
from .texts import name_of_row, span_of, written

#: Where a head entry that was not there before is put: before the long lists.
_LISTS = ("params", "questions", "preconditions", "rules", "role_hints", "co_applicants", "items", "improvements", "elements", "materials", "licences")  # fmt: skip


class PartUnknown(LookupError):
    """The manuscript has no such part; somebody may have removed it meanwhile."""

    def __init__(self, name: str) -> None:
        super().__init__(f"稿子里没有“{name}”；可能刚被别人删去，请回到目录看一眼")


def tree_of(text: str) -> dict[str, Any]:
    """Return the text as plain values; a text that is no mapping is an empty one. :raises NotYaml: if it is not YAML."""
    tree = parse_yaml(text)
    return plain(tree) if isinstance(tree, Lines) else {}


def row_of(text: str, part: str, name: str) -> dict[str, Any]:
    """Return one row of a list by its name, in plain values. :raises PartUnknown: if there is none."""
    for at, row in enumerate(tree_of(text).get(part) or ()):
        if name_of_row(row, at) == name:
            return row if isinstance(row, dict) else {}
    raise PartUnknown(name)


def with_entries(text: str, entries: Mapping[str, Any]) -> str:
    """Return the text with entries of its head changed; what is empty is left out."""
    for key, value in entries.items():
        tree = parse_yaml(text)
        if (
            not isinstance(tree, Lines)
            or plain(tree.get(key)) == value
            or (_is_empty(value) and key not in tree)
        ):
            continue
        expected = plain(tree)
        if _is_empty(value):
            del expected[key]
        else:
            expected = _in_place(expected, key, value)
        text = _settled(_spliced_entry(text, tree, key, value), expected)
    return text


def with_row(text: str, part: str, name: str, row: Any) -> str:
    """
    Return the text with one row of a list changed, or added at its end; None removes it.

    :raises PartUnknown: if it is to be removed and there is none.
    """
    tree = parse_yaml(text)
    if not isinstance(tree, Lines):
        raise PartUnknown(part)
    rows = list(plain(tree.get(part)) or ())
    at = next((n for n, one in enumerate(rows) if name_of_row(one, n) == name), None)
    if at is None and row is None:
        raise PartUnknown(name)
    if at is not None and rows[at] == row:
        return text
    expected = plain(tree)
    if row is None:
        changed = rows[:at] + rows[at + 1 :]  # type: ignore[operator]
    elif at is None:
        changed = [*rows, row]
    else:
        changed = [*rows[:at], row, *rows[at + 1 :]]
    expected = _in_place(expected, part, changed) if changed or part == "items" else _without(expected, part)
    lines = text.splitlines()
    held = tree.get(part)
    if isinstance(held, Rows) and held and changed and _is_block(lines, held):
        return _settled(_spliced_row(lines, tree, part, at, row), expected)
    return _settled(_spliced_entry(text, tree, part, changed), expected)


def moved_row(text: str, part: str, name: str, *, by: int) -> str:
    """Return the text with one row of a list further up or down."""
    rows = list(tree_of(text).get(part) or ())
    at = next((n for n, one in enumerate(rows) if name_of_row(one, n) == name), None)
    if at is None:
        raise PartUnknown(name)
    to = max(0, min(len(rows) - 1, at + by))
    if to == at:
        return text
    rows.insert(to, rows.pop(at))
    return with_entries(text, {part: rows})


def _spliced_entry(text: str, tree: Lines, key: str, value: Any) -> str:
    lines = text.splitlines()
    fresh = [] if _is_empty(value) else written({key: value}).splitlines()
    if key in tree:
        begin, end = _trimmed(lines, *span_of(tree, key, len(lines)))
        lines[begin - 1 : end] = fresh
    else:
        later = [tree.keys_at[name] for name in _LISTS if name in tree] if key not in _LISTS else []
        later += (
            [tree.keys_at[n] for n in _LISTS[_LISTS.index(key) + 1 :] if n in tree] if key in _LISTS else []
        )
        at = _before_comments(lines, min(later)) if later else len(lines) + 1
        lines[at - 1 : at - 1] = fresh
    return "\n".join(lines) + "\n"


def _spliced_row(lines: list[str], tree: Lines, part: str, at: int | None, row: Any) -> str:
    rows: Rows = tree[part]
    indent = len(lines[rows.rows_at[0] - 1]) - len(lines[rows.rows_at[0] - 1].lstrip())
    fresh = [] if row is None else [" " * indent + line for line in written([row]).splitlines()]
    _, last = _trimmed(lines, *span_of(tree, part, len(lines)))
    if at is None:
        lines[last:last] = fresh
    else:
        end = rows.rows_at[at + 1] - 1 if at + 1 < len(rows.rows_at) else last
        begin, end = _trimmed(lines, rows.rows_at[at], end)
        lines[begin - 1 : end] = fresh
    return "\n".join(lines) + "\n"


def _settled(text: str, expected: dict[str, Any]) -> str:
    """Return the text if it says what it should, else the same written anew as a whole."""
    try:
        if tree_of(text) == expected:
            return text
    except NotYaml:
        pass  # a splice into an unusual layout; the whole is written anew below
    return written(expected)


def _trimmed(lines: Sequence[str], begin: int, end: int) -> tuple[int, int]:
    """Return the span without the blank lines and comments at its end, which belong to what follows."""
    while end > begin and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return begin, end


def _before_comments(lines: Sequence[str], line: int) -> int:
    while line > 1 and (lines[line - 2].lstrip().startswith("#") or not lines[line - 2].strip()):
        line -= 1
    return line


def _is_block(lines: Sequence[str], rows: Rows) -> bool:
    """Return whether every row begins a line of its own with a dash."""
    return len(set(rows.rows_at)) == len(rows.rows_at) and all(
        lines[line - 1].lstrip().startswith("- ") for line in rows.rows_at
    )


def _in_place(tree: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    return {**tree, key: value}


def _without(tree: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in tree.items() if name != key}


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}
