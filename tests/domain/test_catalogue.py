"""The shapes of the catalogue: what is left unsaid has one meaning."""

import pytest

from tests.domain.specimens import BUNDLES, element, item, shipped
from yijianshi.domain.conditions import ALWAYS
from yijianshi.domain.definitions import Basis


def test_an_item_without_a_condition_is_always_open() -> None:
    assert item("a").applies is ALWAYS
    assert item("a", applies_if={"eq": ["k", 1]}).applies == {"eq": ["k", 1]}


def test_plain_words_are_used_where_there_are_any() -> None:
    assert item("a", name="食品经营许可(新办)", short="食品证").plain_name == "食品证"
    assert item("a", name="食品经营许可(新办)").plain_name == "食品经营许可(新办)"
    assert element("area", ask="场所多大？").question == "场所多大？"
    assert element("area", name="建筑面积").question == "建筑面积"


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        (Basis(title="行政许可法", article="第四十二条"), "《行政许可法》第四十二条"),
        (Basis(title="《行政许可法》", article="第四十二条"), "《行政许可法》第四十二条"),
        (Basis(title="食品安全法"), "《食品安全法》"),
    ],
)
def test_a_basis_is_quoted_as_a_law_is_and_no_article_is_invented(basis: Basis, said: str) -> None:
    assert str(basis) == said


def test_only_what_a_register_answers_is_automatic() -> None:
    automatic = [i for bundle in BUNDLES for i in shipped(bundle).bundle.items if i.is_automatic]
    assert {"licence-check", "school-household-check"} <= {i.code for i in automatic}
    for one in automatic:
        assert any(word in one.name for word in ("核验", "核查", "核对", "查询", "查验", "认证")), one.name
        assert one.type != "行政许可"
        assert not one.commitment.allowed


@pytest.mark.clause("S5.2", "C1.2")
@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_item_rests_on_law(bundle: str) -> None:
    for one in shipped(bundle).bundle.items:
        assert one.basis, one.code
        assert all(basis.title for basis in one.basis)
