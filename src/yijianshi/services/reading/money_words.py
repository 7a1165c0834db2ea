"""What steps about money are called in the history of a case (经过)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yijianshi.domain.cases import Action


def money_sentence(action: Action, detail: Mapping[str, Any]) -> str:
    """Return what a step about money says; nothing where it is not about money."""
    match action:
        case Action.CHARGE if "pay_by" in detail:
            day = date.fromisoformat(detail["pay_by"])
            return f"通知缴费，{day.month} 月 {day.day} 日前缴"
        case Action.CHARGE:
            return "免缴，不用付款"
        case Action.PAY:
            return "缴费到账"
        case Action.REFUND:
            return "决定不退费" if detail.get("decided") == "no" else "决定退费"
        case Action.LAPSE if detail.get("because_of") == "not_paid":
            return "逾期没有缴费，终止"
        case _:
            return ""
