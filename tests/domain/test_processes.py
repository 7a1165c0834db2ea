"""The process of a one-thing: who does what after what, side by side where nothing has to wait."""

import pytest

from tests.domain.specimens import BUNDLES, shipped
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.nodes import NodeKind, Process
from yijianshi.domain.plans import Plan, Situation, make_plan
from yijianshi.domain.processes import (
    longest_way,
    process_of,
    process_one_by_one,
    standard_situation,
)


def plan_of(bundle: str, *items: str) -> Plan:
    edition = shipped(bundle)
    situation = Situation(items=tuple(map(ItemCode, items))) if items else standard_situation(edition)
    return make_plan(edition, situation, strict=False)


def followers(process: Process, key: str) -> set[str]:
    """Return everything that can only be reached through a step."""
    found: set[str] = set()
    queue = [key]
    while queue:
        here = queue.pop()
        for flow in process.flows:
            if flow.source == here and flow.target not in found:
                found.add(flow.target)
                queue.append(flow.target)
    return found


@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_item_stands_once_and_after_all_that_it_waits_for(bundle: str) -> None:
    plan = plan_of(bundle)
    process = process_of(plan)
    work = [n for n in process.nodes if n.kind in (NodeKind.TASK, NodeKind.AUTOMATIC) and n.items]
    assert sorted(n.items[0] for n in work) == sorted(plan.chosen)
    for item in plan.items:
        for prior in plan.priors_of(item):
            assert f"item-{item.code}" in followers(process, f"item-{prior}")


@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_process_begins_once_ends_once_and_loses_nobody_on_the_way(bundle: str) -> None:
    process = process_of(plan_of(bundle))
    sources, targets = {f.source for f in process.flows}, {f.target for f in process.flows}
    assert [n.key for n in process.nodes if n.key not in targets] == ["start"]
    assert [n.key for n in process.nodes if n.key not in sources] == ["end"]
    assert {"start", *followers(process, "start")} == {n.key for n in process.nodes}


def test_what_waits_for_nothing_else_runs_side_by_side() -> None:
    process = process_of(plan_of("open-restaurant", "licence-check", "signage-permit", "drainage-permit"))
    for earlier, later in (("signage-permit", "drainage-permit"), ("drainage-permit", "signage-permit")):
        assert f"item-{later}" not in followers(process, f"item-{earlier}")
    assert {n.kind for n in process.nodes} >= {NodeKind.SPLIT, NodeKind.JOIN}


def test_one_item_needs_no_gateway() -> None:
    process = process_of(plan_of("open-restaurant", "licence-check"))
    assert not {n.kind for n in process.nodes} & {NodeKind.SPLIT, NodeKind.JOIN}


def test_a_joint_operation_is_one_task_before_the_decisions_of_all_who_take_part() -> None:
    plan = plan_of("open-restaurant")
    process = process_of(plan)
    (joint,) = (n for n in process.nodes if n.kind is NodeKind.JOINT)
    assert joint.items == plan.joint_operations["联合勘验"]
    assert {f"item-{code}" for code in joint.items} <= followers(process, joint.key)


def test_the_one_correction_returns_before_anything_is_decided() -> None:
    process = process_of(plan_of("open-restaurant"))
    assert process.node("correct").kind is NodeKind.MESSAGE
    assert "item-licence-check" in followers(process, "correct")


def test_the_longest_way_counts_a_short_limit_only_where_the_applicant_commits_himself() -> None:
    edition = shipped("open-restaurant")
    items = tuple(map(ItemCode, ("licence-check", "food-business-permit", "fire-safety-check")))
    without = make_plan(edition, Situation(items=items), strict=False)
    with_it = make_plan(edition, Situation(items=items, commitments=frozenset(items[2:])), strict=False)
    assert longest_way(without) == ("licence-check", "fire-safety-check")
    assert longest_way(with_it) == ("licence-check", "food-business-permit")


def test_the_longest_way_is_marked_from_the_beginning_to_the_end() -> None:
    process = process_of(plan_of("newborn"))
    here, way = "start", ["start"]
    while here != "end":
        (here,) = (f.target for f in process.flows if f.source == here and f.critical)
        way.append(here)
    assert [key for key in way if key.startswith("item-")] == [
        f"item-{c}" for c in longest_way(plan_of("newborn"))
    ]


def test_before_each_item_had_a_form_of_its_own_and_waited_for_the_one_before() -> None:
    plan = plan_of("newborn")
    process = process_one_by_one(plan)
    applied = [n for n in process.nodes if n.key.startswith("apply-")]
    assert len(applied) == len(plan.items)
    last = f"item-{plan.items[-1].code}"
    assert all(last in {f"item-{i.code}", *followers(process, f"item-{i.code}")} for i in plan.items)
