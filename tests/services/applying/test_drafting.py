"""Begin, choose, fill, hand in: what is wrong is refused in plain words, and nothing of it is written."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import HOME, PAPER, RESTAURANT, answers_for
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode, ItemCode, MaterialCode
from yijianshi.domain.drafts import TamperedValue
from yijianshi.domain.editions import UnknownBundle
from yijianshi.domain.plans import UnknownItem
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.submissions import ChoiceNotAllowed, NotReady
from yijianshi.integrations.scanner.demo import EICAR
from yijianshi.services.applying.attach import MaterialNotAsked, attach_material, detach_material
from yijianshi.services.applying.choose import answer_questions, choose_items, object_to_register
from yijianshi.services.applying.drafting import DraftFiled, OpenDraft, open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.situation import AnswersRefused
from yijianshi.services.applying.start import start_draft
from yijianshi.services.contents import open_content
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.materials.models import BlobRow, CopyRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow

FOUR = ["licence-check", "food-business-permit", "fire-safety-check", "signage-permit"]
NEWBORN = {
    "birth-place": "省内助产机构",
    "married": True,
    "household-follow": "随母",
    "mother-insured": "职工生育保险",
    "directly-settled": True,
}


def begin(
    town: Town, who: Actor, *, bundle: str = "open-restaurant", answers: Any = None, **more: Any
) -> UUID:
    return start_draft(
        actor=who,
        bundle=BundleCode(bundle),
        division=HOME,
        answers=RESTAURANT if answers is None else answers,
        at=town.now,
        **more,
    )


def look(draft: UUID, who: Actor) -> OpenDraft:
    return open_draft(draft, actor=who)


def turn_of(draft: UUID, who: Actor, element: str) -> str:
    return next(f.turn for f in look(draft, who).form().fields if f.element == element)


def complete(town: Town, draft: UUID, who: Actor) -> None:
    """Fill in and hand in whatever is still asked."""
    for _ in range(3):
        opened = look(draft, who)
        fill_fields(draft=draft, actor=who, given=answers_for(opened.form(), opened.edition), at=town.now)
    for needed in look(draft, who).plan().materials:
        if needed.way == "upload":
            attach_material(
                draft=draft,
                actor=who,
                material=needed.material,
                filename="材料.pdf",
                content=PAPER,
                at=town.now,
            )


@pytest.fixture
def wang(town: Town) -> Actor:
    return town.who("wangfang", enterprise=True)


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


@pytest.mark.clause("S4.2")
def test_a_prefilled_value_that_comes_back_changed_is_refused_and_nothing_is_kept(
    town: Town, wang: Actor
) -> None:
    draft = begin(town, wang)
    with pytest.raises(TamperedValue, match="有误？"):
        fill_fields(
            draft=draft,
            actor=wang,
            given={"enterprise-name": "南京另一家有限公司", "seat-count": "40"},
            at=town.now,
        )
    kept = look(draft, wang).content.values
    assert kept["enterprise-name"].value == "南京禾味餐饮管理有限公司"
    assert "seat-count" not in kept


@pytest.mark.parametrize(
    ("element", "typed", "said"),
    [
        ("seat-count", "很多", "请填整数，如 2"),
        ("seat-count", "9" * 100, "请填整数"),
        ("food-handling-area", "1e999999999", "请填数字"),
        ("food-safety-manager-name", "长" * 300, "太长了，最多"),
        ("food-safety-manager-id-number", "11010519491231002Y", "校验位对不上"),
        ("food-safety-manager-id-number", "1101051949", "现在是 10 位"),
        ("food-business-form", "月球餐厅", "不在选项里"),
    ],
)
def test_a_wrong_answer_is_kept_so_that_nothing_is_lost_and_cannot_be_filed(
    town: Town, wang: Actor, element: str, typed: str, said: str
) -> None:
    draft = begin(town, wang)
    complete(town, draft, wang)
    troubles = fill_fields(draft=draft, actor=wang, given={element: typed}, at=town.now)
    assert [t.key for t in troubles] == [element]
    assert said in troubles[0].message
    with pytest.raises(NotReady, match=said):
        seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    assert not SubmissionRow.objects.exists()


@pytest.mark.clause("C4.5")
def test_an_objection_to_a_register_blocks_nothing_and_is_kept_beside_what_it_says(
    town: Town, wang: Actor
) -> None:
    draft = begin(town, wang)
    area = ElementCode("premises-floor-area")
    object_to_register(draft=draft, actor=wang, element=area, value="120", at=town.now)
    complete(town, draft, wang)
    content = look(draft, wang).content
    assert (content.values[area].value, content.values[area].registered) == (120, 326.4)
    assert content.items == FOUR, "what must be inspected is not decided by an objection"
    seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    assert SubmissionRow.objects.count() == 1


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ("premises-floor-area", "很大", "请填数字"),
        ("enterprise-name", "长" * 300, "太长了"),
        ("seat-count", "12", "不是共享来的"),
        ("no-such-element", "12", "不是共享来的"),
    ],
)
def test_an_objection_that_says_nothing_sensible_is_refused(
    town: Town, wang: Actor, element: str, value: str, said: str
) -> None:
    draft = begin(town, wang)
    before = look(draft, wang).content
    with pytest.raises(AnswersRefused, match=said):
        object_to_register(draft=draft, actor=wang, element=ElementCode(element), value=value, at=town.now)
    assert look(draft, wang).content == before


def test_an_objection_can_be_taken_back_and_taking_back_none_changes_nothing(town: Town, wang: Actor) -> None:
    draft = begin(town, wang)
    area = ElementCode("premises-floor-area")
    for value in ("120", "", ""):
        object_to_register(draft=draft, actor=wang, element=area, value=value, at=town.now)
    kept = look(draft, wang).content.values[area]
    assert (kept.value, kept.objected) == (326.4, False)


ZIP_CALLED_PDF = b"PK\x03\x04" + b"\0" * 60


@pytest.mark.clause("S5.1")
@pytest.mark.parametrize(
    ("filename", "content", "said"),
    [
        ("布局图.pdf", ZIP_CALLED_PDF, "."),
        ("布局图.pdf", b"", "."),
        ("布局图.exe", b"MZ" + b"\0" * 60, "."),
        ("布局图.pdf", PAPER + EICAR, "发现病毒（EICAR-Test-File）"),
    ],
)
def test_a_file_that_is_not_what_it_says_or_carries_a_virus_is_not_kept(
    town: Town, wang: Actor, filename: str, content: bytes, said: str
) -> None:
    draft = begin(town, wang)
    with pytest.raises(FileRefused, match=said):
        attach_material(
            draft=draft,
            actor=wang,
            material=MaterialCode("food-layout-document"),
            filename=filename,
            content=content,
            at=town.now,
        )
    assert not BlobRow.objects.exists()
    assert not CopyRow.objects.exists()


@pytest.mark.clause("S5.2")
@pytest.mark.parametrize("material", ["lease-contract", "drainage-plan", "joint-application-form"])
def test_only_what_is_on_the_list_can_be_handed_in(town: Town, wang: Actor, material: str) -> None:
    draft = begin(town, wang)
    with pytest.raises(MaterialNotAsked, match="请只上传清单里要您交的"):
        attach_material(
            draft=draft,
            actor=wang,
            material=MaterialCode(material),
            filename="材料.pdf",
            content=PAPER,
            at=town.now,
        )


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
