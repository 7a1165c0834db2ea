"""Check digits, by the vectors of the standards and by what a slip of the pen does to a number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.domain.codes import (
    DivisionCode,
    citizen_check_character,
    compose_number,
    credit_code_check_character,
    is_citizen_number,
    is_credit_code,
    is_number,
    number_check_digit,
)

#: GB 11643-1999, annex; GB 32100-2015 and published codes.
CITIZENS = ("11010519491231002X", "440524188001010014")
CREDIT_CODES = ("91350100M000100Y43", "11100000000013338W", "11430000006122244L", "11330105002500287C")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

born = st.dates(date(1900, 1, 1), date(2030, 12, 31))
citizens = st.builds(
    lambda region, day, serial: f"{region:06d}{day:%Y%m%d}{serial:03d}",
    st.integers(110000, 659999),
    born,
    st.integers(0, 999),
).map(lambda body: body + citizen_check_character(body))
credit_codes = st.text(_CREDIT_ALPHABET, min_size=17, max_size=17).map(
    lambda body: body + credit_code_check_character(body)
)


@pytest.mark.parametrize("number", CITIZENS)
def test_the_identity_numbers_of_the_standard_are_well_formed(number: str) -> None:
    assert is_citizen_number(number)
    assert is_citizen_number(number.lower())


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_the_credit_codes_of_the_standard_are_well_formed(code: str) -> None:
    assert is_credit_code(code)


@given(citizens, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_in_an_identity_number_is_noticed(number: str, place: int, by: int) -> None:
    digit = "0123456789X".index(number[place])
    wrong = "0123456789X"[(digit + by) % (11 if place == 17 else 10)]
    assert is_citizen_number(number)
    assert not is_citizen_number(number[:place] + wrong + number[place + 1 :])


@given(credit_codes, st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_character_in_a_credit_code_is_noticed(code: str, place: int, by: int) -> None:
    wrong = _CREDIT_ALPHABET[(_CREDIT_ALPHABET.index(code[place]) + by) % 31]
    assert is_credit_code(code)
    assert not is_credit_code(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1101051949123100",
        "11010519491231002",
        "11010519491331002X",  # a thirteenth month
        "110105194902300021",  # 30 February
        "１１０１０５１９４９１２３１００２X",  # full-width digits
        "11010519491231002Y",
        " 11010519491231002X",
    ],
)
def test_what_is_no_identity_number_is_refused(text: str) -> None:
    assert not is_citizen_number(text)


@pytest.mark.parametrize(
    "text", ["", "91350100M000100Y4", "91350100M000100Y44", "91350100I000100Y43", "91350100m000100y43"]
)
def test_what_is_no_credit_code_is_refused(text: str) -> None:
    assert not is_credit_code(text)


@given(st.text(max_size=24))
def test_no_text_whatever_breaks_the_checks(text: str) -> None:
    assert is_citizen_number(text) in (True, False)
    assert is_credit_code(text) in (True, False)
    assert is_number(text) in (True, False)


@given(
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.integers(1, 4),
    st.integers(0, 9_999_999),
    st.integers(0, 22),
    st.integers(1, 9),
)
def test_a_number_says_where_when_and_how_it_came_in_and_notices_one_wrong_digit(
    day: date, channel: int, serial: int, place: int, by: int
) -> None:
    number = compose_number(division=DivisionCode("320106"), day=day, channel=channel, serial=serial)
    assert number.startswith(f"320106{day:%Y%m%d}{channel}{serial:07d}")
    assert is_number(number)
    wrong = str((int(number[place]) + by) % 10)
    assert not is_number(number[:place] + wrong + number[place + 1 :])


def test_the_check_digit_is_that_of_the_standards_own_example() -> None:
    assert number_check_digit("0794") == "5"  # ISO 7064, MOD 11,10
