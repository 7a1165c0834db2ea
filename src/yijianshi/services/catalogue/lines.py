"""
YAML with the line of every entry, so that each fault can be shown where it stands.

Only `true` and `false` are truth values here: a steward may write `yes: 要做招牌` or `charged: no` and mean words.
"""

from collections.abc import Hashable
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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

    __slots__ = ("line", "rows_at")

    def __init__(self, *, line: int) -> None:
        super().__init__()
        self.line = line
        self.rows_at: list[int] = []


class NotYaml(ValueError):
    """The file is not YAML; `line` says where reading stopped."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


class _Loader(_Base):
    """The safe loader, with lines and with the truth values of YAML 1.2."""


def _is_kept(tag: str, first: str) -> bool:
    """Return whether bare words beginning with `first` may be read as `tag`; dates stay text until they are decoded."""
    if tag == "tag:yaml.org,2002:bool":
        return first in "tTfF"
    return tag != "tag:yaml.org,2002:timestamp"


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if _is_kept(tag, first)]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}


def _mapping(loader: Any, node: yaml.MappingNode) -> Any:
    found = Lines(line=node.start_mark.line + 1)
    yield found
    loader.flatten_mapping(node)
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, Hashable) or not isinstance(key, str):
            key = str(key)
        if key in found:
            found.repeated.append((key, line))
        found.put(key, loader.construct_object(value_node, deep=True), line)


def _rows(loader: Any, node: yaml.SequenceNode) -> Any:
    found = Rows(line=node.start_mark.line + 1)
    yield found
    for entry in node.value:
        found.append(loader.construct_object(entry, deep=True))
        found.rows_at.append(entry.start_mark.line + 1)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _rows)


def parse_yaml(text: str) -> Any:
    """
    Return what the YAML says, its mappings and lists with their lines.

    :raises NotYaml: if it is not YAML.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - derived from the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml(str(error.problem or error.context), mark.line + 1 if mark else 1) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotYaml(str(error), 1) from error


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
    for at, row in enumerate(rows):
        named = (
            (row.get(key) for key in ("code", "element", "material", "key"))
            if isinstance(row, dict)
            else (row,)
        )
        if step in named:
            return at
    return None
