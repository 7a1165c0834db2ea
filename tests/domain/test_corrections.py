"""One round of corrections: everybody's remarks in one notice, each thing once, nothing without a reason."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.domain.specimens import calendar, shipped
from yijianshi.domain.cases import State
from yijianshi.domain.corrections import (
    CorrectionIncomplete,
    Remark,
    RemarkNotAllowed,
    Target,
    check_answered,
    check_remark,
    merge_remarks,
)
from yijianshi.domain.plans import Situation, make_plan

EDITION = shipped("open-restaurant")
ANSWERS = {
    "venue-area": 326.4, "has-signage": True, "sells-tobacco": False,
    "discharges-to-sewer": False, "element:by-agent": False,
}  # fmt: skip
PLAN = make_plan(
    EDITION,
    Situation(
        items=("licence-check", "food-business-permit", "fire-safety-check", "signage-permit"),  # type: ignore[arg-type]
        answers=ANSWERS,
    ),
)
NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)


def remark(code: str = "exit-count", item: str = "fire-safety-check", **more: Any) -> Remark:
    usual: dict[str, Any] = {
        "item": item,
        "target": Target.FIELD,
        "code": code,
        "reason": "与平面图不一致",
        "basis": "消防法第十五条",
        "remedy": "请照平面图填",
        "unit": "fire-rescue@320106",
        "by": "zhaokai",
        "at": NOW,
    }
    return Remark(**(usual | more))


def test_a_department_may_remark_on_its_own_fields_and_materials() -> None:
    check_remark(remark(), PLAN, state=State.RECEIVED)
    check_remark(remark("fire-safety-plan", target=Target.MATERIAL), PLAN, state=State.RECEIVED)


@pytest.mark.clause("S7")
@pytest.mark.parametrize("state", [state for state in State if state is not State.RECEIVED])
def test_after_the_one_notice_no_remark_can_be_made(state: State) -> None:
    with pytest.raises(RemarkNotAllowed, match="补正只告知一次"):
        check_remark(remark(), PLAN, state=state)


@pytest.mark.clause("S5.2")
@pytest.mark.parametrize("code", ["lease-contract", "food-layout-document", "health-certificate"])
def test_no_department_can_demand_a_material_that_is_not_on_its_list(code: str) -> None:
    with pytest.raises(RemarkNotAllowed, match="不在本事项的清单里"):
        check_remark(remark(code, target=Target.MATERIAL), PLAN, state=State.RECEIVED)


@pytest.mark.parametrize("code", ["seat-count", "no-such-field"])
def test_no_department_can_remark_on_a_field_that_it_did_not_ask_for(code: str) -> None:
    with pytest.raises(RemarkNotAllowed, match="没有这一栏"):
        check_remark(remark(code), PLAN, state=State.RECEIVED)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_remark_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(RemarkNotAllowed, match="请写明哪里不对"):
        check_remark(remark(reason=reason), PLAN, state=State.RECEIVED)


@pytest.mark.clause("S7")
def test_every_departments_findings_stand_in_one_notice_each_thing_once() -> None:
    found = [
        remark("premises-floor", "food-business-permit", unit="market-regulation@320106", at=NOW),
        remark("premises-floor", "fire-safety-check", at=NOW + timedelta(hours=1)),
        remark("fire-safety-plan", target=Target.MATERIAL, at=NOW + timedelta(hours=2)),
    ]
    notice = merge_remarks(found, EDITION, calendar(), on=date(2026, 11, 18))
    assert [(r.target, r.code, len(r.remarks)) for r in notice.requests] == [
        (Target.MATERIAL, "fire-safety-plan", 1),
        (Target.FIELD, "premises-floor", 2),
    ]
    assert notice.items == {"food-business-permit", "fire-safety-check"}


def test_one_authors_same_words_for_several_items_are_said_once_and_each_item_still_waits() -> None:
    floor = "premises-floor"
    found = [
        remark(floor, "food-business-permit", basis="食品经营许可办法第十二条"),
        remark(floor, "fire-safety-check"),
        remark(floor, "fire-safety-check", by="laoli"),
        remark(floor, "signage-permit", remedy="请照租赁合同填"),
    ]
    notice = merge_remarks(found, EDITION, calendar(), on=date(2026, 11, 18))
    both, other, third = notice.requests[0].said
    assert both.items == ("food-business-permit", "fire-safety-check")
    assert both.basis == "食品经营许可办法第十二条；消防法第十五条"
    assert (other.first.by, third.items) == ("laoli", ("signage-permit",))
    assert notice.items == {"food-business-permit", "fire-safety-check", "signage-permit"}


def test_the_applicant_has_ten_working_days_and_a_provisional_day_is_marked() -> None:
    in_time = merge_remarks([remark()], EDITION, calendar(), on=date(2026, 11, 18))
    late = merge_remarks([remark()], EDITION, calendar(), on=date(2026, 12, 24))
    assert (in_time.answer_by, in_time.provisional) == (date(2026, 12, 2), False)
    assert late.provisional


def test_an_answer_is_given_as_a_whole_and_what_is_missing_is_named() -> None:
    asked = [(Target.FIELD, "exit-count"), (Target.MATERIAL, "fire-safety-plan")]
    with pytest.raises(CorrectionIncomplete, match="消防安全制度"):
        check_answered(asked, EDITION, fields=["exit-count"], materials=[])  # type: ignore[list-item]
    with pytest.raises(CorrectionIncomplete):
        check_answered(asked, EDITION, fields=["fire-safety-plan"], materials=["exit-count"])  # type: ignore[list-item]
    check_answered(asked, EDITION, fields=["exit-count"], materials=["fire-safety-plan"])  # type: ignore[list-item]
