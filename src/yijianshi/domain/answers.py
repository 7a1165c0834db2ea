"""
What an answer must look like, and what is wrong with one that does not (填写校验).

Each message says what would do, in the applicant's language.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from .codes import is_citizen_number, is_credit_code
from .definitions import DataElement, Kind

_LONGEST_NUMBER = 10**12
_MOST_DIGITS = 20


def wrong_with(value: Any, element: DataElement) -> str:
    """Return what is wrong with a given answer, or an empty text."""
    if isinstance(value, str) and len(value) > element.max_length:
        return f"太长了，最多 {element.max_length} 个字，现在 {len(value)} 个字"
    return _CHECKS[element.kind](value, element)


def read_answer(text: str, element: DataElement) -> Any:
    """
    Return what was typed as a value of the element's kind; what cannot be read stays as typed.

    Full-width digits and stray blanks of a phone's keyboard are forgiven.
    """
    text = text.strip().translate(_FULL_WIDTH) if element.kind in _NARROWED else text.strip()
    if element.kind is Kind.BOOL or element.kind is Kind.DECLARATION:
        return {"true": True, "false": False, "on": True}.get(text.lower(), text)
    if element.kind is Kind.INT and len(text) <= _MOST_DIGITS and text.removeprefix("-").isdecimal():
        return int(text)
    if element.kind in (Kind.NUMBER, Kind.MONEY):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        if not number.is_finite() or not _is_moderate(number):
            return text  # as an integer, 1e999999999 would fill the memory
        return int(number) if number == int(number) else float(number)
    if element.kind in (Kind.ID_NUMBER, Kind.USCC):
        return text.upper().replace(" ", "")
    if element.kind is Kind.PHONE:
        return text.replace(" ", "").replace("-", "") if text.replace(" ", "").startswith("1") else text
    return text


def _text(value: Any, element: DataElement) -> str:
    return "" if isinstance(value, str) else "请填文字"


def _int(value: Any, element: DataElement) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _LONGEST_NUMBER:
        return f"请填整数，如 2。您填的是“{_shown(value)}”"
    return "不能是负数" if value < 0 else ""


def _number(value: Any, element: DataElement) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_moderate(value):
        return f"请填数字，如 4.5。您填的是“{_shown(value)}”"
    return "不能是负数" if value < 0 else ""


def _bool(value: Any, element: DataElement) -> str:
    return "" if isinstance(value, bool) else "请选“是”或“否”"


def _declared(value: Any, element: DataElement) -> str:
    return "" if value is True else "请阅读后勾选"


def _date(value: Any, element: DataElement) -> str:
    return "" if _reads(_day, value) else f"请填年月日，如 2026-11-24。您填的是“{_shown(value)}”"


def _month(value: Any, element: DataElement) -> str:
    return "" if _reads(lambda v: _day(f"{v}-01"), value) else "请填年月，如 2026-11"


def _year(value: Any, element: DataElement) -> str:
    text = str(value)
    return "" if _is_digits(text) and len(text) == 4 else "请填四位年份，如 2026"


def _datetime(value: Any, element: DataElement) -> str:
    return "" if _reads(datetime.fromisoformat, value) else "请填日期和时间，如 2026-11-24 08:30"


def _range(value: Any, element: DataElement) -> str:
    if not isinstance(value, list | tuple) or len(value) != 2 or any(_date(v, element) for v in value):
        return "请填起、止两个日期"
    return "止日早于起日，请核对" if value[1] < value[0] else ""


def _enum(value: Any, element: DataElement) -> str:
    return "" if value in element.values else f"“{value}”不在选项里；请从列出的选项中选一项"


def _enums(value: Any, element: DataElement) -> str:
    if not isinstance(value, list | tuple):
        return "请从列出的选项中选"
    strangers = [str(v) for v in value if v not in element.values]
    return f"“{'、'.join(strangers)}”不在选项里" if strangers else ""


def _phone(value: Any, element: DataElement) -> str:
    digits = str(value).replace("-", "").replace(" ", "")
    if _is_digits(digits) and len(digits) in (7, 8, 10, 11, 12):
        return ""
    return "请填 11 位手机号，或带区号的固定电话"


def _citizen(value: Any, element: DataElement) -> str:
    text = str(value)
    if len(text) != 18:
        return f"证件号码是 18 位，现在是 {len(text)} 位"
    return "" if is_citizen_number(text) else "校验位对不上，请对照证件再核一遍"


def _credit(value: Any, element: DataElement) -> str:
    text = str(value)
    if len(text) != 18:
        return f"统一社会信用代码是 18 位，现在是 {len(text)} 位"
    return "" if is_credit_code(text) else "校验位对不上，请对照营业执照再核一遍"


def _region(value: Any, element: DataElement) -> str:
    text = str(value)
    return "" if _is_digits(text) and len(text) == 6 else "请选到区、县"


def _account(value: Any, element: DataElement) -> str:
    text = str(value).replace(" ", "")
    return "" if _is_digits(text) and 8 <= len(text) <= 30 else "银行账号只有数字，8 到 30 位"


def _table(value: Any, element: DataElement) -> str:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        return "请按行填写"
    if len(value) > 200:
        return "最多 200 行"
    for number, row in enumerate(value, start=1):
        if strangers := set(row) - {column.key for column in element.columns}:
            return f"第 {number} 行有不认识的栏目：{'、'.join(sorted(strangers))}"
        for column in element.columns:
            cell = row.get(column.key)
            if cell in (None, ""):
                if column.required:
                    return f"第 {number} 行的“{column.name}”还没有填"
                continue
            cell_element = DataElement(
                code=element.code, name=column.name, kind=column.kind, values=column.values
            )
            if said := wrong_with(cell, cell_element):
                return f"第 {number} 行的“{column.name}”：{said}"
    return ""


def _shown(value: Any) -> str:
    """Return a wrong answer to be quoted; a number of thousands of digits is not written out."""
    if isinstance(value, int) and abs(value) >= _LONGEST_NUMBER:
        return "太大的数"
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _is_moderate(value: float | Decimal) -> bool:
    return -_LONGEST_NUMBER < value < _LONGEST_NUMBER  # which is true of no NaN


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _day(text: str) -> date:
    """Read 2026-11-24 and no other of the shapes of ISO 8601, so that days compare as texts."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


def _reads(parse: Callable[[str], Any], value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parse(value)
    except ValueError:
        return False
    return True


_CHECKS: Mapping[Kind, Callable[[Any, DataElement], str]] = {
    Kind.STRING: _text, Kind.TEXT: _text, Kind.ADDRESS: _text, Kind.FILE: _text,
    Kind.INT: _int, Kind.NUMBER: _number, Kind.MONEY: _number,
    Kind.DATE: _date, Kind.MONTH: _month, Kind.YEAR: _year, Kind.DATETIME: _datetime, Kind.DATE_RANGE: _range,
    Kind.ENUM: _enum, Kind.MULTI_ENUM: _enums, Kind.BOOL: _bool, Kind.DECLARATION: _declared,
    Kind.PHONE: _phone, Kind.ID_NUMBER: _citizen, Kind.USCC: _credit,
    Kind.REGION: _region, Kind.BANK_ACCOUNT: _account, Kind.TABLE: _table,
}  # fmt: skip
_NARROWED = frozenset({
    Kind.INT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.MONTH, Kind.YEAR, Kind.DATETIME,
    Kind.PHONE, Kind.ID_NUMBER, Kind.USCC, Kind.BANK_ACCOUNT,
})  # fmt: skip
_FULL_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {ord("．"): ".", ord("－"): "-", ord("Ｘ"): "X"}
