"""Both parents sign for their child: asked once, confirmed by the right one, filed once, and fallen with every change."""

from uuid import UUID, uuid4

import pytest

from tests.cast import HOME, PAPER, answers_for, file_by_all
from tests.services.applying.drafts import NEWBORN, look
from tests.services.applying.signing import ITEMS, asked_about, attach_all, filled, number_of, submit, told
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode, ItemCode, MaterialCode
from yijianshi.domain.corrections import Target
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.submissions import NotReady
from yijianshi.domain.together import ConfirmationNotPossible, ConfirmationsMissing
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.discard import discard_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.applying.together import confirm, decline
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.correct import NothingToCorrect
from yijianshi.services.handling.gather import gather_fields, send_correction
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.people.parties import find_or_add_party
from yijianshi.services.reading.my_cases import submissions_of, waiting_for
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.services.reading.together import asked_of, read_asked
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow
from yijianshi.store.together.models import AskedRow


@pytest.fixture
def wang(town: Town) -> Actor:
    return town.who("wangfang")


@pytest.fixture
def zhang(town: Town) -> Actor:
    return town.who("zhangwei")


@pytest.mark.clause("S6.1")
def test_the_first_press_files_nothing_and_asks_the_father(town: Town, wang: Actor, zhang: Actor) -> None:
    draft = filled(town, wang)
    with pytest.raises(ConfirmationsMissing, match="还要父亲张伟本人确认"):
        seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    assert submit(town, draft, wang) is None
    assert submit(town, draft, wang) is None, "pressing again asks nobody anew"
    assert not SubmissionRow.objects.exists()
    assert told(zhang) == ["together.asked"]
    assert waiting_for(zhang) == 1
    (line,) = asked_of(zhang)
    read = read_asked(line.id, actor=zhang, on=town.now.date())
    assert (read.applicant, read.role_name, read.title) == ("王芳", "父亲", "新生儿出生")
    assert "mother-id-number" not in {entry.element for entry in read.fields}


@pytest.mark.clause("S6.1", "C2.2")
def test_the_last_confirmation_files_it_in_her_name_and_stands_in_the_signed_revision(
    town: Town, wang: Actor, zhang: Actor
) -> None:
    draft = filled(town, wang)
    submit(town, draft, wang)
    row = asked_about(draft)
    town.later(days=1)
    receipt = confirm(asked=row.id, actor=zhang, seen=row.digest, at=town.now)
    assert receipt is not None
    filed = SubmissionRow.objects.get()
    assert (str(filed.party_id), str(filed.account_id)) == (wang.party, wang.account)
    assert [str(one) for one in filed.together or ()] == [zhang.party]
    content = open_revision(filed.id)
    (kept,) = content.confirmations
    assert (kept.role, kept.name, kept.way, kept.by) == ("father", "张伟", "account", zhang.account)
    assert (kept.at, kept.digest) == (town.now.isoformat(), row.digest)
    assert content.signature["way"] == "typed-name"
    with pytest.raises(ConfirmationNotPossible, match="已经确认过"):
        confirm(asked=row.id, actor=zhang, seen=row.digest, at=town.now)


def test_a_wrong_person_and_the_one_who_asks_cannot_confirm(town: Town, wang: Actor) -> None:
    draft = filled(town, wang)
    submit(town, draft, wang)
    row = asked_about(draft)
    for who in (
        wang,
        town.who("xuming"),
        town.who("laoli"),
        Actor(account=wang.account, party=str(row.party_id)),
    ):
        with pytest.raises(NotPermitted):
            confirm(asked=row.id, actor=who, seen=row.digest, at=town.now)
        with pytest.raises(NotPermitted):
            decline(asked=row.id, actor=who, reason="不是我", at=town.now)
        with pytest.raises(NotPermitted):
            read_asked(row.id, actor=who, on=town.now.date())
    with pytest.raises(NotPermitted):
        read_asked(uuid4(), actor=wang, on=town.now.date())
    assert not SubmissionRow.objects.exists()


def test_every_change_makes_a_confirmation_fall_and_saving_the_same_does_not(
    town: Town, wang: Actor, zhang: Actor
) -> None:
    draft = filled(town, wang)
    submit(town, draft, wang)
    before = asked_about(draft)
    name = look(draft, wang).content.values["newborn-name"].value
    fill_fields(draft=draft, actor=wang, given={"newborn-name": name}, at=town.now)
    assert asked_about(draft).state == "asked"
    fill_fields(draft=draft, actor=wang, given={"newborn-name": "王二禾"}, at=town.now)
    assert asked_about(draft).state == "fallen"
    with pytest.raises(ConfirmationNotPossible, match="内容刚刚改过"):
        confirm(asked=before.id, actor=zhang, seen=before.digest, at=town.now)
    assert submit(town, draft, wang) is None
    anew = asked_about(draft)
    assert (anew.id, anew.state) == (before.id, "asked"), "the link stays the same"
    with pytest.raises(ConfirmationNotPossible, match="内容刚刚改过"):
        confirm(asked=anew.id, actor=zhang, seen=before.digest, at=town.now)  # a page that he opened before
    assert confirm(asked=anew.id, actor=zhang, seen=anew.digest, at=town.now) is not None


