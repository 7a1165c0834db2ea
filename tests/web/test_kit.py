"""The building blocks of pages: they draw in every state, give answers back as they were given and write dates plainly."""

import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http import HttpResponseNotAllowed, QueryDict
from django.template.loader import get_template
from django.test import Client, RequestFactory

from yijianshi.domain.definitions import Column, Kind
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.web import errors, kit, parts
from yijianshi.web.parts.asked import asked, posted
from yijianshi.web.templatetags import yjs

TEMPLATES = Path(kit.__file__).parent / "templates"
ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))

NOW = datetime(2026, 11, 24, 10, 46, tzinfo=yjs.LEGAL_TIME)
TODAY = NOW.date()


# what is written in templates


@pytest.mark.parametrize("template", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_carries_inline_style_or_script(template: Path) -> None:
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.S)
    assert not re.search(r"<style\b|\sstyle\s*=", text, re.I), "a strict content policy forbids inline style"
    assert not re.search(r"\son[a-z]+\s*=", text, re.I), "a strict content policy forbids inline handlers"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text, re.I), (
        "a strict content policy forbids inline scripts"
    )
    assert "javascript:" not in text


def test_every_template_can_be_read() -> None:
    for template in ALL_TEMPLATES:
        get_template(str(template.relative_to(TEMPLATES)))  # names the template and the line, if it cannot


