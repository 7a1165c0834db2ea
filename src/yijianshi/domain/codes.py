"""
Names of things, so that one code is never taken for another, and the check digits that numbers carry.

Basis: GB 11643-1999 (citizen identification numbers), GB 32100-2015 (unified social credit codes),
ISO 7064 (check characters), GB/T 39554.1-2020 (basic and implementation codes of service items).
"""

import re
from datetime import date
from typing import NewType

BundleCode = NewType("BundleCode", str)  # 一件事编码
ItemCode = NewType("ItemCode", str)  # 事项编码
ElementCode = NewType("ElementCode", str)  # 数据元编码
MaterialCode = NewType("MaterialCode", str)  # 材料编码
LicenceCode = NewType("LicenceCode", str)  # 证照类型编码
ResourceCode = NewType("ResourceCode", str)  # 共享资源编码
DepartmentCode = NewType("DepartmentCode", str)  # 部门编码
DivisionCode = NewType("DivisionCode", str)  # 行政区划代码, six digits (GB/T 2260)
ListCode = NewType("ListCode", str)  # 清单编码
MemberId = NewType("MemberId", str)  # one member of a repeat group (一名员工, 一辆车)

_BASIC_CODE = re.compile(r"[0-9A-Z]{12}")
_IMPLEMENTATION_CODE = re.compile(r"[0-9A-Z]{18}[1-6][0-9A-Z]{12}")

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, n, 31) for n in range(17))


def citizen_check_character(first_seventeen: str) -> str:
    """
    Return the last character of a citizen identification number (公民身份号码).

    >>> citizen_check_character("11010519491231002")
    'X'
    """
    total = sum(weight * int(digit) for weight, digit in zip(_CITIZEN_WEIGHTS, first_seventeen, strict=True))
    return "10X98765432"[total % 11]


def is_citizen_number(text: str) -> bool:
    """Return whether `text` has the shape, the date and the check character of an identity number; the region is only a hint."""
    if len(text) != 18 or not (text[:17].isascii() and text[:17].isdigit()):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return citizen_check_character(text[:17]) == text[17].upper()


def credit_code_check_character(first_seventeen: str) -> str:
    """
    Return the last character of a unified social credit code (统一社会信用代码).

    >>> credit_code_check_character("91350100M000100Y4")
    '3'
    """
    total = sum(
        weight * _CREDIT_ALPHABET.index(character)
        for weight, character in zip(_CREDIT_WEIGHTS, first_seventeen, strict=True)
    )
    return _CREDIT_ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Return whether `text` is a well-formed unified social credit code with the right check character."""
    if len(text) != 18 or any(character not in _CREDIT_ALPHABET for character in text):
        return False
    return credit_code_check_character(text[:17]) == text[17]


def is_luhn_number(text: str) -> bool:
    """
    Return whether `text` is a number of digits whose last one checks it (ISO/IEC 7812-1, as on bank cards).

    >>> is_luhn_number("4111111111111111"), is_luhn_number("4111111111111112")
    (True, False)
    """
    if not (text.isascii() and text.isdigit()) or len(text) < 2:
        return False
    total = 0
    for place, character in enumerate(reversed(text)):
        digit = int(character) * (1 + place % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def is_basic_code(text: str) -> bool:
    """
    Return whether `text` has the shape of a basic code (基本编码): region 2, type 2, main item 5, sub-item 3.

    >>> is_basic_code("000131010000"), is_basic_code("131010000")
    (True, False)
    """
    return _BASIC_CODE.fullmatch(text) is not None


def is_implementation_code(text: str) -> bool:
    """
    Return whether `text` is an implementation code (实施编码): credit code 18, level 1, basic code 12.

    >>> is_implementation_code("91350100M000100Y43" + "4" + "000131010000")
    True
    """
    return _IMPLEMENTATION_CODE.fullmatch(text) is not None and is_credit_code(text[:18])


def number_check_digit(digits: str) -> str:
    """
    Return the check digit of a submission or case number (ISO 7064, MOD 11,10).

    >>> number_check_digit("079")
    '2'
    """
    rest = 10
    for digit in digits:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def compose_number(*, division: DivisionCode, day: date, channel: int, serial: int) -> str:
    """
    Return a submission or case number: division 6 + day 8 + channel 1 + serial 7 + check 1.

    >>> compose_number(division=DivisionCode("320106"), day=date(2026, 11, 18), channel=1, serial=342)
    '32010620261118100003421'
    """
    body = f"{division}{day:%Y%m%d}{channel}{serial:07d}"
    return body + number_check_digit(body)


def is_number(text: str) -> bool:
    """Return whether `text` is a submission or case number whose check digit is right."""
    return len(text) == 23 and text.isascii() and text.isdigit() and number_check_digit(text[:22]) == text[22]
