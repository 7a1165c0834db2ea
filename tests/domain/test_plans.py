"""From the situation to the plan: what may be chosen together, in which order, what is suggested."""

from typing import Any

import pytest

from tests.domain.specimens import BUNDLES, edition_of, item, shipped
from yijianshi.domain.catalogue import CommitmentOffer, Limit, Precondition, Question, Result, Rule
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.plans import (
    Days,
    MissingAnswers,
    Situation,
    UnknownItem,
    make_plan,
    offers,
    with_prerequisites,
)

RESTAURANT: dict[str, Any] = {
    "venue-area": 326.4,
    "has-signage": True,
    "sells-tobacco": False,
    "discharges-to-sewer": False,
    "element:by-agent": False,
}


def rules_broken(edition: Any, *items: str, **situation: Any) -> set[str]:
    plan = make_plan(edition, Situation(items=items, **situation), strict=False)  # type: ignore[arg-type]
    return {problem.rule for problem in plan.problems}


def test_nothing_chosen_is_refused_and_still_a_plan() -> None:
    plan = make_plan(shipped("open-restaurant"), Situation(items=()), strict=False)
    assert not plan.allowed
    assert [problem.rule for problem in plan.problems] == ["empty"]
    assert plan.serial == Days()


def test_an_unknown_item_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(UnknownItem, match="food-business-permit"):
        make_plan(shipped("open-restaurant"), Situation(items=("liquor-permit",)))  # type: ignore[arg-type]


def test_answers_that_matter_are_demanded_and_others_are_not() -> None:
    with pytest.raises(MissingAnswers) as refused:
        make_plan(
            shipped("open-restaurant"),
            Situation(items=("licence-check", "fire-safety-check"), answers={"element:by-agent": False}),  # type: ignore[arg-type]
        )
    assert refused.value.keys == {"venue-area"}


@pytest.mark.clause("S6.2")
def test_a_prerequisite_must_be_chosen_or_held_and_the_message_says_what_would_do() -> None:
    before = item("a", result=Result(name="证", licence="paper"))  # type: ignore[arg-type]
    edition = edition_of(before, item("b", depends_on=("a",)))
    plan = make_plan(edition, Situation(items=("b",)))  # type: ignore[arg-type]
    assert [p.rule for p in plan.problems] == ["prerequisite"]
    assert "请一并选上“a事项”" in plan.problems[0].message
    assert make_plan(edition, Situation(items=("a", "b"))).allowed  # type: ignore[arg-type]
    assert make_plan(edition, Situation(items=("b",), held=frozenset({"paper"}))).allowed  # type: ignore[arg-type]


def test_a_prerequisite_that_does_not_apply_here_is_not_asked_for() -> None:
    before = item("a", applies_if={"eq": ["born-here", True]})
    edition = edition_of(
        before,
        item("b", depends_on=("a",)),
        questions=[Question(key="born-here", text="在本省出生吗？", type="bool")],
    )
    assert rules_broken(edition, "b", answers={"born-here": False}) == set()
    assert rules_broken(edition, "b", answers={"born-here": True}) == {"prerequisite"}
    assert rules_broken(edition, "a", answers={"born-here": False}) == {"not-applicable"}


def test_one_of_several_alternatives_is_enough() -> None:
    edition = edition_of(item("a"), item("b"), item("c", depends_on_any=("a", "b")))
    assert rules_broken(edition, "c") == {"any-prerequisite"}
    assert rules_broken(edition, "a", "c") == set()
    assert rules_broken(edition, "b", "c") == set()
    assert rules_broken(edition, "a", "b", "c") == set()


TWO = (item("a"), item("b"), item("c"))