@pytest.mark.parametrize("template", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_sign_that_is_drawn_exists(template: Path) -> None:
    drawn = set(re.findall(r'{% icon "([^"]+)"', template.read_text()))
    signs = set(re.findall(r'id="i-([^"]+)"', (TEMPLATES / "parts/icons.html").read_text()))
    assert drawn <= signs


def test_every_part_names_a_template_that_exists() -> None:
    drawn = [part for part in vars(parts).values() if isinstance(part, type) and hasattr(part, "template")]
    assert len(drawn) > 25
    for part in drawn:
        get_template(part.template)


# the living page


@pytest.mark.parametrize("address", ["/kit", "/kit/desk", "/kit/question"])
def test_the_kit_draws_every_part(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert 'lang="zh-CN"' in response.text


def test_the_kit_asks_every_kind_of_question(client: Client) -> None:
    assert {question.kind for question in kit.fields()} == set(Kind)
    page = client.get("/kit").text
    for question in kit.fields():
        assert f'id="{question.id}' in page, question.kind


def test_the_kit_exists_in_the_demo_only(
    client: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Production:
        profile = "production"

    monkeypatch.setattr(settings, "ENVIRONMENT", Production)
    assert client.get("/kit").status_code == 404


def test_an_error_and_a_hint_are_tied_to_their_box(client: Client) -> None:
    page = client.get("/kit").text
    box = re.search(r'<input [^>]*id="f-manager-id"[^>]*>', page)
    assert box
    assert 'aria-describedby="f-manager-id-e f-manager-id-h"' in box[0]
    assert 'aria-invalid="true"' in box[0]
    assert 'id="f-manager-id-e"' in page
    assert 'id="f-manager-id-h"' in page


# answers come back in the shape in which they were shown

TABLE = parts.Asked(
    name="investors",
    label="投资人",
    kind=Kind.TABLE,
    columns=(Column(key="name", name="姓名"), Column(key="share", name="出资", kind=Kind.MONEY)),
    value=[{"name": "王芳", "share": "30"}, {"name": "张伟", "share": "20"}],
)


def test_an_answer_of_each_shape_comes_back_as_it_was_given() -> None:
    sent = QueryDict("a= 1 层 &b=no&c=酒水&c=冷食&d.from=2026-10-01&d.to=2029-09-30&e=yes&g=一%0D%0A%0D%0A二")
    kinds = (("a", Kind.STRING), ("b", Kind.BOOL), ("d", Kind.DATE_RANGE), ("e", Kind.DECLARATION))
    answers = {name: parts.posted(parts.Asked(name=name, label="", kind=kind), sent) for name, kind in kinds}
    assert answers == {"a": "1 层", "b": False, "d": {"from": "2026-10-01", "to": "2029-09-30"}, "e": True}
    several = parts.Asked(name="c", label="", kind=Kind.MULTI_ENUM, options=(parts.Option("酒水", "酒水"),))
    assert parts.posted(several, sent) == ["酒水", "冷食"]
    lines = parts.Asked(name="g", label="", kind=Kind.TABLE)
    assert parts.posted(lines, sent) == ["一", "二"]


def test_what_was_not_answered_is_empty_and_not_no() -> None:
    nothing = QueryDict("")
    assert parts.posted(parts.Asked(name="b", label="", kind=Kind.BOOL), nothing) is None
    assert parts.posted(parts.Asked(name="e", label="", kind=Kind.DECLARATION), nothing) is False
    assert parts.posted(parts.Asked(name="a", label=""), nothing) == ""
    assert parts.posted(TABLE, nothing) == []


def test_rows_come_back_in_order_without_the_empty_and_the_dropped() -> None:
    sent = "investors.0.name=王芳&investors.0.share=30&investors.10.name=何&investors.2.name=张伟&investors.3.name="
    assert parts.posted(TABLE, QueryDict(sent)) == [
        {"name": "王芳", "share": "30"},
        {"name": "张伟", "share": ""},
        {"name": "何", "share": ""},
    ]
    assert len(parts.posted(TABLE, QueryDict(sent + "&row=drop:investors:2"))) == 2


def test_one_more_row_is_shown_when_asked_for_without_scripts() -> None:
    sent = QueryDict("investors.rows=2&row=add:investors")
    again = parts.Asked(
        name="investors",
        label="",
        kind=Kind.TABLE,
        columns=TABLE.columns,
        value=TABLE.value,
        rows=parts.rows_wanted(TABLE, sent),
    )
    assert [line.number for line in again.lines] == [1, 2, 3]


def test_a_table_without_an_answer_still_has_a_row_to_write_in() -> None:
    assert len(parts.Asked(name="t", label="", kind=Kind.TABLE, columns=TABLE.columns).lines) == 1


# dates, durations, numbers


def test_days_are_written_with_their_weekday_and_another_year_with_the_year() -> None:
    assert yjs.day(date(2026, 11, 20), TODAY) == "11 月 20 日（周五）"
    assert yjs.day(date(2027, 1, 4), TODAY) == "2027 年 1 月 4 日（周一）"


def test_moments_are_today_yesterday_or_a_day_in_chinese_time() -> None:
    at = datetime.fromisoformat
    assert yjs.moment(at("2026-11-24T02:32:00+00:00"), NOW) == "今天 10:32"
    assert yjs.moment(at("2026-11-23T16:05:00+08:00"), NOW) == "昨天 16:05"
    assert yjs.moment(at("2026-11-22T16:30:00+00:00"), NOW) == "昨天 00:30"
    assert yjs.moment(at("2026-11-20T17:10:00+08:00"), NOW) == "11 月 20 日 17:10"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (5, "working", "5 个工作日"),
        (0.5, "working", "半个工作日"),
        (1.5, "working", "1.5 个工作日"),
        (30, "calendar", "30 个自然日"),
        (0, "working", "当场"),
        (None, "working", "未定"),
    ],
)
def test_durations_say_which_days_they_count(value: float | None, unit: str, words: str) -> None:
    assert yjs.workdays(value, unit) == words


def test_numbers_are_grouped_and_personal_ones_masked() -> None:
    assert yjs.grouped(1234567.5) == "1,234,567.5"
    assert yjs.grouped(500000) == "500,000"
    assert yjs.mask_number("320106199001011234") == "320106********1234"
    assert yjs.mask_number("E12345678") == "E1*****78"
    assert yjs.mask_phone("139-0000-2046") == "139 **** 2046"
    assert yjs.mask_phone("025-8000-0012") == "**** 0012"
    assert yjs.spaced_number("32010620261118100003424") == "320106 20261118 1 0000342 4"


def test_due_days_have_four_colours_and_a_stopped_clock_has_none() -> None:
    def said(day: date, left: int, stopped: int | None = None) -> tuple[str, str]:
        due = parts.due(day, today=TODAY, working_days_left=left, stopped_for=stopped)
        return due.state, due.words

    assert said(date(2026, 11, 20), -2) == ("late", "超 2 天")
    assert said(TODAY, 0) == ("today", "今天")
    assert said(date(2026, 11, 25), 1) == ("soon", "明天")
    assert said(date(2026, 12, 1), 5) == ("ok", "12 月 1 日")
    assert said(date(2026, 11, 20), -2, 3) == ("stop", "停 3 天")


def test_lanes_lie_in_percent_and_a_day_of_rest_counts_as_the_next_working_day() -> None:
    axis = parts.axis([date(2026, 11, d) for d in (19, 20, 23, 24)], today=TODAY)
    assert axis.place(date(2026, 11, 21)) == axis.place(date(2026, 11, 23)) == 50.0
    assert axis.now == 87.5
    done = axis.stretch("done", date(2026, 11, 19), date(2026, 11, 20))
    assert (done.x, done.width) == (0.0, 50.0)


# large letters


def test_large_letters_are_kept_and_lead_back_to_the_page(client: Client) -> None:
    response = client.post("/elder", {"on": "1", "next": "/kit"})
    assert response["Location"] == "/kit"
    assert 'class="elder"' in client.get("/kit").text
    client.post("/elder", {"on": "0", "next": "/kit"})
    assert 'class="elder"' not in client.get("/kit").text


def test_switching_letters_never_leads_to_another_site(client: Client) -> None:
    assert client.post("/elder", {"on": "1", "next": "https://elsewhere.example/"})["Location"] == "/"
    assert client.get("/elder").status_code == 405


# what does not work


@pytest.mark.parametrize("status", sorted(errors.TROUBLES))
def test_every_trouble_says_what_why_and_what_would_do(client: Client, status: int) -> None:
    client.raise_request_exception = False
    response = client.get(f"/kit/trouble/{status}")
    trouble = errors.TROUBLES[status]
    assert response.status_code == status
    for sentence in (trouble.title, trouble.why, trouble.means, trouble.remedy, "12345"):
        assert sentence in response.text


def test_a_refusal_is_a_fragment_for_htmx_and_json_for_a_script() -> None:
    ask = RequestFactory().get
    whole = errors.refused(ask("/"), "没办成", "别人先办了。", "请刷新。", 409)
    fragment = errors.refused(
        ask("/", headers={"HX-Request": "true"}), "没办成", "别人先办了。", "请刷新。", 409
    )
    script = errors.refused(
        ask("/", headers={"Accept": "application/json"}), "没办成", "别人先办了。", "请刷新。", 409
    )
    assert b"<html" in whole.content
    assert b"<html" not in fragment.content
    assert "请刷新。" in fragment.content.decode()
    assert script["Content-Type"] == "application/json"


def test_a_wordless_refusal_gets_words_and_keeps_its_headers() -> None:
    pages = errors.ErrorPages(lambda request: HttpResponseNotAllowed(["POST"]))
    response = pages(RequestFactory().get("/elder"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "这个地址不能这样打开" in response.content.decode()


def test_a_picture_within_the_form_is_named_in_words_because_a_picked_file_would_be_lost() -> None:
    photo = next(e for e in shipped_catalogue().elements.values() if e.kind is Kind.FILE)
    question = asked(photo, value="身份证上的照片")
    assert question.shape == "input"
    assert "不能上传" in question.hint
    assert posted(question, QueryDict(urlencode({photo.code: "户口簿上的照片"}))) == "户口簿上的照片"
