"""
The life of one case (办件): which step may follow which.

A case is its steps; its state is read from them. Nothing here knows the clock or the database.

Basis: Administrative License Law (行政许可法), arts. 32, 34, 38, 42, 45, 58, 59, 69; 苏政办发〔2022〕87号, 二(七)(八): one
round of corrections, one dispatch. Where an article is our reading of the law, `tests/law` says so case by case.
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
    MENDING = "mending"  # 整改中
    MENDED = "mended"  # 等复查
    DECLINED = "declined"  # 不予受理
    GRANTED = "granted"  # 准予
    REFUSED = "refused"  # 不予
    WITHDRAWN = "withdrawn"  # 已撤回
    TERMINATED = "terminated"  # 已终止
    REVOKED = "revoked"  # 已撤销


class Action(StrEnum):
    """What may be done to a case (办件动作)."""

    RECEIVE = "receive"  # 收件
    ACCEPT = "accept"  # 受理
    DEEM_ACCEPTED = "deem_accepted"  # 视为受理
    WAIT = "wait"  # 等前序
    START = "start"  # 前序办结，启动
    DECLINE = "decline"  # 不予受理
    ASK_FOR_CORRECTION = "ask_for_correction"  # 一次性告知补正
    ASK_AGAIN = "ask_again"  # 再次告知补正，记为违规
    CORRECT = "correct"  # 补正
    LAPSE = "lapse"  # 逾期未补正
    SUSPEND = "suspend"  # 停止计时
    RESUME = "resume"  # 恢复计时
    EXTEND = "extend"  # 延期
    ASK_TO_MEND = "ask_to_mend"  # 责令整改
    REPORT_MENDED = "report_mended"  # 报告整改完成
    PASS_INSPECTION = "pass_inspection"  # noqa: S105 - 复查合格
    GRANT = "grant"  # 准予
    REFUSE = "refuse"  # 不予
    WITHDRAW = "withdraw"  # 撤回
    TERMINATE = "terminate"  # 终止
    REVOKE = "revoke"  # 撤销
    REDO = "redo"  # 自行纠正，重新办理
    REOPEN = "reopen"  # 复议或判决后重新办理
    REVIVE = "revive"  # 前序重新办理，恢复等待
    REROUTE = "reroute"  # 改派
    CLAIM = "claim"  # 领办
    HAND_OVER = "hand_over"  # 交办
    PROPOSE = "propose"  # 拟办，送审核
    SEND_BACK = "send_back"  # 审核退回
    CHARGE = "charge"  # 通知缴费
    PAY = "pay"  # 缴费
    REFUND = "refund"  # 退费
    SUPPLY = "supply"  # 补交容缺材料
    UNCOMMIT = "uncommit"  # 撤回承诺，转一般程序
    CHECK = "check"  # 准予后核查承诺，属实
    WARN = "warn"  # 期限提醒
    RECOUNT = "recount"  # 重算期限


class Rule(NamedTuple):
    """One row of the transition table: where it leads, who does it, and on what basis."""

    to: State
    by: str  # applicant | coordinator | department | supervisor | system
    basis: str


_S, _A = State, Action
_LICENCE_32 = "行政许可法第三十二条"
_DISPATCH, _CHOICE = "苏政办发〔2022〕87号二（八）", "苏政办发〔2022〕87号二（六）：自主选择"
_PRIOR = "前序事项未获准予"
_REMADE = "行政复议法（2023 修订）第六十四条；行政诉讼法第七十条：撤销后责令重新作出"
_CORRECTED_BY_ITSELF = "行政诉讼法第六十二条：行政机关改变其所作的行政行为"

#: Every lawful step that leads on. A row that is not here cannot happen, by page, by API or by worker.
_LEADING = {
    (_S.RECEIVED,            _A.ACCEPT):             Rule(_S.ACCEPTED,            "coordinator", _LICENCE_32 + "第一款第（五）项"),
    (_S.RECEIVED,            _A.WAIT):               Rule(_S.WAITING,             "coordinator", _DISPATCH),
    (_S.RECEIVED,            _A.ASK_FOR_CORRECTION): Rule(_S.AWAITING_CORRECTION, "coordinator", _LICENCE_32 + "第一款第（四）项"),
    (_S.RECEIVED,            _A.DECLINE):            Rule(_S.DECLINED,            "coordinator", _LICENCE_32 + "第一款第（一）（二）项"),
    (_S.RECEIVED,            _A.DEEM_ACCEPTED):      Rule(_S.ACCEPTED,            "system",      _LICENCE_32 + "第一款第（四）项：逾期不告知的，自收到之日起即为受理"),
    (_S.RECEIVED,            _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.RECEIVED,            _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    (_S.AWAITING_CORRECTION, _A.CORRECT):            Rule(_S.CORRECTED,           "applicant",   _LICENCE_32 + "第一款第（四）项"),
    (_S.AWAITING_CORRECTION, _A.LAPSE):              Rule(_S.TERMINATED,          "system",      "补正告知书载明的期限届满"),
    (_S.AWAITING_CORRECTION, _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.AWAITING_CORRECTION, _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    # No second ASK_FOR_CORRECTION from here: everything missing is told at once, art. 32(1)(4). Where a law leaves
    # no choice the department may ask again, and that is a breach which the supervisor sees.
    (_S.CORRECTED,           _A.ASK_AGAIN):          Rule(_S.AWAITING_CORRECTION, "department",  "违反" + _LICENCE_32 + "第一款第（四）项的一次告知，记入监督"),
    (_S.CORRECTED,           _A.ACCEPT):             Rule(_S.ACCEPTED,            "department",  _LICENCE_32 + "第一款第（五）项"),
    (_S.CORRECTED,           _A.WAIT):               Rule(_S.WAITING,             "department",  _DISPATCH),
    (_S.CORRECTED,           _A.DECLINE):            Rule(_S.DECLINED,            "department",  _LICENCE_32 + "第一款第（一）（二）项"),
    (_S.CORRECTED,           _A.DEEM_ACCEPTED):      Rule(_S.ACCEPTED,            "system",      _LICENCE_32 + "第一款第（四）项"),
    (_S.CORRECTED,           _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.CORRECTED,           _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    (_S.WAITING,             _A.START):              Rule(_S.ACCEPTED,            "system",      _DISPATCH + "：前序准予即启动"),
    (_S.WAITING,             _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.WAITING,             _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    (_S.ACCEPTED,            _A.SUSPEND):            Rule(_S.SUSPENDED,           "department",  "行政许可法第四十五条"),
    (_S.ACCEPTED,            _A.ASK_TO_MEND):        Rule(_S.MENDING,             "department",  "行政许可法第三十四条第三款：核查实质内容"),
    (_S.ACCEPTED,            _A.GRANT):              Rule(_S.GRANTED,             "department",  "行政许可法第三十八条第一款"),
    (_S.ACCEPTED,            _A.REFUSE):             Rule(_S.REFUSED,             "department",  "行政许可法第三十八条第二款"),
    (_S.ACCEPTED,            _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.ACCEPTED,            _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    (_S.ACCEPTED,            _A.LAPSE):              Rule(_S.TERMINATED,          "system",      "容缺承诺的补交期限届满，或者缴费通知载明的期限届满"),
    (_S.SUSPENDED,           _A.RESUME):             Rule(_S.ACCEPTED,            "department",  "行政许可法第四十五条"),
    (_S.SUSPENDED,           _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.SUSPENDED,           _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    # While something is mended the clock runs on: art. 45 does not name it among the eight grounds.
    (_S.MENDING,             _A.REPORT_MENDED):      Rule(_S.MENDED,              "applicant",   "责令整改通知书载明的要求"),
    (_S.MENDING,             _A.REFUSE):             Rule(_S.REFUSED,             "department",  "行政许可法第三十八条第二款"),
    (_S.MENDING,             _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.MENDING,             _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    (_S.MENDED,              _A.PASS_INSPECTION):    Rule(_S.ACCEPTED,            "department",  "行政许可法第三十四条第三款：核查实质内容"),
    (_S.MENDED,              _A.ASK_TO_MEND):        Rule(_S.MENDING,             "department",  "行政许可法第三十四条第三款：复查不合格"),
    (_S.MENDED,              _A.REFUSE):             Rule(_S.REFUSED,             "department",  "行政许可法第三十八条第二款"),
    (_S.MENDED,              _A.WITHDRAW):           Rule(_S.WITHDRAWN,           "applicant",   _CHOICE),
    (_S.MENDED,              _A.TERMINATE):          Rule(_S.TERMINATED,          "system",      _PRIOR),
    (_S.GRANTED,             _A.REVOKE):             Rule(_S.REVOKED,             "department",  "行政许可法第六十九条；承诺不实的，国办发〔2020〕42号"),
    (_S.GRANTED,             _A.REOPEN):             Rule(_S.ACCEPTED,            "department",  _REMADE),
    (_S.REFUSED,             _A.REDO):               Rule(_S.ACCEPTED,            "department",  _CORRECTED_BY_ITSELF),
    (_S.REFUSED,             _A.REOPEN):             Rule(_S.ACCEPTED,            "department",  _REMADE),
    (_S.DECLINED,            _A.REDO):               Rule(_S.ACCEPTED,            "department",  _CORRECTED_BY_ITSELF),
    (_S.DECLINED,            _A.REOPEN):             Rule(_S.ACCEPTED,            "department",  _REMADE),
    (_S.REVOKED,             _A.REOPEN):             Rule(_S.ACCEPTED,            "department",  _REMADE),
    (_S.TERMINATED,          _A.REVIVE):             Rule(_S.WAITING,             "system",      "前序事项重新办理，终止的原因不在了"),
}  # fmt: skip

_IN_HAND = (_S.CORRECTED, _S.WAITING, _S.ACCEPTED, _S.SUSPENDED, _S.MENDING, _S.MENDED)
_CLOCK_RUNS = (_S.ACCEPTED, _S.MENDING, _S.MENDED)
#: What may be done beside the way: the state stays, something else about the case changes.
_BESIDE = {
    _A.EXTEND:    (_CLOCK_RUNS, "department", "行政许可法第四十二条：经负责人批准，告知理由"),
    _A.REROUTE:   ((_S.RECEIVED, *_IN_HAND), "coordinator", _DISPATCH + "：分错的改分，写明理由"),
    _A.CLAIM:     ((_S.RECEIVED, *_IN_HAND), "department", "苏政办发〔2022〕87号三（三）：后台分类审批"),
    _A.HAND_OVER: ((_S.RECEIVED, *_IN_HAND), "department", "苏政办发〔2022〕87号三（三）：流转留痕"),
    _A.PROPOSE:   (_CLOCK_RUNS, "department", "行政许可法第三十四条：两名以上工作人员；本机关内部审核"),
    _A.SEND_BACK: (_CLOCK_RUNS, "department", "本机关内部审核"),
    _A.CHARGE:    ((_S.ACCEPTED,), "department", "行政许可法第五十八、五十九条：按公布的法定项目和标准收费"),
    _A.PAY:       ((_S.ACCEPTED, _S.SUSPENDED, _S.MENDING, _S.MENDED), "applicant", "行政许可法第五十九条"),
    _A.REFUND:    ((_S.REFUSED, _S.WITHDRAWN, _S.TERMINATED, _S.REVOKED), "department", "收费依据所定的退费情形"),
    _A.SUPPLY:    ((_S.RECEIVED, _S.AWAITING_CORRECTION, *_IN_HAND), "applicant", "国发〔2022〕5号：容缺受理，限期补齐"),
    _A.UNCOMMIT:  ((_S.RECEIVED, _S.AWAITING_CORRECTION, *_IN_HAND), "applicant", "国办发〔2020〕42号：办结前可以撤回承诺，转一般程序"),
    _A.CHECK:     ((_S.GRANTED,), "department", "国办发〔2020〕42号：事中事后核查"),
    _A.WARN:      (_CLOCK_RUNS, "system", "苏政办发〔2022〕87号三（四）：全程监督"),
    _A.RECOUNT:   (_CLOCK_RUNS, "system", "行政许可法第八十二条：放假安排公布后重算"),
}  # fmt: skip

#: The whole table: every lawful step from every state.
TRANSITIONS = MappingProxyType(
    _LEADING
    | {
        (state, action): Rule(state, by, basis)
        for action, (states, by, basis) in _BESIDE.items()
        for state in states
    }
)
#: Acts after which the case is where it was.
BESIDE_THE_WAY = frozenset(_BESIDE)

CLOSED = frozenset(
    {State.DECLINED, State.GRANTED, State.REFUSED, State.WITHDRAWN, State.TERMINATED, State.REVOKED}
)
#: States in which the clock of the limit runs.
RUNNING = frozenset(_CLOCK_RUNS)


class ActionNotAllowed(Exception):
    """The action cannot follow from the case's present state."""

    def __init__(self, *, number: str, state: State, action: Action) -> None:
        can = "、".join(ACTION_WORDS[a] for a in allowed_actions(state)) or "没有"
        if state in CLOSED:
            can += "（已经办结）"
        super().__init__(
            f"办件 {number} 现在是“{STATE_WORDS[state]}”，不能“{ACTION_WORDS[action]}”；现在可以做的：{can}"
        )
        self.number, self.state, self.action = number, state, action


