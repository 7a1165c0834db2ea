"""The questions of a form: one shape for every kind of answer, and the way back from what the browser posted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from yijianshi.domain.catalogue import Question
from yijianshi.domain.definitions import Column, DataElement, Kind
from yijianshi.services.punctuation import wide

#: Up to so many choices lie open as cards; more go into a list.
OPEN_CHOICES = 5

_LONG = {Kind.TEXT, Kind.ADDRESS, Kind.TABLE, Kind.FILE, Kind.DECLARATION, Kind.MULTI_ENUM, Kind.DATE_RANGE}
_NATIVE = {Kind.DATE: "date", Kind.MONTH: "month", Kind.DATETIME: "datetime-local", Kind.PHONE: "tel"}
_KEYS = {
    Kind.INT: "numeric",
    Kind.YEAR: "numeric",
    Kind.BANK_ACCOUNT: "numeric",
    Kind.NUMBER: "decimal",
    Kind.MONEY: "decimal",
    Kind.PHONE: "tel",
}
_LENGTHS = {Kind.ID_NUMBER: 18, Kind.USCC: 18, Kind.YEAR: 4, Kind.PHONE: 20, Kind.BANK_ACCOUNT: 32}
_UNITS = {Kind.MONEY: "元", Kind.YEAR: "年"}
_REMEMBERED = {Kind.PHONE: "tel", Kind.ADDRESS: "street-address"}
_HINTS = {
    Kind.ID_NUMBER: "18 位，末位是 X 的也要填",
    Kind.USCC: "营业执照上的 18 位代码",
    Kind.PHONE: "手机号，或带区号的座机",
    Kind.BANK_ACCOUNT: "卡面上的数字，空格可留可去",
}


class Posted(Protocol):
    """What a browser sent, as Django's QueryDict gives it."""

    def get(self, key: str, default: str, /) -> Any: ...
    def getlist(self, key: str) -> list[Any]: ...
    def keys(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the value that is posted, the words, and the consequence in small type."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    One question with its answer so far.

    `value`: text for most kinds; a sequence of values for multi-enum; a mapping with `from` and `to` for a date range;
    a sequence of mappings for a table; True, False or None for yes-no and declarations. `rows` is how many rows of a
    table are shown at least. `text` is the wording of a declaration; `who` names the offices that use the answer.
    """

    template: ClassVar[str] = "parts/field.html"
    name: str
    label: str
    kind: Kind = Kind.STRING
    value: Any = ""
    hint: str = ""
    unit: str = ""
    error: str = ""
    optional: bool = False
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: int = 0
    text: str = ""
    who: str = ""
    yes: str = "是"
    no: str = "否"
    notes: Mapping[str, str] = field(default_factory=dict)  # for yes and no, in small type
    max_length: int = 200
    sensitive: bool = False
    accept: str = "image/*,.pdf,.ofd"
    bare: bool = False  # without hint, inside a cell of a table
    wide: bool = False

    @property
    def id(self) -> str:
        return "f-" + re.sub(r"[^\w-]", "-", self.name)

    @property
    def shape(self) -> str:
        """Return which drawing serves this kind: the name of a file in parts/fields/."""
        if self.kind is Kind.TABLE:
            return "table" if self.columns else "text"
        if self.kind in {Kind.ENUM, Kind.REGION}:
            if not self.options:
                return "input"
            return "picks" if len(self.options) <= OPEN_CHOICES and self.kind is Kind.ENUM else "select"
        if self.kind is Kind.MULTI_ENUM:
            return "picks" if self.options else "text"
        shapes = {Kind.BOOL: "picks", Kind.TEXT: "text", Kind.DECLARATION: "declaration"}
        shapes |= {Kind.DATE_RANGE: "range", Kind.FILE: "file"}
        return shapes.get(self.kind, "input")

    @property
    def is_group(self) -> bool:
        return self.shape in {"picks", "range", "table", "declaration"}

    @property
    def spans(self) -> bool:
        return self.wide or self.kind in _LONG or self.shape in {"picks", "table"}

    @property
    def help(self) -> str:
        if self.hint or self.shape != "text" or self.kind is Kind.TEXT:
            return self.hint or _HINTS.get(self.kind, "")
        return "每行填一项"

    @property
    def described_by(self) -> str:
        error = f"{self.id}-e" if self.error else ""
        hint = f"{self.id}-h" if self.help and not self.bare else ""
        return " ".join(filter(None, (error, hint)))

    @property
    def input_type(self) -> str:
        return _NATIVE.get(self.kind, "text")

    @property
    def input_mode(self) -> str:
        return _KEYS.get(self.kind, "")

    @property
    def length(self) -> int | None:
        return (
            None
            if self.kind in _NATIVE and self.kind is not Kind.PHONE
            else _LENGTHS.get(self.kind, self.max_length)
        )

    @property
    def suffix(self) -> str:
        unit = self.unit or _UNITS.get(self.kind, "")
        return "" if unit and f"{unit}）" in self.label else unit

    @property
    def width(self) -> str:
        """Return the class that makes the box about as long as the answer."""
        if self.kind in {Kind.INT, Kind.NUMBER, Kind.MONEY, Kind.YEAR, Kind.DATE, Kind.MONTH}:
            return "w-s"
        if self.kind in {Kind.PHONE, Kind.ID_NUMBER, Kind.USCC, Kind.BANK_ACCOUNT, Kind.DATETIME}:
            return "w-m"
        return ""

    @property
    def remembered(self) -> str:
        return "off" if self.sensitive else _REMEMBERED.get(self.kind, "off")

    @property
    def choices(self) -> list[tuple[Option, bool]]:
        """Return each choice and whether it is taken."""
        if self.kind is Kind.BOOL:
            return [
                (Option("yes", self.yes, self.notes.get("yes", "")), self.value is True),
                (Option("no", self.no, self.notes.get("no", "")), self.value is False),
            ]
        taken = {str(one) for one in self.value or ()} if self.kind is Kind.MULTI_ENUM else {str(self.value)}
        return [(option, option.value in taken) for option in self.options]

    @property
    def many(self) -> bool:
        return self.kind is Kind.MULTI_ENUM

    @property
    def columns_of_picks(self) -> str:
        """Return how the cards lie: two short ones side by side, otherwise as they fit."""
        longest = max((len(option.label) + len(option.note) for option, _ in self.choices), default=0)
        return "" if longest <= 8 and len(self.choices) <= 4 else "picks--1 picks--auto"

    @property
    def lines(self) -> list["TableRow"]:
        """Return the rows of a table as questions, with at least one empty row to write in."""
        filled: Sequence[Mapping[str, Any]] = self.value or ()
        shown = max(len(filled) + (0 if filled else 1), self.rows)
        return [self._line(n, filled[n] if n < len(filled) else {}) for n in range(shown)]

    def _line(self, n: int, values: Mapping[str, Any]) -> "TableRow":
        return TableRow(
            number=n + 1,
            drop=f"drop:{self.name}:{n}",
            cells=tuple(
                Asked(
                    name=f"{self.name}.{n}.{column.key}",
                    label=column.name,
                    kind=column.kind,
                    value=values.get(column.key, ""),
                    options=tuple(Option(value, wide(value)) for value in column.values),
                    optional=not column.required,
                    sensitive=self.sensitive,
                    bare=True,
                )
                for column in self.columns
            ),
        )

    @property
    def as_text(self) -> str:
        """Return the value of a many-line box."""
        if isinstance(self.value, str) or not isinstance(self.value, Sequence):
            return str(self.value or "")
        return "\n".join(str(line) for line in self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a table question; `drop` is what the button that removes it posts as `row`."""

    number: int
    drop: str
    cells: tuple[Asked, ...]


_PICTURE = "写明是哪一张，如“身份证上的照片”；这里还不能上传图片，要另给一张的，承办人会联系您"


def asked(element: DataElement, *, value: Any = "", name: str = "", **more: Any) -> Asked:
    """
    Return the question of a data element; `more` sets what the element does not know (error, optional, who, rows …).

    A picture within the form is named in words: only documents are handed in as files, and a picked one would be lost.
    """
    is_picture = element.kind is Kind.FILE
    hint = more.pop("hint", element.hint)
    return Asked(
        name=name or element.code,
        label=wide(more.pop("label", "") or element.question),
        kind=Kind.STRING if is_picture else element.kind,
        value=value,
        hint=_PICTURE if is_picture else wide(hint),
        unit=element.unit,
        options=more.pop("options", tuple(Option(one, wide(one)) for one in element.values)),
        columns=element.columns,
        max_length=element.max_length,
        sensitive=element.sensitive,
        **more,
    )


def asked_question(question: Question, *, value: Any = None, error: str = "") -> Asked:
    """Return a question about the situation (情形问答), where nothing chosen yet is None."""
    kinds = {"bool": Kind.BOOL, "number": Kind.NUMBER, "choice": Kind.ENUM, "multi": Kind.MULTI_ENUM}
    notes = question.advice or {}
    return Asked(
        name=question.key,
        label=wide(question.text),
        kind=kinds[question.type],
        value="" if value is None and question.type != "bool" else value,
        hint=wide(question.hint),
        unit=question.unit,
        options=tuple(Option(one, wide(one), wide(notes.get(one, ""))) for one in question.options),
        notes=notes,
        yes=question.yes,
        no=question.no,
        error=error,
        wide=True,
    )


def posted(question: Asked, data: Posted) -> Any:
    """
    Return the answer to `question` in what the browser sent, in the same shape as `Asked.value`; nothing is judged here.

    Addresses that other systems make say true and false where the form says yes and no.

    Empty rows of a table are left out, and so is a row whose removal was asked for.
    """
    name = question.name
    match question.kind:
        case Kind.BOOL:
            return {"yes": True, "true": True, "no": False, "false": False}.get(data.get(name, "").lower())
        case Kind.DECLARATION:
            return name in data.keys()  # noqa: SIM118 - a QueryDict-like need not be iterable
        case Kind.DATE_RANGE:
            return {end: data.get(f"{name}.{end}", "").strip() for end in ("from", "to")}
        case Kind.TABLE if question.columns:
            return _posted_rows(question, data)
        case Kind.TABLE | Kind.MULTI_ENUM if question.shape == "text":
            return [line.strip() for line in data.get(name, "").splitlines() if line.strip()]
        case Kind.MULTI_ENUM:
            return [one for one in data.getlist(name) if one]
    return data.get(name, "").strip()


def rows_wanted(question: Asked, data: Posted) -> int:
    """Return how many rows of a table to show again: one more if 再加一行 was pressed."""
    shown = data.get(f"{question.name}.rows", "")
    rows = int(shown) if shown.isdigit() and len(shown) < 4 else 0
    asked_for = data.get("row", "")
    if asked_for == f"add:{question.name}":
        return rows + 1
    return max(rows - 1, 0) if asked_for.startswith(f"drop:{question.name}:") else rows


def _posted_rows(question: Asked, data: Posted) -> list[dict[str, Any]]:
    prefix = question.name + "."
    numbers = {key[len(prefix) :].split(".")[0] for key in data.keys() if key.startswith(prefix)}  # noqa: SIM118
    dropped = data.get("row", "").removeprefix(f"drop:{question.name}:")
    rows = []
    for number in sorted((n for n in numbers if n.isdigit() and n != dropped), key=int):
        row = {
            column.key: posted(Asked(name=f"{prefix}{number}.{column.key}", label="", kind=column.kind), data)
            for column in question.columns
        }
        if any(value not in ("", None, [], False) for value in row.values()):
            rows.append(row)
    return rows
