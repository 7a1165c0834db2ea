"""The reform plan: every part of it is there, its figures are the plan's, and paper says what the page says."""

import re
import subprocess
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.domain.specimens import PROVINCE, edition_of, item, shipped
from yijianshi.domain.catalogue import Limit, Parameter
from yijianshi.domain.definitions import Certainty
from yijianshi.integrations.documents import TypstDocuments
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.reforms.as_json import plan_as_json
from yijianshi.services.reforms.demand import demand_list
from yijianshi.services.reforms.papers import list_pdf, plan_pdf
from yijianshi.services.reforms.pictures import drawn, picture_of
from yijianshi.services.reforms.plan import ReformPlan, write_plan
from yijianshi.services.reforms.unfounded import unfounded_list

ON = date(2026, 11, 26)
HEADINGS = ("目标", "适用范围和事项构成", "流程再造", "表单和材料", "办理时限", "数据共享需求", "责任分工", "需要确认的事项")  # fmt: skip


@pytest.fixture(scope="module")
def documents() -> TypstDocuments:
    return TypstDocuments()


@pytest.fixture(scope="module")
def restaurant() -> ReformPlan:
    return write_plan(shipped("open-restaurant", PROVINCE))


def words(pdf: bytes, *options: str) -> str:
    found = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"[\s\u200b]", "", found.stdout.decode())


def said(plan: ReformPlan) -> str:
    """Return every word of the plan."""
    blocks = [block for part in (*plan.parts, *plan.annexes) for block in part.blocks]
    return "".join(b.text + b.heading + b.caption + "".join(map("".join, (b.heads, *b.rows))) for b in blocks)


@pytest.mark.clause("T2.2")
@pytest.mark.parametrize("bundle", shipped_catalogue().bundles)
def test_every_one_thing_has_a_whole_plan(bundle: str) -> None:
    plan = write_plan(shipped(bundle, PROVINCE))
    assert tuple(part.heading for part in plan.parts) == HEADINGS
    assert all(part.blocks for part in plan.parts)
    text = said(plan)
    for handled in plan.reform.plan.items:
        assert handled.plain_name.split("(")[0] in text
    for reduction in plan.reform.reductions:
        assert f"{reduction.before:g} {reduction.unit}" in text
        assert f"{reduction.after:g} {reduction.unit}" in text


@pytest.mark.clause("T2.2")
def test_the_draft_on_paper_has_title_number_parts_tables_and_page_numbers(
    restaurant: ReformPlan, documents: TypstDocuments, tmp_path: Path
) -> None:
    pdf = plan_pdf(restaurant, on=ON, documents=documents)
    text = words(pdf)
    assert text.startswith("草案（文号待编）")
    assert "江苏省“开办餐饮店一件事”实施方案" in text
    for number, heading in zip("一二三四五六七八", HEADINGS, strict=True):
        assert f"{number}、{heading}" in text
    for words_of in (
        "（一）改革前：一项一项办",
        "20份",
        "8份",
        "10个工作日",
        "关键路径",
        "不得索要的材料",
        "附件1",
        "—1—",
    ):
        assert words_of in text
    for column in ("需求部门", "提供部门", "资源名称", "数据项", "更新周期", "提供方式", "数据范围"):
        assert column in text
    (tmp_path / "plan.pdf").write_bytes(pdf)
    size = subprocess.run(["pdfinfo", tmp_path / "plan.pdf"], capture_output=True, check=True).stdout
    assert b"(A4)" in size


def test_the_lines_of_the_draft_are_as_wide_and_as_many_as_the_standard_wants(
    restaurant: ReformPlan, documents: TypstDocuments
) -> None:
    pdf = plan_pdf(restaurant, on=ON, documents=documents)
    laid = subprocess.run(
        ["pdftotext", "-f", "1", "-l", "1", "-bbox-layout", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout.decode()
    lines = [
        tuple(float(n) for n in found)
        for found in re.findall(
            r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', laid
        )
    ]
    left, right = min(line[0] for line in lines), max(line[2] for line in lines)
    assert left == pytest.approx(28 / 25.4 * 72, abs=2)
    half_of_a_full_stop = 8  # squeezed at the end of a line, where its empty half stands out
    assert right <= 595.28 - 26 / 25.4 * 72 + half_of_a_full_stop + 1
    body = [line for line in lines if line[2] - line[0] > 400 and 14 < line[3] - line[1] < 30]
    pitches = [later[1] - earlier[1] for earlier, later in pairwise(body)]
    assert min(pitches) == pytest.approx(225 / 25.4 * 72 / 22, abs=0.5)


def test_what_no_law_lays_down_is_not_called_statutory_and_what_is_unknown_is_not_nought() -> None:
    edition = edition_of(item("a", limit=Limit()), item("b", limit=Limit(promised=3)))
    text = said(write_plan(edition))
    assert "没有法定时限" in text
    assert "没有承诺" in text
    assert "“a事项”" in text
    assert "0 个工作日" not in text


def test_an_unsure_number_is_told_by_what_it_stands_for() -> None:
    edition = edition_of(
        item("a"),
        params={"least": Parameter(value=300.0, unit="m²", certainty=Certainty.LOW, note="面积门槛")},
    )
    assert "地方参数取 300 m²（面积门槛），把握程度低" in said(write_plan(edition))


def test_the_picture_has_both_on_one_scale_with_the_critical_path(restaurant: ReformPlan) -> None:
    picture = picture_of(restaurant.reform)
    assert picture.scale == 32
    assert [bar.begins for bar in picture.before] == [0, 0, 5, 15, 18, 25]
    assert [bar.name for bar in picture.after if bar.critical] == ["执照核验", "消防检查"]
    assert max(bar.begins + bar.days for bar in picture.after) == 10
    svg = drawn(picture)
    assert svg.count("<rect") == 12
    assert "style=" not in svg
    assert "关键路径是消防检查" in picture.says


def test_names_cannot_break_out_of_the_picture() -> None:
    edition = edition_of(item("a", short="<script>&"))
    svg = drawn(picture_of(write_plan(edition).reform))
    assert "<script>" not in svg
    assert "&lt;script&gt;&amp;" in svg


def test_the_plan_as_plain_values_has_the_figures_of_the_plan(restaurant: ReformPlan) -> None:
    values = plan_as_json(restaurant)
    assert {r["key"]: (r["before"], r["after"]) for r in values["reductions"]}["materials"] == (20, 8)
    assert values["plan"]["fields"]["raw"] == 86
    assert values["critical_path"] == ["licence-check", "fire-safety-check"]
    assert values["without_statutory"] == ["licence-check"]


@pytest.mark.parametrize("make", [demand_list, unfounded_list], ids=["demand", "unfounded"])
def test_a_list_on_paper_repeats_its_head_and_names_who_keeps_it(
    make: object, documents: TypstDocuments
) -> None:
    editions = tuple(shipped(bundle, PROVINCE) for bundle in ("open-restaurant", "newborn"))
    listing = make(editions)  # type: ignore[operator]
    text = words(list_pdf(listing, editions, on=ON, documents=documents))
    assert re.sub(r"\s", "", listing.title) in text
    assert all(head in text for head in listing.heads)
    assert "江苏省数据局" in text
    empty = list_pdf(
        unfounded_list((edition_of(item("a")),)), (edition_of(item("a")),), on=ON, documents=documents
    )
    assert "没有待清理的" in words(empty)
