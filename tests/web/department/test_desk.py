"""A department's officer at work: inbox, case, remark, decision - without scripts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import PAPER
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.store.cases.models import StepRow
from yijianshi.store.corrections.models import RemarkRow
from yijianshi.store.reads.models import ReadRow

pytestmark = pytest.mark.django_db

FOOD, SIGN = "food-business-permit", "signage-permit"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def restaurant(filed_before: None, db: None) -> Restaurant:
    return Restaurant.that_is_there()


@pytest.fixture
def released(restaurant: Restaurant) -> Restaurant:
    restaurant.release()
    return restaurant


def test_the_inbox_shows_the_unit_its_own_cases_and_nobody_elses(released: Restaurant) -> None:
    page = text_of(signed_in_as("zhoulin").get("/desk"))
    assert "户外招牌" in page
    assert "南京禾味餐饮管理有限公司" in page
    assert "食品经营许可" not in page


def test_an_inbox_page_asks_the_database_a_bounded_number_of_times(
    released: Restaurant, django_assert_max_num_queries
) -> None:
    chen = signed_in_as("chenzhiyuan")
    chen.get("/desk")
    with django_assert_max_num_queries(16):
        assert chen.get("/desk").status_code == 200


def test_a_case_is_found_by_the_end_of_its_number(released: Restaurant) -> None:
    from yijianshi.store.cases.models import CaseRow

    number = CaseRow.objects.get(pk=released.case(SIGN)).number
    zhou = signed_in_as("zhoulin")
    assert number[-8:] in text_of(zhou.get("/desk", {"q": number[-6:]}))
    assert "没有这个号码" in text_of(zhou.get("/desk", {"q": "99999999"}))
    assert "没有这个号码" in text_of(zhou.get("/desk", {"q": "甲乙"}))


@pytest.mark.parametrize(
    "query",
    ["state=late", "state=soon", "state=received", "page=9999", "due=2026-99-99", "item=none", "page=x"],
)
def test_no_filter_breaks_the_inbox(released: Restaurant, query: str) -> None:
    assert signed_in_as("chenzhiyuan").get(f"/desk?{query}").status_code == 200


def test_a_case_page_shows_only_what_the_item_asked_for(released: Restaurant) -> None:
    case = released.case(SIGN)
    page = text_of(signed_in_as("zhoulin").get(f"/desk/{case}"))
    assert "招牌长度" in page
    assert "食品安全管理员" not in page
    assert "安全出口" not in page
    assert "消防" in page, "where the siblings stand is told"


def test_every_read_of_a_case_is_written_down_with_the_unit(released: Restaurant) -> None:
    case = released.case(SIGN)
    signed_in_as("zhoulin").get(f"/desk/{case}")
    read = ReadRow.objects.get(case_id=case)
    assert (read.unit, read.what) == ("urban-management@320106", "slice")


def test_another_unit_gets_the_same_answer_as_for_a_case_that_is_not_there(released: Restaurant) -> None:
    zhao = signed_in_as("zhaokai")
    other = zhao.get(f"/desk/{released.case(SIGN)}")
    absent = zhao.get(f"/desk/{uuid4()}")
    assert other.status_code == absent.status_code == 404
    strip = text_of(other).replace(str(released.case(SIGN)), "")
    assert "没有这一页" in strip
    assert "户外招牌" not in strip
    assert not ReadRow.objects.filter(case_id=released.case(SIGN)).exists()


@pytest.mark.parametrize("login", ["wangfang", "qianjin", "hemin", "laoli", "heli"])
def test_who_does_not_review_gets_no_case_and_cannot_decide(released: Restaurant, login: str) -> None:
    client, case = signed_in_as(login), released.case(SIGN)
    assert client.get(f"/desk/{case}").status_code == 404
    assert client.post(f"/desk/{case}/grant", {"seen": "9"}).status_code == 404
    assert released.state(SIGN) == "accepted"


def test_a_visitor_is_led_to_the_door(released: Restaurant) -> None:
    from django.test import Client

    answer = Client().get(f"/desk/{released.case(SIGN)}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login")


def test_a_remark_on_a_document_offers_what_to_look_at_and_the_basis(restaurant: Restaurant) -> None:
    case, zhou = restaurant.case(SIGN), signed_in_as("zhoulin")
    address = f"/desk/{case}/remark"
    form = text_of(zhou.get(address, {"target": "material", "code": "sign-rendering"}))
    assert "能看清招牌在建筑立面上的位置" in form
    assert "依据" in form
    refused = zhou.post(
        address, {"target": "material", "code": "sign-rendering", "reason": "", "remedy": "", "basis": ""}
    )
    assert refused.status_code == 422
    assert "勾一条或者写明" in text_of(refused)
    done = zhou.post(
        address,
        {
            "target": "material",
            "code": "sign-rendering",
            "reason": "看不清尺寸",
            "remedy": "请标明",
            "basis": "条例",
        },
    )
    assert done.status_code == 302
    assert "看不清尺寸" in text_of(zhou.get(f"/desk/{case}"))
    row = RemarkRow.objects.get()
    assert zhou.post(reverse("desk-remark-withdraw", args=[case, row.id])).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_a_remark_on_what_the_item_did_not_ask_for_is_refused(restaurant: Restaurant) -> None:
    zhou = signed_in_as("zhoulin")
    address = f"/desk/{restaurant.case(SIGN)}/remark"
    for target, code in (
        ("field", "food-handling-area"),
        ("material", "food-layout-document"),
        ("field", "nonsense"),
        ("x", "y"),
    ):
        assert zhou.get(address, {"target": target, "code": code}).status_code == 422
        assert zhou.post(address, {"target": target, "code": code, "reason": "x"}).status_code == 422
    assert not RemarkRow.objects.exists()


def test_having_nothing_to_remark_is_a_step_and_said_once(restaurant: Restaurant) -> None:
    case, zhou = restaurant.case(SIGN), signed_in_as("zhoulin")
    for _ in range(2):
        assert zhou.post(f"/desk/{case}/no-remark").status_code == 302
    step = StepRow.objects.get(action="no_remark")
    assert step.unit == "urban-management@320106"
    assert step.case_id is None
    assert "已回复没有意见" in text_of(zhou.get(f"/desk/{case}"))


def test_before_release_the_grant_button_is_grey_and_says_why(restaurant: Restaurant) -> None:
    page = text_of(signed_in_as("zhoulin").get(f"/desk/{restaurant.case(SIGN)}"))
    assert "分办后才能决定" in page
    assert reverse("desk-grant", args=[restaurant.case(SIGN)]) not in page


def test_a_grant_is_asked_first_and_then_written(released: Restaurant) -> None:
    case, zhou = released.case(SIGN), signed_in_as("zhoulin")
    question = zhou.get(f"/desk/{case}/grant")
    seen = dict(question.context["question"].fields)["seen"]
    assert "出具" in text_of(question)
    assert released.state(SIGN) == "accepted"
    assert zhou.post(f"/desk/{case}/grant", {"seen": seen}).status_code == 302
    assert released.state(SIGN) == "granted"
    page = text_of(zhou.get(f"/desk/{case}"))
    assert "已出具" in page
    assert "不予许可</span>" not in page


def test_the_second_of_two_officers_is_told_that_somebody_was_faster(released: Restaurant) -> None:
    case, zhou = released.case(SIGN), signed_in_as("zhoulin")
    seen = dict(zhou.get(f"/desk/{case}/grant").context["question"].fields)["seen"]
    zhou.post(f"/desk/{case}/suspend", {"ground": "inspection", "reason": "测量", "days": "3", "seen": seen})
    late = zhou.post(f"/desk/{case}/resume", {"seen": seen})
    assert late.status_code == 409
    assert "有人先办了" in text_of(late)
    assert released.state(SIGN) == "suspended"


def test_a_refusal_needs_reasons_and_basis_and_shows_the_ways_of_appeal_before_it_is_sent(
    released: Restaurant,
) -> None:
    case, zhou = released.case(SIGN), signed_in_as("zhoulin")
    address = f"/desk/{case}/refuse"
    empty = zhou.post(address, {"reasons": " ", "basis": ""})
    assert empty.status_code == 422
    assert released.state(SIGN) == "accepted"
    given = {"reasons": "占压消防登高面", "basis": "other", "other": "《市容条例》第十一条"}
    asked = zhou.post(address, given)
    assert "申请行政复议" in text_of(asked)
    assert "占压消防登高面" in text_of(asked)
    assert released.state(SIGN) == "accepted"
    assert zhou.post(address, dict(asked.context["question"].fields)).status_code == 302
    assert released.state(SIGN) == "refused"
    assert "占压消防登高面" in text_of(zhou.get(f"/desk/{case}"))


def test_stopping_the_clock_needs_a_lawful_ground(released: Restaurant) -> None:
    case, chen = released.case(FOOD), signed_in_as("chenzhiyuan")
    address = f"/desk/{case}/suspend"
    for given in (
        {},
        {"ground": "weather", "reason": "x", "days": "3"},
        {"ground": "inspection", "reason": "x", "days": "零"},
    ):
        assert chen.post(address, given).status_code == 422
    assert released.state(FOOD) == "accepted"
    assert chen.post(address, {"ground": "inspection", "reason": "抽样送检", "days": "3"}).status_code == 302
    page = text_of(chen.get(f"/desk/{case}"))
    assert "抽样送检" in page
    assert "先恢复计时" in page
    chen.post(f"/desk/{case}/resume")
    assert released.state(FOOD) == "accepted"


def test_a_visit_counts_and_the_page_says_so(released: Restaurant) -> None:
    page = signed_in_as("chenzhiyuan").get(f"/desk/{released.case(FOOD)}/suspend")
    assert "现场勘验计入时限，不能停表" in text_of(page)
    grounds = [option.value for option in page.context["page"].questions[0].options]
    assert len(grounds) == 8, "the eight grounds of art. 45 and nothing else"


def test_a_corrected_case_is_accepted_or_declined_by_its_unit(restaurant: Restaurant) -> None:
    from tests.cast import actor
    from yijianshi.services.handling.correct import Upload, answer_correction

    restaurant.remark_on_the_sign()
    restaurant.release()
    now = NODE_CLOCK.now() - timedelta(minutes=5)
    answer_correction(
        submission=restaurant.id, actor=actor("wangfang", at=now, enterprise=True), fields={},
        files={"sign-rendering": [Upload("图.pdf", PAPER)]}, at=now,
    )  # fmt: skip
    zhou, case = signed_in_as("zhoulin"), restaurant.case(SIGN)
    page = zhou.get(f"/desk/{case}")
    assert "补正已经交回" in text_of(page)
    assert "不予受理" in text_of(page)
    assert zhou.post(f"/desk/{case}/accept", {"seen": page.context["page"].read.seq}).status_code == 302
    assert restaurant.state(SIGN) == "accepted"


def test_a_document_is_streamed_to_its_unit_alone_and_only_when_scanned(released: Restaurant) -> None:
    from yijianshi.store.materials.models import BlobRow

    zhou, case = signed_in_as("zhoulin"), released.case(SIGN)
    page = zhou.get(f"/desk/{case}").context["page"]
    file = next(m for m in page.read.materials if m.files).files[0]
    address = reverse("desk-material", args=[case, file.copy])
    answer = zhou.get(address)
    assert b"".join(answer.streaming_content) == PAPER
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; filename*=UTF-8''")
    assert ReadRow.objects.filter(what="material", case_id=case).count() == 1
    chen, food = signed_in_as("chenzhiyuan"), released.case(FOOD)
    assert chen.get(reverse("desk-material", args=[food, file.copy])).status_code == 404, "not of his item"
    assert chen.get(address).status_code == 404
    BlobRow.objects.update(scan="waiting")
    assert zhou.get(address).status_code == 404
    assert "查毒" in text_of(zhou.get(f"/desk/{case}")) or "在过检" in text_of(zhou.get(f"/desk/{case}"))


def test_several_cases_of_one_item_are_granted_together_after_a_list(released: Restaurant) -> None:
    second = Restaurant()
    second.release()
    zhou = signed_in_as("zhoulin")
    cases = [str(released.case(SIGN)), str(second.case(SIGN))]
    asked = zhou.post("/desk/grant", {"case": cases})
    assert "准予这 2 件" in text_of(asked)
    assert released.state(SIGN) == "accepted"
    fields = asked.context["question"].fields
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    assert zhou.post("/desk/grant", sent).status_code == 302
    assert released.state(SIGN) == second.state(SIGN) == "granted"


def test_a_batch_of_different_items_or_of_others_cases_is_refused(released: Restaurant) -> None:
    chen = signed_in_as("chenzhiyuan")
    nobody = chen.post("/desk/grant", {"case": [str(released.case(SIGN)), "nonsense"]})
    assert nobody.status_code == 302
    assert released.state(SIGN) == "accepted"


def test_a_case_page_asks_the_database_a_bounded_number_of_times(
    released: Restaurant, django_assert_max_num_queries
) -> None:
    chen, case = signed_in_as("chenzhiyuan"), released.case(FOOD)
    chen.get(f"/desk/{case}")
    with django_assert_max_num_queries(25):
        assert chen.get(f"/desk/{case}").status_code == 200
