"""
The life of one case (办件): which step may follow which.

A case is its steps; its state is read from them. Nothing here knows the clock or the database.

Basis: Administrative License Law (行政许可法), arts. 32, 38, 42, 45, 69; Regulation of handling by
苏政办发〔2022〕87号, 二(七)(八): one round of corrections, one dispatch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple


class State(StrEnum):
    """Where a case stands (办件状态)."""

    RECEIVED = "received"  # 已收件
    AWAITING_CORRECTION = "awaiting_correction"  # 等补正
    CORRECTED = "corrected"  # 已补正
    WAITING = "waiting"  # 等前序结果
    ACCEPTED = "accepted"  # 已受理
    SUSPENDED = "suspended"  # 停止计时
    DECLINED = "declined"  # 不予受理
    GRANTED = "granted"  # 准予
    REFUSED = "refused"  # 不予
    WITHDRAWN = "withdrawn"  # 已撤回
    TERMINATED = "terminated"  # 已终止


class Action(StrEnum):
    """What may be done to a case (办件动作)."""

    RECEIVE = "receive"  # 收件
    ACCEPT = "accept"  # 受理
    DEEM_ACCEPTED = "deem_accepted"  # 视为受理
    WAIT = "wait"  # 等前序
    START = "start"  # 前序办结，启动
    DECLINE = "decline"  # 不予受理
    ASK_FOR_CORRECTION = "ask_for_correction"  # 一次性告知补正
    CORRECT = "correct"  # 补正
    LAPSE = "lapse"  # 逾期未补正
    SUSPEND = "suspend"  # 停止计时
    RESUME = "resume"  # 恢复计时
    GRANT = "grant"  # 准予
    REFUSE = "refuse"  # 不予
    WITHDRAW = "withdraw"  # 撤回
    TERMINATE = "terminate"  # 终止


class Rule(NamedTuple):
    """One row of the transition table: where it leads, who does it, and on what basis."""

    to: State
    by: str  # applicant | coordinator | department | system
    basis: str


_S, _A = State, Action
_LICENCE_32 = "行政许可法第三十二条"

#: Every lawful step. A row that is not here cannot happen, by page, by API or by worker.
TRANSITIONS = MappingProxyType({
    (_S.RECEIVED,            _A.ACCEPT):             Rule(_S.ACCEPTED,            "coordinator", _LICENCE_32 + "第一款第（五）项"),
    (_S.RECEIVED,            _A.WAIT):               Rule(_S.WAITING,             "coordinator", "苏政办发〔2022〕87号二（八）"),
    (_S.RECEIVED,            _A.ASK_FOR_CORRECTION): Rule(_S.AWAITING_CORRECTION, "coordinator", _LICENCE_32 + "第一款第（四）项"),
    (_S.RECEIVED,            _A.DECLINE):            Rule(_S.DECLINED,            "coordinator", _LICENCE_32 + "第一款第（一）（二）项"),
    (_S.RECEIVED,            _A.DEEM_ACCEPTED):      Rule(_S.ACCEPTED,            "system",      _LICENCE_32 + "第一款第（四）项：逾期不告知的，自收到之日起即为受理"),
    (_S.RECEIVED,            _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   "苏政办发〔2022〕87号二（六）：自主选择"),
    (_S.RECEIVED,            _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      "前序事项未获准予"),
    (_S.AWAITING_CORRECTION, _A.CORRECT):            Rule(_S.CORRECTED,           "applicant",   _LICENCE_32 + "第一款第（四）项"),
    (_S.AWAITING_CORRECTION, _A.LAPSE):              Rule(_S.TERMINATED,          "system",      "补正告知书载明的期限届满"),
    (_S.AWAITING_CORRECTION, _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   "苏政办发〔2022〕87号二（六）：自主选择"),
    (_S.AWAITING_CORRECTION, _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      "前序事项未获准予"),
    # No second ASK_FOR_CORRECTION from here: everything missing is told at once, art. 32(1)(4).
    (_S.CORRECTED,           _A.ACCEPT):             Rule(_S.ACCEPTED,            "department",  _LICENCE_32 + "第一款第（五）项"),
    (_S.CORRECTED,           _A.WAIT):               Rule(_S.WAITING,             "department",  "苏政办发〔2022〕87号二（八）"),
    (_S.CORRECTED,           _A.DECLINE):            Rule(_S.DECLINED,            "department",  _LICENCE_32 + "第一款第（一）（二）项"),
    (_S.CORRECTED,           _A.DEEM_ACCEPTED):      Rule(_S.ACCEPTED,            "system",      _LICENCE_32 + "第一款第（四）项"),
    (_S.CORRECTED,           _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   "苏政办发〔2022〕87号二（六）：自主选择"),
    (_S.CORRECTED,           _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      "前序事项未获准予"),
    (_S.WAITING,             _A.START):              Rule(_S.ACCEPTED,            "system",      "苏政办发〔2022〕87号二（八）：前序准予即启动"),
    (_S.WAITING,             _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   "苏政办发〔2022〕87号二（六）：自主选择"),
    (_S.WAITING,             _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      "前序事项未获准予"),
    (_S.ACCEPTED,            _A.SUSPEND):            Rule(_S.SUSPENDED,           "department",  "行政许可法第四十五条"),
    (_S.ACCEPTED,            _A.GRANT):              Rule(_S.GRANTED,             "department",  "行政许可法第三十八条第一款"),
    (_S.ACCEPTED,            _A.REFUSE):             Rule(_S.REFUSED,             "department",  "行政许可法第三十八条第二款"),
    (_S.ACCEPTED,            _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   "苏政办发〔2022〕87号二（六）：自主选择"),
    (_S.ACCEPTED,            _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      "前序事项未获准予"),
    (_S.SUSPENDED,           _A.RESUME):             Rule(_S.ACCEPTED,            "department",  "行政许可法第四十五条"),
    (_S.SUSPENDED,           _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   "苏政办发〔2022〕87号二（六）：自主选择"),
    (_S.SUSPENDED,           _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      "前序事项未获准予"),
})  # fmt: skip

CLOSED = frozenset({State.DECLINED, State.GRANTED, State.REFUSED, State.WITHDRAWN, State.TERMINATED})
#: States in which the clock of the limit runs.
RUNNING = frozenset({State.ACCEPTED})


class ActionNotAllowed(Exception):
    """The action cannot follow from the case's present state."""

    def __init__(self, *, number: str, state: State, action: Action) -> None:
        can = "、".join(ACTION_WORDS[a] for a in allowed_actions(state)) or "没有：已经办结"
        super().__init__(
            f"办件 {number} 现在是“{STATE_WORDS[state]}”，不能“{ACTION_WORDS[action]}”；现在可以做的：{can}"
        )
        self.number, self.state, self.action = number, state, action


