"""
The text of a manuscript (稿): the file of one one-thing, with the elements, materials and licences that it brings along.

A whole text stands for a one-thing of the place's own; an improving text says what the place does better than the
standard above. Both are YAML in the catalogue's own words, so that an expert and a form edit the same source.
"""

import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from yijianshi.domain.catalogue import Improvement
from yijianshi.domain.codes import BundleCode, DivisionCode

from ..catalogue.decoding import Decoder
from ..catalogue.findings import Place, Remark
from ..catalogue.lines import Lines, NotYaml, Rows, line_of, parse_yaml, plain
from ..catalogue.reading import PARTS

WHOLE, IMPROVING = "whole", "improving"
#: What a manuscript may bring along besides the shared lists.
BROUGHT = ("elements", "materials", "licences")


@dataclass(frozen=True, slots=True)
class Laid:
    """A whole text laid over the catalogue's folder: what to read in whose stead, and which line is which."""

    overlay: dict[str, str]
    own: str  # the file of the one-thing
    lines: dict[str, tuple[int, list[int]]] = field(default_factory=dict)  # file → its own length, our lines

    def line(self, file: str, line: int) -> int | None:
        """Return the manuscript's line for a line of a file, or None if the manuscript did not write it."""
        if file == self.own:
            return line
        length, ours = self.lines.get(file, (0, []))
        return ours[line - length - 1] if length < line <= length + len(ours) else None


def kind_of(text: str) -> str:
    """Return whether a text is a whole one-thing or what improves one. :raises NotYaml: if it is not YAML."""
    tree = parse_yaml(text)
    return IMPROVING if isinstance(tree, Lines) and "improves" in tree else WHOLE


def lay_over(text: str, *, bundle: BundleCode, folder: Path) -> Laid:
    """
    Return the text as files over the folder.

    :raises NotYaml: if the text is not YAML.
    """
    tree = parse_yaml(text)
    own = f"bundles/{bundle}.yaml"
    overlay: dict[str, str] = {}
    lines = text.splitlines()
    ours: dict[str, tuple[int, list[int]]] = {}
    for part in BROUGHT:
        if not isinstance(tree, Lines) or part not in tree:
            continue
        begin, end = span_of(tree, part, len(lines))
        lines[begin - 1 : end] = [""] * (end - begin + 1)
        rows = tree[part]
        if isinstance(rows, Rows) and rows:
            name = PARTS[part][0]
            shared = (folder / name).read_text(encoding="utf-8").rstrip("\n") + "\n"
            # a row per line, so that what is found there can be told at the manuscript's own line
            brought = "".join(f"  - {json.dumps(plain(row), ensure_ascii=False)}\n" for row in rows)
            overlay[name] = shared + brought
            ours[name] = (shared.count("\n"), list(rows.rows_at))
    overlay[own] = "\n".join(lines) + "\n"
    return Laid(overlay, own, ours)


def span_of(tree: Lines, key: str, total: int) -> tuple[int, int]:
    """Return the first and the last line of an entry of the outermost mapping."""
    begin = tree.keys_at[key]
    later = [line for line in tree.keys_at.values() if line > begin]
    return begin, (min(later) - 1 if later else total)


def read_improvements(
    text: str, *, bundle: BundleCode, division: DivisionCode
) -> tuple[tuple[Improvement, ...], list[tuple[Remark, int]]]:
    """
    Return what an improving text says, and what in it is not understood, each with its line.

    :raises NotYaml: if the text is not YAML.
    """
    tree = parse_yaml(text)
    decoder = Decoder()
    if not isinstance(tree, Lines) or not isinstance(tree.get("improvements"), Rows | type(None)):
        wrong = Remark("wrong-type", (), "优化稿应写 improves 和 improvements 列表", "照起草时给的样子写")
        return (), [(wrong, 1)]
    found = []
    for key in tree:
        if key not in ("improves", "improvements", "note"):
            decoder.remarks.append(Remark("unknown-key", (key,), f"不认识“{key}”", "优化稿只写 improvements"))
    for at, row in enumerate(tree.get("improvements") or ()):
        place: Place = ("improvements", at)
        if isinstance(row, Lines):
            for key, value in (("division", division), ("bundle", bundle)):
                if row.get(key, value) != value:
                    decoder.remarks.append(
                        Remark("wrong-type", (*place, key), f"“{key}”只能是 {value}", "删去这一行")
                    )
                row.put(key, value, row.line)
        improvement = decoder.decode(row, Improvement, place)
        if improvement is not None:
            found.append(improvement)
    return tuple(found), [(remark, line_of(tree, remark.place)) for remark in decoder.remarks]


def improving_text(bundle: BundleCode, title: str, improvements: tuple[Improvement, ...]) -> str:
    """Return the text that says what a place improves on a one-thing, empty or as it is now."""
    rows = []
    for one in improvements:
        row: dict[str, Any] = {"item": str(one.item)}
        for key in ("promised", "visits", "without_materials", "on_commitment", "without_fields", "free"):
            value = getattr(one, key)
            if value not in (None, (), False):
                row[key] = list(value) if isinstance(value, tuple) else value
        rows.append(row)
    head = f"# {title}：本地比上级标准做得更好的地方；写法见 README.md 的“各地”。\nimproves: {bundle}\n"
    return head + written({"improvements": rows})


def written(value: Any) -> str:
    """Return plain values as YAML in the catalogue's manner: short groups on one line, nothing sorted."""
    dumper = yaml.SafeDumper(io.StringIO(), default_flow_style=None, sort_keys=False)
    node = dumper.represent_data(value)
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = False  # the outermost lines stand one below the other, however short they are
    text: str = yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=110, indent=2)
    return text


def part_at(text: str, line: int) -> tuple[str, ...]:
    """Return the way to what stands on a line, by codes: items, signage-permit, materials, sign-rendering."""
    try:
        node = parse_yaml(text)
    except NotYaml:
        return ()
    way: list[str] = []
    while True:
        if isinstance(node, Lines):
            keys = [(at, key) for key, at in node.keys_at.items() if at <= line]
            if not keys:
                return tuple(way)
            key = max(keys)[1]
            way.append(key)
            node = node[key]
        elif isinstance(node, Rows):
            at = max((n for n, begins in enumerate(node.rows_at) if begins <= line), default=None)
            if at is None:
                return tuple(way)
            way.append(name_of_row(node[at], at))
            node = node[at]
        else:
            return tuple(way)


def name_of_row(row: Any, at: int) -> str:
    """Return by what a row of a list is called: its code, its key, its single word, else its number."""
    if isinstance(row, dict):
        for key in ("code", "key", "element", "material", "item"):
            if isinstance(row.get(key), str):
                return str(row[key])
        if len(row) == 1:
            return str(next(iter(row))).removesuffix("?")
    return row.removesuffix("?") if isinstance(row, str) else str(at)
