"""What an answer must look like: every kind of question, right and wrong, and that the message says what would do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.specimens import element
from yijianshi.domain.answers import read_answer, wrong_with
from yijianshi.domain.definitions import Column, DataElement, Kind

COLUMNS = (
    Column(key="name", name="姓名"),
    Column(key="share", name="比例", kind=Kind.NUMBER, required=False),
    Column(key="kind", name="类型", kind=Kind.ENUM, values=("自然人", "法人"), required=False),
)


def of(kind: Kind) -> DataElement:
    values = ("随父", "随母") if kind in (Kind.ENUM, Kind.MULTI_ENUM) else ()
    return element("x", kind, values=values, columns=COLUMNS if kind is Kind.TABLE else ())


RIGHT: dict[Kind, list[Any]] = {
    Kind.STRING: ["禾味", "a" * 200],
    Kind.TEXT: ["一行\n又一行"],
    Kind.ADDRESS: ["江苏省南京市鼓楼区示例路 1 号"],
    Kind.FILE: ["图.pdf"],
    Kind.INT: [0, 2, 10**12 - 1],
    Kind.NUMBER: [0, 326.4, 12],
    Kind.MONEY: [0, 99.5],
    Kind.DATE: ["2026-11-18", "2024-02-29"],
    Kind.MONTH: ["2026-12"],
    Kind.YEAR: ["2026", 2026],
    Kind.DATETIME: ["2026-11-18T08:30", "2026-11-18 08:30"],
    Kind.DATE_RANGE: [["2026-11-18", "2026-11-18"], ("2026-11-18", "2027-11-17")],
    Kind.ENUM: ["随父"],
    Kind.MULTI_ENUM: [["随父"], ["随父", "随母"]],
    Kind.BOOL: [True, False],
    Kind.DECLARATION: [True],
    Kind.PHONE: ["13900000002", "139-0000-0002", "025-83300001", "84400001"],
    Kind.ID_NUMBER: ["11010519491231002X"],
    Kind.USCC: ["91350100M000100Y43"],
    Kind.REGION: ["320106"],
    Kind.BANK_ACCOUNT: ["6222000000000000", "6222 0000 0000 0000"],
    Kind.TABLE: [[{"name": "王芳", "share": 60}], [{"name": "王芳"}, {"name": "张伟", "kind": "自然人"}]],
}
#: Wrong answers, and a word of the message that helps.
WRONG: dict[Kind, list[tuple[Any, str]]] = {
    Kind.STRING: [
        ("a" * 201, "最多 200 个字，现在 201 个字"),
        (5, "文字"),
        ({"a": 1}, "文字"),
        (["x"], "文字"),
    ],
    Kind.TEXT: [(True, "文字")],
    Kind.ADDRESS: [(None, "文字")],
    Kind.FILE: [(b"x", "文字")],
    Kind.INT: [("2", "如 2"), (2.5, "整数"), (True, "整数"), (-1, "负数"), (10**12, "整数"), (None, "整数")],
    Kind.NUMBER: [
        ("很大", "如 4.5"),
        (False, "数字"),
        (-0.5, "负数"),
        (float("nan"), "数字"),
        (float("inf"), "数字"),
        (1e13, "数字"),
    ],
    Kind.MONEY: [("5000 元", "数字")],
    Kind.DATE: [
        ("2026-13-01", "如 2026-11-24"),
        ("2026-2-3", "年月日"),
        ("20261118", "年月日"),
        ("2026-W47-3", "年月日"),
        ("明天", "年月日"),
        (20261118, "年月日"),
    ],
    Kind.MONTH: [("2026-13", "如 2026-11"), ("2026-11-18", "年月"), ("2026", "年月")],
    Kind.YEAR: [("26", "如 2026"), ("二〇二六", "四位年份"), ("２０２６", "四位年份")],
    Kind.DATETIME: [("08:30", "日期和时间"), (None, "日期和时间")],
    Kind.DATE_RANGE: [
        (["2026-11-18"], "起、止"),
        ("2026-11-18", "起、止"),
        (["2026-11-18", "2026-11-17"], "止日早于起日"),
        (["2026-11-18", "x"], "起、止"),
    ],
    Kind.ENUM: [("随祖父", "请从列出的选项中选一项"), ("", "选项"), (["随父"], "选项")],
    Kind.MULTI_ENUM: [(["随父", "随祖父"], "随祖父"), ("随父", "选项")],
    Kind.BOOL: [("是", "请选“是”或“否”"), (1, "请选"), (None, "请选")],
    Kind.DECLARATION: [(False, "勾选"), ("true", "勾选")],
    Kind.PHONE: [
        ("1390000000", ""),
        ("12345", "11 位手机号"),
        ("一三九", "手机号"),
        ("１３９００００００００", "手机号"),
    ],
    Kind.ID_NUMBER: [
        ("110105194912310021", "校验位对不上"),
        ("1101051949123100", "现在是 16 位"),
        (11010519491231002, "18 位"),
    ],
    Kind.USCC: [("91350100M000100Y44", "校验位对不上"), ("91350100", "现在是 8 位")],
    Kind.REGION: [("3201", "请选到区、县"), ("南京市", "区、县"), ("٣٢٠١٠٦", "区、县")],
    Kind.BANK_ACCOUNT: [("622", "8 到 30 位"), ("6222-0000-0000", "只有数字"), ("6" * 31, "8 到 30 位")],
    Kind.TABLE: [
        ("王芳", "按行"),
        ([1], "按行"),
        ([{"share": 60}], "第 1 行的“姓名”还没有填"),
        ([{"name": "王芳"}, {"name": "张伟", "share": "多"}], "第 2 行的“比例”"),
        ([{"name": "王芳", "kind": "外星人"}], "不在选项里"),
        ([{"name": "王芳", "salary": 1}], "不认识的栏目：salary"),
        ([{"name": "x" * 201}], "太长了"),
        ([{"name": "王芳"}] * 201, "最多 200 行"),
    ],
}
WRONG[Kind.PHONE] = WRONG[Kind.PHONE][1:]  # ten digits are a landline with its area code


def test_every_kind_of_question_is_tried() -> None:
    assert set(RIGHT) == set(WRONG) == set(Kind)


@pytest.mark.parametrize(("kind", "value"), [(k, v) for k, values in RIGHT.items() for v in values])
def test_a_right_answer_is_taken(kind: Kind, value: Any) -> None:
    assert wrong_with(value, of(kind)) == ""


@pytest.mark.parametrize(
    ("kind", "value", "said"), [(k, v, said) for k, values in WRONG.items() for v, said in values]
)
def test_a_wrong_answer_is_refused_in_words_that_say_what_would_do(kind: Kind, value: Any, said: str) -> None:
    message = wrong_with(value, of(kind))
    assert said in message
    assert message


anything = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.binary(max_size=5)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(list(Kind)), anything)
def test_whatever_is_sent_gets_an_answer_and_never_breaks_the_form(kind: Kind, value: Any) -> None:
    assert isinstance(wrong_with(value, of(kind)), str)


@given(st.sampled_from(list(Kind)), st.text(max_size=40))
def test_whatever_is_typed_can_be_read(kind: Kind, text: str) -> None:
    value = read_answer(text, of(kind))
    assert isinstance(wrong_with(value, of(kind)), str)


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        (Kind.INT, " ２ ", 2),
        (Kind.INT, "-3", -3),
        (Kind.INT, "2.5", "2.5"),
        (Kind.NUMBER, "３２６．４", 326.4),
        (Kind.NUMBER, "120.0", 120),
        (Kind.NUMBER, "很大", "很大"),
        (Kind.NUMBER, "NaN", "NaN"),
        (Kind.BOOL, "true", True),
        (Kind.BOOL, "false", False),
        (Kind.DECLARATION, "on", True),
        (Kind.ID_NUMBER, " 11010519491231002x ", "11010519491231002X"),
        (Kind.ID_NUMBER, "110105 19491231 002Ｘ", "11010519491231002X"),
        (Kind.USCC, "91350100m000100y43", "91350100M000100Y43"),
        (Kind.PHONE, "139-0000-0002", "13900000002"),
        (Kind.PHONE, "025-83300001", "025-83300001"),
        (Kind.STRING, "  禾味  ", "禾味"),
        (Kind.DATE, "２０２６－１１－１８", "2026-11-18"),
    ],
)
def test_slips_of_a_phones_keyboard_are_forgiven(kind: Kind, typed: str, read: Any) -> None:
    assert read_answer(typed, of(kind)) == read


@pytest.mark.parametrize(
    ("kind", "typed"), [(Kind.NUMBER, "1e999999999"), (Kind.INT, "9" * 5000)], ids=["1e999999999", "nines"]
)
def test_a_number_too_large_for_any_office_stays_as_typed_and_is_refused(kind: Kind, typed: str) -> None:
    assert read_answer(typed, of(kind)) == typed
    assert len(wrong_with(typed, of(kind))) < 100


def test_a_number_of_thousands_of_digits_is_refused_without_being_written_out() -> None:
    for kind in (Kind.INT, Kind.NUMBER):
        assert "太大的数" in wrong_with(10**5000, of(kind))
