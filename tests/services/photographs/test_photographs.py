"""A photograph beside a draft: taken, read in another process, confirmed field by field, and gone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.photographs.answering import PREVIEW, bytes_of, read_here
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode
from yijianshi.domain.drafts import PHOTOGRAPH, Value
from yijianshi.domain.photograph_faults import FaultKind
from yijianshi.domain.reading_papers import Standing
from yijianshi.domain.rights import NotPermitted
from yijianshi.integrations.scanner.demo import EICAR
from yijianshi.services import outside
from yijianshi.services.applying.attach import MaterialNotAsked
from yijianshi.services.applying.drafting import changing_draft, open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.start import start_draft
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.photographs.asked import papers_filling
from yijianshi.services.photographs.carry_out import is_any_photograph_waiting, read_next
from yijianshi.services.photographs.confirm import CHANGED, RIGHT, Said, confirm_photograph
from yijianshi.services.photographs.look import PATIENCE, look_at_photograph, preview_of
from yijianshi.services.photographs.take import (
    KEPT,
    NobodyReads,
    drop_photograph,
    forget_photographs,
    take_photograph,
)
from yijianshi.services.ports import PhotographSeen
from yijianshi.services.reading.case_values import source_in_words
from yijianshi.store.materials.models import CopyRow, DraftMaterialRow
from yijianshi.store.photographs.models import PhotographRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.4")]
NAME, NUMBER = ElementCode("food-safety-manager-name"), ElementCode("food-safety-manager-id-number")
CARD, LICENCE = "id-card_food-safety-manager", "business-licence"
RESTAURANT = {"venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False}


@pytest.fixture
def draft(town: Town) -> UUID:
    read_here()
    return begin(town)


def begin(town: Town, bundle: str = "open-restaurant", answers: dict[str, Any] | None = None) -> UUID:
    return start_draft(
        actor=town.who("wangfang"), bundle=BundleCode(bundle), division=DivisionCode("320106"),
        answers=RESTAURANT if answers is None else answers, at=town.now,
    )  # fmt: skip


def claim(town: Town, draft: UUID) -> None:
    """Say that the licence is there although no store knows it: its paper is then to be handed in."""
    with changing_draft(draft, actor=town.who("wangfang"), at=town.now) as opened:
        opened.content.claimed = [LICENCE]


def take(town: Town, draft: UUID, content: bytes, **more: str) -> UUID:
    asked = more or {"paper": CARD}
    return take_photograph(
        draft=draft, actor=town.who("wangfang"), filename="照片.jpg", content=content, at=town.now, **asked
    )


def read(town: Town) -> None:
    reader = outside.outside().reader
    assert reader is not None
    assert read_next(reader=reader, at=town.now)


def taken_and_read(town: Town, draft: UUID, how: str = "plain", kind: str = "id-card", **more: str) -> UUID:
    key = take(town, draft, bytes_of(kind, how), **more)
    read(town)
    return key


def look(town: Town, key: UUID) -> Any:
    return look_at_photograph(key, actor=town.who("wangfang"), at=town.now, on=town.now.date())


def confirm(town: Town, key: UUID, said: dict[str, Said], **more: Any) -> Any:
    return confirm_photograph(photograph=key, actor=town.who("wangfang"), said=said, at=town.now, **more)


def values(town: Town, draft: UUID) -> Any:
    return open_draft(draft, actor=town.who("wangfang")).content.known()


def test_what_was_read_stands_beside_the_fields_that_it_would_fill(town: Town, draft: UUID) -> None:
    seen = look(town, taken_and_read(town, draft))
    by_element = {one.element: one for one in seen.fields}
    assert by_element[NUMBER].standing is Standing.CHECKED
    assert by_element[NAME].standing is Standing.COMPARE
    assert by_element[NAME].value == "林晓燕"
    assert seen.faults == ()


def test_nothing_is_taken_over_until_it_is_confirmed(town: Town, draft: UUID) -> None:
    key = taken_and_read(town, draft)
    assert NAME not in values(town, draft)
    confirm(town, key, {NAME: Said(RIGHT)})
    assert values(town, draft)[NAME].value == "林晓燕"
    assert NUMBER not in values(town, draft)


def test_a_confirmed_value_says_where_it_is_from_and_when_it_was_confirmed(town: Town, draft: UUID) -> None:
    key = taken_and_read(town, draft)
    town.later(minutes=3)
    confirm(town, key, {NAME: Said(RIGHT)})
    value = values(town, draft)[NAME]
    assert (value.source, value.at) == (PHOTOGRAPH, town.now)
    edition = open_draft(draft, actor=town.who("wangfang")).edition
    assert "拍照识别、核对" in source_in_words(value.source, edition)


def test_its_origin_outlives_the_next_saving_of_the_page_but_not_a_change(town: Town, draft: UUID) -> None:
    confirm(town, taken_and_read(town, draft), {NAME: Said(RIGHT)})
    who = town.who("wangfang")
    fill_fields(draft=draft, actor=who, given={NAME: "林晓燕"}, at=town.later(hours=1))
    assert values(town, draft)[NAME].source == PHOTOGRAPH
    fill_fields(draft=draft, actor=who, given={NAME: "林小燕"}, at=town.now)
    assert values(town, draft)[NAME].source == "applicant"


def test_what_was_changed_is_what_the_applicant_typed(town: Town, draft: UUID) -> None:
    confirm(town, taken_and_read(town, draft), {NAME: Said(CHANGED, "林小燕")})
    assert (values(town, draft)[NAME].value, values(town, draft)[NAME].source) == ("林小燕", "applicant")


def test_a_wrong_typed_number_is_told_and_nothing_is_changed(town: Town, draft: UUID) -> None:
    key = taken_and_read(town, draft)
    confirmed = confirm(town, key, {NAME: Said(RIGHT), NUMBER: Said(CHANGED, "320106198808189965")})
    assert [trouble.key for trouble in confirmed.troubles] == [NUMBER]
    assert NAME not in values(town, draft)
    assert PhotographRow.objects.filter(pk=key).exists()


def test_what_was_declined_cannot_be_confirmed(town: Town, draft: UUID) -> None:
    key = taken_and_read(town, draft, "glare")
    confirm(town, key, {NUMBER: Said(RIGHT)})
    assert NUMBER not in values(town, draft)


def test_a_register_is_not_overruled_and_the_difference_is_shown(town: Town, draft: UUID) -> None:
    with changing_draft(draft, actor=town.who("wangfang"), at=town.now) as opened:
        opened.content.keep({NAME: Value("林晓艳", "population", town.now)})
    key = taken_and_read(town, draft)
    one = next(one for one in look(town, key).fields if one.element == NAME)
    assert one.differs
    confirm(town, key, {NAME: Said(RIGHT), NUMBER: Said(RIGHT)})
    assert values(town, draft)[NAME].value == "林晓艳"
    assert values(town, draft)[NUMBER].source == PHOTOGRAPH


def test_the_photograph_is_deleted_with_the_confirmation_and_leaves_no_document(
    town: Town, draft: UUID
) -> None:
    documents = CopyRow.objects.count()
    confirm(town, taken_and_read(town, draft), {NAME: Said(RIGHT)})
    assert not PhotographRow.objects.exists()
    assert CopyRow.objects.count() == documents


def test_whoever_would_rather_type_deletes_it_at_once(town: Town, draft: UUID) -> None:
    key = take(town, draft, bytes_of("id-card"))
    assert drop_photograph(photograph=key, actor=town.who("wangfang")) == draft
    assert not PhotographRow.objects.exists()


def test_a_photograph_that_nobody_comes_back_to_is_gone_after_an_hour(town: Town, draft: UUID) -> None:
    taken_and_read(town, draft)
    assert forget_photographs(at=town.now + KEPT - timedelta(seconds=1)) == 0
    assert forget_photographs(at=town.now + KEPT + timedelta(seconds=1)) == 1
    assert not PhotographRow.objects.exists()


def test_it_is_kept_where_it_is_handed_in_as_a_document(town: Town, draft: UUID) -> None:
    claim(town, draft)
    key = taken_and_read(town, draft, kind="business-licence", material=LICENCE)
    assert look(town, key).may_hand_in
    assert confirm(town, key, {"enterprise-name": Said(RIGHT)}, hand_in=True).handed_in
    assert DraftMaterialRow.objects.filter(draft=draft, material=LICENCE).count() == 1
    assert values(town, draft)[ElementCode("enterprise-name")].value == "南京样例餐饮有限公司"
    assert not PhotographRow.objects.exists()


def test_it_is_handed_in_however_bad_it_is(town: Town, draft: UUID) -> None:
    claim(town, draft)
    key = taken_and_read(town, draft, "blurred much", "business-licence", material=LICENCE)
    assert FaultKind.UNKNOWN_PAPER in {fault.kind for fault in look(town, key).faults}
    assert confirm(town, key, {}, hand_in=True).handed_in


def test_nobody_is_led_to_hand_in_what_the_departments_share(town: Town, draft: UUID) -> None:
    key = taken_and_read(town, draft)
    assert not look(town, key).may_hand_in
    with pytest.raises(MaterialNotAsked):
        confirm(town, key, {NAME: Said(RIGHT)}, hand_in=True)
    assert NAME not in values(town, draft)
    with pytest.raises(NotPermitted):
        take(town, draft, bytes_of("id-card"), material="legal-representative-id-card")


def test_another_paper_is_named_before_anything_is_filed(town: Town, draft: UUID) -> None:
    seen = look(town, taken_and_read(town, draft, kind="bank-card"))
    assert [fault.kind for fault in seen.faults] == [FaultKind.WRONG_PAPER]
    assert all(one.value is None for one in seen.fields)


def test_a_stranger_finds_no_photograph(town: Town, draft: UUID) -> None:
    key = taken_and_read(town, draft)
    stranger = town.who("qianjin")
    for ask in (
        lambda: look_at_photograph(key, actor=stranger, at=town.now, on=town.now.date()),
        lambda: preview_of(key, actor=stranger),
        lambda: drop_photograph(photograph=key, actor=stranger),
        lambda: confirm_photograph(photograph=key, actor=stranger, said={}, at=town.now),
        lambda: take_photograph(
            draft=draft,
            actor=stranger,
            paper=CARD,
            filename="a.jpg",
            content=bytes_of("id-card"),
            at=town.now,
        ),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_nothing_readable_lies_in_the_table(town: Town, draft: UUID) -> None:
    key = taken_and_read(town, draft)
    row = PhotographRow.objects.get(pk=key)
    for sealed in (row.content_sealed, row.seen_sealed, row.preview_sealed):
        assert b"id-card" not in bytes(sealed)
        assert "林晓燕".encode() not in bytes(sealed)
    assert preview_of(key, actor=town.who("wangfang")) == PREVIEW


def test_where_no_reader_is_installed_nothing_is_taken(town: Town, draft: UUID) -> None:
    outside.use(replace(outside.outside(), reader=None))
    with pytest.raises(NobodyReads):
        take(town, draft, bytes_of("id-card"))


@pytest.mark.parametrize("content", [b"%PDF-1.4 %%EOF", b"\xff\xd8\xff" + EICAR, b""])
def test_what_is_no_photograph_or_harmful_is_refused(town: Town, draft: UUID, content: bytes) -> None:
    with pytest.raises(FileRefused):
        take(town, draft, content)
    assert not PhotographRow.objects.exists()


def test_a_broken_picture_is_told_and_its_bytes_are_gone(town: Town, draft: UUID) -> None:
    seen = look(town, taken_and_read(town, draft, "of nothing that is known"))
    assert (seen.state, seen.has_content) == ("failed", False)
    assert "打不开" in seen.why_failed


def test_a_reader_that_breaks_down_stops_nobody(town: Town, draft: UUID) -> None:
    class Broken:
        def read(self, content: bytes) -> PhotographSeen:
            raise MemoryError

    outside.use(replace(outside.outside(), reader=Broken()))
    seen = look(town, taken_and_read(town, draft))
    assert (seen.state, seen.has_content) == ("failed", True)


def test_a_reading_that_was_cut_off_is_tried_once_more_and_then_given_up(town: Town, draft: UUID) -> None:
    key = take(town, draft, bytes_of("id-card"))
    for _ in range(2):
        PhotographRow.objects.filter(pk=key).update(state="running", seen_at=town.now)
        PhotographRow.objects.filter(pk=key, attempts__lt=2).update(attempts=2)
        assert not is_any_photograph_waiting(at=town.now)
        town.later(seconds=61)
        assert is_any_photograph_waiting(at=town.now)
    read(town)
    assert look(town, key).state == "failed"


def test_nobody_waits_for_ever(town: Town, draft: UUID) -> None:
    key = take(town, draft, bytes_of("id-card"))
    assert look(town, key).is_open
    town.later(seconds=PATIENCE.total_seconds() + 1)
    assert look(town, key).state == "late"


def test_a_second_photograph_of_the_same_paper_takes_the_place_of_the_first(town: Town, draft: UUID) -> None:
    take(town, draft, bytes_of("id-card", "small"))
    take(town, draft, bytes_of("id-card"))
    assert PhotographRow.objects.count() == 1


def test_what_the_one_thing_itself_issues_is_not_photographed(town: Town, draft: UUID) -> None:
    opening = open_draft(begin(town, "enterprise-opening", {}), actor=town.who("wangfang"))
    keys = {paper.key for paper in papers_filling(opening.form(), opening.plan())}
    assert "business-licence_enterprise" not in keys
    assert "property-certificate" in keys
