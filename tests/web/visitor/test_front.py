"""What a visitor finds without signing in: figures that the plan gives, words that find, a guide to share."""

import pytest
from django.test import Client

from yijianshi.domain.sharing import MaterialWay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

LARGE = {"venue-area": "320", "has-signage": "yes", "sells-tobacco": "no", "discharges-to-sewer": "yes"}


def test_the_front_page_shows_every_one_thing_on_its_life_line(client: Client) -> None:
    page = client.get("/")
    for words in ("新生儿出生", "开办餐饮店", "开办企业", "人这一生", "企业这一程", "12345"):
        assert words in page.text


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("开饭店", "open-restaurant"),
        ("我想开个火锅店", "open-restaurant"),
        ("开餐管", "open-restaurant"),
        ("孩子上户口", "newborn"),
        ("生育金贴", "newborn"),
        ("刻章", "enterprise-opening"),
        ("注册公司", "enterprise-opening"),
    ],
)
def test_plain_words_find_even_mistyped(client: Client, words: str, first: str) -> None:
    found = client.get("/all", {"q": words}).context["page"].hits
    assert found[0].href == f"/guide/{first}"


def test_who_searches_for_one_item_learns_in_which_one_thing_it_is(client: Client) -> None:
    page = client.get("/all", {"q": "社保卡"})
    assert "您要的在这件事里：" in page.text
    nothing = client.get("/all", {"q": "修理火箭发动机"})
    assert "没有找到" in nothing.text
    assert "12345" in nothing.text


def test_the_figures_of_the_guide_are_those_of_the_plan(client: Client) -> None:
    page = client.get("/guide/open-restaurant", LARGE).context["page"]
    materials, days, visits, fields = page.cuts
    assert (materials.before, materials.after) == (17, 8)
    assert (days.before, days.after) == (25, 10), "without the commitment the fire check takes ten days"
    assert (visits.before, visits.after) == (9, 0)
    assert (fields.before, fields.after) == (74, 32)
    committed = client.get("/guide/open-restaurant", {**LARGE, "commit": "fire-safety-check"}).context["page"]
    assert (committed.cuts[1].before, committed.cuts[1].after) == (16, 7)


def test_a_guide_is_shared_by_its_address_and_says_what_is_not_needed(client: Client) -> None:
    page = client.get("/guide/open-restaurant", LARGE)
    shown = page.context["page"]
    again = client.get("/" + shown.qr.address.split("/", 3)[3])
    assert again.context["page"].cuts == shown.cuts
    assert "部门之间共享，不用交" in page.text
    assert "只在这种情形下办" in page.text, "an item that does not apply says why"
    assert len(shown.needed) == 8
    ways = {reason for reason, _ in shown.spared}
    assert len(ways) == len({MaterialWay.SHARED, MaterialWay.GENERATED})
    assert "12345" in page.text
    assert "鼓楼区消防救援大队" in page.text


def test_an_address_made_by_another_system_says_true_and_false(client: Client) -> None:
    told = {**LARGE, "has-signage": "true", "sells-tobacco": "false", "discharges-to-sewer": "TRUE"}
    page = client.get("/guide/open-restaurant", told).context["page"]
    assert page.unanswered == 0
    assert page.cuts == client.get("/guide/open-restaurant", LARGE).context["page"].cuts
    letter = client.get("/guide/open-restaurant/notice.pdf", told)
    assert letter["Content-Type"] == "application/pdf"
    assert "sells-tobacco=no" in page.notice


def test_the_guide_writes_names_and_conditions_as_a_reader_would(client: Client) -> None:
    page = client.get("/guide/open-restaurant", {**LARGE, "venue-area": "120"})
    assert "食品经营许可（新办）" in page.text
    assert "食品经营许可(新办)" not in page.text
    assert "排水许可申请材料（排水平面图）" in page.text
    assert "只在这种情形下办：卖卷烟" in page.text, "in the words of the choice, not as a yes"
    assert "经营场所建筑面积不小于" in page.text


def test_whom_to_ask_about_the_whole_is_the_coordinator(client: Client) -> None:
    callers = client.get("/guide/open-restaurant", LARGE).context["page"].callers
    assert [caller.name for caller in callers if "牵头" in caller.about] == ["何敏"]


def test_a_hospital_record_is_not_said_to_be_made_from_the_form(client: Client) -> None:
    spared = dict(client.get("/guide/newborn").context["page"].spared)
    assert "分娩记录（助产机构内部）" in spared["部门之间共享，不用交"]
    assert "分娩记录（助产机构内部）" not in spared["系统按您填的表生成，不用写"]


def test_nonsense_in_an_answer_is_told_and_loses_nothing(client: Client) -> None:
    page = client.get("/guide/open-restaurant", {"venue-area": "很大", "has-signage": "yes"})
    assert page.status_code == 422
    assert "您填的是“很大”" in page.text
    assert 'value="很大"' in page.text
    assert client.get("/guide/no-such-thing").status_code == 404


def test_the_region_is_kept_and_changes_whom_to_call(client: Client) -> None:
    assert client.post("/region", {"division": "320115", "next": "/all"})["Location"] == "/all"
    page = client.get("/guide/open-restaurant", LARGE)
    assert "南京市江宁区" in page.text
    assert "division=320115" in page.context["page"].qr.address
    assert client.post("/region", {"division": "999999"}).status_code == 404
    assert (
        client.post("/region", {"division": "320115", "next": "https://elsewhere.example"})["Location"] == "/"
    )


def test_an_optional_item_is_added_by_a_link(client: Client) -> None:
    answers = {
        "birth-place": "省内助产机构",
        "married": "yes",
        "household-follow": "随父",
        "mother-insured": "未参保",
        "directly-settled": "yes",
    }
    page = client.get("/guide/newborn", answers).context["page"]
    card = next(line for line in page.others if "接种证" in line.name)
    assert card.link
    more = client.get("/guide/newborn" + card.link).context["page"]
    assert any("接种证" in line.name for line in more.items)
    assert client.get("/help").status_code == 200
