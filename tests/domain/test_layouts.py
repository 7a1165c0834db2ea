"""The picture of a process: nothing lies over anything else, and every line begins and ends at a shape."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.specimens import BUNDLES, shipped
from tests.domain.test_processes import plan_of
from yijianshi.domain.layouts import Box, Layout, Point, lay_out
from yijianshi.domain.processes import process_of, process_one_by_one


def troubles(layout: Layout) -> Iterator[str]:
    """Yield everything that would make a picture hard to read or a tool refuse it."""
    lanes = {placed.lane.key: placed.box for placed in layout.lanes}
    for one, other in combinations(layout.nodes, 2):
        if one.box.overlaps(other.box):
            yield f"{one.node.key} overlaps {other.node.key}"
    for placed in layout.nodes:
        lane = lanes[placed.node.lane]
        if not inside(placed.box, lane):
            yield f"{placed.node.key} stands outside its lane"
    for one_lane, other_lane in combinations(layout.lanes, 2):
        if one_lane.box.overlaps(other_lane.box):
            yield f"lane {one_lane.lane.key} overlaps {other_lane.lane.key}"
    for lane_box in layout.lanes:
        if not inside(lane_box.box, layout.pool):
            yield f"lane {lane_box.lane.key} leaves the pool"
    for line in layout.lines:
        ends = ((line.points[0], line.flow.source), (line.points[-1], line.flow.target))
        for point, key in ends:
            if not on_the_edge(point, layout.box(key)):
                yield f"{line.flow.key} does not touch {key}"
        for begin, end in pairwise(line.points):
            if begin.x != end.x and begin.y != end.y:
                yield f"{line.flow.key} runs aslant"
            for placed in layout.nodes:
                if strictly_through(begin, end, placed.box):
                    yield f"{line.flow.key} runs through {placed.node.key}"


def inside(box: Box, around: Box) -> bool:
    return (
        around.x <= box.x and around.y <= box.y and box.right <= around.right and box.bottom <= around.bottom
    )


def on_the_edge(point: Point, box: Box) -> bool:
    beside = point.x in (box.x, box.right) and point.y == box.middle.y
    above = point.y in (box.y, box.bottom) and point.x == box.middle.x
    return beside or above


def strictly_through(begin: Point, end: Point, box: Box) -> bool:
    left, right = sorted((begin.x, end.x))
    top, bottom = sorted((begin.y, end.y))
    return left < box.right and right > box.x and top < box.bottom and bottom > box.y


@pytest.mark.parametrize("bundle", BUNDLES)
def test_no_shape_overlaps_and_every_line_ends_at_shapes(bundle: str) -> None:
    plan = plan_of(bundle)
    assert not list(troubles(lay_out(process_of(plan))))
    assert not list(troubles(lay_out(process_one_by_one(plan))))


@given(st.data())
def test_whatever_is_chosen_can_be_drawn(data: st.DataObject) -> None:
    bundle = data.draw(st.sampled_from(BUNDLES))
    codes = [item.code for item in shipped(bundle).bundle.items]
    chosen = data.draw(st.lists(st.sampled_from(codes), unique=True, min_size=1))
    assert not list(troubles(lay_out(process_of(plan_of(bundle, *chosen)))))


def test_the_same_process_is_drawn_the_same_way() -> None:
    one, other = (lay_out(process_of(plan_of("newborn"))) for _ in range(2))
    assert one == other
