"""An old lady is offered her allowance before she asks: she confirms, objects or declines, and nothing happens without her."""

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
import xlsxwriter

from tests.services.town import Town
from yijianshi.domain.cases import State
from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.entitlements import OfferNotPossible, OfferState
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.services.contents import fingerprint
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.lists.tables import ListNotRead
from yijianshi.services.offering.answer import (
    OfferIncomplete,
    confirm_offer,
    decline_offer,
    object_to_offer,
    reply_to_objection,
)
from yijianshi.services.offering.forget import forget_lapsed
from yijianshi.services.offering.lists import read_people
from yijianshi.services.offering.offer import Made, match_register, offer_benefit
from yijianshi.services.ports import Listed, SourceUnavailable
from yijianshi.services.reading.my_messages import messages_of
from yijianshi.store.offers.models import OfferListRow, OfferRow
from yijianshi.store.submissions.models import SubmissionRow

BUNDLE, ITEM = BundleCode("elderly-allowance"), ItemCode("elderly-allowance-claim")
UNIT = Unit.parse("civil-affairs@320106")
#: What only she knows: where she lives, that she gets nothing of the kind elsewhere, and that registers may be asked.
GIVEN = {
    "data-sharing-consent": True,
    "applicant-residence-address": "江苏省南京市鼓楼区示例巷 21 号",
    "has-same-subsidy": False,
}


def found(town: Town) -> tuple[tuple[Listed, ...], str]:
    return match_register(
        bundle=BUNDLE, item=ITEM, unit=UNIT, first=date(2026, 11, 1), last=date(2026, 12, 18),
        actor=town.who("civil-affairs"), at=town.now,
    )  # fmt: skip


def offered(town: Town, people: tuple[Listed, ...] | None = None) -> Made:
    named, rests_on = found(town)
    return offer_benefit(
        bundle=BUNDLE, item=ITEM, unit=UNIT, people=named if people is None else people, rests_on=rests_on,
        until=legal_day(town.now) + timedelta(days=30), actor=town.who("civil-affairs"), at=town.now,
    )  # fmt: skip


@pytest.fixture
def hers(town: Town) -> UUID:
    """The offer to 王例兰, who turns eighty on 5 December."""
    made = offered(town)
    named, _ = found(town)
    lan = next(one for one in named if one.name == "王例兰")
    (key,) = [row.id for row in OfferRow.objects.filter(made_in=made.id) if _is_for(row, lan)]
    return key


def _is_for(row: OfferRow, one: Listed) -> bool:
    return bytes(row.number_hash) == fingerprint(one.number, kind="person")


def state(offer: UUID) -> str:
    return OfferRow.objects.values_list("state", flat=True).get(pk=offer)


@pytest.mark.clause("S6.1")
def test_the_register_names_whoever_turns_eighty_and_nobody_else(town: Town) -> None:
    people, rests_on = found(town)
    assert sorted(one.name for one in people) == ["李例根", "王例兰"]
    assert "人口库" in rests_on
    assert not any(one.number in rests_on for one in people)
    town.down.add("population")
    with pytest.raises(SourceUnavailable):
        found(town)


def test_only_the_unit_of_the_item_may_offer_it(town: Town) -> None:
    for login in ("heli", "zhaokai", "wangfang"):
        with pytest.raises(NotPermitted):
            match_register(
                bundle=BUNDLE, item=ITEM, unit=UNIT, first=date(2026, 11, 1), last=date(2026, 12, 1),
                actor=town.who(login), at=town.now,
            )  # fmt: skip


def test_what_the_catalogue_does_not_allow_is_not_offered(town: Town) -> None:
    with pytest.raises(OfferNotPossible, match="目录"):
        offer_benefit(
            bundle=BUNDLE, item=ItemCode("elderly-care-subsidy"), unit=UNIT, people=found(town)[0], rests_on="名单",
            until=legal_day(town.now) + timedelta(days=30), actor=town.who("civil-affairs"), at=town.now,
        )  # fmt: skip


def test_an_offer_keeps_no_number_in_the_open_and_she_is_told(town: Town, hers: UUID) -> None:
    people, _ = found(town)
    row = OfferRow.objects.get(pk=hers)
    assert all(one.number.encode() not in bytes(row.number_sealed) for one in people)
    (message, *_), _ = messages_of(town.who("wanglilan"))
    assert message.link == f"/my/offers/{hers}"
    assert message.title == "尊老金：您可能可以领"


@pytest.mark.clause("S6.1")
def test_a_second_list_offers_nobody_twice(town: Town, hers: UUID) -> None:
    again = offered(town)
    assert (again.offered, again.left_out) == (0, 2)
    decline_offer(offer=hers, actor=town.who("wanglilan"), at=town.now)
    assert offered(town).offered == 0, "who declined is not asked again"


def test_who_has_a_case_of_it_is_left_out(town: Town, hers: UUID) -> None:
    lan = town.who("wanglilan")
    confirm_offer(offer=hers, actor=lan, given=GIVEN, at=town.now)
    OfferRow.objects.all().delete()
    again = offered(town)
    assert (again.offered, again.left_out) == (1, 1)