#: The words that pages and letters use.
STATE_WORDS = MappingProxyType({
    State.RECEIVED: "已收件", State.AWAITING_CORRECTION: "等补正", State.CORRECTED: "已补正",
    State.WAITING: "等前序结果", State.ACCEPTED: "办理中", State.SUSPENDED: "停止计时",
    State.DECLINED: "不予受理", State.GRANTED: "已办结", State.REFUSED: "不予许可",
    State.WITHDRAWN: "已撤回", State.TERMINATED: "已终止",
})  # fmt: skip
ACTION_WORDS = MappingProxyType({
    Action.RECEIVE: "收件", Action.ACCEPT: "受理", Action.DEEM_ACCEPTED: "视为受理", Action.WAIT: "等前序结果",
    Action.START: "启动", Action.DECLINE: "不予受理", Action.ASK_FOR_CORRECTION: "告知补正",
    Action.CORRECT: "补正", Action.LAPSE: "逾期未补正", Action.SUSPEND: "停止计时", Action.RESUME: "恢复计时",
    Action.GRANT: "准予", Action.REFUSE: "不予许可", Action.WITHDRAW: "撤回", Action.TERMINATE: "终止",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a case: who did what, when; codes and digests only, never free text."""

    action: Action
    at: datetime
    by: str  # account id, or a word such as "system"
    detail: dict[str, Any] = field(default_factory=dict)


def next_state(state: State, action: Action, *, number: str = "") -> State:
    """
    Return the state that `action` leads to.

    :raises ActionNotAllowed: if the table has no such row.
    """
    row = TRANSITIONS.get((state, action))
    if row is None:
        raise ActionNotAllowed(number=number, state=state, action=action)
    return row.to


def state_after(steps: Iterable[Step]) -> State:
    """
    Return the state of a case that lived through `steps`; the first is its receipt.

    :raises ActionNotAllowed: if a step could not follow from the one before.
    """
    state = State.RECEIVED
    for step in steps:
        if step.action is not Action.RECEIVE:
            state = next_state(state, step.action)
    return state


def allowed_actions(state: State, *, by: str = "") -> tuple[Action, ...]:
    """Return what may be done to a case in `state`, by anyone or by one side; pages show these as buttons."""
    return tuple(
        action
        for (start, action), rule in TRANSITIONS.items()
        if start is state and (not by or rule.by == by)
    )
