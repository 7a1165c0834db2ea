"""Before and after, counted by hand for the restaurant and held for every one-thing."""

from dataclasses import replace
from typing import Any

import pytest

from tests.domain.specimens import PROVINCE, edition_of, item, needing, shipped
from yijianshi.domain.catalogue import Field, Limit, Visits
from yijianshi.domain.choices import left_out, widest_choice
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.plans import Days, Situation, make_plan
from yijianshi.domain.reforms import CutReason, Reform, reform_of
from yijianshi.services.catalogue import shipped_catalogue

BUNDLES = tuple(shipped_catalogue().bundles)
SMALL: dict[str, Any] = {
    "venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False, "element:by-agent": False,
}  # fmt: skip
LARGE = SMALL | {
    "venue-area": 480, "sells-tobacco": True, "discharges-to-sewer": True, "element:by-agent": True,
}  # fmt: skip


def planned(bundle: str, answers: dict[str, Any], *items: str, committed: tuple[str, ...] = ()) -> Reform:
    situation = Situation(
        items=tuple(map(ItemCode, items)),
        answers=answers,
        commitments=frozenset(map(ItemCode, committed)),
    )
    return reform_of(make_plan(shipped(bundle, PROVINCE), situation))


def counted(reform: Reform) -> dict[str, tuple[float, float]]:
    return {r.key: (r.before, r.after) for r in reform.reductions}


@pytest.mark.clause("T2.2")
def test_the_small_restaurant_is_counted_as_by_hand() -> None:
    reform = planned("open-restaurant", SMALL, "licence-check", "food-business-permit", "signage-permit")
    # steps: the check 1; food and signage each 申请, 现场勘验, 领取 = 3; together 申请, one joint visit, one delivery
    # days: 0 + 5 + 3 one by one, 5 on the longest way; visits 1 + 2 + 2
    assert counted(reform) == {
        "steps": (7, 3),
        "materials": (10, 4),
        "working": (8, 5),
        "visits": (5, 0),
        "fields": (43, 19),
    }
    assert [(one.item.code, one.fields, one.materials) for one in reform.alone] == [
        ("licence-check", 7, 1),
        ("food-business-permit", 20, 5),
        ("signage-permit", 16, 4),
    ]
    assert reform.figures.critical == ("licence-check", "food-business-permit")


@pytest.mark.clause("T2.2")
def test_the_large_restaurant_on_commitment_is_counted_as_by_hand() -> None:
    reform = planned(
        "open-restaurant", LARGE,
        "licence-check", "food-business-permit", "fire-safety-check", "signage-permit", "tobacco-retail",
        "drainage-permit", committed=("fire-safety-check",),
    )  # fmt: skip
    # the fire visit comes after the grant, so four of five visits are one: 申请, 联合勘验, 领取
    assert counted(reform) == {
        "steps": (1 + 5 * 3, 3),
        "materials": (21, 9),
        "working": (5 + 1 + 3 + 7 + 7, 7),
        "visits": (11, 0),
        "fields": (86, 36),
    }
    assert reform.statutory == Days(10 + 10 + 20 + 20 + 20, 0)
    assert reform.without_statutory == ("licence-check",), "what no law lays down is not called statutory"


def test_every_material_that_is_spared_says_why_and_they_add_up() -> None:
    reform = planned("open-restaurant", SMALL, "licence-check", "food-business-permit", "signage-permit")
    cuts = {cut.material: (cut.reason, cut.spared) for cut in reform.cuts}
    assert cuts == {
        "business-licence": (CutReason.SHARED, 3),
        "joint-application-form": (CutReason.GENERATED, 2),
        "legal-representative-id-card": (CutReason.SHARED, 1),
    }


@pytest.mark.parametrize("bundle", BUNDLES)
def test_nothing_grows_and_the_items_alone_add_up(bundle: str) -> None:
    edition = shipped(bundle, PROVINCE)
    reform = reform_of(make_plan(edition, widest_choice(edition), strict=False))
    for reduction in reform.reductions:
        assert 0 <= reduction.after <= reduction.before, reduction
        assert reduction.counted
    figures = reform.figures
    assert sum(one.fields for one in reform.alone) == figures.fields[0]
    assert sum(one.materials for one in reform.alone) == figures.materials[0]
    assert sum(one.visits for one in reform.alone) == figures.visits[0]
    assert sum(cut.spared for cut in reform.cuts) == figures.materials[0] - figures.materials[1]
    for unit, days in (("working", figures.days[0].working), ("calendar", figures.days[0].calendar)):
        assert days == sum(one.promised or 0 for one in reform.alone if one.unit == unit)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_widest_choice_is_lawful_and_says_why_the_rest_is_left_out(bundle: str) -> None:
    edition = shipped(bundle, PROVINCE)
    situation = widest_choice(edition)
    plan = make_plan(edition, situation, strict=False)
    assert plan.problems == ()
    assert plan.items
    outside = {item.code for item, _ in left_out(edition, situation)}
    assert outside | plan.chosen == {item.code for item in edition.bundle.items}


def test_what_is_answered_already_is_kept_by_the_widest_choice() -> None:
    situation = widest_choice(shipped("open-restaurant", PROVINCE), answers=SMALL)
    assert set(situation.items) == {"licence-check", "food-business-permit", "signage-permit"}
    assert {key: situation.answers[key] for key in SMALL} == SMALL


def test_working_and_calendar_days_are_never_added_up_and_no_limit_is_not_nought() -> None:
    edition = edition_of(
        item("a", limit=Limit(promised=3, statutory=20)),
        item("b", limit=Limit(promised=30, unit="calendar")),
        item("c", limit=Limit()),
    )
    reform = reform_of(make_plan(edition, widest_choice(edition)))
    assert reform.figures.days == (Days(3, 30), Days(0, 30))
    assert counted(reform)["working"] == (3, 0)
    assert counted(reform)["calendar"] == (30, 30)
    assert reform.without_promise == ("c",)
    assert reform.without_statutory == ("b", "c")
    assert reform.alone[2].promised is None


def test_of_items_that_exclude_each_other_the_usual_one_is_planned() -> None:
    from yijianshi.domain.catalogue import Rule

    edition = edition_of(
        item("a"),
        item("b", default_selected=True),
        item("c", depends_on=(ItemCode("a"),)),
        item("later", deferred=True),
        rules=(Rule(kind="exclusive", items=(ItemCode("a"), ItemCode("b"))),),
    )
    assert widest_choice(edition).items == ("b",)


def test_separate_visits_of_the_same_kind_stay_separate_unless_they_are_joint() -> None:
    visiting = {"special_procedures": ("现场勘验",), "visits": Visits(before=2)}
    apart = edition_of(item("a", **visiting), item("b", **visiting))
    joint = edition_of(*(replace(i, joint_operation="联合勘验") for i in apart.bundle.items))
    assert len(reform_of(make_plan(apart, widest_choice(apart))).steps) == 4
    assert reform_of(make_plan(joint, widest_choice(joint))).steps == (
        "申请",
        "联合勘验（现场勘验）",
        "领取结果",
    )


def test_a_material_asked_for_twice_is_spared_once() -> None:
    edition = edition_of(
        item("a", materials=needing("plan"), fields=(Field(element="x"),)),  # type: ignore[arg-type]
        item("b", materials=needing("plan")),
    )
    (cut,) = reform_of(make_plan(edition, widest_choice(edition))).cuts
    assert (cut.reason, cut.spared, cut.items) == (CutReason.DUPLICATE, 1, ("a", "b"))
