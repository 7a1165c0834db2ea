"""A county writes 开办民宿 by forms alone, without scripts: from nothing to the standard of the province and to a neighbour."""

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.test import Client

from tests.services.editions.homestay import CODE, MENDED
from tests.web.staff import signed_in_as
from yijianshi.services.editions.revising import tree_of
from yijianshi.store.manuscripts.models import ManuscriptRow, ProposalRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} on the page"
    return found.group(1)


class Steward:
    """A steward at his desk, with one manuscript open."""

    def __init__(self, login: str) -> None:
        self.client: Client = signed_in_as(login)
        self.manuscript = UUID(int=0)

    def get(self, path: str, **query: str) -> str:
        response = self.client.get(path, query)
        assert response.status_code == 200, (path, response.status_code, text_of(response)[:2000])
        return text_of(response)

    def post(self, path: str, expected: int = 302, **values: Any) -> Any:
        response = self.client.post(path, values)
        assert response.status_code == expected, (path, response.status_code, text_of(response)[-3000:])
        return response

    def at(self, path: str = "") -> str:
        return f"/steward/manuscript/{self.manuscript}{path}"

    def save(self, path: str, expected: int = 302, **values: Any) -> Any:
        """Post a form of the editor from the wording that is there now."""
        seen = ManuscriptRow.objects.get(pk=self.manuscript).digest
        return self.post(self.at(path), expected, seen=seen, **values)

    def begin(self, **values: str) -> None:
        response = self.post("/steward/begin", **values)
        self.manuscript = UUID(urlsplit(response["Location"]).path.rsplit("/", 1)[-1])

    @property
    def tree(self) -> dict[str, Any]:
        row = ManuscriptRow.objects.get(pk=self.manuscript)
        return tree_of(row.texts.order_by("-id")[0].text)

    def go_round(self) -> None:
        self.post(self.at("/check"))
        self.post(self.at("/circulate"))


def sign(login: str, manuscript: UUID) -> None:
    """Sign for every unit of somebody's."""
    who = Steward(login)
    path = f"/countersign/{manuscript}"
    while 'value="sign"' in (page := who.get(path)):
        unit = re.search(r'name="unit" value="([^"]*)"><button class="btn" name="act" value="sign"', page)
        assert unit
        who.post(path, act="sign", seen=hidden(page, "seen"), unit=unit.group(1))


ITEM = {
    "name": "旅馆业特种行业许可证核发（民宿）", "short": "特种行业许可", "department": "public-security", "type": "行政许可",
    "basis": "旅馆业治安管理办法 第四条", "statutory": "20", "promised": "7", "unit": "working", "before": "2", "after": "1",
    "charged": "no", "result": "特种行业许可证（民宿）", "new_licence": "特种行业许可证（民宿）", "allowed": "no",
    "default_selected": "yes", "checklist": "房屋权属清楚",
}  # fmt: skip


@pytest.mark.clause("T3.1")
def test_a_one_thing_is_written_by_forms_alone() -> None:
    lan = Steward("lanhui")
    lan.begin(name="开办民宿", bundle=CODE, audience="enterprise", lead="market-regulation")
    assert "起草中" in lan.get(lan.at())
    lan.save(
        "/head", plain_name="开办民宿", name="开办民宿", audience="enterprise", kind="standard", stage="准营",
        lead_department="market-regulation", description="利用住宅开办民宿", keywords="开民宿\n农家乐",
        cooperating_departments=["public-security", "fire-rescue"],
    )  # fmt: skip
    lan.save(
        "/questions/new",
        key="serves-meals",
        text="提供餐饮吗？",
        type="bool",
        yes="提供餐饮",
        no="不提供餐饮",
    )
    lan.save("/items/new", code="homestay-licence", **ITEM)
    food = ITEM | {
        "name": "食品经营许可（民宿）", "short": "食品经营许可", "department": "market-regulation", "new_licence": "",
        "basis": "食品安全法 第三十五条", "result": "食品经营许可证", "licence": "food-business-permit", "default_selected": "no",
        "when.0.key": "serves-meals", "when.0.word": "eq", "when.0.value": "是",
    }  # fmt: skip
    lan.save("/items/new", code="homestay-food-permit", **food)
    for item in ("homestay-licence", "homestay-food-permit"):
        needs = f"/items/{item}/needs"
        assert "营业执照" in lan.get(lan.at(needs), m="营业执照")
        lan.save(needs, act="add", part="materials", code="business-licence")
        for element in ("enterprise-name", "enterprise-uscc", "premises-address"):
            lan.save(needs, act="add", part="fields", code=element)
            lan.save(needs, act="source", part="fields", code=element, prefill="business-licence")
    needs = "/items/homestay-licence/needs"
    lan.save(needs, act="new-materials", part="materials", code="homestay-house-photo", name="房屋外观和客房照片",
             how="applicant", checks="看得清门牌和客房")  # fmt: skip
    lan.save(
        needs,
        act="new-fields",
        part="fields",
        code="homestay-room-count",
        name="客房间数",
        kind="int",
        group="场所",
    )
    tree = lan.tree
    assert [item["code"] for item in tree["items"]] == ["homestay-licence", "homestay-food-permit"]
    assert tree["items"][1]["applies_if"] == {"eq": ["serves-meals", True]}
    assert tree["items"][0]["materials"] == ["business-licence", "homestay-house-photo"]
    assert {"enterprise-name": "business-licence"} in tree["items"][0]["fields"]
    assert tree["items"][0]["limit"] == {"statutory": 20, "promised": 7}
    page = lan.get(lan.at())
    assert "0 处错误" in page, page[page.find("检查") : page.find("检查") + 1500]
    lan.go_round()
    for login in ("maqiang", "chenzhiyuan"):
        sign(login, lan.manuscript)
    lan.post(lan.at("/publish"), why="区政府决定")
    assert "开办民宿" in lan.get("/")


