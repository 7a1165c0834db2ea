"""From the print on a photograph to the fields of a form: right, to be compared, or declined, and never silently wrong."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.photographs.recording import Seen, recorded
from yijianshi.domain.codes import (
    ElementCode,
    citizen_check_character,
    is_citizen_number,
    is_credit_code,
    is_luhn_number,
)
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.paper_elements import fillable, in_form, paper_called
from yijianshi.domain.paper_marks import LAYOUTS, PaperKind, kind_of, other_paper
from yijianshi.domain.reading_lines import Line, Photograph, plain
from yijianshi.domain.reading_papers import NATIONS, PaperRead, Standing, read_paper

pytestmark = pytest.mark.clause("C2.4")
NUMBER = "320106198808189964"
SEEN = recorded()


def lines(*rows: str, confidence: float = 0.99, **more: bool) -> tuple[Line, ...]:
    """Return rows of print, one under the other; `|` sets lines of one row apart."""
    return tuple(
        Line(text, 40 + 300 * place, 40 + 60 * down, 40 + 300 * place + 18 * len(text), 66 + 60 * down,
             confidence, **more)
        for down, row in enumerate(rows)
        for place, text in enumerate(row.split("|"))
    )  # fmt: skip


def photo(*rows: str, **more: float) -> Photograph:
    return Photograph(
        width=1200,
        height=800,
        sharpness=0.3,
        light=0.8,
        glare=0.0,
        lines=lines(*rows, **more),  # type: ignore[arg-type]
    )


def card(*, number: str = NUMBER, born: str = "1988年8月18日", sex: str = "女") -> PaperRead:
    rows = (
        "姓名|林晓燕",
        f"性别{sex}民族汉",
        f"出生{born}",
        "住址|江苏省南京市鼓楼区演示路12号",
        f"公民身份号码|{number}",
    )
    return read_paper(photo(*rows), PaperKind.ID_CARD)


def standing(read: PaperRead, key: str) -> tuple[str, str]:
    field = read.field(key)
    assert field is not None
    return str(field.standing), field.value


def test_a_number_is_confirmed_by_its_check_digit_and_birth_and_sex_by_the_number() -> None:
    read = card()
    assert standing(read, "number") == ("checked", NUMBER)
    assert standing(read, "birth") == ("checked", "1988-08-18")
    assert standing(read, "sex") == ("checked", "女")
    assert standing(read, "name") == ("compare", "林晓燕")
    assert standing(read, "nation") == ("compare", "汉")
    assert standing(read, "address") == ("compare", "江苏省南京市鼓楼区演示路12号")


def test_a_number_with_a_wrong_check_digit_is_declined_and_never_mended() -> None:
    field = card(number=NUMBER[:-1] + "5").field("number")
    assert field is not None
    assert (field.standing, field.value) == (Standing.DECLINED, "")
    assert "校验位" in field.why


def test_a_birth_that_contradicts_the_number_declines_both() -> None:
    read = card(born="1988年8月13日")
    assert standing(read, "number") == standing(read, "birth") == ("declined", "")


def test_a_sex_that_contradicts_the_number_declines_both() -> None:
    read = card(sex="男")
    assert standing(read, "number") == standing(read, "sex") == ("declined", "")


def test_two_numbers_on_one_photograph_are_not_chosen_between() -> None:
    other = "32010219510103997" + citizen_check_character("32010219510103997")
    rows = ("公民身份号码", NUMBER, other)
    field = read_paper(photo(*rows), PaperKind.ID_CARD).field("number")
    assert field is not None
    assert (field.standing, field.value) == (Standing.DECLINED, "")


@pytest.mark.parametrize("confidence", [0.3, 0.79])
def test_what_the_reader_itself_doubts_is_not_taken(confidence: float) -> None:
    read = read_paper(
        photo("姓名|林晓燕", f"公民身份号码|{NUMBER}", confidence=confidence), PaperKind.ID_CARD
    )
    assert all(field.standing is Standing.DECLINED for field in read.fields)


@pytest.mark.parametrize("harm", ["at_edge", "dazzled"])
def test_a_name_at_the_edge_or_in_a_reflection_may_be_half_a_name(harm: str) -> None:
    seen = photo("姓名|林晓")
    spoilt = tuple(
        Line(line.text, line.left, line.top, line.right, line.bottom, 0.99, **{harm: line.text == "林晓"})
        for line in seen.lines
    )
    field = read_paper(
        Photograph(width=1200, height=800, sharpness=0.3, light=0.8, glare=0.1, lines=spoilt),
        PaperKind.ID_CARD,
    ).field("name")
    assert field is not None
    assert field.standing is Standing.DECLINED


def test_an_address_goes_on_in_the_next_line_and_may_hold_a_word_that_is_a_label() -> None:
    seen = Photograph(
        width=1200, height=800, sharpness=0.3, light=0.8, glare=0.0,
        lines=(
            Line("住址", 40, 100, 90, 126, 0.99), Line("江苏省南京市鼓楼区民族路", 120, 100, 400, 126, 0.99),
            Line("12号3幢502室", 121, 132, 300, 158, 0.99), Line("公民身份号码", 40, 240, 200, 266, 0.99),
        ),
    )  # fmt: skip
    assert standing(read_paper(seen, PaperKind.ID_CARD), "address") == (
        "compare",
        "江苏省南京市鼓楼区民族路12号3幢502室",
    )


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("2016.08.18-2036.08.18", ("checked", "2036-08-18")),
        ("2011.03.09-长期", ("compare", "长期")),
        ("2016.08.18-2035.08.18", ("declined", "")),
        ("2016.08.18-2036.08.13", ("declined", "")),
        ("2016.13.18-2036.13.18", ("declined", "")),
    ],
)
def test_the_term_of_a_card_confirms_itself(term: str, expected: tuple[str, str]) -> None:
    read = read_paper(photo("签发机关|南京市公安局", f"有效期限|{term}"), PaperKind.ID_CARD_BACK)
    assert standing(read, "valid_until") == expected


def test_a_bank_card_is_always_to_be_compared_because_a_number_that_lost_its_end_may_look_right() -> None:
    read = read_paper(photo("样例银行", "6200 0000 0094 2477 787"), PaperKind.BANK_CARD)
    assert standing(read, "number") == ("compare", "6200000000942477787")


def test_a_licence_set_in_two_columns_with_spread_labels_is_read_column_by_column() -> None:
    read = read_paper(
        photo(
            "营 业 执 照", "统一社会信用代码", "91320106DEM0087E74", "名　　称|南京样例餐饮有限公司|成立日期|2018年03月05日",
            "法定代表人|欧阳建国|住　　所|江苏省南京市玄武区虚构巷7号",
        ),
        PaperKind.BUSINESS_LICENCE,
    )  # fmt: skip
    assert standing(read, "credit_code") == ("checked", "91320106DEM0087E74")
    assert standing(read, "name") == ("compare", "南京样例餐饮有限公司")
    assert standing(read, "representative") == ("compare", "欧阳建国")
    assert standing(read, "founded") == ("compare", "2018-03-05")
    assert standing(read, "address") == ("compare", "江苏省南京市玄武区虚构巷7号")


def test_a_marriage_certificate_of_another_year_than_its_number_is_declined() -> None:
    rows = ("结婚证", "登记日期|2016年05月20日", "结婚证字号|J320106-2015-001207")
    read = read_paper(photo(*rows), PaperKind.MARRIAGE_CERTIFICATE)
    assert standing(read, "number") == standing(read, "registered") == ("declined", "")


def test_a_paper_that_is_only_known_by_name_is_named() -> None:
    register = photo("居民户口簿", "户主姓名|林晓燕", f"公民身份号码|{NUMBER}")
    assert kind_of(register) is None
    assert other_paper(register) == "户口簿"


def test_there_are_fifty_six_nations() -> None:
    assert len(NATIONS) == 56


# What was read once of the photographs


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: seen.name)
def test_what_is_confirmed_is_what_stands_on_the_paper(seen: Seen) -> None:
    read = read_paper(seen.photograph, PaperKind(seen.kind))
    for field in read.fields:
        if field.standing is Standing.CHECKED and field.key in seen.truth:
            assert field.value == seen.truth[field.key]


def test_sound_photographs_are_read_to_the_last_field_however_they_are_turned() -> None:
    sound = [
        seen
        for seen in SEEN
        if seen.how in ("plain", "turned 5", "turned 90", "turned 180", "slanted", "shadow")
    ]
    assert len(sound) >= 40
    for seen in sound:
        read = read_paper(seen.photograph, PaperKind(seen.kind))
        values = {field.key: field.value for field in read.fields if field.key in seen.truth}
        assert values == seen.truth, seen.name


def test_no_paper_is_taken_for_another() -> None:
    assert {kind_of(seen.photograph) for seen in SEEN if seen.how == "plain"} == set(PaperKind)
    for seen in SEEN:
        assert kind_of(seen.photograph) in (None, PaperKind(seen.kind)), seen.name


# Soups of lines

_WORDS = sorted({label for layout in LAYOUTS.values() for label in (*layout.labels, *layout.own)})
_DIGITS = st.text("0123456789X ", min_size=14, max_size=22)
_TEXTS = st.one_of(
    st.sampled_from(_WORDS),
    _DIGITS,
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=19),
    st.just(NUMBER),
    st.text("林晓燕省市区路号男女汉年月日0123456789.-长期至", max_size=24),
    st.text(max_size=12),
    st.builds(lambda label, text: label + text, st.sampled_from(_WORDS), st.text("林晓燕男女0123456789年月日", max_size=10)),
)  # fmt: skip
_NUMBERS = st.floats(0, 1200, allow_nan=False)
_LINES = st.builds(
    lambda text, left, top, wide, high, sure, edge: Line(text, left, top, left + wide, top + high, sure, edge),
    _TEXTS, _NUMBERS, _NUMBERS, st.floats(1, 900), st.floats(1, 80), st.floats(0, 1), st.booleans(),
)  # fmt: skip
_SOUPS = st.builds(
    lambda found: Photograph(width=1200, height=800, sharpness=0.3, light=0.8, glare=0.0, lines=tuple(found)),
    st.lists(_LINES, max_size=14),
)
_CHECKS = {
    (PaperKind.ID_CARD, "number"): is_citizen_number,
    (PaperKind.DRIVING_LICENCE, "number"): is_citizen_number,
    (PaperKind.BUSINESS_LICENCE, "credit_code"): is_credit_code,
    (PaperKind.BANK_CARD, "number"): is_luhn_number,
}


@given(soup=_SOUPS, kind=st.sampled_from(PaperKind))
def test_out_of_a_soup_of_lines_comes_no_number_whose_check_digit_fails(
    soup: Photograph, kind: PaperKind
) -> None:
    for field in read_paper(soup, kind).fields:
        check = _CHECKS.get((kind, field.key))
        if check is not None and field.value:
            assert check(field.value)


@given(soup=_SOUPS, kind=st.sampled_from(PaperKind))
def test_out_of_a_soup_of_lines_comes_nothing_that_is_not_in_the_lines(
    soup: Photograph, kind: PaperKind
) -> None:
    texts = [plain(line.text) for line in soup.lines]
    for field in read_paper(soup, kind).fields:
        if field.standing is Standing.DECLINED:
            assert field.value == ""
            assert field.why
            continue
        assert field.value
        assert all(any(piece in text for text in texts) for piece in field.printed)
        printed = "".join(field.printed)
        assert _is_from(field.value, printed), (field.value, printed)


def _is_from(value: str, printed: str) -> bool:
    """Whether a value is its print, or the same figures in the order of a calendar."""
    if value.upper() == printed.upper() or plain(value).upper() == printed.upper() or value in printed:
        return True
    figures = [int(part) for part in re.findall(r"\d+", value)]
    there = [int(part) for part in re.findall(r"\d+", printed)]
    return figures == there or figures == there[-len(figures) :]


# Into the form


def element(code: str, kind: Kind = Kind.STRING, **more: object) -> DataElement:
    return DataElement(code=ElementCode(code), name=str(more.pop("name", code)), kind=kind, **more)  # type: ignore[arg-type]


def test_whoever_has_a_number_in_the_form_may_photograph_his_card() -> None:
    form = [
        element("mother-name"), element("mother-id-number", Kind.ID_NUMBER, name="母亲证件号码"),
        element("mother-ethnicity", Kind.ENUM, values=("汉族", "藏族")), element("trade-name"),
    ]  # fmt: skip
    (paper,) = fillable({one.code: one for one in form}, [one.code for one in form])
    assert (paper.key, paper.title) == ("id-card_mother", "母亲的身份证（人像面）")
    assert set(paper.elements) == {"number", "name", "nation"}


def test_a_paper_is_not_offered_where_a_register_has_filled_everything_in() -> None:
    form = [element("mother-name"), element("mother-id-number", Kind.ID_NUMBER)]
    assert fillable({one.code: one for one in form}, []) == ()


def test_a_value_is_put_into_the_words_of_the_form_or_left_to_be_chosen() -> None:
    nation = element("mother-ethnicity", Kind.ENUM, values=("汉族", "藏族"))
    assert in_form("藏", nation) == "藏族"
    assert in_form("基诺", nation) is None
    assert in_form("3120", element("newborn-birth-weight", Kind.INT)) == 3120
    assert in_form("2026-10-05", element("day", Kind.DATE)) == date(2026, 10, 5).isoformat()


def test_a_document_that_may_be_one_of_two_papers_is_none() -> None:
    assert paper_called("母亲居民身份证") is PaperKind.ID_CARD
    assert paper_called("人才身份证或护照") is None
