"""What a clerk does all day: saved texts, who has what in hand, and handing everything over before a holiday."""

from typing import Any
from uuid import UUID

import pytest

from tests.cast import actor
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.decide import Decision
from yijianshi.services.handling.hand import claim_case, hand_over_case
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.cases.models import CaseRow, StepRow
from yijianshi.store.desks.models import SavedTextRow
from yijianshi.store.results.models import DecisionTextRow
from yijianshi.web.acting import today

pytestmark = pytest.mark.django_db
FIRE, SIGN, FOOD = "fire-safety-check", "signage-permit", "food-business-permit"
FIRE_UNIT = "fire-rescue@320106"
SAID = "安全出口被货架挡住，宽度不足 1.1 米"


@pytest.fixture
def released(released_before: None, db: None) -> Restaurant:
    return Restaurant.that_is_there()


def text_of(response: Any) -> str:
    return response.content.decode()


def keep(login: str, kind: str, text: str = SAID, unit: str = "") -> Any:
    return signed_in_as(login).post("/saved-texts", {"kind": kind, "text": text, "unit": unit})


def beside_zhao() -> UUID:
    """Let 周琳 sit in the fire brigade too, and return her account."""
    account = Account.objects.get(login="zhoulin")
    Officer.objects.create(account=account, role="reviewer", unit=FIRE_UNIT, since=today())
    return account.id


def test_texts_are_kept_by_kind_for_oneself_or_the_unit_and_dropped_again(db: None) -> None:
    assert "/saved-texts" in text_of(signed_in_as("zhaokai").get("/desk")), "a way leads there"
    assert keep("zhaokai", "refusal").status_code == 302
    assert keep("zhaokai", "mending", "全单位都用的一句", FIRE_UNIT).status_code == 302
    for wrong in ({"kind": ""}, {"kind": "other"}, {"text": " "}, {"text": "长" * 501}):
        given = {"kind": "refusal", "text": "一句", "unit": ""} | wrong
        assert signed_in_as("zhaokai").post("/saved-texts", given).status_code == 422, wrong
    beside_zhao()
    mine, hers = (text_of(signed_in_as(login).get("/saved-texts")) for login in ("zhaokai", "zhoulin"))
    assert SAID in mine
    assert SAID not in hers, "one's own is nobody else's"
    assert "全单位都用的一句" in mine
    assert "全单位都用的一句" in hers
    own = SavedTextRow.objects.get(kind="refusal")
    assert SAID.encode() not in bytes(own.sealed)
    assert signed_in_as("zhoulin").post(f"/saved-texts/{own.id}/drop").status_code == 404
    signed_in_as("zhaokai").post(f"/saved-texts/{own.id}/drop")
    assert not SavedTextRow.objects.filter(pk=own.id).exists()


@pytest.mark.clause("C5.2")
def test_strangers_keep_nothing_and_nothing_for_a_unit_that_is_not_theirs(db: None) -> None:
    assert keep("wangfang", "refusal").status_code == 404
    assert signed_in_as("wangfang").get("/saved-texts").status_code == 404
    assert keep("zhaokai", "refusal", SAID, "urban-management@320106").status_code == 404


@pytest.mark.parametrize(
    ("act", "kind", "field", "others"),
    [
        ("refuse", "refusal", "reasons", {"basis": "other", "other": "消防法第十五条"}),
        (
            "mend",
            "mending",
            "findings",
            {"basis": "消防法", "mend_by": "2026-12-05", "inspectors": "赵凯、钱立"},
        ),
        ("extend", "extension", "reason", {"which": "own", "days": "3", "approved_by": "局长 张明"}),
    ],
)
def test_a_saved_text_is_inserted_without_scripts_and_nothing_else_happens(
    released: Restaurant, act: str, kind: str, field: str, others: dict[str, str]
) -> None:
    keep("zhaokai", kind)
    case, zhao = released.case(FIRE), signed_in_as("zhaokai")
    address = f"/desk/{case}/{act}"
    assert f"{field}|{SAID}" in text_of(zhao.get(address))
    steps = StepRow.objects.filter(case_id=case).count()
    given = others | {field: "先写的话", "saved": f"{field}|{SAID}", "insert": "1"}
    back = zhao.post(address, given)
    assert back.status_code == 200
    page = text_of(back)
    assert f"先写的话\n{SAID}" in page
    for value in others.values():
        assert value in page
    assert StepRow.objects.filter(case_id=case).count() == steps
    assert released.state(FIRE) == "accepted"
    nothing_chosen = zhao.post(address, given | {"saved": ""})
    assert nothing_chosen.status_code == 200
    assert "先写的话" in text_of(nothing_chosen)


def test_a_remark_takes_saved_reasons_and_saved_remedies(db: None) -> None:
    restaurant = Restaurant()
    keep("zhoulin", "remark", "看不清尺寸")
    keep("zhoulin", "remedy", "请标明长宽")
    case, zhou = restaurant.case(SIGN), signed_in_as("zhoulin")
    address = f"/desk/{case}/remark"
    query = "?target=material&code=sign-rendering"
    page = text_of(zhou.get(address + query))
    assert "reason|看不清尺寸" in page
    assert "remedy|请标明长宽" in page
    given = {
        "target": "material", "code": "sign-rendering", "reason": "", "remedy": "请补图", "basis": "条例",
        "saved": "remedy|请标明长宽", "insert": "1",
    }  # fmt: skip
    assert "请补图\n请标明长宽" in text_of(zhou.post(address, given))
    assert "没有意见" in text_of(zhou.get(f"/desk/{case}")), "nothing has been remarked yet"


