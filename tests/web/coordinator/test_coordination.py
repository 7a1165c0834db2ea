"""The coordinator at work: who has answered, what the one notice will say, one dispatch."""

from uuid import uuid4

import pytest

from tests.web.staff import Restaurant, signed_in_as
from yijianshi.store.corrections.models import CorrectionRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.results.models import DecisionTextRow

pytestmark = pytest.mark.django_db

SIGN = "signage-permit"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def restaurant() -> Restaurant:
    return Restaurant()


def test_the_list_says_who_has_answered(restaurant: Restaurant) -> None:
    he = signed_in_as("hemin")
    page = text_of(he.get("/coordinate"))
    assert ("0/2" in page and "等市场监管、城管" in page) or "0/3" in page
    restaurant.remark_on_the_sign()
    page = text_of(he.get("/coordinate"))
    assert "1 条意见" in page


def test_the_list_asks_the_database_a_bounded_number_of_times(
    restaurant: Restaurant, django_assert_max_num_queries
) -> None:
    Restaurant()
    he = signed_in_as("hemin")
    he.get("/coordinate")
    with django_assert_max_num_queries(16):
        assert he.get("/coordinate").status_code == 200


def test_the_coordinator_sees_the_whole_and_the_notice_as_it_will_be(restaurant: Restaurant) -> None:
    restaurant.remark_on_the_sign()
    signed_in_as("zhoulin").get(f"/desk/{restaurant.case(SIGN)}")
    page = text_of(signed_in_as("hemin").get(f"/coordinate/{restaurant.id}"))
    for words in ("补正告知书会这样写：1 处", "看不清尺寸", "周琳", "食品处理区面积", "招牌长度", "没打开"):
        assert words in page
    assert ReadRow.objects.filter(submission_id=restaurant.id, what="page").count() == 1


@pytest.mark.parametrize(
    "login", ["zhoulin", "chenzhiyuan", "laoli", "liujie", "qianjin", "wangfang", "heli"]
)
def test_nobody_else_sees_or_releases_it(restaurant: Restaurant, login: str) -> None:
    client = signed_in_as(login)
    for address in (
        f"/coordinate/{restaurant.id}",
        f"/coordinate/{restaurant.id}/release",
        f"/coordinate/{uuid4()}",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/coordinate/{restaurant.id}/release", {"confirmed": "1"}).status_code == 404
    assert restaurant.state(SIGN) == "received"


def test_the_coordinator_remarks_too_and_takes_it_back(restaurant: Restaurant) -> None:
    he = signed_in_as("hemin")
    address = f"/coordinate/{restaurant.id}/remark/{restaurant.case(SIGN)}"
    assert he.get(address, {"target": "field", "code": "sign-length"}).status_code == 200
    done = he.post(
        address,
        {
            "target": "field",
            "code": "sign-length",
            "reason": "与效果图不一致",
            "remedy": "请改",
            "basis": "条例",
        },
    )
    assert done.status_code == 302
    page = he.get(f"/coordinate/{restaurant.id}")
    assert "与效果图不一致" in text_of(page)
    remark = page.context["page"].read.requests[0].remarks[0]
    assert remark.is_own
    assert he.post(f"/coordinate/{restaurant.id}/remark/{remark.id}/withdraw").status_code == 302
    assert "与效果图不一致" not in text_of(he.get(f"/coordinate/{restaurant.id}"))


def test_release_says_first_what_happens_to_each_case_and_then_does_exactly_that(
    restaurant: Restaurant,
) -> None:
    restaurant.remark_on_the_sign()
    he, address = signed_in_as("hemin"), f"/coordinate/{restaurant.id}/release"
    told = he.get(address)
    promised = {one.item_code: str(one.state) for one in told.context["page"].preview.outcomes}
    assert "1 条意见" in text_of(told)
    assert "家没有回复" in text_of(told)
    question = he.post(address)
    assert "分办以后不能收回" in text_of(question)
    assert restaurant.state(SIGN) == "received"
    done = he.post(address, dict(question.context["question"].fields))
    assert done.status_code == 302
    assert {item: restaurant.state(item) for item in promised} == promised
    assert CorrectionRow.objects.filter(submission=restaurant.id).count() == 1
    page = text_of(he.get(f"/coordinate/{restaurant.id}"))
    assert "现在在谁手里" in page
    again = he.post(address, {"confirmed": "1"})
    assert again.status_code == 409
    assert "南京禾味" in text_of(he.get("/coordinate/released"))


def test_an_item_outside_the_competence_is_declined_with_reasons_in_the_same_act(
    restaurant: Restaurant,
) -> None:
    he, address = signed_in_as("hemin"), f"/coordinate/{restaurant.id}/release"
    short = he.post(address, {f"decline.{SIGN}": "on", f"basis.{SIGN}": ""})
    assert short.status_code == 422
    assert restaurant.state(SIGN) == "received"
    given = {
        f"decline.{SIGN}": "on", f"reasons.{SIGN}": "位于高速公路用地内", f"basis.{SIGN}": "公路法", f"competent.{SIGN}": "交通运输局",
    }  # fmt: skip
    question = he.post(address, given)
    assert "不予受理" in text_of(question)
    assert he.post(address, dict(question.context["question"].fields)).status_code == 302
    assert restaurant.state(SIGN) == "declined"
    assert DecisionTextRow.objects.filter(action="decline").count() == 1
    assert "位于高速公路用地内" in text_of(signed_in_as("zhoulin").get(f"/desk/{restaurant.case(SIGN)}"))


def test_a_submission_page_asks_the_database_a_bounded_number_of_times(
    restaurant: Restaurant, django_assert_max_num_queries
) -> None:
    restaurant.remark_on_the_sign()
    he = signed_in_as("hemin")
    he.get(f"/coordinate/{restaurant.id}")
    with django_assert_max_num_queries(22):
        assert he.get(f"/coordinate/{restaurant.id}").status_code == 200
