"""Many forms become one and are cut back: asked once, nothing lost, nobody gets what he did not ask for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.specimens import edition_of, element, item, needing
from yijianshi.domain.catalogue import Field, MaterialNeed, Question, ServiceItem
from yijianshi.domain.conditions import Circumstances
from yijianshi.domain.definitions import Acquisition, Material
from yijianshi.domain.editions import Edition
from yijianshi.domain.merging import (
    count_raw,
    fields_in_force,
    merge_fields,
    merge_materials,
    split_answers,
)
from yijianshi.domain.sharing import FieldWay, MaterialWay

pytestmark = pytest.mark.clause("S4.1", "S5.1")

ELEMENTS = [f"element-{n}" for n in range(6)]
PAPERS = [f"paper-{n}" for n in range(4)]
CONDITIONS = [None, {"eq": ["k", True]}, {"eq": ["k", False]}, {"selected": "item-0"}]


@st.composite
def bundles(draw: st.DrawFn) -> tuple[Edition, tuple[ServiceItem, ...], Circumstances]:
    """A random bundle of up to five items over a few elements and papers, a choice of them, and an answer."""
    codes = [f"item-{n}" for n in range(draw(st.integers(1, 5)))]
    built = []
    for at, code in enumerate(codes):
        prefills = st.sampled_from(["applicant", "system", "population", "prior"])
        fields = [
            Field(
                element=name,  # type: ignore[arg-type]
                required=draw(st.booleans()),
                required_if=draw(st.sampled_from(CONDITIONS)),
                prefill=draw(prefills),
                prior=tuple(codes[:at]),  # type: ignore[arg-type]
            )
            for name in draw(st.lists(st.sampled_from(ELEMENTS), unique=True))
        ]
        needs = [
            MaterialNeed(
                material=paper,  # type: ignore[arg-type]
                required=draw(st.booleans()),
                required_if=draw(st.sampled_from(CONDITIONS)),
                produced_by=tuple(draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))),  # type: ignore[arg-type]
            )
            for paper in draw(st.lists(st.sampled_from(PAPERS), unique=True))
        ]
        built.append(item(code, fields=tuple(fields), materials=tuple(needs)))
    edition = edition_of(
        *built,
        questions=[Question(key="k", text="是吗？", type="bool")],
        elements=[element(name) for name in ELEMENTS],
        materials=[
            Material(code=paper, name=paper, acquisition=draw(st.sampled_from(list(Acquisition))))  # type: ignore[arg-type]
            for paper in PAPERS
        ],
        common=[Field(element="element-0")] if draw(st.booleans()) else [],  # type: ignore[arg-type]
    )
    chosen = tuple(one for one in edition.bundle.items if draw(st.booleans()))
    answers: dict[str, Any] = draw(st.sampled_from([{}, {"k": True}, {"k": False}]))
    return edition, chosen, Circumstances(answers, selected=frozenset(one.code for one in chosen))


@given(bundles())
def test_every_question_is_asked_once(case: tuple[Edition, tuple[ServiceItem, ...], Circumstances]) -> None:
    edition, chosen, circumstances = case
    merged = merge_fields(chosen, edition, circumstances)
    wanted = {f.element for one in chosen for f in fields_in_force(one, edition, circumstances)}
    assert len({f.element for f in merged}) == len(merged)
    assert {f.element for f in merged} == wanted
    assert sum(len(f.asked_by) for f in merged) == count_raw(chosen, edition, circumstances)[0]


@given(bundles())
def test_cut_back_each_item_gets_exactly_what_it_asked_for(
    case: tuple[Edition, tuple[ServiceItem, ...], Circumstances],
) -> None:
    edition, chosen, circumstances = case
    everything = {name: f"answer to {name}" for name in (*ELEMENTS, "never-asked")}
    slices = split_answers(chosen, edition, circumstances, everything)  # type: ignore[arg-type]
    for one in chosen:
        asked = {f.element for f in fields_in_force(one, edition, circumstances)}
        assert set(slices[one.code]) == asked
        assert all(slices[one.code][code] == everything[code] for code in asked)
    assert set(slices) == {one.code for one in chosen}


@given(bundles())
def test_merging_and_cutting_back_lose_nothing(
    case: tuple[Edition, tuple[ServiceItem, ...], Circumstances],
) -> None:
    edition, chosen, circumstances = case
    form = {f.element: f"answer to {f.element}" for f in merge_fields(chosen, edition, circumstances)}
    together: dict[Any, Any] = {}
    for one in split_answers(chosen, edition, circumstances, form).values():
        together |= one
    assert together == form


@given(bundles())
def test_a_question_is_required_as_soon_as_one_item_requires_it(
    case: tuple[Edition, tuple[ServiceItem, ...], Circumstances],
) -> None:
    edition, chosen, circumstances = case
    for merged in merge_fields(chosen, edition, circumstances):
        required = [
            f.required
            for one in chosen
            for f in fields_in_force(one, edition, circumstances)
            if f.element == merged.element
        ]
        assert merged.required is any(required)


@given(bundles())
def test_every_document_is_handed_in_once_and_none_that_is_produced_for_whoever_needs_it_first(
    case: tuple[Edition, tuple[ServiceItem, ...], Circumstances],
) -> None:
    edition, chosen, circumstances = case
    merged = merge_materials(chosen, edition, circumstances)
    codes = {one.code for one in chosen}
    assert len({m.material for m in merged}) == len(merged)
    assert sum(len(m.needed_by) for m in merged) == count_raw(chosen, edition, circumstances)[1]
    for document in merged:
        needs = [
            need
            for one in chosen
            for need in one.materials
            if need.material == document.material and one.code in document.needed_by
        ]
        assert (document.way is MaterialWay.PRODUCED) is bool({*needs[0].produced_by} & codes)
        assert set(document.produced_by) == {p for need in needs for p in need.produced_by} & codes


@given(bundles())
def test_the_order_in_which_items_stand_changes_nobodys_slice(
    case: tuple[Edition, tuple[ServiceItem, ...], Circumstances],
) -> None:
    edition, chosen, circumstances = case
    answers: Any = {name: name for name in ELEMENTS}
    there = split_answers(chosen, edition, circumstances, answers)
    back = split_answers(tuple(reversed(chosen)), edition, circumstances, answers)
    assert there == back


def test_what_depends_on_an_open_question_appears_once_it_is_answered() -> None:
    field = Field(element="signage-size", required_if={"eq": ["has-signage", True]})  # type: ignore[arg-type]
    one = item("signage", fields=(field,))
    edition = edition_of(one)
    assert fields_in_force(one, edition, Circumstances()) == ()
    assert fields_in_force(one, edition, Circumstances({"has-signage": False})) == ()
    assert fields_in_force(one, edition, Circumstances({"has-signage": True})) == (field,)


def test_what_is_needed_before_it_is_produced_is_an_earlier_document() -> None:
    contract = item("contract", materials=needing("certificate"))
    transfer = item("transfer", depends_on=("contract",))
    water = item(
        "water", depends_on=("transfer",), materials=needing("certificate", produced_by=("transfer",))
    )
    edition = edition_of(contract, transfer, water)
    (whole,) = merge_materials([contract, transfer, water], edition, Circumstances())
    (rest,) = merge_materials([transfer, water], edition, Circumstances())
    assert (whole.way, whole.produced_by) == (MaterialWay.UPLOAD, ("transfer",))
    assert (rest.way, rest.produced_by) == (MaterialWay.PRODUCED, ("transfer",))


def test_a_document_may_be_replaced_by_a_commitment_only_if_everybody_agrees() -> None:
    lenient = item("a", materials=needing("lease", replaceable_by_commitment=True))
    strict = item("b", materials=needing("lease"))
    edition = edition_of(lenient, strict)
    alone = merge_materials([lenient], edition, Circumstances())
    both = merge_materials([lenient, strict], edition, Circumstances())
    assert [m.replaceable_by_commitment for m in alone] == [True]
    assert [m.replaceable_by_commitment for m in both] == [False]


def test_where_one_item_knows_a_value_and_another_asks_it_the_first_in_order_decides() -> None:
    knows = item("a", fields=(Field(element="name", prefill="population"),))  # type: ignore[arg-type]
    asks = item("b", fields=(Field(element="name"),))  # type: ignore[arg-type]
    edition = edition_of(knows, asks)
    assert [f.way for f in merge_fields([knows, asks], edition, Circumstances())] == [FieldWay.PREFILLED]
