"""
Where everything of a process stands on the picture (版面): lanes as rows, steps as columns, lines in between.

No shape overlaps another, and no line runs through a shape: long lines take a free row or the strip above it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .nodes import Flow, Lane, Node, NodeKind, Process

WORK_WIDTH, WORK_HEIGHT = 132, 64
EVENT, GATEWAY = 36, 44
GUTTER, MARGIN = 40, 12
ROW_HEIGHT, LANE_PADDING = 112, 4
POOL_HEAD, LANE_HEAD = 28, 92
_LEAST_COLUMN = 64  # room for the words below an event


class Point(NamedTuple):
    """A place on the picture, from the upper left corner."""

    x: float
    y: float


class Box(NamedTuple):
    """The place that something takes up."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def overlaps(self, other: "Box") -> bool:
        """Return whether the two share any area."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )


class LaneBox(NamedTuple):
    """A lane and its place."""

    lane: Lane
    box: Box


class NodeBox(NamedTuple):
    """A step and its place."""

    node: Node
    box: Box


class FlowLine(NamedTuple):
    """A flow and the corners of its line, from the edge of one shape to the edge of another."""

    flow: Flow
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A process as it is drawn (版面)."""

    process: Process
    pool: Box
    lanes: tuple[LaneBox, ...]
    nodes: tuple[NodeBox, ...]
    lines: tuple[FlowLine, ...]

    @property
    def width(self) -> float:
        return self.pool.right + MARGIN

    @property
    def height(self) -> float:
        return self.pool.bottom + MARGIN

    def box(self, key: str) -> Box:
        """Return where a step stands. :raises KeyError: if there is none under that key."""
        for placed in self.nodes:
            if placed.node.key == key:
                return placed.box
        raise KeyError(key)


def lay_out(process: Process) -> Layout:
    """Return the picture of a process; the same process is always drawn the same way."""
    columns = _columns(process)
    rows = _rows(process, columns)
    tracks = {
        lane.key: 1 + max((rows[n.key] for n in process.nodes if n.lane == lane.key), default=0)
        for lane in process.lanes
    }
    lefts, widths = _across(process, columns)
    right: float = lefts[-1] + widths[-1] + GUTTER if lefts else POOL_HEAD + LANE_HEAD + GUTTER
    pool_height = sum(tracks[lane.key] * ROW_HEIGHT + 2 * LANE_PADDING for lane in process.lanes)
    lanes, tops, y = [], {}, float(MARGIN)
    for lane in process.lanes:
        height = float(tracks[lane.key] * ROW_HEIGHT + 2 * LANE_PADDING)
        lanes.append(LaneBox(lane, Box(MARGIN + POOL_HEAD, y, right - MARGIN - POOL_HEAD, height)))
        tops[lane.key] = y + LANE_PADDING
        y += height
    boxes: dict[str, Box] = {}
    for node in process.nodes:
        width, height = size_of(node)
        column = columns[node.key]
        middle = tops[node.lane] + rows[node.key] * ROW_HEIGHT + ROW_HEIGHT / 2
        boxes[node.key] = Box(
            lefts[column] + (widths[column] - width) / 2, middle - height / 2, width, height
        )
    return Layout(
        process=process,
        pool=Box(MARGIN, MARGIN, right - MARGIN, pool_height),
        lanes=tuple(lanes),
        nodes=tuple(NodeBox(node, boxes[node.key]) for node in process.nodes),
        lines=tuple(_Router(process, columns, boxes, lefts, widths).lines()),
    )


def size_of(node: Node) -> tuple[float, float]:
    """Return the width and height of a step's shape."""
    if node.is_work:
        return WORK_WIDTH, WORK_HEIGHT
    if node.kind in (NodeKind.SPLIT, NodeKind.JOIN, NodeKind.CHOICE, NodeKind.MERGE):
        return GATEWAY, GATEWAY
    return EVENT, EVENT


