"""老李 at the window: filing for others, the one pre-review, handing over - without scripts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from tests.cast import actor
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.working import drain
from yijianshi.store.accounts.models import Party
from yijianshi.store.cases.models import StepRow
from yijianshi.store.corrections.models import RemarkRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.results.models import DeliveryRow

pytestmark = pytest.mark.django_db

SIGN = "signage-permit"
SITUATION = {"venue-area": "120", "has-signage": "yes", "sells-tobacco": "no", "discharges-to-sewer": "no"}


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def restaurant(filed_before: None, db: None) -> Restaurant:
    return Restaurant.that_is_there()


def begin(li: Client, **changed: str):
    given = {
        "bundle": "open-restaurant", "kind": "enterprise", "number": "91350100M000100Y43", "name": "示例小面馆",
        "phone": "13900000009",
    }  # fmt: skip
    return li.post("/window/start", given | changed)


def test_a_clerk_begins_a_draft_for_somebody_who_is_not_signed_in() -> None:
    li = signed_in_as("laoli")
    assert li.get("/window/start").status_code == 200
    to_situation = begin(li)
    assert to_situation.status_code == 302
    assert "91350100M000100Y43" not in to_situation["Location"], "no personal number in an address"
    page = text_of(li.get(to_situation["Location"]))
    assert "示例小面馆" in page
    assert "91350100M000100Y43" not in page
    opened = li.post(to_situation["Location"], SITUATION)
    draft = DraftRow.objects.get()
    assert opened["Location"] == f"/draft/{draft.id}/situation", (
        "the items are chosen before the form is filled"
    )
    assert draft.channel == "window"
    assert draft.party_id == Party.objects.order_by("-id").first().id
    assert li.get(opened["Location"], follow=True).status_code == 200
    assert "示例小面馆" in text_of(li.get("/window"))


@pytest.mark.parametrize(
    "changed", [{"bundle": ""}, {"bundle": "nothing"}, {"kind": "ghost"}, {"number": "91350100M000100Y44"}, {"name": ""}, {"bundle": "newborn"}]
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_begun(changed: dict[str, str]) -> None:
    parties = Party.objects.count()
    refused = begin(signed_in_as("laoli"), **changed)
    assert refused.status_code == 422
    assert "改好再往下" in text_of(refused)
    assert Party.objects.count() == parties


def test_a_number_that_belongs_to_another_name_is_not_taken() -> None:
    li = signed_in_as("laoli")
    begin(li)
    refused = begin(li, name="别的面馆")
    assert refused.status_code == 422
    assert "示例小面馆" not in text_of(refused)


@pytest.mark.parametrize("login", ["chenzhiyuan", "hemin", "wangfang", "heli"])
def test_nobody_but_a_clerk_files_for_others(login: str) -> None:
    client = signed_in_as(login)
    party = Party.objects.first().id
    for address in (
        "/window",
        "/window/start",
        f"/window/start/open-restaurant/{party}",
        "/window/hand-over",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/window/start/open-restaurant/{party}", SITUATION).status_code == 404
    assert not DraftRow.objects.exists()


def test_the_list_asks_the_database_a_bounded_number_of_times(
    restaurant: Restaurant, django_assert_max_num_queries
) -> None:
    Restaurant()
    li = signed_in_as("laoli")
    li.get("/window")
    with django_assert_max_num_queries(12):
        assert "南京禾味" in text_of(li.get("/window"))


def test_the_pre_review_is_made_from_the_catalogue_and_the_look_is_written_down(
    restaurant: Restaurant,
) -> None:
    li = signed_in_as("laoli")
    page = text_of(li.get(f"/window/{restaurant.id}/review"))
    assert "招牌设置效果图" in page
    assert "能看清招牌在建筑立面上的位置" in page
    assert "主体业态与经营项目相互对应" in page
    assert ReadRow.objects.filter(submission_id=restaurant.id, unit="government-services@320106").exists()


def test_every_line_is_answered_or_declared_in_order(restaurant: Restaurant) -> None:
    li = signed_in_as("laoli")
    refused = li.post(f"/window/{restaurant.id}/review", {"line0": "ok"})
    assert refused.status_code == 422
    assert "项没有看" in text_of(refused)
    assert li.post(f"/window/{restaurant.id}/review", {"rest": "ok"}).status_code == 302
    assert load_submission(restaurant.id).pre_reviewed_at
    assert StepRow.objects.get(action="pre_review").unit == "government-services@320106"
    assert li.post(f"/window/{restaurant.id}/review", {"rest": "ok"}).status_code == 409
    assert StepRow.objects.filter(action="pre_review").count() == 1


def test_what_is_missing_goes_into_the_one_collection(restaurant: Restaurant) -> None:
    li = signed_in_as("laoli")
    page = li.get(f"/window/{restaurant.id}/review").context["page"]
    sign = next(line.number - 1 for line in page.lines if line.line.key == "material:sign-rendering")
    point = next(line for line in page.lines if line.line.key.startswith("item:food-business-permit"))
    answers = {
        "rest": "ok",
        f"line{sign}": "bad",
        f"line{point.number - 1}": "bad",
        f"reason{point.number - 1}": "面积对不上",
    }
    refused = li.post(f"/window/{restaurant.id}/review", answers)
    assert refused.status_code == 422
    assert "请写明缺什么" in text_of(refused)
    assert "请选是哪一栏" in text_of(refused)
    assert not RemarkRow.objects.exists()
    answers |= {f"reason{sign}": "看不清尺寸", f"place{point.number - 1}": "field:food-handling-area"}
    assert li.post(f"/window/{restaurant.id}/review", answers).status_code == 302
    remarks = {row.code: row for row in RemarkRow.objects.all()}
    assert set(remarks) == {"sign-rendering", "food-handling-area"}
    assert remarks["sign-rendering"].unit == "government-services@320106"
    assert "看不清尺寸" in text_of(signed_in_as("zhoulin").get(f"/desk/{restaurant.case(SIGN)}"))


def test_a_rule_that_forbids_is_told_and_not_ticked(restaurant: Restaurant) -> None:
    page = signed_in_as("laoli").get(f"/window/{restaurant.id}/review")
    view = page.context["page"]
    assert "不收房产证、租赁合同" in view.read.not_to_ask
    assert "不收房产证、租赁合同" not in [line.line.name for line in view.lines]
    assert {line.words[0] for line in view.lines if line.line.files} == {"齐"}
    assert {line.words[0] for line in view.lines if not line.line.files} == {"对"}
    assert "不能要的" in text_of(page)


def test_the_clerk_keeps_his_doors_on_every_page_of_a_draft() -> None:
    li = signed_in_as("laoli")
    opened = li.post(begin(li)["Location"], SITUATION)
    draft = DraftRow.objects.latest("id").id
    for page in ("situation", "form/0", "materials", "review", "discard"):
        shown = text_of(li.get(f"/draft/{draft}/{page}"))
        for door in ("/window", "/window/start", "/window/hand-over"):
            assert f'href="{door}"' in shown, page
    assert opened["Location"].endswith("/situation")


@pytest.mark.parametrize("login", ["zhoulin", "liujie", "qianjin", "wangfang", "heli"])
def test_nobody_else_opens_the_pre_review(restaurant: Restaurant, login: str) -> None:
    client = signed_in_as(login)
    assert client.get(f"/window/{restaurant.id}/review").status_code == 404
    assert client.get(f"/window/{restaurant.id}").status_code == 404
    assert client.post(f"/window/{restaurant.id}/review", {"rest": "ok"}).status_code == 404
    assert client.get(f"/window/{uuid4()}/review").status_code == 404


@pytest.fixture
def finished(monkeypatch: pytest.MonkeyPatch) -> Restaurant:
    """A restaurant whose owner fetches everything at the window, decided."""
    original = cast.answers_for
    monkeypatch.setattr(
        cast, "answers_for", lambda form, edition: original(form, edition) | {"delivery-method": "窗口领取"}
    )
    found = Restaurant()
    found.release()
    at = found.at + timedelta(minutes=30)
    officers = {SIGN: "zhoulin", "fire-safety-check": "zhaokai"}
    for case in load_submission(found.id).cases:
        if found.state(case.now.item) == "accepted":
            who = actor(officers.get(case.now.item, "chenzhiyuan"), at=at)
            decide_case(case=case.now.id, actor=who, decision=Decision(Action.GRANT), at=at)
    drain(at=at)
    return found


def test_results_are_handed_over_against_the_code_once(finished: Restaurant) -> None:
    li = signed_in_as("laoli")
    delivery = DeliveryRow.objects.get()
    number = load_submission(finished.id).number
    page = text_of(li.get("/window/hand-over"))
    assert "南京禾味" in page
    assert delivery.pick_up_code not in page, "the code is the applicant's"
    assert delivery.pick_up_code not in text_of(li.get(f"/window/{finished.id}"))
    wrong = li.post("/window/hand-over", {"number": number, "code": "０００"})
    assert wrong.status_code == 422
    assert li.post("/window/hand-over", {"number": "32010600000000000000000", "code": "1"}).status_code == 422
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    assert li.post("/window/hand-over", {"number": spaced, "code": delivery.pick_up_code}).status_code == 302
    delivery.refresh_from_db()
    assert delivery.delivered_at
    again = li.post("/window/hand-over", {"number": number, "code": delivery.pick_up_code})
    assert again.status_code == 422
    assert "不用再交一次" in text_of(again)
