"""The coordinator at work: who has answered, what the one notice will say, one dispatch."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import actor
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.corrections import Target
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.catalogue.planning import plan_for
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.sweep import sweep
from yijianshi.services.reading.my_correction import correction_of
from yijianshi.services.working import drain
from yijianshi.store.corrections.models import CorrectionRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.results.models import DecisionTextRow

pytestmark = pytest.mark.django_db

SIGN = "signage-permit"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def restaurant(filed_before: None, db: None) -> Restaurant:
    return Restaurant.that_is_there()


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
    with django_assert_max_num_queries(23):
        assert he.get(f"/coordinate/{restaurant.id}").status_code == 200


def test_a_row_counts_the_remarks_on_its_own_item_only(restaurant: Restaurant) -> None:
    chen = signed_in_as("chenzhiyuan")
    given = {
        "target": "field", "code": "food-handling-area", "reason": "面积对不上", "remedy": "请改正面积", "basis": "办法",
    }  # fmt: skip
    assert chen.post(f"/desk/{restaurant.case('food-business-permit')}/remark", given).status_code == 302
    page = signed_in_as("hemin").get(f"/coordinate/{restaurant.id}")
    said = {row.line.item_code: row.answer.word for row in page.context["page"].cases}
    assert said["food-business-permit"] == "1 条意见"
    assert said["licence-check"] == "没有意见"
    assert "<strong>怎么补：</strong>请改正面积" in text_of(page)


def test_what_the_window_remarked_leaves_the_units_answer_open(restaurant: Restaurant) -> None:
    li = signed_in_as("laoli")
    lines = li.get(f"/window/{restaurant.id}/review").context["page"].lines
    sign = next(line.number - 1 for line in lines if line.line.key == "material:sign-rendering")
    li.post(
        f"/window/{restaurant.id}/review", {"rest": "ok", f"line{sign}": "bad", f"reason{sign}": "看不清"}
    )
    rows = signed_in_as("hemin").get(f"/coordinate/{restaurant.id}").context["page"].cases
    row = next(row for row in rows if row.line.item_code == SIGN)
    assert (row.answer.word, row.still) == ("1 条意见", "本单位没打开")


def test_the_same_words_on_a_shared_field_are_said_once_to_everybody(restaurant: Restaurant) -> None:
    loaded = load_submission(restaurant.id)
    plan = plan_for(loaded.edition_id, open_revision(restaurant.id).situation())
    shared = next(
        field.element for field in plan.fields if {"food-business-permit", SIGN} <= set(field.asked_by)
    )
    for item in ("food-business-permit", SIGN):
        make_remark(
            case=restaurant.case(item), actor=actor("laoli", at=restaurant.today), target=Target.FIELD, code=shared,
            reason="和执照上的不一样", basis=f"{item} 的依据", remedy="请照执照改", at=restaurant.at,
        )  # fmt: skip
    he = signed_in_as("hemin")
    assert text_of(he.get(f"/coordinate/{restaurant.id}")).count("和执照上的不一样") == 1
    restaurant.release()
    assert {restaurant.state(item) for item in ("food-business-permit", SIGN)} == {"awaiting_correction"}
    seen = correction_of(load_submission(restaurant.id))
    assert seen
    assert [remark.reason for remark in seen.remarks] == ["和执照上的不一样"]
    assert seen.remarks[0].basis == f"food-business-permit 的依据；{SIGN} 的依据"


def test_what_the_platform_made_is_a_click_away(restaurant: Restaurant) -> None:
    for login, address in (
        ("hemin", f"/coordinate/{restaurant.id}"),
        ("zhaokai", f"/desk/{restaurant.case('fire-safety-check')}"),
    ):
        client = signed_in_as(login)
        rows = client.get(address).context["page"].materials
        row = next(row for row in rows if row.name == "消防安全检查申报表或告知承诺书")
        words, href = row.links[0]
        assert words == "查看"
        assert client.get(href)["Content-Type"] == "application/pdf"


def test_where_time_accepted_everything_the_coordinator_only_ends_the_collection() -> None:
    place = Restaurant(at=NODE_CLOCK.now() - timedelta(days=20))
    sweep(at=NODE_CLOCK.now())
    drain(at=NODE_CLOCK.now())
    assert load_submission(place.id).state == "received"
    assert place.state(SIGN) != "received"
    he, address = signed_in_as("hemin"), f"/coordinate/{place.id}/release"
    assert "已视为受理" in text_of(he.get("/coordinate"))
    page = he.get(f"/coordinate/{place.id}")
    assert page.context["page"].act.label == "结束收意见"
    told = text_of(he.get(address))
    assert "看一遍，再结束收意见" in told
    assert "按下“分办”" not in told
    before = {case.now.item: case.now.state for case in load_submission(place.id).cases}
    question = he.post(address)
    assert "结束“开办餐饮店”的收意见？" in text_of(question)
    done = he.post(address, dict(question.context["question"].fields), follow=True)
    assert "已结束收意见" in text_of(done)
    loaded = load_submission(place.id)
    assert loaded.state == "released"
    assert {case.now.item: case.now.state for case in loaded.cases} == before
    assert not CorrectionRow.objects.exists()
    assert f"/coordinate/{place.id}" in text_of(he.get("/coordinate/released"))
    assert f"/coordinate/{place.id}" not in text_of(he.get("/coordinate"))
    assert he.post(address, {"confirmed": "1"}).status_code == 409


def test_the_list_of_what_is_under_way_asks_a_bounded_number_of_times(
    restaurant: Restaurant, django_assert_max_num_queries
) -> None:
    restaurant.release()
    second = Restaurant()
    second.release()
    he = signed_in_as("hemin")
    he.get("/coordinate/released")
    with django_assert_max_num_queries(17):
        assert len(he.get("/coordinate/released").context["page"].inbox.rows) == 2
