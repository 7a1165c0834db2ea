"""
YAML with the line of every entry, so that each fault can be shown where it stands.

Only `true` and `false` are truth values here: a steward may write `yes: 要做招牌` or `charged: no` and mean words.
Dates stay text until they are decoded. The tree is built straight from the events of the parser, because making
nodes first takes longer than everything the check does afterwards.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import yaml

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: The deepest nesting that is read; a catalogue needs about ten.
_DEEPEST = 100
#: The keys that name a row of a list.
_NAMING = ("code", "element", "material", "key", "title")
_MERGE = "<<"
_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")
#: A number with a leading zero is a code, such as 01, and stays text.
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Lines(dict[str, Any]):
    """A mapping that knows the line on which it begins and the line of each key."""

    __slots__ = ("keys_at", "line", "repeated")

    def __init__(self, *, line: int) -> None:
        super().__init__()
        self.line = line
        self.keys_at: dict[str, int] = {}
        self.repeated: list[tuple[str, int]] = []

    def put(self, key: str, value: Any, line: int) -> None:
        self[key] = value
        self.keys_at[key] = line


class Rows(list[Any]):
    """A list that knows the line on which it begins and the line of each entry."""

    __slots__ = ("line", "named_at", "rows_at")

    def __init__(self, *, line: int) -> None:
        super().__init__()
        self.line = line
        self.rows_at: list[int] = []
        self.named_at: dict[Any, int] | None = None  # made when first asked for


class NotYaml(ValueError):
    """The file is not YAML; `line` says where reading stopped."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def parse_yaml(text: str) -> Any:
    """
    Return what the YAML says, its mappings and lists with their lines.

    :raises NotYaml: if it is not YAML.
    """
    try:
        return _Building(_Parser(text)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml(str(error.problem or error.context), mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise NotYaml(str(error), 1) from error


class _Building:
    """Builds the tree of one text, event by event."""

    def __init__(self, parser: Any) -> None:
        self._next: Callable[[], Any] = parser.get_event
        self._named: dict[str, Any] = {}
        self._depth = 0

    def document(self) -> Any:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        tree = self._value(self._next())
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise NotYaml("一个文件里只能有一份内容，不能用“---”分开", after.start_mark.line + 1)
        return tree

    def _value(self, event: Any) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = self._scalar(event)
        elif kind is yaml.AliasEvent:
            if event.anchor not in self._named:
                raise NotYaml(f"前面没有“&{event.anchor}”", event.start_mark.line + 1)
            return self._named[event.anchor]
        else:
            self._depth += 1
            if self._depth > _DEEPEST:
                raise NotYaml(f"嵌套超过 {_DEEPEST} 层", event.start_mark.line + 1)
            value = self._lines(event) if kind is yaml.MappingStartEvent else self._rows(event)
            self._depth -= 1
        if event.anchor is not None:
            self._named[event.anchor] = value
        return value

    def _lines(self, start: Any) -> Lines:
        found = Lines(line=start.start_mark.line + 1)
        merged: list[tuple[Any, int]] = []
        following = self._next
        event = following()
        while type(event) is not yaml.MappingEndEvent:
            line = event.start_mark.line + 1
            key = self._value(event)
            value = self._value(following())
            if key == _MERGE:
                merged.append((value, line))
            else:
                key = key if isinstance(key, str) else str(key)
                if key in found:
                    found.repeated.append((key, line))
                found[key] = value
                found.keys_at[key] = line
            event = following()
        for source, line in merged:
            _merge(source, found, line)
        return found

    def _rows(self, start: Any) -> Rows:
        found = Rows(line=start.start_mark.line + 1)
        following, lines = self._next, found.rows_at
        event = following()
        while type(event) is not yaml.SequenceEndEvent:
            lines.append(event.start_mark.line + 1)
            found.append(self._value(event))
            event = following()
        return found

    def _scalar(self, event: Any) -> Any:
        if event.tag not in _TEXT_TAGS:
            raise NotYaml(f"不认识标签“{event.tag}”", event.start_mark.line + 1)
        return _bare_word(event.value) if event.implicit[0] else event.value


def _merge(source: Any, found: Lines, line: int) -> None:
    """Take over from `source` what is not written in `found` itself."""
    for part in source if isinstance(source, Rows) else (source,):
        if not isinstance(part, Lines):
            raise NotYaml("“<<”后面应是另一组“键: 值”", line)
        for key, value in part.items():
            if key not in found:
                found.put(key, value, part.keys_at[key])


@lru_cache(maxsize=16384)
def _bare_word(text: str) -> Any:
    """Return what a word without quotation marks means: nothing, a truth value, a number, or itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def plain(value: Any) -> Any:
    """Return the value without its lines, as ordinary dictionaries and lists."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value


def line_of(tree: Any, way: tuple[str | int, ...]) -> int:
    """Return the line of the entry that `way` leads to, or of the nearest entry above it that is there."""
    line = getattr(tree, "line", 1)
    for step in way:
        if isinstance(tree, Lines) and step in tree:
            line, tree = tree.keys_at[str(step)], tree[str(step)]
        elif isinstance(tree, Rows) and (row := _row_of(tree, step)) is not None:
            line, tree = tree.rows_at[row], tree[row]
        else:
            break
    return line


def _row_of(rows: Rows, step: str | int) -> int | None:
    if isinstance(step, int):
        return step if 0 <= step < len(rows) else None
    if rows.named_at is None:
        rows.named_at = {}
        for at, row in enumerate(rows):
            for name in [row.get(key) for key in _NAMING] if isinstance(row, dict) else [row]:
                if isinstance(name, str):
                    rows.named_at.setdefault(name, at)
    return rows.named_at.get(step)
