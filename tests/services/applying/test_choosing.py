"""Begin and choose: what cannot be understood or chosen is refused, and the register wins."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import RESTAURANT
from tests.services.applying.drafts import FOUR, NEWBORN, begin, complete, look
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode, ItemCode
from yijianshi.domain.editions import UnknownBundle
from yijianshi.domain.plans import UnknownItem
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.submissions import ChoiceNotAllowed
from yijianshi.services.applying.choose import answer_questions, choose_items
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.situation import AnswersRefused
from yijianshi.services.applying.start import start_draft
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.submissions.models import SubmissionRow


@pytest.mark.clause("S0", "S4.2")
def test_a_register_wins_over_an_answer_and_the_items_follow(town: Town, wang: Actor) -> None:
    """She says 120 m²; the property register says 326.4, from which fire inspection applies."""
    content = look(begin(town, wang), wang).content
    assert content.answers["venue-area"] == 326.4
    assert content.replaced == {"venue-area": 120}
    assert content.items == FOUR


@pytest.mark.clause("S4.2")
def test_shared_values_are_shown_with_their_source_and_personal_ones_are_asked(
    town: Town, wang: Actor
) -> None:
    draft = begin(town, wang)
    fields = {f.element: f for f in look(draft, wang).form().fields}
    name = fields[ElementCode("enterprise-name")]
    assert name.turn == "known"
    assert name.value is not None
    assert (name.value.value, name.value.source) == ("南京禾味餐饮管理有限公司", "business-licence")
    assert name.value.at == town.now
    assert fields[ElementCode("seat-count")].turn == "ask"


def test_nobody_may_look_into_anothers_draft_and_the_answer_does_not_tell_that_it_is_there(
    town: Town, wang: Actor
) -> None:
    draft = begin(town, wang)
    for login in ("qianjin", "laoli", "hemin", "heli"):
        with pytest.raises(NotPermitted) as refused:
            look(draft, town.who(login))
        with pytest.raises(NotPermitted) as absent:
            look(uuid4(), town.who(login))
        assert str(refused.value) == str(absent.value)


@pytest.mark.clause("S2.1")
def test_only_the_window_files_for_others(town: Town, wang: Actor) -> None:
    party = UUID(wang.party)
    with pytest.raises(NotPermitted):
        begin(town, town.who("qianjin"), party=party)
    draft = begin(town, town.who("laoli"), party=party, channel="window")
    assert DraftRow.objects.get(pk=draft).party_id == party


@pytest.mark.parametrize(("bundle", "division"), [("open-zoo", "320106"), ("open-restaurant", "310101")])
def test_what_is_not_offered_here_cannot_be_begun(
    town: Town, wang: Actor, bundle: str, division: str
) -> None:
    with pytest.raises(UnknownBundle, match="还没有发布"):
        start_draft(
            actor=wang, bundle=BundleCode(bundle), division=DivisionCode(division), answers={}, at=town.now
        )
    assert not DraftRow.objects.exists()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("venue-area", "很大", "请填数字，如 120"),
        ("venue-area", -1, "0 以上"),
        ("venue-area", True, "数字|0 以上"),
        ("venue-area", "inf", "0 以上"),
        ("has-signage", "也许", "请选“是”或“否”"),
        ("has-signage", 1, "请选“是”或“否”"),
    ],
)
def test_an_answer_that_cannot_be_understood_is_refused_and_never_taken_for_a_no(
    town: Town, wang: Actor, key: str, value: Any, said: str
) -> None:
    with pytest.raises(AnswersRefused, match=said):
        begin(town, wang, answers=RESTAURANT | {key: value})
    draft = begin(town, wang)
    before = look(draft, wang).content
    with pytest.raises(AnswersRefused, match=said):
        answer_questions(draft=draft, actor=wang, answers={key: value}, at=town.now)
    assert look(draft, wang).content == before


def test_an_option_that_does_not_exist_is_refused(town: Town) -> None:
    with pytest.raises(AnswersRefused, match="不在选项里"):
        begin(town, town.who("wangfang"), bundle="newborn", answers=NEWBORN | {"birth-place": "月球"})


def test_an_unknown_item_is_refused_and_nothing_is_kept(town: Town, wang: Actor) -> None:
    draft = begin(town, wang)
    with pytest.raises(UnknownItem, match="liquor-permit"):
        choose_items(draft=draft, actor=wang, items=[ItemCode("liquor-permit")], at=town.now)
    assert look(draft, wang).content.items == FOUR


@pytest.mark.clause("S6.2")
def test_a_missing_prerequisite_is_explained_kept_and_cannot_be_filed(town: Town, wang: Actor) -> None:
    draft = begin(town, wang)
    problems = choose_items(draft=draft, actor=wang, items=[ItemCode("food-business-permit")], at=town.now)
    assert [p.rule for p in problems] == ["prerequisite"]
    complete(town, draft, wang)
    with pytest.raises(ChoiceNotAllowed, match="请一并选上“执照核验”"):
        seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    assert not SubmissionRow.objects.exists()
