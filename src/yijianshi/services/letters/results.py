"""Letters that carry a result: the decision, the licence and the slip of its delivery."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .answers import CASE, CaseLetter
from .parts import Letter, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLetter(CaseLetter):
    """办理结果通知书 (or 准予行政许可决定书): what was decided, where no licence says it."""

    template: ClassVar[str] = "result-certificate"
    demands: ClassVar[Mapping[str, str]] = {**CASE, "decision": "决定"}

    decision: str  # 准予 …
    lines: tuple[Line, ...] = ()
    basis: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    collection: str = ""  # 领取方式
    title: str = "办理结果通知书"


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceDocument(Letter):
    """证照: any kind of licence; `authority` issues it, `on` is the day of issue."""

    template: ClassVar[str] = "licence"
    demands: ClassVar[Mapping[str, str]] = {
        "title": "证照名称",
        "number": "证照编号",
        "holder": "持证主体",
        "qr": "核验地址",
    }

    title: str
    number: str
    holder: str
    qr: str  # the address of the verification page
    lines: tuple[Line, ...] = ()
    holder_label: str = "持证主体"
    holder_number: str = ""
    holder_number_label: str = "统一社会信用代码"
    valid: str = "长期"  # 至 2031 年 11 月 19 日
    copy: str = ""  # 正本, 副本
    identifier: str = ""  # 电子证照标识 (GB/T 36904)
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLicence:
    """One licence that a composite gathers, as it stood on the day of issue."""

    name: str
    number: str
    department: str
    valid: str
    state: str = "有效"
    necessary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeDocument(Letter):
    """行业综合许可证: several licences of one trade on one sheet, each of which remains what it is."""

    template: ClassVar[str] = "composite-licence"
    demands: ClassVar[Mapping[str, str]] = {
        "title": "证照名称",
        "number": "证照编号",
        "holder": "持证主体",
        "parts": "归集的证照",
        "qr": "核验地址",
    }

    title: str
    number: str
    holder: str
    parts: tuple[ListedLicence, ...]
    qr: str
    code: str  # 核验码
    holder_number: str = ""
    premises: str = ""
    version: int = 1
    replaces: str = ""  # the number of the version before


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredResult:
    """One thing handed over."""

    name: str
    number: str
    department: str
    copies: str = "1 份"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySlip(Letter):
    """送达回证（领取凭证）: what was handed over, how, to whom and when."""

    template: ClassVar[str] = "delivery-slip"
    demands: ClassVar[Mapping[str, str]] = {
        "number": "申报号",
        "results": "送达内容",
        "recipient": "受送达人",
    }

    number: str
    bundle: str
    recipient: str
    results: tuple[DeliveredResult, ...]
    method: str  # 窗口领取, 快递送达, 电子证照
    recipient_number: str = ""  # masked
    place: str = ""  # address or window
    tracking: str = ""
    collector: str = ""  # who took it: 王芳（本人）
    collected_at: str = ""
    delivered_by: str = ""
    note: str = ""
    document_number: str = ""