def test_a_document_laid_in_afterwards_makes_it_fall_and_both_are_told(
    town: Town, wang: Actor, zhang: Actor
) -> None:
    li = town.who("laoli")
    party = find_or_add_party(kind="person", number="11010519491231002X", name="示例")
    draft = start_draft(
        actor=li, bundle=BundleCode("newborn"), division=HOME, answers=NEWBORN, at=town.now, channel="window",
        items=[ItemCode(code) for code in (*ITEMS, "maternity-allowance")], party=party,
    )  # fmt: skip
    for _ in range(3):
        opened = look(draft, li)
        given = answers_for(opened.form(), opened.edition)
        numbers = {
            "mother-name": "王芳",
            "mother-id-number": number_of(wang),
            "father-name": "张伟",
            "father-id-number": number_of(zhang),
        }
        fill_fields(draft=draft, actor=li, given=given | numbers, at=town.now)
    attach_all(town, draft, li)
    assert submit(town, draft, li) is None
    roles = dict(AskedRow.objects.filter(draft=draft).values_list("role", "id"))
    assert set(roles) == {"mother", "father"}
    digest = AskedRow.objects.filter(draft=draft).values_list("digest", flat=True)[0]
    assert confirm(asked=roles["father"], actor=zhang, seen=digest, at=town.now) is None
    assert "together.confirmed" in told(li)
    attach_material(
        draft=draft, actor=li, material=MaterialCode("discharge-summary"), filename="又一页.pdf",
        content=PAPER + b"\n", at=town.now,
    )  # fmt: skip
    assert set(AskedRow.objects.filter(draft=draft).values_list("state", flat=True)) == {"fallen"}
    assert told(zhang)[-1] == "together.fell"
    assert told(li)[-1] == "together.again"


def test_who_declines_says_why_and_nothing_is_filed(town: Town, wang: Actor, zhang: Actor) -> None:
    draft = filled(town, wang)
    submit(town, draft, wang)
    row = asked_about(draft)
    with pytest.raises(ConfirmationNotPossible, match="为什么"):
        decline(asked=row.id, actor=zhang, reason=" ", at=town.now)
    decline(asked=row.id, actor=zhang, reason="孩子的名字还没有商量好", at=town.now)
    assert told(wang) == ["together.declined"]
    with pytest.raises(ConfirmationNotPossible, match="请对方再请您一次"):
        confirm(asked=row.id, actor=zhang, seen=row.digest, at=town.now)
    assert read_asked(row.id, actor=zhang, on=town.now.date()).fields == ()
    town.later(minutes=5)
    assert submit(town, draft, wang) is None
    assert asked_about(draft).state == "asked"
    assert confirm(asked=row.id, actor=zhang, seen=asked_about(draft).digest, at=town.now) is not None


def test_one_person_cannot_be_named_twice_nor_act_for_both_sides(
    town: Town, wang: Actor, zhang: Actor
) -> None:
    draft = filled(town, wang)
    opened = look(draft, wang)
    opened.content.values["father-id-number"].value = number_of(wang)
    from yijianshi.services.applying.drafting import save_draft

    save_draft(opened, at=town.now)
    with pytest.raises(NotReady, match="母亲和父亲写的是同一个号码"):
        submit(town, draft, wang)


def test_a_draft_thrown_away_leaves_nothing_to_confirm(town: Town, wang: Actor, zhang: Actor) -> None:
    draft = filled(town, wang)
    submit(town, draft, wang)
    row = asked_about(draft)
    discard_draft(draft=draft, actor=wang)
    assert asked_of(zhang) == ()
    with pytest.raises(NotPermitted):
        confirm(asked=row.id, actor=zhang, seen=row.digest, at=town.now)


@pytest.mark.clause("S7")
def test_the_co_applicant_answers_the_correction_and_she_is_told(
    town: Town, wang: Actor, zhang: Actor
) -> None:
    submission = file_by_all(filled(town, wang), who=wang, at=town.now)
    town.work()
    assert "submission.received" in told(zhang)
    case = town.case(submission, "birth-registration")
    make_remark(
        case=case.now.id, actor=town.officer_of(submission, "birth-registration"), target=Target.FIELD,
        code="newborn-native-place", reason="籍贯不对", basis="户口登记条例第七条", remedy="请写到县", at=town.now,
    )  # fmt: skip
    town.release(submission)
    assert (waiting_for(wang), waiting_for(zhang)) == (1, 1)
    seen = read_submission(submission, actor=zhang)
    assert (seen.together, seen.is_mine, seen.papers) == ("王芳", False, ())
    (line,), total = submissions_of(zhang)
    assert (line.together, total) == ("王芳", 1)
    (hers,), _ = submissions_of(wang)
    assert hers.together == "张伟"
    gather_fields(submission=submission, actor=zhang, given={"newborn-native-place": "320106"}, at=town.now)
    send_correction(submission=submission, actor=zhang, at=town.now)
    town.work()
    assert (waiting_for(wang), waiting_for(zhang)) == (0, 0)
    assert told(wang)[-1] == "correction.by_other"
    assert "correction.by_other" not in told(zhang)
    with pytest.raises(NothingToCorrect):
        send_correction(submission=submission, actor=wang, at=town.now)
    assert RevisionRow.objects.get(submission=submission, number=2).made_by == UUID(zhang.account)
    assert open_revision(submission).confirmations, "what was confirmed stays with what was filed"


def test_the_co_applicant_takes_nothing_back_and_strangers_see_nothing(
    town: Town, wang: Actor, zhang: Actor
) -> None:
    submission = file_by_all(filled(town, wang), who=wang, at=town.now)
    case = town.case(submission, "birth-registration").now.id
    with pytest.raises(NotPermitted):
        withdraw_case(case=case, actor=zhang, at=town.now)
    with pytest.raises(NotPermitted):
        read_submission(submission, actor=town.who("xuming"))
    withdraw_case(case=case, actor=wang, at=town.now)
    town.work()
    assert "together.withdrawn" in told(zhang)
    assert "together.withdrawn" not in told(wang)