@pytest.mark.clause("S6.2")
@pytest.mark.parametrize(
    ("rule", "broken", "kept"),
    [
        (Rule(kind="exclusive", items=("a", "b")), [("a", "b")], [("a",), ("b",), ("c",)]),  # type: ignore[arg-type]
        (
            Rule(kind="choose", items=("a", "b"), min=1, max=1),  # type: ignore[arg-type]
            [("c",), ("a", "b")],
            [("a",), ("b", "c")],
        ),
        (Rule(kind="together", items=("a", "b")), [("a",), ("b", "c")], [("a", "b"), ("c",)]),  # type: ignore[arg-type]
        (
            Rule(kind="tied-by-law", nature="parallel", items=("a", "b")),  # type: ignore[arg-type]
            [("a",), ("b",)],
            [("a", "b"), ("c",)],
        ),
    ],
    ids=["exclusive", "choose", "together", "tied-by-law"],
)
def test_each_rule_refuses_what_it_forbids_and_nothing_else(rule: Rule, broken: Any, kept: Any) -> None:
    edition = edition_of(*TWO, rules=[rule])
    for items in broken:
        assert rules_broken(edition, *items) == {rule.kind}, items
    for items in kept:
        assert rules_broken(edition, *items) == set(), items


def test_what_law_puts_in_sequence_may_be_satisfied_by_a_result_that_is_held() -> None:
    sequence = Rule(kind="tied-by-law", nature="sequence", items=("a", "b"), satisfied_by="paper")  # type: ignore[arg-type]
    edition = edition_of(*TWO, rules=[sequence])
    assert rules_broken(edition, "b") == {"tied-by-law"}
    assert rules_broken(edition, "b", held=frozenset({"paper"})) == set()


@pytest.mark.clause("C1.5")
def test_a_commitment_is_taken_only_where_it_is_offered_and_the_item_is_chosen() -> None:
    edition = edition_of(item("a", commitment=CommitmentOffer(allowed=True)), item("b"))
    assert rules_broken(edition, "a", commitments=frozenset({"a"})) == set()
    assert rules_broken(edition, "b", commitments=frozenset({"a"})) == {"commitment"}
    assert rules_broken(edition, "b", commitments=frozenset({"b"})) == {"commitment"}


def test_what_must_be_true_of_the_whole_is_asked_before_anything_else() -> None:
    edition = edition_of(
        item("a"),
        questions=[Question(key="married", text="结婚了吗？", type="bool")],
        preconditions=(Precondition(condition={"eq": ["married", True]}, message="要先领结婚证"),),
    )
    assert rules_broken(edition, "a") == {"precondition"}
    assert rules_broken(edition, "a", answers={"married": False}) == {"precondition"}
    assert rules_broken(edition, "a", answers={"married": True}) == set()


def test_an_item_of_a_later_day_cannot_be_chosen_now() -> None:
    assert rules_broken(edition_of(item("a", deferred=True, note="登簿后再来")), "a") == {"deferred"}


def test_a_repeated_item_is_handled_once() -> None:
    plan = make_plan(edition_of(*TWO), Situation(items=("a", "a")))  # type: ignore[arg-type]
    assert [one.code for one in plan.items] == ["a"]


@pytest.mark.clause("S8.2")
def test_what_can_be_handled_at_once_stands_in_one_stage() -> None:
    edition = edition_of(
        item("d", after=("c",)),
        item("b", depends_on=("a",)),
        item("c", depends_on=("a",)),
        item("a"),
    )
    plan = make_plan(edition, Situation(items=("a", "b", "c", "d")))  # type: ignore[arg-type]
    assert plan.stages == (("a",), ("b", "c"), ("d",))
    assert plan.priors_of(edition.item("b")) == ("a",)  # type: ignore[arg-type]
    assert plan.priors_of(edition.item("d")) == ()  # type: ignore[arg-type]


@pytest.mark.clause("C1.1")
def test_working_and_calendar_days_are_never_added_up() -> None:
    edition = edition_of(
        item("a", limit=Limit(promised=2)),
        item("b", limit=Limit(promised=3, unit="calendar"), depends_on=("a",)),
        item("c", limit=Limit(promised=1), depends_on=("a",)),
        item("d", limit=Limit()),
    )
    plan = make_plan(edition, Situation(items=("a", "b", "c", "d")))  # type: ignore[arg-type]
    assert plan.serial == Days(working=3, calendar=3)
    assert plan.critical == Days(working=2, calendar=3)
    assert plan.critical_items == ("a", "b")
    assert plan.undetermined == ("d",)


