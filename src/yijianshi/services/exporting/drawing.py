"""
The picture of a process (流程图) as SVG: only elements and presentation attributes, so that a strict page may carry it.
"""

from collections.abc import Iterator
from html import escape
from math import ceil

from yijianshi.domain.layouts import LANE_HEAD, POOL_HEAD, Box, FlowLine, LaneBox, Layout, NodeBox, Point
from yijianshi.domain.nodes import NodeKind

INK, SOFT, LINE, PAPER = "#11203b", "#5a6780", "#7d8ba5", "#ffffff"
BLUE, BLUE_SOFT, GREEN, GREEN_SOFT, AMBER, AMBER_SOFT = (
    "#1155d4", "#e6effd", "#0b7a4b", "#e2f4ea", "#8a4a00", "#fff2da",
)  # fmt: skip
_GROUND = ("#ffffff", "#f6f9fc")
_FONT = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"


def draw(layout: Layout, *, title: str = "", describes: str = "") -> str:
    """
    Return the picture as an SVG element, with a name and a description for whoever cannot see it.

    :param title: what it is called; the process's own name where nothing is said.
    :param describes: the text alternative; the steps in order where nothing is said.
    """
    title, describes = title or layout.process.name, describes or in_words(layout)
    width, height = f"{layout.width:g}", f"{layout.height:g}"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" class="process" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{_FONT}" font-size="14" fill="{INK}">'
    )
    parts = [
        opening,
        f"<title>{escape(title)}</title><desc>{escape(describes)}</desc>",
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        *(_lane(lane, number) for number, lane in enumerate(layout.lanes)),
        _pool(layout),
        *(_line(line) for line in sorted(layout.lines, key=lambda line: line.flow.critical)),
        *(_words_on(line, layout) for line in layout.lines if line.flow.name),
        *(_node(placed) for placed in layout.nodes),
        "</svg>",
    ]
    return "".join(parts)


def in_words(layout: Layout) -> str:
    """Return the process as sentences, in the order in which the steps stand: the picture's text alternative."""
    names = {lane.key: lane.name for lane in layout.process.lanes}
    said = [
        f"{names[placed.node.lane]}：{placed.node.name}"
        + (f"（{placed.node.says}）" if placed.node.says else "")
        for placed in sorted(layout.nodes, key=lambda placed: (placed.box.x, placed.box.y))
        if placed.node.name
    ]
    return "；".join(said) + "。"


def wrapped(words: str, *, width: int, most: int) -> tuple[str, ...]:
    """
    Return words cut into even lines of at most `width` Chinese characters, with an ellipsis where they do not fit.

    >>> wrapped("一窗收件，一次初审", width=8, most=2)
    ('一窗收件，', '一次初审')
    >>> wrapped("公众聚集场所投入使用、营业前消防安全检查", width=8, most=2)
    ('公众聚集场所投入', '使用、营业前消…')
    """
    whole = sum(map(_size, words))
    count = max(1, ceil(whole / width))
    even = width if count > most else whole / count
    lines, line = [], ""
    for character in words:
        full = sum(map(_size, line)) + _size(character) / 2 > even
        if full and line and character not in "，。、；：）”？":
            lines.append(line)
            line = ""
        line += character
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: width - 1] + "…"]
    return tuple(lines)


def _size(character: str) -> float:
    return 0.55 if character.isascii() else 1.0


def _pool(layout: Layout) -> str:
    box = layout.pool
    head = Box(box.x, box.y, POOL_HEAD, box.height)
    x, y = f"{head.middle.x:g}", f"{head.middle.y:g}"
    name = escape(layout.process.name)
    return (
        f'<rect {_place(head)} fill="#0b2350"/>'
        f'<text x="{x}" y="{y}" dy="5" text-anchor="middle" fill="#fff" font-weight="600" '
        f'transform="rotate(-90 {x} {y})">{name}</text>'
        f'<rect {_place(box)} fill="none" stroke="{LINE}"/>'
    )


def _lane(placed: LaneBox, number: int) -> str:
    lane, box = placed
    head = Box(box.x, box.y, LANE_HEAD, box.height)
    return (
        f'<rect {_place(box)} fill="{_GROUND[number % 2]}" stroke="#dbe3ee"/>'
        f'<rect {_place(head)} fill="#eef3f9" stroke="#dbe3ee"/>'
        + _text(head.middle, wrapped(lane.name, width=5, most=3), weight=600)
        + (_text(Point(head.middle.x, head.bottom - 18), ("牵头",), size=13, fill=BLUE) if lane.leads else "")
    )


def _line(line: FlowLine) -> str:
    colour = BLUE if line.flow.critical else AMBER if line.flow.exceptional else LINE
    points = " ".join(f"{p.x:g},{p.y:g}" for p in line.points)
    dashes = ' stroke-dasharray="5 4"' if line.flow.exceptional else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-linejoin="round" '
        f'stroke-width="{2.5 if line.flow.critical else 1.5}"{dashes}/>{_head(line.points[-2:], colour)}'
    )


