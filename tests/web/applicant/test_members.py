"""The list of an enterprise's new employees, on pages: one by one, by a table, shared answers once, and then fifty cases."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import plausible
from tests.filed import begin, coordinator_of, fill, login_at, officer_of, seal, whose
from tests.web.staff import signed_in_as
from yijianshi.domain.codes import DivisionCode, ElementCode, ItemCode, MemberId
from yijianshi.domain.corrections import Target
from yijianshi.integrations.population.numbers import citizen_number
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.member_table import columns_for
from yijianshi.services.applying.members import Member, enter_members
from yijianshi.services.examining.files import Sheet, sheets_in
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.printing.filing import form_of, whole_form
from yijianshi.services.printing.opening import lay_open
from yijianshi.services.working import drain
from yijianshi.web.acting import ACTING_FOR

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S4.1", "C1.5")]
NAMES = ("张伟", "李娜", "王强", "刘洋", "陈静", "杨帆", "赵磊", "黄敏", "周杰", "吴霞", "徐明", "孙丽")


def number_of(n: int) -> str:
    return citizen_number(division=DivisionCode("320106"), born=date(1990, 1, n), male=True)


@pytest.fixture
def draft(db: None) -> UUID:
    at = NODE_CLOCK.now()
    return begin("employee-onboarding", who=whose("employee-onboarding", at=at), at=at)


@pytest.fixture
def hr(draft: UUID) -> Client:
    client = signed_in_as("wangfang")
    session = client.session
    session[ACTING_FOR] = whose("employee-onboarding", at=NODE_CLOCK.now()).party
    session.save()
    return client


def text_of(response: Any) -> str:
    return response.content.decode()


def content_of(draft: UUID) -> Any:
    return open_draft(draft, actor=whose("employee-onboarding", at=NODE_CLOCK.now())).content


def members(draft: UUID) -> list[str]:
    return list(content_of(draft).groups.get("employee", {}).get("members", []))


def person(n: int, **more: Any) -> dict[str, Any]:
    """Return what is typed for the n-th employee: who he is, and nothing that all share."""
    return {
        "employee-name": NAMES[n - 1], "employee-id-number": number_of(n), "employee-phone": "13900000002",
        "employee-household-address": "南京市鼓楼区示例路 1 号", "employee-photo": "身份证上的照片",
        "archive-holder": "南京市人才中心", "items": list(items(more.pop("without", ()))), **more,
    }  # fmt: skip


def items(without: tuple[str, ...] = ()) -> list[str]:
    every = (
        "employment-register", "employee-social-insurance", "employee-medical-insurance", "employee-housing-fund",
        "social-card", "archive-receive",
    )  # fmt: skip
    return [code for code in every if code not in without]


def share(client: Client, draft: UUID) -> None:
    """Fill what is the same for all."""
    page = client.get(f"/draft/{draft}/members/employee/same").context["page"]
    elements = content_elements(draft)
    given = {}
    for question in page.questions:
        value = plausible(elements[question.name])
        given[question.name] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    assert client.post(f"/draft/{draft}/members/employee/same", given).status_code == 302


def content_elements(draft: UUID) -> Any:
    return open_draft(draft, actor=whose("employee-onboarding", at=NODE_CLOCK.now())).edition.elements


def book(rows: list[list[Any]]) -> SimpleUploadedFile:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("职工")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    return SimpleUploadedFile("名单.xlsx", made.getvalue())


def test_after_the_items_comes_the_list_and_an_empty_one_says_what_it_is_for(hr: Client, draft: UUID) -> None:
    chosen = hr.get(f"/draft/{draft}/situation").context["page"].choices
    response = hr.post(f"/draft/{draft}/situation", {"item": [c.code for c in chosen if c.chosen]})
    assert response["Location"] == f"/draft/{draft}/members/employee"
    text = text_of(hr.get(response["Location"]))
    assert "职工名单" in text
    assert "还没有登记" in text
    assert "只有一个，直接填" in text


def test_one_is_added_changed_and_taken_off_and_his_id_stays(hr: Client, draft: UUID) -> None:
    address = f"/draft/{draft}/members/employee"
    response = hr.post(f"{address}/new", person(1))
    assert response["Location"] == f"{address}/1?check=1"  # what all share is not said yet
    page = hr.get(response["Location"])
    assert "还没有填" in text_of(page)
    share(hr, draft)
    assert "已填 1 人，都齐了" in text_of(hr.get(address))
    hr.post(f"{address}/new", person(2))
    hr.post(f"{address}/1", person(1, **{"employee-phone": "13900000009"}))
    assert content_of(draft).member_values["1"]["employee-phone"].value == "13900000009"
    question = hr.get(f"{address}/1/remove")
    assert "把张伟从名单里去掉？" in text_of(question)
    assert hr.post(f"{address}/1/remove").status_code == 302
    hr.post(f"{address}/new", person(3))
    assert members(draft) == ["2", "3"]
    assert hr.get(f"{address}/1").status_code == 404
    assert hr.get(f"/draft/{draft}/members/vehicle").status_code == 404


def test_what_all_share_is_said_once_and_one_may_differ(hr: Client, draft: UUID) -> None:
    address = f"/draft/{draft}/members/employee"
    hr.post(f"{address}/new", person(1))
    share(hr, draft)
    page = hr.get(f"{address}/1").context["page"]
    shared = {question.name: question for question in page.shared}
    assert {"employee-start-date", "labour-contract-type"} <= set(shared)
    assert len(page.questions) < len(page.shared)
    hr.post(f"{address}/1", person(1) | {"employee-start-date": "2026-12-09"})
    content = content_of(draft)
    assert content.known(member="1")["employee-start-date"].value == "2026-12-09"
    assert "labour-contract-type" not in content.member_values["1"]
    assert content.known(member="1")["labour-contract-type"].value
    form = [
        f.element for group in hr.get(f"/draft/{draft}/form/0").context["draft"].groups for f in group.fields
    ]
    assert "employee-name" not in form
    assert "enterprise-name" in form


def test_no_register_is_asked_about_the_employees_of_whoever_files(hr: Client, draft: UUID) -> None:
    assert not [c for c in content_of(draft).values if c.startswith("employee-") and not c.endswith("-rate")]


def test_an_item_that_needs_another_is_not_taken_without_it(hr: Client, draft: UUID) -> None:
    address = f"/draft/{draft}/members/employee"
    sent = person(1, without=("employee-social-insurance",))
    location = hr.post(f"{address}/new", sent)["Location"]
    assert "“社保卡”要等“社保参保”的结果" in text_of(hr.get(location))


def test_a_table_is_taken_whole_or_not_at_all_and_faults_have_row_and_column(hr: Client, draft: UUID) -> None:
    address = f"/draft/{draft}/members/employee/table"
    heads = [*heading_of(draft, "employee-name", "employee-id-number", "employee-start-date"), "办社保卡"]
    wrong = [
        heads,
        ["张伟", number_of(1), date(2026, 12, 1).isoformat(), "是"],
        ["李娜", "320106199001020019", "下月", "也许"],
        ["", number_of(3), "", ""],
        ["张伟", number_of(1), "", ""],
    ]
    response = hr.post(address, {"file": book(wrong)})
    assert response.status_code == 422
    text = text_of(response)
    for said in (
        f"第 3 行“{heads[1]}”：校验位对不上",
        f"第 3 行“{heads[2]}”：请填年月日",
        "第 3 行“办社保卡”：请填“是”或“否”",
        f"第 4 行“{heads[0]}”：还没有填",
        "和第 2 行是同一个",
    ):
        assert said in text
    assert members(draft) == []
    right = [heads, *([NAMES[n - 1], number_of(n), "2026/12/1", "否" if n > 3 else ""] for n in range(1, 13))]
    assert hr.post(address, {"file": book(right)}).status_code == 302
    content = content_of(draft)
    assert len(members(draft)) == 12
    assert content.groups["employee"]["members_per_item"]["social-card"] == ["1", "2", "3"]
    assert content.member_values["5"]["employee-start-date"].value == "2026-12-01"
    pasted = "\n".join(
        "\t".join(row) for row in ([heads[0], heads[1]], ["张卫", number_of(1)], ["新人", number_of(28)])
    )
    assert hr.post(address, {"rows": pasted}).status_code == 302
    assert len(members(draft)) == 13
    assert content_of(draft).member_values["1"]["employee-name"].value == "张卫"
    assert content_of(draft).groups["employee"]["members_per_item"]["social-card"][:3] == ["1", "2", "3"]


def heading_of(draft: UUID, *codes: str) -> list[str]:
    elements = content_elements(draft)
    return [elements[code].name for code in codes]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        ("甲,乙\n1,2\n".encode(), "没有找到表头"),
        (b"%PDF-1.4", "这是 PDF"),
    ],
)
def test_what_is_no_such_table_is_refused_with_what_would_do(
    hr: Client, draft: UUID, content: bytes, said: str
) -> None:
    sent = {"file": SimpleUploadedFile("名单.csv", content)} if content else {"rows": ""}
    response = hr.post(f"/draft/{draft}/members/employee/table", sent)
    assert response.status_code == 422
    assert (said if content else "请选一个表格文件") in text_of(response)


def test_the_blank_table_has_the_columns_that_are_taken(hr: Client, draft: UUID) -> None:
    response = hr.get(f"/draft/{draft}/members/employee/blank.xlsx")
    sheet = next(iter(sheets_in(io.BytesIO(response.content), "空白.xlsx")))
    assert isinstance(sheet, Sheet)
    heads = [str(cell).removesuffix("（必填）") for cell in next(iter(sheet.rows))]
    plan = open_draft(draft, actor=whose("employee-onboarding", at=NODE_CLOCK.now())).plan()
    assert heads == [column.heading for column in columns_for(plan, "employee")]


def test_where_many_members_lack_something_their_list_is_named_once(hr: Client, draft: UUID) -> None:
    address = f"/draft/{draft}/members/employee"
    for n in range(1, 13):
        hr.post(f"{address}/new", person(n, without=()) | {"employee-phone": ""})
    page = hr.get(f"/draft/{draft}/review").context["page"]
    lines = [(link.text.partition("：")[0], link.href) for link in page.open]
    assert [href.partition("?")[0] for part, href in lines if part == "职工"] == [f"{address}/1"]
    assert "选情形" not in dict(lines)
    assert len(lines) < page.missing


def test_nine_are_finished_three_are_not_and_nothing_is_filed_before_they_are(
    hr: Client, draft: UUID
) -> None:
    address = f"/draft/{draft}/members/employee"
    for n in range(1, 13):
        sent = person(n, without=("social-card", "archive-receive") if n > 3 else ())
        hr.post(f"{address}/new", sent | ({"employee-phone": ""} if n > 9 else {}))
    share(hr, draft)
    assert "已填 9 人，还差 3 人的必填项" in text_of(hr.get(address))
    fill_without_members(draft)
    assert hr.get(f"/draft/{draft}")["Location"] == address
    review = text_of(hr.get(f"/draft/{draft}/review"))
    assert "职工 12 人" in review
    assert "出 54 个办件" in review
    assert "吴霞：" in review
    assert "提交申报</button>" in review
    assert hr.post(f"/draft/{draft}/review", {"declared": "yes", "name": "王芳"}).status_code == 422
    for n in (10, 11, 12):
        hr.post(f"{address}/{n}", person(n, without=("social-card", "archive-receive")))
    response = hr.post(f"/draft/{draft}/review", {"declared": "yes", "name": "王芳"})
    assert response.status_code == 302, text_of(response)
    submission = UUID(response["Location"].split("/")[2])
    assert len(load_submission(submission).nows) == 54


def fill_without_members(draft: UUID) -> None:
    at = NODE_CLOCK.now()
    fill(draft, who=whose("employee-onboarding", at=at), at=at, members=False)


def filed_for_twelve() -> UUID:
    """File for twelve employees as the services do, and return the submission's key."""
    at = NODE_CLOCK.now()
    who = whose("employee-onboarding", at=at)
    draft = begin("employee-onboarding", who=who, at=at)
    everything = frozenset(ItemCode(code) for code in items(("social-card", "archive-receive")))
    enter_members(
        draft=draft, actor=who, group="employee", at=at,
        members=[
            Member(
                MemberId(str(n)), {ElementCode("employee-name"): NAMES[n - 1], NUMBER: number_of(n)},
                everything | ({ItemCode("social-card"), ItemCode("archive-receive")} if n == 1 else set()),
            )
            for n in range(1, 13)
        ],
    )  # fmt: skip
    return seal(fill(draft, who=who, at=at), who=who, at=at).id


