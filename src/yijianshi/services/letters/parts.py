"""What every letter has, and the parts that several letters share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar


class LetterIncomplete(ValueError):
    """A letter lacks what the law wants in it, such as reasons or the ways of appeal, and is not written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every letter has: who writes it and on which day; `demo` draws the plainly fictitious seal."""

    template: ClassVar[str]
    demands: ClassVar[Mapping[str, str]] = {}  # fields that may not be empty, with their Chinese names

    authority: str  # 落款单位, the name on the door
    on: date  # 落款日期
    demo: bool = False

    def __post_init__(self) -> None:
        demand(self, {"authority": "落款单位", **self.demands})


def demand(part: object, demands: Mapping[str, str]) -> None:
    """Pass over a part in which every named field is filled. :raises LetterIncomplete: naming those that are not."""
    missing = [name for key, name in demands.items() if not _is_filled(getattr(part, key))]
    if missing:
        raise LetterIncomplete(f"文书不能出具：缺少{'、'.join(missing)}。请补写后再出具。")


def _is_filled(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, tuple):
        return bool(value) and all(_is_filled(each) for each in value)
    return value is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label and what stands beside it; `source` says where a value came from (共享 · 法人库, 填报 …)."""

    label: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where and whom to ask (咨询)."""

    unit: str
    phone: str
    name: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """The ways of appeal (救济途径): 60 days to the named reviewing body, six months to the named court."""

    review_body: str  # 复议机关
    court: str  # 有管辖权的人民法院
    note: str = ""  # such as 复议前置

    def __post_init__(self) -> None:
        demand(self, {"review_body": "行政复议机关", "court": "有管辖权的人民法院"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table on a form, one row per repeated entry, such as the investors."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise LetterIncomplete(
                f"表格不能打印：“{self.caption}”有一行的格数与表头不同。请按表头逐格填写。"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading of a form with its values and tables; long values take a whole row by themselves."""

    heading: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningEvidence:
    """How the applicant signed (签名证据)."""

    signer: str
    method: str  # 统一身份认证 · 人脸核验
    at: str
    digest: str
    digest_kind: str = "SM3"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledMaterial:
    """A material that was handed in: `source` is 上传, 电子证照, 共享, 系统生成 or 容缺后补."""

    name: str
    source: str
    digest: str = ""  # in full; the letter shows its ends
    size: str = ""  # 3 页 · 1.2 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledItem:
    """One item of a submission with its own case number."""

    name: str
    case_number: str
    department: str
    promised: str = ""  # 5 个工作日 · 12 月 1 日前