@pytest.mark.clause("S6.1")
def test_confirming_files_with_what_is_known_and_only_what_is_missing_is_asked(
    town: Town, hers: UUID
) -> None:
    lan = town.who("wanglilan")
    with pytest.raises(OfferIncomplete) as missing:
        confirm_offer(offer=hers, actor=lan, given={}, at=town.now)
    assert sorted(trouble.key for trouble in missing.value.troubles) == sorted(GIVEN)
    assert not SubmissionRow.objects.exists(), "nothing is kept of what failed"
    submission = confirm_offer(offer=hers, actor=lan, given=GIVEN, at=town.now)
    assert {str(case.now.item) for case in load_submission(submission).cases} == {"age-household-check", ITEM}
    assert all(case.now.state is State.RECEIVED for case in load_submission(submission).cases), (
        "nothing is granted"
    )
    assert state(hers) == OfferState.CONFIRMED
    assert OfferRow.objects.get(pk=hers).number_sealed == b"", "the number is with the submission now"


def test_a_doubled_click_files_once(town: Town, hers: UUID) -> None:
    lan = town.who("wanglilan")
    first = confirm_offer(offer=hers, actor=lan, given=GIVEN, at=town.now)
    assert confirm_offer(offer=hers, actor=lan, given=GIVEN, at=town.now) == first
    assert SubmissionRow.objects.count() == 1


def test_a_stranger_can_do_nothing_with_it(town: Town, hers: UUID) -> None:
    for login in ("wangfang", "civil-affairs", "heli"):
        with pytest.raises(NotPermitted):
            confirm_offer(offer=hers, actor=town.who(login), given=GIVEN, at=town.now)
        with pytest.raises(NotPermitted):
            decline_offer(offer=hers, actor=town.who(login), at=town.now)


def test_wrong_data_go_to_a_person_who_answers(town: Town, hers: UUID) -> None:
    lan, officer = town.who("wanglilan"), town.who("civil-affairs")
    with pytest.raises(OfferNotPossible):
        object_to_offer(offer=hers, actor=lan, words=" ", at=town.now)
    object_to_offer(offer=hers, actor=lan, words="我的户口去年迁到了玄武区", at=town.now)
    assert "玄武" not in str(OfferRow.objects.values_list("objection_sealed").get(pk=hers))
    with pytest.raises(OfferNotPossible, match="正在核对"):
        confirm_offer(offer=hers, actor=lan, given=GIVEN, at=town.now)
    with pytest.raises(NotPermitted):
        reply_to_objection(offer=hers, actor=town.who("zhaokai"), holds=True, words="对的", at=town.now)
    reply_to_objection(offer=hers, actor=officer, holds=True, words="户籍库已更正，仍在鼓楼区", at=town.now)
    assert state(hers) == OfferState.OPEN
    assert confirm_offer(offer=hers, actor=lan, given=GIVEN, at=town.now)


def test_an_objection_that_is_right_withdraws_the_offer(town: Town, hers: UUID) -> None:
    lan = town.who("wanglilan")
    object_to_offer(offer=hers, actor=lan, words="我已经在别处领了", at=town.now)
    reply_to_objection(
        offer=hers, actor=town.who("civil-affairs"), holds=False, words="核对属实", at=town.now
    )
    assert state(hers) == OfferState.WITHDRAWN
    assert OfferRow.objects.get(pk=hers).name_sealed == b""


def test_after_its_day_it_lapses_is_forgotten_and_may_be_offered_anew(town: Town, hers: UUID) -> None:
    town.go_to(12, 19)
    with pytest.raises(OfferNotPossible, match="过了确认的日子"):
        confirm_offer(offer=hers, actor=town.who("wanglilan"), given=GIVEN, at=town.now)
    assert forget_lapsed(at=town.now) == 2
    assert (state(hers), OfferRow.objects.get(pk=hers).number_sealed) == ("lapsed", b"")
    assert offered(town).offered == 2


def test_a_day_too_soon_or_too_far_is_refused(town: Town) -> None:
    for days in (0, 6, 181):
        with pytest.raises(OfferNotPossible):
            offer_benefit(
                bundle=BUNDLE, item=ITEM, unit=UNIT, people=found(town)[0], rests_on="名单",
                until=legal_day(town.now) + timedelta(days=days), actor=town.who("civil-affairs"), at=town.now,
            )  # fmt: skip
    assert not OfferListRow.objects.exists()


def sheet(*rows: tuple[str, str]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate((("姓名", "公民身份号码"), *rows)):
            for column, cell in enumerate(row):
                page.write_string(at, column, cell)
    return content.getvalue()


def test_a_list_is_read_from_a_spreadsheet_or_csv(town: Town) -> None:
    people, _ = found(town)
    rows = [(one.name, one.number) for one in people]
    assert read_people("名单.xlsx", sheet(*rows), kind="person") == tuple(people)
    csv = "姓名,身份证号\n" + "\n".join(f"{name},{number.lower()}" for name, number in rows)
    assert read_people("名单.csv", csv.encode("gb18030"), kind="person") == tuple(people)


def test_a_wrong_number_is_named_by_its_row_and_never_by_itself(town: Town) -> None:
    people, _ = found(town)
    wrong = people[0].number[:-1] + ("0" if people[0].number[-1] != "0" else "1")
    with pytest.raises(ListNotRead) as refused:
        read_people("名单.xlsx", sheet(("甲", people[1].number), ("乙", wrong)), kind="person")
    assert "第 3 行" in str(refused.value)
    assert wrong not in str(refused.value)
    for content in (b"not a sheet", b""):
        with pytest.raises(ListNotRead):
            read_people("名单.xlsx", content, kind="person")
