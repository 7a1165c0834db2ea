"""Markup in an answer, a name no font has, a commitment, an acceptance by silence."""

from datetime import timedelta

import pytest

from tests.cast import HOME, RESTAURANT, actor, file_one
from tests.services.printing.lives import NEWBORN, filed
from tests.services.printing.reading import bare, words
from yijianshi.domain.cases import Action
from yijianshi.domain.codes import BundleCode, ItemCode, MaterialCode
from yijianshi.domain.workdays import legal_day
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services import printing
from yijianshi.services.applying.choose import choose_items
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.sweep import sweep
from yijianshi.services.ports import GlyphsMissing
from yijianshi.services.printing.words import day_words
from yijianshi.services.working import drain
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.results.models import DeliveryRow, ResultRow

pytestmark = pytest.mark.django_db


def test_markup_in_an_answer_is_printed_as_plain_text(town: None) -> None:
    at = NODE_CLOCK.now()
    wang = actor("wangfang", at=at, enterprise=True)
    draft = start_draft(
        actor=wang,
        bundle=BundleCode("open-restaurant"),
        division=HOME,
        answers=RESTAURANT,
        items=[ItemCode("licence-check"), ItemCode("signage-permit")],
        at=at,
    )
    written = '#read("/etc/passwd") *重* $x^2$ <b>'
    submission = filed(draft, wang, at=at, **{"sign-text": written})
    text = words(printing.joint_form_pdf(submission=submission, actor=wang, at=at))
    assert bare(written) in text


def test_a_name_that_no_font_has_is_refused_and_holds_up_nothing(town: None) -> None:
    at = NODE_CLOCK.now()
    wang = actor("wangfang", at=at)
    items = (ItemCode("birth-certificate"),)
    draft = start_draft(
        actor=wang, bundle=BundleCode("newborn"), division=HOME, answers=NEWBORN, items=items, at=at
    )
    submission = filed(draft, wang, at=at, **{"newborn-name": "王𠮷"})
    case = load_submission(submission).cases[0].now.id
    release_submission(submission=submission, actor=actor("liujie", at=at), at=at)
    drain(at=at)
    decide_case(case=case, actor=actor("liujie", at=at), decision=Decision(Action.GRANT), at=at)
    drain(at=at)
    assert DeliveryRow.objects.filter(submission=submission).exists()
    row = ResultRow.objects.get(case=case)
    with pytest.raises(GlyphsMissing) as refusal:
        printing.result_pdf(result=row.id, actor=wang, at=at)
    assert refusal.value.characters == "𠮷"
    assert not CopyRow.objects.filter(pk=row.id).exists()


def test_a_commitment_is_printed_with_the_conditions_it_answers_for(town: None) -> None:
    at = NODE_CLOCK.now()
    wang = actor("wangfang", at=at, enterprise=True)
    draft = start_draft(
        actor=wang, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=at
    )
    chosen = open_draft(draft, actor=wang).content.items
    choose_items(
        draft=draft,
        actor=wang,
        items=[ItemCode(code) for code in chosen],
        commitments=[ItemCode("fire-safety-check")],
        at=at,
    )
    submission = filed(draft, wang, at=at)
    case = next(c.now for c in load_submission(submission).cases if c.now.item == "fire-safety-check")
    text = words(printing.commitment_pdf(case=case.id, actor=wang, at=at))
    assert "公众聚集场所投入使用、营业前消防安全检查告知承诺书" in text
    assert "已经符合办理条件：" in text
    assert "承诺不实的，愿意承担决定被撤销和相应的法律责任" in text
    assert case.number in text
    made = printing.generated_pdf(case=case.id, material=MaterialCode("fire-check-form"), actor=wang, at=at)
    assert "告知承诺书" in words(made)


def test_a_deemed_acceptance_counts_from_the_day_of_receipt(town: None) -> None:
    at = NODE_CLOCK.now()
    wang = actor("wangfang", at=at, enterprise=True)
    submission = file_one(wang, items=("licence-check", "signage-permit"), at=at)
    case = next(c.now.id for c in load_submission(submission).cases if c.now.item == "licence-check")
    sweep(at=at + timedelta(days=20))
    text = words(printing.letter_pdf(case=case, kind="acceptance", actor=wang, at=at))
    assert "自收到之日" in text
    assert "即为受理" in text
    assert f"受理日期{bare(day_words(legal_day(at)))}" in text
