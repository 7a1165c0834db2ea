"""Papers about papers: the receipt for originals taken into custody, and the list with which they travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyPaper:
    """One paper in a receipt or a list."""

    name: str
    kind: str  # 原件, 实体证照
    copies: str  # 1 份
    pages: str  # 3 页, empty for a certificate
    about: str = ""  # whose matter, on a hand-over list


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyReceipt(Letter):
    """原件保管回执: what was handed in, by whom, where it is kept; it is fetched with this paper."""

    template: ClassVar[str] = "custody-receipt"
    demands: ClassVar[Mapping[str, str]] = {
        "number": "回执编号",
        "brought_by": "交件人",
        "papers": "原件名称和份数",
    }

    number: str
    brought_by: str
    taken_at: str
    taken_by: str
    place: str
    papers: tuple[CustodyPaper, ...]
    applicant: str = ""
    bundle: str = ""
    submission_number: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverList(Letter):
    """移交清单: what one place sends to another; signed by both."""

    template: ClassVar[str] = "hand-over-list"
    demands: ClassVar[Mapping[str, str]] = {"number": "清单编号", "to": "接收单位", "papers": "移交内容"}

    number: str
    to: str
    way: str
    sent_at: str
    sent_by: str
    expected: str
    papers: tuple[CustodyPaper, ...]
    courier_number: str = ""
