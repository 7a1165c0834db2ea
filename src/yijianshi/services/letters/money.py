"""
Letters about money: what is to be paid by when and why, and what is given back or not.

Basis: 行政许可法 art. 58, 59 (by the published items and standards); 行政复议法实施条例 art. 17 (an act that may be adverse names the ways of appeal).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .answers import CASE, CaseLetter
from .parts import Appeal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLetter(CaseLetter):
    """缴费通知书: who collects how much, by which standard, on what basis, what is reduced, and by when it is to be paid."""

    template: ClassVar[str] = "payment-notice"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "collector": "收费单位",
        "standard": "收费标准",
        "basis": "收费依据",
        "due": "应缴金额",
    }

    collector: str
    standard: str
    basis: tuple[str, ...]
    by_standard: str  # 550 元, before any reduction
    due: str
    reduced: str = ""
    reduced_because: str = ""
    reduced_by: str = ""
    pay_by: str = ""  # nothing where it is free
    pay_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLetter(CaseLetter):
    """退费通知书: how much goes back on which way, or why it does not, with the ways of appeal."""

    template: ClassVar[str] = "refund-notice"
    demands: ClassVar[Mapping[str, str]] = {
        **CASE,
        "paid": "缴费金额",
        "reasons": "理由",
        "appeal": "救济途径",
    }

    paid: str
    voucher: str
    back: str  # 550 元; nothing where it stays
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    appeal: Appeal
