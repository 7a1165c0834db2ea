"""Conditions are true, false or unanswered; they name what they still need and say themselves in Chinese."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.domain.conditions import (
    Circumstances,
    Condition,
    MalformedCondition,
    Unanswered,
    evaluate,
    explain,
    keys_of,
    mentions,
)

A: Condition = {"eq": ["a", True]}
B: Condition = {"eq": ["b", True]}
ANSWERS: dict[str, dict[str, Any]] = {"true": {"x": True}, "false": {"x": False}, "open": {}}


def situation(a: str, b: str) -> Circumstances:
    given = {key: ANSWERS[word]["x"] for key, word in (("a", a), ("b", b)) if ANSWERS[word]}
    return Circumstances(given)


def said(condition: Condition, circumstances: Circumstances) -> str:
    verdict = evaluate(condition, circumstances)
    return "open" if isinstance(verdict, Unanswered) else str(verdict).lower()


def kleene_and(a: str, b: str) -> str:
    return "false" if "false" in (a, b) else "open" if "open" in (a, b) else "true"


def kleene_or(a: str, b: str) -> str:
    return "true" if "true" in (a, b) else "open" if "open" in (a, b) else "false"


@pytest.mark.parametrize(("a", "b"), list(product(ANSWERS, repeat=2)))
def test_unanswered_parts_stay_open_only_while_they_can_matter(a: str, b: str) -> None:
    circumstances = situation(a, b)
    assert said({"all": [A, B]}, circumstances) == kleene_and(a, b)
    assert said({"any": [A, B]}, circumstances) == kleene_or(a, b)
    assert said({"not": A}, circumstances) == {"true": "false", "false": "true", "open": "open"}[a]


def test_an_open_condition_names_every_answer_that_it_still_needs_and_no_other() -> None:
    verdict = evaluate({"all": [A, B, {"eq": ["c", 1]}]}, Circumstances({"b": True}))
    assert verdict == Unanswered(frozenset({"a", "c"}))


def test_an_open_condition_is_never_taken_for_a_no() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(evaluate(A, Circumstances()))


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_empty_answer_is_no_answer(nothing: Any) -> None:
    assert evaluate(A, Circumstances({"a": nothing})) == Unanswered(frozenset({"a"}))


def test_of_nothing_all_holds_and_none_does() -> None:
    assert evaluate({"all": []}, Circumstances()) is True
    assert evaluate({"any": []}, Circumstances()) is False


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"always": True}, True),
        ({"ne": ["insured", "未参保"]}, True),
        ({"gt": ["area", 300]}, False),
        ({"gte": ["area", {"param": "least"}]}, True),
        ({"lt": ["area", 300]}, False),
        ({"lte": ["area", 300]}, True),
        ({"in": ["insured", ["居民医保", "职工生育保险"]]}, True),
        ({"has": ["uses", "卷烟"]}, False),
        ({"selected": "food"}, True),
        ({"selected": "fire"}, False),
        ({"text": "属公众聚集场所"}, True),
        ({"param": "is-pilot"}, False),
    ],
)
def test_each_word_means_what_it_says(condition: Condition, holds: bool) -> None:
    circumstances = Circumstances(
        answers={"area": 300, "insured": "居民医保", "uses": ["酒"]},
        selected=frozenset({"food"}),
        texts_met=frozenset({"属公众聚集场所"}),
        params={"least": 300, "is-pilot": False},
    )
    assert evaluate(condition, circumstances) is holds


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"maybe": []},
        {"eq": ["a", 1], "ne": ["a", 2]},
        {"eq": "a"},
        {"eq": ["a"]},
        {"eq": [["a"], 1]},
        {"all": {"eq": ["a", 1]}},
        {"not": "a"},
        {"always": False},
        {"selected": ["food"]},
        {"text": None},
        {"param": "unknown"},
        {"gte": ["area", {"param": "unknown"}]},
        {"gte": ["name", 300]},
        "eq",
        None,
    ],
)
def test_what_is_no_condition_is_refused(tree: Any) -> None:
    with pytest.raises(MalformedCondition):
        evaluate(tree, Circumstances({"a": 1, "area": 320, "name": "很大"}))


def test_what_it_mentions_is_found_however_deep_it_stands() -> None:
    tree: Condition = {
        "any": [
            {"not": {"gte": ["area", {"param": "least"}]}},
            {"all": [{"selected": "food"}, {"text": "已装修"}]},
        ]
    }
    assert keys_of(tree) == {"area"}
    assert mentions(tree, "param") == {"least"}
    assert mentions(tree, "selected") == {"food"}
    assert mentions(tree, "text") == {"已装修"}


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"always": True}, "任何情形"),
        ({"eq": ["做招牌", True]}, "“做招牌”答“是”"),
        ({"ne": ["做招牌", True]}, "“做招牌”答“否”"),
        ({"eq": ["参保", "未参保"]}, "“参保”答“未参保”"),
        ({"in": ["随谁", ["随父", "随母"]]}, "随谁属于随父、随母"),
        ({"gte": ["面积", {"param": "300m²"}]}, "面积不小于300m²"),
        ({"any": [{"selected": "食品"}, {"not": {"text": "已备案"}}]}, "同时办理“食品”，或者不符合“已备案”"),
    ],
)
def test_a_condition_says_itself_in_chinese(condition: Condition, sentence: str) -> None:
    assert explain(condition) == sentence


trees: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from([A, B, {"always": True}, {"ne": ["c", 1]}]),
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map(lambda p: {"all": p}),
        st.lists(parts, max_size=3).map(lambda p: {"any": p}),
        parts.map(lambda p: {"not": p}),
    ),
    max_leaves=8,
)
answers = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.one_of(st.booleans(), st.just(1)))


@given(trees, answers)
def test_what_is_decided_stays_so_whatever_else_is_answered(tree: Condition, known: dict[str, Any]) -> None:
    verdict = evaluate(tree, Circumstances(known))
    everything = {"a": False, "b": True, "c": 2} | known
    assert not isinstance(evaluate(tree, Circumstances(everything)), Unanswered)
    if isinstance(verdict, Unanswered):
        assert verdict.keys
        assert verdict.keys <= keys_of(tree) - set(known)
    else:
        assert evaluate(tree, Circumstances(everything)) is verdict


@given(trees)
def test_every_condition_explains_itself(tree: Condition) -> None:
    assert isinstance(explain(tree), str)
