"""File: once, whole, and without what nobody asked for - also while registers are down."""

from uuid import uuid4

import pytest

from tests.cast import PAPER
from tests.services.applying.drafts import FOUR, NEWBORN, begin, complete, look, turn_of
from tests.services.town import Town
from yijianshi.domain.codes import ItemCode, MaterialCode
from yijianshi.domain.rights import Actor
from yijianshi.domain.submissions import NotReady
from yijianshi.services.applying.attach import attach_material, detach_material
from yijianshi.services.applying.choose import answer_questions, choose_items
from yijianshi.services.applying.drafting import DraftFiled
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.contents import open_content
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow


def test_a_form_that_is_not_finished_cannot_be_filed_and_says_all_that_is_missing(
    town: Town, wang: Actor
) -> None:
    draft = begin(town, wang)
    with pytest.raises(NotReady) as refused:
        seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    keys = {trouble.key for trouble in refused.value.troubles}
    assert {"seat-count", "material:food-layout-document", "material:sign-rendering"} <= keys
    assert not SubmissionRow.objects.exists()


@pytest.mark.clause("S6.1")
def test_what_is_filed_cannot_be_filed_again_nor_changed(town: Town, wang: Actor) -> None:
    draft = begin(town, wang)
    complete(town, draft, wang)
    receipt = seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    acts = [
        lambda: seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now),
        lambda: fill_fields(draft=draft, actor=wang, given={"seat-count": "1"}, at=town.now),
        lambda: choose_items(draft=draft, actor=wang, items=[ItemCode("licence-check")], at=town.now),
        lambda: answer_questions(draft=draft, actor=wang, answers={"has-signage": False}, at=town.now),
        lambda: attach_material(
            draft=draft,
            actor=wang,
            material=MaterialCode("sign-rendering"),
            filename="图.pdf",
            content=PAPER,
            at=town.now,
        ),
        lambda: detach_material(draft=draft, actor=wang, copy=uuid4(), at=town.now),
    ]
    for act in acts:
        with pytest.raises(DraftFiled, match="不会重复提交") as refused:
            act()
        assert refused.value.submission == receipt.submission
    assert SubmissionRow.objects.count() == 1


@pytest.mark.clause("S4.1", "S5.1")
def test_what_only_an_item_no_longer_chosen_asked_for_is_not_filed(town: Town, wang: Actor) -> None:
    draft = begin(town, wang)
    complete(town, draft, wang)
    kept = [ItemCode(code) for code in FOUR if code != "fire-safety-check"]
    choose_items(draft=draft, actor=wang, items=kept, at=town.now)
    receipt = seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    revision = RevisionRow.objects.select_related("submission").get(submission=receipt.submission)
    content = open_content(revision.sealed, purpose="revision", under=revision.submission.wrapped_key)
    assert "exit-count" not in content.values
    assert "fire-safety-plan" not in {line.material for line in content.manifest}
    assert "seat-count" in content.values
    assert "delivery-method" in content.values


@pytest.mark.clause("S4.2", "C4.1")
@pytest.mark.parametrize(
    "down",
    [{"business-licence"}, {"business-licence", "legal-entity", "property-register", "population"}],
    ids=["one", "four"],
)
def test_a_register_that_is_down_blocks_nothing_it_is_asked_instead(
    town: Town, wang: Actor, down: set[str]
) -> None:
    town.down |= down
    draft = begin(town, wang)
    opened = look(draft, wang)
    assert down <= set(opened.content.unavailable)
    assert turn_of(draft, wang, "premises-address") == "ask"
    complete(town, draft, wang)
    seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    assert SubmissionRow.objects.count() == 1


def test_a_register_that_comes_back_fills_in_what_was_not_yet_given(town: Town, wang: Actor) -> None:
    town.down.add("business-licence")
    draft = begin(town, wang)
    town.down.clear()
    fill_fields(draft=draft, actor=wang, given={"seat-count": "40"}, at=town.later(minutes=5))
    assert turn_of(draft, wang, "premises-address") == "known"


def test_with_the_licence_store_down_nothing_is_taken_for_held(town: Town) -> None:
    town.down.add("e-licence")
    xu = town.who("xuming")
    content = look(begin(town, xu, bundle="newborn", answers=NEWBORN), xu).content
    assert content.held == []
    assert "birth-certificate" in content.items


@pytest.mark.clause("S5.1", "C4.6")
def test_without_a_certificate_the_certificate_is_part_of_what_is_handled(town: Town) -> None:
    wang = town.who("wangfang")
    draft = begin(town, wang, bundle="newborn", answers=NEWBORN)
    plan = look(draft, wang).plan()
    assert "birth-certificate" in plan.chosen
    ways = {m.material: str(m.way) for m in plan.materials}
    assert ways["birth-certificate"] == "produced"
    assert ways["marriage-certificate"] == "shared"
    assert turn_of(draft, wang, "mother-name") == "known"


@pytest.mark.clause("S5.1", "C4.6")
def test_a_held_birth_certificate_is_not_asked_again_and_gives_the_childs_name(town: Town) -> None:
    xu = town.who("xuming")
    draft = begin(town, xu, bundle="newborn", answers=NEWBORN | {"household-follow": "随父"})
    opened = look(draft, xu)
    assert "birth-certificate" in opened.content.held
    assert "birth-certificate" not in opened.plan().chosen
    problems = choose_items(
        draft=draft,
        actor=xu,
        items=[
            ItemCode(c) for c in ("birth-registration", "newborn-medical-insurance", "newborn-social-card")
        ],
        at=town.now,
    )
    assert problems == ()
    opened = look(draft, xu)
    assert {m.material: str(m.way) for m in opened.plan().materials}["birth-certificate"] == "shared"
    name = opened.content.values["newborn-name"]
    assert (name.value, name.source) == ("徐一诺", "birth-certificate")
    complete(town, draft, xu)
    receipt = seal_draft(draft=draft, actor=xu, signature="typed-name", at=town.now)
    assert town.release(receipt.submission)["birth-registration"] == "accepted"


@pytest.mark.clause("S6.2")
def test_without_the_registration_of_the_birth_there_is_no_social_card(town: Town) -> None:
    xu = town.who("xuming")
    draft = begin(town, xu, bundle="newborn", answers=NEWBORN)
    problems = choose_items(draft=draft, actor=xu, items=[ItemCode("newborn-social-card")], at=town.now)
    assert [p.rule for p in problems] == ["prerequisite"]
    assert "上户口" in problems[0].message


def test_a_certificate_that_the_store_does_not_know_must_be_shown(town: Town) -> None:
    town.down.add("e-licence")
    xu = town.who("xuming")
    draft = begin(town, xu, bundle="newborn", answers=NEWBORN)
    items = [ItemCode("birth-registration")]
    problems = choose_items(draft=draft, actor=xu, items=items, claimed=["birth-certificate"], at=town.now)  # type: ignore[list-item]
    assert problems == ()
    complete(town, draft, xu)
    with pytest.raises(NotReady, match="库里没有查到，请上传原件"):
        seal_draft(draft=draft, actor=xu, signature="typed-name", at=town.now)
    attach_material(
        draft=draft,
        actor=xu,
        material=MaterialCode("birth-certificate"),
        filename="证.pdf",
        content=PAPER,
        at=town.now,
    )
    seal_draft(draft=draft, actor=xu, signature="typed-name", at=town.now)
    assert SubmissionRow.objects.count() == 1
