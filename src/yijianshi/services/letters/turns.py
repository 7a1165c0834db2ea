"""
Letters that tell of a turn in a case: mended, sent elsewhere, withdrawn, ended, revoked, taken up anew, asked again.

Basis: 行政许可法 art. 7 (to be heard), 32, 34, 69, 70; 行政复议法实施条例 art. 17 (an act that may be adverse names the ways of appeal).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .answers import CASE, CaseLetter
from .parts import Appeal

_REASONED: Mapping[str, str] = {**CASE, "reasons": "理由", "basis": "依据"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedCorrectionLetter(CaseLetter):
    """补正告知书（再次）: what should have been told the first time, and that telling it now is on record as a breach."""

    template: ClassVar[str] = "repeated-correction"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "findings": "补正内容",
        "reasons": "再次告知的原因",
        "basis": "依据",
        "answer_by": "补正期限",
    }

    findings: tuple[str, ...]
    reasons: tuple[str, ...]  # why it was not told with the first
    basis: tuple[str, ...]
    answer_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MendingLetter(CaseLetter):
    """责令整改通知书: what was found on site, by when it is to be mended, and that it is inspected again."""

    template: ClassVar[str] = "mending-notice"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "findings": "查到的问题",
        "basis": "依据",
        "mend_by": "整改期限",
        "inspectors": "核查人员",
    }

    findings: tuple[str, ...]
    basis: tuple[str, ...]
    mend_by: str
    inspectors: str
    inspected_on: str
    due: str = ""  # the limit runs on meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class ReroutingLetter(CaseLetter):
    """改派告知书: which unit handles the case from now on, and why."""

    template: ClassVar[str] = "rerouting-notice"
    demands: ClassVar[Mapping[str, str]] = {**_REASONED, "came_from": "原承办单位", "goes_to": "新承办单位"}

    came_from: str
    goes_to: str
    since: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalLetter(CaseLetter):
    """撤回申请确认书: that the applicant took the item back, and what ends with it."""

    template: ClassVar[str] = "withdrawal-confirmation"
    demands: ClassVar[Mapping[str, str]] = {**CASE, "withdrawn_on": "撤回日期", "basis": "依据"}

    received_on: str
    withdrawn_on: str
    withdrawn_by: str
    basis: tuple[str, ...]
    fell: tuple[str, ...] = ()  # items that waited for it


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationLetter(CaseLetter):
    """终止办理告知书: why the case cannot go on, how it could, and the ways of appeal."""

    template: ClassVar[str] = "termination-notice"
    demands: ClassVar[Mapping[str, str]] = {**_REASONED, "appeal": "救济途径", "remains_open": "您还可以做的"}

    received_on: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    remains_open: str
    appeal: Appeal


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationLetter(CaseLetter):
    """撤销决定书: what was granted, why it is revoked, on what basis, and the ways of appeal, or none at all."""

    template: ClassVar[str] = "revocation"
    demands: ClassVar[Mapping[str, str]] = {**_REASONED, "result": "原办理结果", "appeal": "救济途径"}

    granted_on: str
    result: str
    result_number: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    appeal: Appeal
    fell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningLetter(CaseLetter):
    """重新办理告知书: which decision is handled anew, because of whom, and by when."""

    template: ClassVar[str] = "reopening-notice"
    demands: ClassVar[Mapping[str, str]] = {**_REASONED, "earlier": "原决定", "ordered_by": "由谁决定"}

    earlier: str  # 2026 年 11 月 20 日作出的不予许可决定
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    ordered_by: str  # who undid the decision, or approved that it be corrected
    document: str = ""  # the number of that decision or judgment
    since: str = ""
    due: str = ""
    revived: tuple[str, ...] = ()