def _columns(process: Process) -> dict[str, int]:
    """Return each step's column: one after the last that it follows, or the same where it is handed over at once."""
    into: dict[str, list[Flow]] = {node.key: [] for node in process.nodes}
    for flow in process.flows:
        into[flow.target].append(flow)
    columns: dict[str, int] = {}

    def column(key: str) -> int:
        if key not in columns:
            columns[key] = 0  # a cycle, which the catalogue check refuses, would end here
            columns[key] = max((column(f.source) + (not f.stacked) for f in into[key]), default=0)
        return columns[key]

    for key in into:
        column(key)
    return columns


def _rows(process: Process, columns: dict[str, int]) -> dict[str, int]:
    """Return each step's row within its lane: that of the step before it where it is free."""
    taken: set[tuple[str, int, int]] = set()
    rows: dict[str, int] = {}
    lane_of = {node.key: node.lane for node in process.nodes}
    for node in sorted(process.nodes, key=lambda n: columns[n.key]):
        before = [f.source for f in process.flows if f.target == node.key]
        wanted = [rows[p] for p in before if lane_of[p] == node.lane and p in rows]
        row = min(wanted, default=0)
        while (node.lane, columns[node.key], row) in taken:
            row += 1
        if wanted and row > max(wanted):
            free = next(r for r in range(row + 1) if (node.lane, columns[node.key], r) not in taken)
            row = min(row, free)
        taken.add((node.lane, columns[node.key], row))
        rows[node.key] = row
    return rows


def _across(process: Process, columns: dict[str, int]) -> tuple[list[float], list[float]]:
    """Return where each column begins and how wide it is."""
    count = 1 + max(columns.values(), default=-1)
    widths = [float(_LEAST_COLUMN)] * count
    for node in process.nodes:
        widths[columns[node.key]] = max(widths[columns[node.key]], size_of(node)[0])
    lefts, x = [], float(MARGIN + POOL_HEAD + LANE_HEAD + GUTTER)
    for width in widths:
        lefts.append(x)
        x += width + GUTTER
    return lefts, widths


class _Router:
    """Finds the corners of each line."""

    def __init__(
        self,
        process: Process,
        columns: dict[str, int],
        boxes: dict[str, Box],
        lefts: list[float],
        widths: list[float],
    ) -> None:
        self._process, self._columns, self._boxes = process, columns, boxes
        self._lefts, self._rights = lefts, [x + w for x, w in zip(lefts, widths, strict=True)]

    def lines(self) -> Iterable[FlowLine]:
        for flow in self._process.flows:
            yield FlowLine(flow, _without_repeats(self._corners(flow)))

    def _corners(self, flow: Flow) -> list[Point]:
        source, target = self._boxes[flow.source], self._boxes[flow.target]
        first, last = self._columns[flow.source], self._columns[flow.target]
        if first == last:  # one above the other
            down = source.y < target.y
            x = source.middle.x
            return [
                Point(x, source.bottom if down else source.y),
                Point(x, target.y if down else target.bottom),
            ]
        start, end = Point(source.right, source.middle.y), Point(target.x, target.middle.y)
        after, before = self._rights[first] + GUTTER * 0.35, self._lefts[last] - GUTTER * 0.35
        if self._is_free(start.y, first, last):
            turn = after if last == first + 1 and self._has_several(flow.source) else before
            return [start, Point(turn, start.y), Point(turn, end.y), end]
        if self._is_free(end.y, first, last):
            return [start, Point(after, start.y), Point(after, end.y), end]
        strip = end.y - ROW_HEIGHT / 2 + 6
        return [
            start, Point(after, start.y), Point(after, strip), Point(before, strip), Point(before, end.y), end,
        ]  # fmt: skip

    def _is_free(self, y: float, first: int, last: int) -> bool:
        """Return whether no shape stands at this height between two columns."""
        return not any(
            first < self._columns[key] < last and box.y <= y <= box.bottom for key, box in self._boxes.items()
        )

    def _has_several(self, key: str) -> bool:
        return sum(flow.source == key for flow in self._process.flows) > 1


def _without_repeats(points: list[Point]) -> tuple[Point, ...]:
    """Drop corners that are none."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (kept[-2].x == kept[-1].x == point.x or kept[-2].y == kept[-1].y == point.y):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)