def _head(last: tuple[Point, ...], colour: str) -> str:
    before, end = last
    if before.y == end.y:
        back = -7 if before.x < end.x else 7
        corners = ((end.x, end.y), (end.x + back, end.y - 4), (end.x + back, end.y + 4))
    else:
        back = -7 if before.y < end.y else 7
        corners = ((end.x, end.y), (end.x - 4, end.y + back), (end.x + 4, end.y + back))
    return f'<polygon points="{" ".join(f"{x:g},{y:g}" for x, y in corners)}" fill="{colour}"/>'


def _words_on(line: FlowLine, layout: Layout) -> str:
    source, turn = layout.box(line.flow.source), line.points[1]
    if len(line.points) > 2 and line.points[2].x == turn.x:  # the line turns off: beside it
        at = Point(turn.x + 12, turn.y + (-18 if line.points[2].y < turn.y else 18))
    else:
        at = Point(source.right + 40, source.middle.y + 12)
    return _text(at, (line.flow.name,), size=13, fill=SOFT)


def _node(placed: NodeBox) -> str:
    return "".join(_shape(placed))


def _shape(placed: NodeBox) -> Iterator[str]:
    node, box = placed
    middle, stroke = box.middle, BLUE if node.critical else LINE
    note = f"<title>{escape(node.note)}</title>" if node.note else ""
    if node.is_work:
        fill = {NodeKind.AUTOMATIC: GREEN_SOFT, NodeKind.JOINT: AMBER_SOFT}.get(
            node.kind, BLUE_SOFT if node.critical else PAPER
        )
        yield f'<g>{note}<rect {_place(box)} rx="10" fill="{fill}" stroke="{stroke}" stroke-width="{2.5 if node.critical else 1.5}"/>'
        lines = wrapped(node.name, width=8, most=2)
        lift = 10 if node.says else 0
        yield _text(Point(middle.x, middle.y - lift), lines, weight=600)
        if node.says:
            yield _text(Point(middle.x, box.bottom - 15), (node.says,), size=13, fill=SOFT)
        yield "</g>"
    elif node.kind in (NodeKind.SPLIT, NodeKind.JOIN, NodeKind.CHOICE, NodeKind.MERGE):
        x, y, half = middle.x, middle.y, box.width / 2
        yield f'<g>{note}<polygon points="{x:g},{box.y:g} {box.right:g},{y:g} {x:g},{box.bottom:g} {box.x:g},{y:g}" fill="{PAPER}" stroke="{INK}" stroke-width="1.5"/>'
        arm = half * 0.42
        if node.kind in (NodeKind.SPLIT, NodeKind.JOIN):
            sign = f"M{x - arm:g} {y:g}H{x + arm:g}M{x:g} {y - arm:g}V{y + arm:g}"
        else:
            arm *= 0.75
            sign = f"M{x - arm:g} {y - arm:g}L{x + arm:g} {y + arm:g}M{x + arm:g} {y - arm:g}L{x - arm:g} {y + arm:g}"
        yield f'<path d="{sign}" stroke="{INK}" stroke-width="2.5" fill="none"/>'
        if node.name:
            yield _text(Point(x, box.bottom + 12), (node.name,), size=13)
        yield "</g>"
    else:
        yield f"<g>{note}{_event(node.kind, middle, box.width / 2)}"
        yield _text(Point(middle.x, box.bottom + 14), wrapped(node.name, width=8, most=2), size=13) + "</g>"


def _event(kind: NodeKind, at: Point, radius: float) -> str:
    x, y = f"{at.x:g}", f"{at.y:g}"
    if kind is NodeKind.START:
        return f'<circle cx="{x}" cy="{y}" r="{radius:g}" fill="{GREEN_SOFT}" stroke="{GREEN}" stroke-width="2"/>'
    if kind is NodeKind.END:
        return f'<circle cx="{x}" cy="{y}" r="{radius:g}" fill="{PAPER}" stroke="{INK}" stroke-width="4"/>'
    rings = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r:g}" fill="{PAPER}" stroke="{AMBER}" stroke-width="1.5"/>'
        for r in (radius, radius - 4)
    )
    if kind is NodeKind.MESSAGE:
        sign = f"M{at.x - 8:g} {at.y - 5:g}h16v11h-16zl8 6l8 -6"
    else:
        sign = f"M{at.x:g} {at.y - 7:g}V{at.y:g}H{at.x + 5:g}"
    return f'{rings}<path d="{sign}" fill="none" stroke="{AMBER}" stroke-width="1.5"/>'


def _text(at: Point, lines: tuple[str, ...], *, size: int = 14, weight: int = 400, fill: str = INK) -> str:
    leading = size + 4
    first = at.y - (len(lines) - 1) * leading / 2 + size * 0.36
    return "".join(
        f'<text x="{at.x:g}" y="{first + number * leading:g}" text-anchor="middle" font-size="{size}" '
        f'font-weight="{weight}" fill="{fill}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _place(box: Box) -> str:
    return f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
