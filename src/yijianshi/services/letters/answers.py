"""
Letters that answer an application before it is decided, and the refusal.

Basis: 行政许可法 art. 32 and 38 (in writing, with reasons and ways of appeal), 42 and 45; 行政复议法 art. 20; 行政诉讼法 art. 46.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import Appeal, Desk, Letter, Line, demand

#: What no letter about a case may leave open.
CASE: Mapping[str, str] = {
    "document_number": "文号",
    "applicant": "申请人",
    "item": "事项名称",
    "case_number": "办件编号",
    "desks": "咨询方式",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLetter(Letter):
    """What the letters about one case share."""

    demands: ClassVar[Mapping[str, str]] = CASE

    document_number: str  # 文号
    applicant: str
    item: str
    case_number: str
    desks: tuple[Desk, ...]
    bundle: str = ""
    submission_number: str = ""
    under_licensing_law: bool = True  # 行政许可; other kinds of items name their own basis
    qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What one department found, why, and what would do."""

    item: str
    department: str
    reason: str
    basis: str
    remedy: str
    officer: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        demand(self, {"reason": "补正理由", "basis": "补正依据", "remedy": "补正要求"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionTask:
    """One thing to do: an answer to change (填报) or a material to hand in (材料), with all remarks on it."""

    kind: str
    subject: str
    remarks: tuple[Remark, ...]

    def __post_init__(self) -> None:
        demand(self, {"subject": "补正对象", "remarks": "补正意见"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLetter(Letter):
    """一次性补正告知书: all that is missing, from all departments, in one letter and only once."""

    template: ClassVar[str] = "correction-notice"
    demands: ClassVar[Mapping[str, str]] = {
        "tasks": "补正内容",
        "answer_by": "补正期限",
        "consequence": "逾期后果",
    }

    document_number: str
    number: str
    bundle: str
    applicant: str
    received_on: str
    tasks: tuple[CorrectionTask, ...]
    answer_by: str
    consequence: str
    desks: tuple[Desk, ...]
    goes_on: tuple[str, ...] = ()  # items that do not wait
    waits: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()  # why everything is told at once
    qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceLetter(CaseLetter):
    """受理通知书: from which day the clock runs and by when the case will be decided."""

    template: ClassVar[str] = "acceptance-letter"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "accepted_on": "受理日期",
        "due": "办结日期",
    }

    received_on: str
    accepted_on: str
    promised_limit: str
    due: str
    statutory_limit: str = ""
    deemed: str = ""  # why it counts as accepted from the day of receipt, where nobody answered in five days
    not_counted: str = ""
    basis: tuple[str, ...] = ()  # of an item that is no licence
    owed: tuple[Line, ...] = ()  # 容缺: material and the day by which it is owed
    fee: str = ""
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineLetter(CaseLetter):
    """不予受理决定书: why, on what basis, who is competent, and how to appeal."""

    template: ClassVar[str] = "decline-letter"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "reasons": "理由",
        "basis": "依据",
        "appeal": "救济途径",
    }

    received_on: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    appeal: Appeal
    competent: str = ""
    title: str = "不予受理决定书"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalLetter(CaseLetter):
    """不予行政许可决定书 or another refusal: facts, reasons, basis and the ways of appeal, or none at all."""

    template: ClassVar[str] = "refusal"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "facts": "查明的事实",
        "reasons": "理由",
        "basis": "依据",
        "appeal": "救济途径",
    }

    accepted_on: str
    facts: tuple[str, ...]
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    appeal: Appeal
    remains_open: str = ""  # what the applicant may still do
    title: str = "不予行政许可决定书"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionLetter(CaseLetter):
    """停止计时告知书（特别程序告知）: which of the lawful reasons stops the clock, and for how long."""

    template: ClassVar[str] = "suspension-notice"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "procedure": "特别程序种类",
        "reason": "理由",
        "basis": "依据",
        "expected": "所需时间",
    }

    procedure: str  # 检验
    reason: str
    basis: tuple[str, ...]
    starts_on: str
    expected: str  # 15 个工作日
    remaining: str = ""
    new_due: str = ""
    arrangements: tuple[Line, ...] = ()  # who does it, where, what the applicant should prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionLetter(CaseLetter):
    """延长期限告知书: who approved it, why, and the new day (行政许可法 art. 42)."""

    template: ClassVar[str] = "extension-notice"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "reasons": "延长理由",
        "basis": "依据",
        "approved_by": "批准人",
        "new_due": "新的办结日期",
    }

    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    approved_by: str  # 本机关负责人
    extended_by: str  # 10 个工作日
    old_due: str
    new_due: str