@pytest.fixture
def lan() -> Steward:
    """兰慧 with 开办民宿 written down."""
    who = Steward("lanhui")
    who.begin(name="开办民宿", bundle=CODE, audience="enterprise", lead="market-regulation")
    who.save("/text", text=MENDED)
    return who


def published(lan: Steward) -> None:
    lan.go_round()
    for login in ("maqiang", "zhaokai", "chenzhiyuan"):
        sign(login, lan.manuscript)
    lan.post(lan.at("/publish"))


def test_the_check_stands_beside_the_form_while_it_is_written(lan: Steward) -> None:
    seen = ManuscriptRow.objects.get(pk=lan.manuscript).digest
    faulty = MENDED.replace("    basis: [消防法 第十五条]\n", "    basis: []\n")
    response = lan.client.post(
        lan.at("/text"), {"seen": seen, "text": faulty}, headers={"HX-Request": "true"}
    )
    page = text_of(response)
    assert "没有设定依据" in page
    assert f"{lan.at('/items/homestay-fire-check')}#f-basis" in page
    assert "<html" not in page
    assert ManuscriptRow.objects.get(pk=lan.manuscript).digest == seen, "nothing is kept by looking"


def test_every_page_of_the_editor_opens(lan: Steward) -> None:
    for path in (
        "", "/text", "/head", "/questions", "/questions/new", "/questions/serves-meals", "/items/new",
        "/items/homestay-licence", "/items/homestay-licence/needs", "/preview", "/changes", "/publish", "/circulate",
        "/discard",
    ):  # fmt: skip
        assert "开办民宿" in lan.get(lan.at(path)), path
    needs = lan.at("/items/homestay-licence/needs")
    assert "什么情形才要" in lan.get(needs, when="materials:homestay-house-photo")
    assert "客房间数" in lan.get(needs)


def test_the_preview_shows_guide_form_and_notice_for_a_situation(lan: Steward) -> None:
    without, with_meals = (lan.get(lan.at("/preview"), **{"serves-meals": said}) for said in ("no", "yes"))
    assert "要办的 2 个事项" in without
    assert "要办的 3 个事项" in with_meals
    assert "预览，还没有发布" in with_meals
    assert "有几间客房？" in with_meals
    notice = lan.client.get(lan.at("/preview/notice.pdf"), {"serves-meals": "yes"})
    assert notice["Content-Type"] == "application/pdf"


def test_what_two_stewards_wrote_at_once_is_shown_beside_each_other(lan: Steward) -> None:
    seen = ManuscriptRow.objects.get(pk=lan.manuscript).digest
    lan.save("/text", text=MENDED.replace("promised: 7}", "promised: 6}"))
    province = Steward("gaoyuan")
    response = province.post(
        lan.at("/items/homestay-licence"), 409, seen=seen, **{**ITEM, "new_licence": "", "licence": "homestay-licence", "promised": "4"},
    )  # fmt: skip
    page = text_of(response)
    assert "promised: 6" in page
    assert "promised: 4" in page
    assert "兰慧" in page


def test_a_form_that_cannot_be_understood_says_where(lan: Steward) -> None:
    response = lan.save("/items/homestay-licence", 422, **{**ITEM, "promised": "七天"})
    assert "“七天”不是数字" in text_of(response)
    response = lan.save(
        "/items/homestay-food-permit", 422, **{**ITEM, "when.0.key": "serves-meals", "when.0.value": "也许"}
    )
    assert "是是非题" in text_of(response)