@pytest.mark.clause("C3.1")
def test_the_inbox_says_in_whose_hands_each_case_is_and_narrows_by_it(released: Restaurant) -> None:
    other = Restaurant()
    other.release()
    her = beside_zhao()
    zhao = actor("zhaokai", at=NODE_CLOCK.now())
    claim_case(case=released.case(FIRE), actor=zhao, at=NODE_CLOCK.now())
    hand_over_case(case=other.case(FIRE), actor=zhao, to=her, reason="分一件", at=NODE_CLOCK.now())
    browser = signed_in_as("zhaokai")
    page = text_of(browser.get("/desk"))
    assert "我在办" in page
    assert "周琳在办" in page
    third = Restaurant()
    for hand, there in (("mine", released), ("colleague", other), ("nobody", third)):
        shown = text_of(browser.get("/desk", {"hand": hand}))
        for one in (released, other, third):
            assert (f"/desk/{one.case(FIRE)}" in shown) is (one is there), hand


@pytest.mark.clause("C3.1")
def test_before_a_holiday_everything_in_hand_goes_to_one_colleague_with_one_reason(
    released: Restaurant,
) -> None:
    other, third = Restaurant(), Restaurant()
    other.release()
    her, zhao = beside_zhao(), actor("zhaokai", at=NODE_CLOCK.now())
    for one in (released, other):
        claim_case(case=one.case(FIRE), actor=zhao, at=NODE_CLOCK.now())
    browser = signed_in_as("zhaokai")
    assert "/desk/hand-over" in text_of(browser.get("/desk"))
    page = text_of(browser.get("/desk/hand-over"))
    assert str(released.case(FIRE)) in page
    assert str(other.case(FIRE)) in page
    assert str(third.case(FIRE)) not in page
    assert "周琳" in page
    cases = [str(one.case(FIRE)) for one in (released, other)]
    seen = [f"{key}:{CaseRow.objects.get(pk=key).seq}" for key in cases]
    given = {"case": cases, "seen": seen, "to": str(her), "reason": "明天起休假", "confirmed": "1"}
    for missing in ("to", "reason"):
        again = browser.post("/desk/hand-over", given | {missing: ""})
        assert again.status_code == 422, missing
        assert CaseRow.objects.filter(handler=her).count() == 0
    done = text_of(browser.post("/desk/hand-over", given, follow=True))
    assert "已交办 2 件" in done
    assert CaseRow.objects.filter(handler=her, item=FIRE).count() == 2
    assert StepRow.objects.filter(action="hand_over", case_id__in=cases).count() == 2
    assert DecisionTextRow.objects.filter(action="hand_over").count() == 2
    assert "还没有选办件" in text_of(browser.get("/desk/hand-over"))


def test_of_several_ticked_one_that_changed_stays_and_is_told(released: Restaurant) -> None:
    other = Restaurant()
    other.release()
    her = beside_zhao()
    cases = [str(one.case(FIRE)) for one in (released, other)]
    seen = [f"{key}:{CaseRow.objects.get(pk=key).seq}" for key in cases]
    asked = signed_in_as("zhaokai").post("/desk/hand-over", {"case": cases})
    assert asked.status_code == 200
    assert "交给一位同事" in text_of(asked)
    zhao = actor("zhaokai", at=NODE_CLOCK.now())
    claim_case(case=other.case(FIRE), actor=zhao, at=NODE_CLOCK.now())
    given = {"case": cases, "seen": seen, "to": str(her), "reason": "休假", "confirmed": "1"}
    told = text_of(signed_in_as("zhaokai").post("/desk/hand-over", given, follow=True))
    assert "已交办 1 件" in told
    assert "没有交办" in told
    assert CaseRow.objects.get(pk=released.case(FIRE)).handler == her
    assert CaseRow.objects.get(pk=other.case(FIRE)).handler != her


@pytest.mark.clause("C5.2")
def test_cases_of_others_are_neither_shown_nor_handed_over(released: Restaurant) -> None:
    her = beside_zhao()
    hand_over_case(
        case=released.case(FIRE), actor=actor("zhaokai", at=NODE_CLOCK.now()), to=her, reason="分", at=NODE_CLOCK.now()
    )  # fmt: skip
    foreign, hers = str(released.case(FOOD)), str(released.case(FIRE))
    page = text_of(signed_in_as("zhaokai").post("/desk/hand-over", {"case": [foreign, hers]}))
    assert foreign not in page
    assert "在周琳手里" in page
    for login in ("wangfang", "heli", "laoli"):
        assert signed_in_as(login).get("/desk/hand-over").status_code == 404, login
        assert signed_in_as(login).post("/desk/hand-over", {"case": [hers]}).status_code == 404, login


def test_what_waits_for_a_second_person_is_marked_in_the_inbox(released: Restaurant) -> None:
    from yijianshi.services.handling.countersign import propose_decision
    from yijianshi.services.handling.demand_two import demand_two_persons

    at = NODE_CLOCK.now()
    demand_two_persons(unit=FIRE_UNIT, item=FIRE, actor=actor("heli", at=at), at=at, wanted=True)
    decision = Decision(Action.GRANT)
    propose_decision(case=released.case(FIRE), actor=actor("zhaokai", at=at), decision=decision, at=at)
    beside_zhao()
    shown = text_of(signed_in_as("zhoulin").get("/desk", {"unit": FIRE_UNIT}))
    assert "待确认" in shown
    given = {"case": [str(released.case(FIRE))], "confirmed": "1"}
    refused = text_of(signed_in_as("zhaokai").post("/desk/grant", given, follow=True))
    assert "不能自己确认" in refused
    signed_in_as("zhoulin").post("/desk/grant", given)
    assert released.state(FIRE) == "granted", "the list confirms what was proposed, by somebody else"
