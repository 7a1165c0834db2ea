"""
What a process is made of (流程的构成): lanes, steps and flows, and what holds of any such graph, whatever it is about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from .codes import ItemCode


class NodeKind(StrEnum):
    """What a node of a process is (节点类型), in the words of BPMN 2.0."""

    START = "start"
    END = "end"
    TASK = "task"  # somebody does it
    AUTOMATIC = "automatic"  # a register answers
    JOINT = "joint"  # several departments in one visit
    SPLIT = "split"  # what follows runs side by side
    JOIN = "join"  # waits for all
    CHOICE = "choice"  # one way or the other
    MERGE = "merge"  # whichever way it came
    MESSAGE = "message"  # waits for somebody's answer
    TIMER = "timer"  # waits for days to pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Whose work stands in one row of the picture (泳道)."""

    key: str
    name: str
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One step of a process (节点); `days` is what it may take, None where nobody promised anything."""

    key: str
    kind: NodeKind
    lane: str
    name: str = ""
    says: str = ""
    note: str = ""
    items: tuple[ItemCode, ...] = ()
    days: float | None = None
    unit: str = "working"
    critical: bool = False

    @property
    def is_work(self) -> bool:
        """Whether somebody or something does it, so that it is drawn as a box with words inside."""
        return self.kind in (NodeKind.TASK, NodeKind.AUTOMATIC, NodeKind.JOINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """That one step follows another (流向)."""

    source: str
    target: str
    name: str = ""
    critical: bool = False
    exceptional: bool = False  # only where something was missing
    stacked: bool = False  # handed over at once, so that it is drawn one above the other

    @property
    def key(self) -> str:
        return f"flow-{self.source}-{self.target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process with its lanes, steps and flows (办理流程)."""

    code: str
    name: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]

    def node(self, key: str) -> Node:
        """Return the step under a key. :raises KeyError: if there is none."""
        for node in self.nodes:
            if node.key == key:
                return node
        raise KeyError(key)


def nearest(before: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Return only the nearest predecessors, since what they waited for is done by then."""
    return {
        key: tuple(p for p in before if p in priors and not any(p in before[q] for q in priors))
        for key, priors in before.items()
    }


def with_gateways(nodes: Iterable[Node], flows: Iterable[Flow]) -> tuple[list[Node], list[Flow]]:
    """Put a gateway wherever a step has several ways out or in; with one it needs none."""
    known, drawn = list(nodes), list(flows)
    gateways = (NodeKind.CHOICE, NodeKind.MERGE)
    placed: list[Node] = []
    for node in known:
        out = [flow for flow in drawn if flow.source == node.key]
        into = [flow for flow in drawn if flow.target == node.key]
        if len(into) > 1 and node.kind not in gateways:
            join = Node(key=f"join-{node.key}", kind=NodeKind.JOIN, lane=node.lane)
            drawn = [replace(f, target=join.key) if f in into else f for f in drawn]
            drawn.append(Flow(source=join.key, target=node.key))
            placed.append(join)
        placed.append(node)
        if len(out) > 1 and node.kind is not NodeKind.CHOICE:
            split = Node(key=f"split-{node.key}", kind=NodeKind.SPLIT, lane=node.lane)
            drawn = [replace(f, source=split.key) if f in out else f for f in drawn]
            drawn.append(Flow(source=node.key, target=split.key))
            placed.append(split)
    return placed, drawn


def with_way(nodes: Iterable[Node], flows: Iterable[Flow], way: list[str]) -> tuple[Flow, ...]:
    """Mark the flows of the longest way: from each of its steps to the next over nothing that takes days."""
    drawn = list(flows)
    passable = {node.key for node in nodes if not node.items or node.kind is not NodeKind.TASK}
    passable -= {node.key for node in nodes if node.kind is NodeKind.AUTOMATIC and node.key not in way}
    ahead: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for flow in drawn:
        if not flow.exceptional:
            ahead.setdefault(flow.source, []).append(flow.target)
            behind.setdefault(flow.target, []).append(flow.source)
    marked: set[tuple[str, str]] = set()
    for start, goal in pairwise(way):
        onward, back = _reach(start, ahead, passable, goal), _reach(goal, behind, passable, start)
        both = onward & back
        marked |= {(f.source, f.target) for f in drawn if f.source in both and f.target in both}
    return tuple(
        replace(flow, critical=(flow.source, flow.target) in marked and not flow.exceptional)
        for flow in drawn
    )


def _reach(start: str, onward: Mapping[str, list[str]], passable: set[str], goal: str) -> set[str]:
    found, queue = {start}, [start]
    while queue:
        for key in onward.get(queue.pop(), ()):
            if key not in found and (key in passable or key == goal):
                found.add(key)
                if key != goal:
                    queue.append(key)
    return found