def test_joint_inspection_needs_two_departments_that_really_come() -> None:
    joint = {"joint_operation": "联合勘验"}
    edition = edition_of(
        item("a", **joint), item("b", **joint, commitment=CommitmentOffer(allowed=True)), item("c")
    )
    both = Situation(items=("a", "b", "c"))  # type: ignore[arg-type]
    promised = Situation(items=("a", "b", "c"), commitments=frozenset({"b"}))  # type: ignore[arg-type]
    assert make_plan(edition, both).joint_operations == {"联合勘验": ("a", "b")}
    assert make_plan(edition, promised).joint_operations == {}


@pytest.mark.clause("S0")
@pytest.mark.parametrize(
    ("area", "standing"), [(120, "closed"), (299.9, "closed"), (300, "suggested"), (326.4, "suggested")]
)
def test_fire_inspection_is_suggested_from_the_local_floor_area_on(area: float, standing: str) -> None:
    found = {
        offer.item.code: offer
        for offer in offers(
            shipped("open-restaurant"), Situation(items=(), answers=RESTAURANT | {"venue-area": area})
        )
    }
    fire = found["fire-safety-check"]  # type: ignore[index]
    assert fire.standing == standing
    if standing == "closed":
        assert "300m²" in fire.reason


def test_what_is_not_answered_yet_leaves_an_item_open() -> None:
    standings = {o.item.code: o.standing for o in offers(shipped("open-restaurant"), Situation(items=()))}
    assert standings["fire-safety-check"] == "open"  # type: ignore[index]
    assert standings["licence-check"] == "suggested"  # type: ignore[index]


@pytest.mark.parametrize("bundle", BUNDLES)
def test_whoever_picks_one_item_is_given_what_comes_before_it(bundle: str) -> None:
    edition = shipped(bundle)
    situation = Situation(items=(), answers={"birth-place": "省内助产机构"})
    for wanted in edition.bundle.items:
        picked = with_prerequisites(edition, [wanted.code], situation=situation)
        assert wanted.code in picked
        chosen = Situation(items=picked, answers=situation.answers)
        plan = make_plan(edition, chosen, strict=False)
        assert not {"prerequisite", "any-prerequisite"} & {problem.rule for problem in plan.problems}


def test_a_prerequisite_that_applies_only_because_of_the_choice_is_added_too() -> None:
    paying = item("paying", applies_if={"selected": "joining"})
    subsidy = item("subsidy", depends_on=("paying",))
    edition = edition_of(item("joining"), paying, subsidy)
    alone = with_prerequisites(edition, (ItemCode("subsidy"),), situation=Situation(items=()))
    joined = with_prerequisites(
        edition, (ItemCode("joining"), ItemCode("subsidy")), situation=Situation(items=())
    )
    assert alone == ("subsidy",)
    assert joined == ("joining", "paying", "subsidy")
    assert make_plan(edition, Situation(items=joined)).allowed


def test_a_field_and_the_question_that_stands_for_it_are_one_answer() -> None:
    edition = shipped("open-restaurant")
    asked = Situation(items=("licence-check", "fire-safety-check"), answers=RESTAURANT)  # type: ignore[arg-type]
    filled = {key: value for key, value in RESTAURANT.items() if key != "venue-area"}
    by_field = Situation(items=asked.items, answers=filled | {"element:premises-floor-area": 326.4})
    assert make_plan(edition, asked).allowed
    assert make_plan(edition, by_field).allowed


def test_each_member_of_a_group_gets_a_case_of_its_own() -> None:
    edition = edition_of(item("a", per="employee"), item("b"))
    plan = make_plan(edition, Situation(items=("a", "b"), groups={"employee": {"count": 3}}))  # type: ignore[arg-type]
    assert plan.cases_by_item == {"a": 3, "b": 1}
