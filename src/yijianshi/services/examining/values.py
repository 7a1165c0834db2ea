"""
What a cell means: days, yes or no, dates, codes; whatever cannot be understood is said and left out, never guessed.

Basis: GB/T 39046-2020, annex A (code tables).
"""

import re
import unicodedata
from datetime import date, datetime
from typing import NamedTuple

from .listed import CALENDAR, WORKING

#: 事项类型 (annex A); what lies beyond is extended by provinces.
TYPES = {
    "00": "行政权力事项", "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付",
    "06": "行政检查", "07": "行政确认", "08": "行政奖励", "09": "行政裁决", "10": "其他行政权力", "20": "公共服务",
}  # fmt: skip
_TYPE_WORDS = {word: code for code, word in TYPES.items()} | {
    "其他类别": "10",
    "其他权力": "10",
    "其他": "10",
}
LEVELS = {
    "1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "镇（乡、街道）级", "6": "村（社区）级", "7": "分级管理",
}  # fmt: skip
_LEVEL_WORDS = {
    "国家": "1", "省": "2", "直属": "2", "市": "3", "设区市": "3", "隶属": "3", "县": "4", "区": "4", "县区": "4",
    "区县": "4", "镇": "5", "乡": "5", "街道": "5", "乡镇": "5", "村": "6", "社区": "6",
}  # fmt: skip
_YES, _NO = (
    {"1", "是", "y", "yes", "true", "有", "收费"},
    {"0", "否", "n", "no", "false", "无", "不收费", "2"},
)
_AT_ONCE = ("即办", "即时", "当场", "立等", "马上")
_NONE = {"", "无", "/", "-", "—", "——", "none", "null", "暂无", "不涉及", "\\"}
_NUMBERS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_DAYS = re.compile(r"^(\d+(?:\.\d+)?)(?:个)?(工作日|自然日|日历日|天|日|小时|个?月|年)?(?:内|以内)?$")


class Days(NamedTuple):
    """A number of days as read; `problem` says what could not be understood."""

    days: float | None
    unit: str
    problem: str = ""


def text_of(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, days as 20260101, nothing for a mere dash."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y%m%d")
    text = str(cell).replace("\u3000", " ").strip()
    return "" if text.lower() in _NONE else text


def code_of(cell: object) -> str:
    """Return a code as text in plain characters, as it stands otherwise: what is wrong with it is found later."""
    return unicodedata.normalize("NFKC", text_of(cell)).replace(" ", "")


def days_of(cell: object, *, unit: str = "") -> Days:
    """
    Return the days in a cell, in the unit that it names or that `unit` (its own column, or the heading) gives.

    >>> days_of("20个工作日").days, days_of("即办").days, days_of("三十天").problem
    (20.0, 0.0, '“三十天”看不出是几天')
    """
    said = text_of(cell)
    text = re.sub(r"[()\s]", "", unicodedata.normalize("NFKC", said)).removeprefix("不超过")
    known = _unit_of(unit)
    if not text:
        return Days(None, known or WORKING)
    if any(word in text for word in _AT_ONCE):
        return Days(0.0, known or WORKING)
    if text in _NUMBERS:
        text = str(_NUMBERS[text])
    found = _DAYS.match(text)
    if found is None:
        return Days(None, known or WORKING, f"“{said[:20]}”看不出是几天")
    number, word = float(found[1]), found[2] or ""
    if word == "小时":
        return Days(number / 8 if number < 8 else number / 24, WORKING if number < 8 else CALENDAR)
    if word in ("月", "个月"):
        return Days(number * 30, CALENDAR, f"“{said}”按每月 30 天算")
    if word == "年":
        return Days(number * 365, CALENDAR, f"“{said}”按每年 365 天算")
    own = WORKING if word == "工作日" else CALENDAR if word in ("自然日", "日历日") else ""
    return Days(number, own or known or WORKING)


def _unit_of(word: str) -> str:
    word = word.strip()
    if word in ("1", "工作日", "个工作日"):
        return WORKING
    return CALENDAR if word in ("2", "自然日", "日历日", "天", "日") else ""


def truth_of(cell: object) -> bool | None:
    """Return yes, no, or None where it is neither."""
    text = text_of(cell).lower()
    return True if text in _YES else False if text in _NO else None


def type_of(cell: object) -> tuple[str, bool]:
    """Return the code of a type of item, and whether it is one that is known."""
    text = code_of(cell)
    if not text:
        return "", True
    if text.isdigit():
        code = text.zfill(2)
        return code, code in TYPES or int(code) in (*range(11, 20), *range(21, 40))
    return (_TYPE_WORDS[text], True) if text in _TYPE_WORDS else (text, False)


def level_of(cell: object) -> tuple[str, bool]:
    """Return the code of a level (行使层级), and whether it is one that is known."""
    text = code_of(cell)
    if not text:
        return "", True
    if text in LEVELS:
        return text, True
    word = text.removesuffix("级")
    return (_LEVEL_WORDS[word], True) if word in _LEVEL_WORDS else (text, False)


def day_of(cell: object) -> tuple[date | None, str]:
    """Return a date, or what about it cannot be understood."""
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    text = text_of(cell)
    if not text:
        return None, ""
    digits = re.sub(r"[年月/.\-]", "-", text.split("T")[0].split(" ")[0]).strip("日-")
    parts = digits.split("-")
    if len(parts) == 1 and len(digits) == 8 and digits.isdigit():
        parts = [digits[:4], digits[4:6], digits[6:]]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day), ""
    except ValueError:
        return None, f"“{text[:20]}”不是日期"


def needed_of(cell: object) -> str:
    """Return whether a material is needed: yes, no, or owed (容缺后补)."""
    text = text_of(cell)
    if text in ("2", "非必要", "否", "0", "可选", "非必须", "选交"):
        return "no"
    return "owed" if text == "3" or "容缺" in text else "yes"


def from_state(cell: object) -> bool:
    """Return whether a material is issued by a department (政府部门核发)."""
    text = text_of(cell)
    return text == "20" or "政府部门" in text or "部门核发" in text


def count_of(cell: object) -> tuple[int | None, bool]:
    """Return how many times, and whether the cell could be understood."""
    text = unicodedata.normalize("NFKC", text_of(cell)).removesuffix("次")
    if not text:
        return None, True
    if text in ("零", "不见面", "零跑动", "全程网办"):
        return 0, True
    return (int(text), True) if text.isdigit() and len(text) < 4 else (None, False)


def materials_in(cell: object) -> list[str]:
    """
    Return the materials that one cell lists: numbered, one a line, or parted by semicolons.

    >>> materials_in("1.申请书；2.身份证 3、营业执照")
    ['申请书', '身份证', '营业执照']
    """
    text = text_of(cell)
    numbered = re.split(r"(?:^|[\s;；。])(?:\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[①-⑳])\s*", text)
    parts = numbered if len(numbered) > 2 else re.split(r"[\n;；]", text)
    if len(parts) == 1 and text.count("、") >= 2 and not re.search(r"[（(].*、.*[)）]", text):
        parts = text.split("、")
    found = [re.sub(r"^\d{1,2}[.、．)）]\s*|[\s;；。]+$", "", part.strip()) for part in parts]
    return [part for part in found if part]
