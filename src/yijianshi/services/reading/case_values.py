"""Values as officials read them: in words, with units, the register's name, and what the applicant objects to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yijianshi.domain.codes import DivisionCode, ElementCode, ItemCode, ResourceCode
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.drafts import APPLICANT, CHOICE, OWN_WORD, PHOTOGRAPH, Value
from yijianshi.domain.editions import Edition

from ..punctuation import wide


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRead:
    """One field of a slice: name, value and origin in words."""

    code: str
    name: str
    group: str
    value: str
    source: str
    by_applicant: bool
    at: datetime | None
    objected: bool
    registered: str
    is_long: bool


_LONG = (Kind.TEXT, Kind.TABLE, Kind.DECLARATION, Kind.ADDRESS)


def read_values(slice_: Mapping[ElementCode, Value], edition: Edition) -> tuple[ValueRead, ...]:
    """Return the values of a slice in words, in the order of the form."""
    read = []
    for code, value in slice_.items():
        element = edition.elements[code]
        words = value_in_words(value.value, element, edition)
        read.append(
            ValueRead(
                code=code,
                name=element.name,
                group=element.group or "其他",
                value=words,
                source=source_in_words(value.source, edition),
                by_applicant=value.source in (*OWN_WORD, "situation") or value.objected,
                at=value.at,
                objected=value.objected,
                registered=value_in_words(value.registered, element, edition) if value.objected else "",
                is_long=element.kind in _LONG or len(words) > 28,
            )
        )
    return tuple(read)


def source_in_words(source: str, edition: Edition) -> str:
    """Return who said a value: the applicant, the platform, a register or an earlier item."""
    if source in (APPLICANT, "situation"):
        return "申请人填报"
    if source == PHOTOGRAPH:
        return "申请人拍照识别、核对后填报"
    if source == CHOICE:
        return "申请人选择的办法"
    if source == "system":
        return "系统计算"
    if resource := edition.resources.get(ResourceCode(source)):
        return resource.name
    for item in edition.bundle.items:
        if item.code == ItemCode(source):
            return f"“{item.plain_name}”的结果"
    return source


def value_in_words(value: Any, element: DataElement, edition: Edition) -> str:
    """Return a value as one reads it aloud: 是, 84 个, 鼓楼区, one line per row of a table."""
    if value in (None, "", [], ()):
        return ""
    match element.kind:
        case Kind.BOOL:
            return "是" if value is True else "否"
        case Kind.DECLARATION:
            return "已阅读并承诺" if value is True else "没有承诺"
        case Kind.REGION:
            division = edition.divisions.get(DivisionCode(str(value)))
            return division.name if division else str(value)
        case Kind.DATE_RANGE:
            ends = list(value.values()) if isinstance(value, Mapping) else list(value)
            return " 至 ".join(str(end) for end in ends)
        case Kind.ENUM:
            return wide(str(value))
        case Kind.MULTI_ENUM:
            return wide(
                "、".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)
            )
        case Kind.TABLE:
            return "\n".join(_row(row, element) for row in value if isinstance(row, Mapping))
        case Kind.DATETIME:
            return str(value).replace("T", " ")
    unit = element.unit or ("元" if element.kind is Kind.MONEY else "")
    return f"{value} {unit}".strip()


def _row(row: Mapping[str, Any], element: DataElement) -> str:
    cells = [
        f"{column.name} {wide(str(row[column.key])) if column.values else row[column.key]}"
        for column in element.columns
        if row.get(column.key) not in (None, "")
    ]
    return "，".join(cells)
