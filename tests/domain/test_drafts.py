"""A form being filled: whose turn it is, what came from where, and that a supplied value is not quietly changed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.domain.specimens import edition_of, element, item
from yijianshi.domain.catalogue import COMPUTED, PRIOR, Field, Limit, Result
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import (
    Form,
    TamperedValue,
    Value,
    fill_form,
    object_to,
    take_answers,
    troubles_of,
    withdraw_objection,
)
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan, Situation, make_plan

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 19, 1, tzinfo=UTC)


def field(code: str, **more: Any) -> Field:
    return Field(element=code, **more)  # type: ignore[arg-type]


EDITION: Edition = edition_of(
    item(
        "birth-certificate",
        limit=Limit(promised=0),
        department="health",
        result=Result(name="出生医学证明", licence="birth-certificate"),  # type: ignore[arg-type]
        fields=(
            field("child-name"),
            field("mother-name", prefill="population"),
            field("year", prefill=COMPUTED),
            field("nickname", required=False),
        ),
    ),
    item(
        "social-card",
        depends_on=("birth-certificate",),
        fields=(
            field("child-name"),
            field("child-number", prefill="births"),
            field("card-number", prefill="cards", required=False),
            field("certificate-number", prefill=PRIOR, prior=("birth-certificate",)),
        ),
    ),
    elements=[
        element("child-name", max_length=20, group="孩子"),
        element("mother-name", group="母亲"),
        element("year", Kind.YEAR),
        element("child-number", Kind.ID_NUMBER),
    ],
    common=[
        field("by-agent"),
        field("agent-name", required_if={"eq": ["element:by-agent", True]}),
    ],
    registers={"population": "public-security", "births": "health", "cards": "human-resources"},
)


def plan_of(*items: str, **answers: Any) -> Plan:
    return make_plan(EDITION, Situation(items=items, answers=answers), strict=False)  # type: ignore[arg-type]


def turns(form: Form) -> dict[str, str]:
    return {entry.element: entry.turn for entry in form.fields}


def known(**values: Any) -> Any:
    return {code: Value(value, "population", NOW) for code, value in values.items()}


BOTH = ("birth-certificate", "social-card")


@pytest.mark.clause("S4.2")
def test_what_a_register_knows_is_shown_and_the_rest_is_asked() -> None:
    form = fill_form(plan_of("birth-certificate"), known(**{"mother-name": "王芳"}))
    assert turns(form) == {
        "child-name": "ask",
        "mother-name": "known",
        "year": "computed",
        "nickname": "ask",
        "by-agent": "ask",
    }


@pytest.mark.clause("S4.2")
def test_what_a_register_should_know_and_does_not_is_asked_if_it_is_needed_now() -> None:
    assert turns(fill_form(plan_of("birth-certificate"), {}))["mother-name"] == "ask"


def test_what_arises_only_from_this_handling_is_fetched_later_and_not_asked() -> None:
    found = turns(fill_form(plan_of(*BOTH), {}))
    assert found["child-number"] == "later"
    assert found["certificate-number"] == "later"


@pytest.mark.clause("S4.2")
def test_what_a_later_item_needs_and_nothing_here_brings_about_is_asked() -> None:
    assert turns(fill_form(plan_of(*BOTH), {}))["card-number"] == "ask"
    assert turns(fill_form(plan_of("social-card"), {}))["child-number"] == "ask"


def test_a_personal_answer_that_a_register_happens_to_know_is_shown_too() -> None:
    form = fill_form(plan_of("birth-certificate"), known(**{"child-name": "王一诺"}))
    assert turns(form)["child-name"] == "known"


def test_a_condition_on_the_form_itself_opens_its_fields_once_it_is_answered() -> None:
    assert "agent-name" not in turns(fill_form(plan_of("birth-certificate"), {}))
    opened = fill_form(plan_of("birth-certificate", **{"element:by-agent": True}), {})
    assert turns(opened)["agent-name"] == "ask"


def test_the_form_stands_under_its_headings_and_the_way_of_delivery_comes_last() -> None:
    headings = [name for name, _ in fill_form(plan_of("birth-certificate"), {}).groups]
    assert headings == ["孩子", "母亲", "其他", "办理方式与领取"]


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize(
    ("code", "sent"),
    [("mother-name", "王方"), ("mother-name", ""), ("year", "2027"), ("child-number", "11010519491231002X")],
)
def test_a_supplied_value_that_comes_back_changed_is_refused_and_named(code: str, sent: str) -> None:
    values = known(**{"mother-name": "王芳"}) | {"year": Value("2026", "system", NOW)}
    form = fill_form(plan_of(*BOTH), values)
    with pytest.raises(TamperedValue, match=f"{code}来自共享数据.*有误？"):
        take_answers(form, EDITION, {code: sent}, at=NOW)  # type: ignore[dict-item]


def test_a_supplied_value_that_comes_back_unchanged_stays_the_registers() -> None:
    form = fill_form(plan_of("birth-certificate"), known(**{"mother-name": "王芳"}))
    taken = take_answers(form, EDITION, {"mother-name": "王芳", "child-name": "王一诺"}, at=LATER)  # type: ignore[dict-item]
    assert taken == {"child-name": Value("王一诺", "applicant", LATER)}


def test_what_was_not_asked_is_not_taken() -> None:
    form = fill_form(plan_of("birth-certificate"), {})
    assert take_answers(form, EDITION, {"child-number": "x", "unheard-of": 1}, at=NOW) == {}  # type: ignore[dict-item]


@pytest.mark.clause("C4.5")
def test_an_objection_keeps_what_the_register_said_and_can_be_taken_back() -> None:
    supplied = Value("王方", "population", NOW)
    objected = object_to(supplied, "王芳", at=LATER)
    assert objected == Value("王芳", "population", LATER, objected=True, registered="王方")
    again = object_to(objected, "王芬", at=LATER)
    assert (again.value, again.registered) == ("王芬", "王方")
    back = withdraw_objection(again)
    assert (back.value, back.objected, back.registered) == ("王方", False, None)


def test_taking_back_an_objection_that_was_never_made_changes_nothing() -> None:
    supplied = Value("王芳", "population", NOW)
    assert withdraw_objection(supplied) is supplied


def test_an_objection_stands_in_the_form_as_known() -> None:
    objected = object_to(Value("王方", "population", NOW), "王芳", at=LATER)
    form = fill_form(plan_of("birth-certificate"), {"mother-name": objected})  # type: ignore[dict-item]
    assert turns(form)["mother-name"] == "known"


def test_what_is_missing_or_wrong_is_told_field_by_field() -> None:
    values = {"child-name": Value("一" * 21, "applicant", NOW)}
    found = troubles_of(fill_form(plan_of("birth-certificate"), values), EDITION)  # type: ignore[arg-type]
    assert {t.key for t in found} == {"child-name", "mother-name", "by-agent"}
    assert next(t.message for t in found if t.key == "child-name").startswith(
        "child-name：太长了，最多 20 个字"
    )


@pytest.mark.parametrize("value", [0, False])
def test_nought_and_no_are_answers(value: Any) -> None:
    values = {"child-name": Value("王一诺", "applicant", NOW), "by-agent": Value(value, "applicant", NOW)}
    edition = edition_of(
        item("a", fields=(field("by-agent"),)),
        elements=[element("by-agent", Kind.INT if value == 0 and value is not False else Kind.BOOL)],
    )
    plan = make_plan(edition, Situation(items=("a",)))  # type: ignore[arg-type]
    assert troubles_of(fill_form(plan, values), edition) == ()  # type: ignore[arg-type]
