"""The tools of the reform on the web: open to everybody, shareable by address, without scripts."""

import json
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

SMALL = {"venue-area": "120", "has-signage": "yes", "sells-tobacco": "no", "discharges-to-sewer": "no"}
KINDS = ("demand", "uses", "labour", "unfounded")


def test_anybody_sees_every_one_thing_before_and_after_and_the_lists(client: Client) -> None:
    page = client.get("/reforms/")
    for words in ("开办餐饮店", "新生儿出生", "数据共享需求清单", "任务分工", "依据清理清单"):
        assert words in page.text
    rows = {row.title: dict(row.figures) for row in page.context["page"].rows}
    assert rows["开办餐饮店"] == {
        "环节": ["16 → 3"],
        "材料": ["20 → 8"],
        "时间": ["32 → 10 工作日"],
        "跑动": ["11 → 0"],
        "填表": ["86 → 36"],
    }
    materials = next(cut for cut in page.context["page"].cuts if cut.name == "材料")
    assert materials.before == sum(int(row["材料"][0].split(" ")[0]) for row in rows.values())


@pytest.mark.clause("T2.2")
def test_the_plan_is_a_page_and_a_paper_for_the_same_situation(client: Client) -> None:
    page = client.get("/reforms/open-restaurant", SMALL)
    for words in ("一、目标", "八、需要确认的事项", "草案", "关键", "不得索要的材料", "<svg"):
        assert words in page.text
    cuts = {cut.name: (cut.before, cut.after) for cut in page.context["page"].cuts}
    assert cuts == {"环节": (7, 3), "材料": (10, 4), "时间": (8, 5), "跑动": (5, 0), "填表": (43, 19)}
    for name in ("pdf", "json"):
        address = getattr(page.context["page"], name)
        assert "sells-tobacco=no" in address
        assert client.get(address).status_code == 200
    values = json.loads(client.get(page.context["page"].json).content)
    assert values["items"] == ["licence-check", "food-business-permit", "signage-permit"]
    assert "style=" not in page.text.partition("<main")[2]


def test_an_answer_that_is_not_understood_is_told_and_the_rest_still_planned(client: Client) -> None:
    page = client.get("/reforms/open-restaurant", SMALL | {"venue-area": "很大"})
    assert page.status_code == 422
    assert "请填数字" in page.text
    assert page.context["page"].cuts


@pytest.mark.clause("C4.2", "X1", "C1.2")
@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_a_page_a_sheet_a_paper_and_values(kind: str, client: Client) -> None:
    for start in (f"/reforms/lists/{kind}", f"/reforms/open-restaurant/{kind}"):
        page = client.get(start)
        listing = page.context["page"].listing
        assert listing.title in page.text
        assert len(json.loads(client.get(f"{start}.json").content)["rows"]) == len(listing.rows)
        sheet = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{start}.xlsx").content))
        assert len(sheet.get_sheet_by_index(0).to_python()) == 3 + len(listing.rows)
        assert client.get(f"{start}.pdf")["Content-Type"] == "application/pdf"


def test_what_if_is_tried_by_address_and_shared_by_it(client: Client) -> None:
    changes = {
        "commit": "fire-safety-check",
        "share": ["food-layout-document"],
        "promise-tobacco-retail": "3",
    }
    page = client.get("/reforms/open-restaurant/what-if", changes)
    cuts = {cut.name: (cut.before, cut.after) for cut in page.context["page"].cuts}
    assert cuts["办理时间"] == (10, 7)
    assert cuts["申请材料"] == (8, 7)
    assert "“消防检查”采用告知承诺" in page.text
    shared = client.get(page.context["page"].json)
    assert json.loads(shared.content)["figures"]["working"] == {"before": 10, "after": 7}
    without = client.get(page.context["page"].chosen[0].without).context["page"]
    assert len(without.chosen) == len(page.context["page"].chosen) - 1


def test_the_most_rewarding_change_is_one_click_away(client: Client) -> None:
    first = client.get("/reforms/open-restaurant/what-if").context["page"].suggestions[0]
    assert first.gains == ("办理时间 10 → 7 个工作日",)
    tried = client.get(first.href).context["page"]
    assert [one.says for one in tried.chosen] == [first.says]
    assert tried.suggestions[0].href == "", "what is chosen already is not offered again"


def test_a_promise_longer_than_the_law_allows_is_told(client: Client) -> None:
    page = client.get("/reforms/open-restaurant/what-if", {"promise-food-business-permit": "15"})
    assert "比法定的 10 天还长" in page.text


@pytest.mark.parametrize("query", [{"share": "gold"}, {"untie": "x"}, {"promise-food-business-permit": "快"}])
def test_a_change_that_cannot_be_made_is_told_and_today_shown(query: dict[str, str], client: Client) -> None:
    page = client.get("/reforms/open-restaurant/what-if", query)
    assert page.status_code == 422
    assert page.context["page"].problems.items
    assert not page.context["page"].chosen
    assert client.get("/reforms/open-restaurant/what-if.json", query).status_code == 422


@pytest.mark.parametrize(
    "address",
    ["/reforms/open-zoo", "/reforms/open-zoo/demand", "/reforms/lists/gold", "/reforms/newborn/gold.pdf"],
)
def test_what_is_not_there_is_not_found(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_nothing_is_kept_and_nothing_is_written_by_these_pages(client: Client) -> None:
    assert client.post("/reforms/open-restaurant/what-if", {"commit": "fire-safety-check"}).status_code == 405
    assert "sessionid" not in client.get("/reforms/").cookies, "a visitor remains nobody"