#: The words that pages and letters use.
STATE_WORDS = MappingProxyType({
    State.RECEIVED: "已收件", State.AWAITING_CORRECTION: "等补正", State.CORRECTED: "已补正",
    State.WAITING: "等前序结果", State.ACCEPTED: "办理中", State.SUSPENDED: "停止计时",
    State.MENDING: "整改中", State.MENDED: "等复查",
    State.DECLINED: "不予受理", State.GRANTED: "已办结", State.REFUSED: "不予许可",
    State.WITHDRAWN: "已撤回", State.TERMINATED: "已终止", State.REVOKED: "已撤销",
})  # fmt: skip
ACTION_WORDS = MappingProxyType({
    Action.RECEIVE: "收件", Action.ACCEPT: "受理", Action.DEEM_ACCEPTED: "视为受理", Action.WAIT: "等前序结果",
    Action.START: "启动", Action.DECLINE: "不予受理", Action.ASK_FOR_CORRECTION: "告知补正",
    Action.CORRECT: "补正", Action.LAPSE: "逾期未补正", Action.SUSPEND: "停止计时", Action.RESUME: "恢复计时",
    Action.GRANT: "准予", Action.REFUSE: "不予许可", Action.WITHDRAW: "撤回", Action.TERMINATE: "终止",
    Action.ASK_AGAIN: "再次告知补正", Action.EXTEND: "延期", Action.ASK_TO_MEND: "责令整改",
    Action.REPORT_MENDED: "报告整改完成", Action.PASS_INSPECTION: "复查合格", Action.REVOKE: "撤销",
    Action.REDO: "纠正重办", Action.REOPEN: "重新办理", Action.REVIVE: "恢复等待", Action.REROUTE: "改派",
    Action.CLAIM: "领办", Action.HAND_OVER: "交办", Action.PROPOSE: "送审核", Action.SEND_BACK: "退回承办",
    Action.CHARGE: "通知缴费", Action.PAY: "缴费", Action.REFUND: "退费", Action.SUPPLY: "补交材料",
    Action.UNCOMMIT: "撤回承诺", Action.CHECK: "核查承诺",
    Action.WARN: "期限提醒", Action.RECOUNT: "重算期限",
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