REGISTER, NUMBER = ItemCode("employment-register"), ElementCode("employee-id-number")


@pytest.mark.clause("S7")
def test_twelve_people_are_shown_and_one_persons_correction_is_his_alone(db: None) -> None:
    at = NODE_CLOCK.now()
    submission = filed_for_twelve()
    loaded = load_submission(submission)
    seventh = next(c for c in loaded.cases if (c.now.item, c.now.member) == (REGISTER, "7"))
    officer = officer_of(seventh, at=at)
    make_remark(
        case=seventh.now.id, actor=officer, target=Target.FIELD, code=NUMBER, reason="号码和身份证对不上",
        basis="就业服务与就业管理规定第六十二条", remedy="请照身份证改", at=at,
    )  # fmt: skip
    release_submission(submission=submission, actor=coordinator_of(loaded, at=at), at=at)
    drain(at=at)
    client = signed_in_as("wangfang")
    session = client.session
    session[ACTING_FOR] = str(loaded.party)
    session.save()
    shown = client.get(f"/my/{submission}")
    people = shown.context["page"].people
    assert len(people) == 12
    assert people[0].name == "赵磊"
    assert people[0].is_open
    assert [one.is_open for one in people[1:]] == [False] * 11
    text = text_of(shown)
    assert "只有赵磊的要等您补；其余 11 个照常在办，不受影响。" in text
    assert "只影响这一个" in text

    desk = signed_in_as(login_at(seventh.unit, "reviewer"))
    assert "这一项全部 12 个" in text_of(desk.get(f"/desk/{seventh.now.id}"))
    address = f"/desk/{seventh.now.id}/members"
    rows = {row.applicant: row for row in desk.get(address).context["page"].inbox.rows}
    assert len(rows) == 12
    assert not rows["赵磊"].tickable
    ticked = [rows[name].id for name in ("张伟", "李娜", "赵磊")]
    asked = desk.post(address, {"case": ticked})
    assert "准予这 3 个的" in text_of(asked)
    seen = [value for name, value in asked.context["question"].fields if name == "seen"]
    sent = {"case": ticked, "seen": seen, "confirmed": "1"}
    said = text_of(desk.post(address, sent, follow=True))
    assert "已准予 2 个的" in said
    assert "赵磊没有准予" in said
    drain(at=at)
    assert "12 个里办成 2 个" in text_of(desk.get(address))
    assert signed_in_as("qianjin").get(address).status_code == 404


def test_the_one_form_as_a_paper_says_what_each_of_them_said(db: None) -> None:
    submission = filed_for_twelve()
    found = lay_open(load_submission(submission))
    headings = {heading for heading, _ in whole_form(found)}
    assert {"职工：张伟", "职工：孙丽"} <= headings
    case = next(c for c in load_submission(submission).cases if (c.now.item, c.now.member) == (REGISTER, "7"))
    form = form_of(found, case, title="用工备案")
    assert "赵磊" in str(form)
    assert "张伟" not in str(form)