@pytest.mark.clause("T3.1")
def test_a_department_sees_its_rows_first_remarks_and_signs(lan: Steward) -> None:
    lan.go_round()
    zhao = Steward("zhaokai")
    assert "开办民宿" in zhao.get("/countersign")
    path = f"/countersign/{lan.manuscript}"
    page = zhao.get(path)
    assert page.index("民宿消防安全检查") < page.index("旅馆业特种行业许可证核发")
    form = zhao.get(path, at="items/homestay-fire-check/limit")
    assert "对“消防检查 · 时限”提意见" in form
    zhao.post(path, act="remark", at="items/homestay-fire-check/limit", words="三天就行")
    assert "还有 1 条意见没有答复" in lan.get(lan.at())
    remark = ManuscriptRow.objects.get(pk=lan.manuscript).remarks.get()
    lan.post(f"/steward/remark/{remark.id}/settle", answer="明年再议")
    page = zhao.get(path)
    assert "明年再议" in page
    zhao.post(path, act="object", seen=hidden(page, "seen"), words="要现场看")
    assert "不同意：要现场看" in lan.get(lan.at())
    lan.post(lan.at("/publish"), 409)
    sign("zhaokai", lan.manuscript)
    lan.post(lan.at("/call-back"), reason="再改改")
    assert ManuscriptRow.objects.get(pk=lan.manuscript).stage == "draft"


@pytest.mark.clause("T3.3", "C1.4")
def test_from_the_county_to_the_province_and_to_a_neighbour(lan: Steward) -> None:
    published(lan)
    assert "可以做的" in lan.get(f"/steward/editions/{CODE}")
    lan.post(f"/steward/editions/{CODE}/propose", 422)
    lan.post(f"/steward/editions/{CODE}/propose", reasons="三个月办了 40 家")
    proposal = ProposalRow.objects.get()
    gao = Steward("gaoyuan")
    assert "1 件报请推广待审查" in gao.get("/steward")
    assert "开办民宿" in gao.get("/steward/proposals")
    page = gao.get(f"/steward/proposals/{proposal.id}")
    assert "三个月办了 40 家" in page
    gao.post(f"/steward/proposals/{proposal.id}", act="return", reasons="补上消防意见")
    assert "1 件报请被退回" in lan.get("/steward")
    lan.post(f"/steward/proposals/{proposal.id}", act="propose", reasons="补好了")
    response = gao.post(f"/steward/proposals/{proposal.id}", act="accept", reasons="同意")
    gao.manuscript = UUID(response["Location"].rsplit("/", 1)[-1])
    gao.go_round()
    sign("yuwen", gao.manuscript)
    gao.post(gao.at("/publish"))
    assert "已上升为省级标准" in lan.get("/steward/proposals")

    jin = Steward("jinshan")
    assert "开办民宿" in jin.get("/steward")
    jin.begin(bundle=CODE)
    response = jin.save("/improve", **{"homestay-fire-check.promised": "8"})
    assert "比标准的 5 天还长" in jin.get(jin.at())
    jin.save("/improve", **{"homestay-fire-check.promised": "3"})
    assert "承诺 5 → 3 个工作日" in jin.get(jin.at("/changes"))
    jin.go_round()
    sign("luming", jin.manuscript)
    jin.post(jin.at("/publish"))
    assert "承诺 5 → 3 个工作日" in jin.get("/steward/differences")
    found = jin.client.get("/steward/differences", {"format": "json"}).json()
    assert found["bundles"][0]["differences"][0]["effect"] == "better"
    assert "3 个工作日" in Client().get(f"/guide/{CODE}", {"division": "320583"}).content.decode()

    page = jin.get(f"/steward/editions/{CODE}/withdraw")
    jin.post(f"/steward/editions/{CODE}/withdraw", 422)
    jin.post(f"/steward/editions/{CODE}/withdraw", reason="做不到")
    assert "已撤下" in jin.get(f"/steward/editions/{CODE}")


def test_what_a_department_has_confirmed_is_noted(lan: Steward) -> None:
    page = lan.get("/steward/facts")
    fact = hidden(page, "fact")
    lan.post("/steward/facts", 422, fact=fact, note="")
    lan.post("/steward/facts", fact=fact, note="区城管局 王科，电话")
    assert "区城管局 王科，电话" in lan.get("/steward/facts", show="confirmed")
    assert fact not in lan.get("/steward/facts")


@pytest.mark.parametrize("login", ["wangfang", "hemin", "laoli", "heli"])
def test_nobody_else_sees_the_catalogues_desk(lan: Steward, login: str) -> None:
    other = signed_in_as(login)
    for path in (
        "/steward",
        "/steward/facts",
        "/steward/differences",
        "/steward/proposals",
        lan.at(),
        lan.at("/text"),
    ):
        assert other.get(path).status_code == 404, path


def test_a_list_asks_the_database_a_bounded_number_of_times(
    lan: Steward, django_assert_max_num_queries: Any
) -> None:
    lan.get("/steward")
    with django_assert_max_num_queries(20):
        lan.get("/steward")


def test_what_cannot_be_understood_is_told_beside_the_form_while_it_is_written(lan: Steward) -> None:
    seen = ManuscriptRow.objects.get(pk=lan.manuscript).digest
    response = lan.client.post(
        lan.at("/items/homestay-licence"),
        {**ITEM, "promised": "七天", "seen": seen},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 200
    assert "“七天”不是数字" in text_of(response)
    assert "#f-promised" in text_of(response)
