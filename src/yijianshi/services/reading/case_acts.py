"""What an officer may do with a case now, and for what he may not yet do, why (按钮与灰色按钮的理由)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yijianshi.domain.cases import ACTION_WORDS, CLOSED, STATE_WORDS, Action, State, allowed_actions
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.deadlines import ExtensionNotAllowed, extension_of, stop_grounds
from yijianshi.domain.submissions import CaseNow

#: In which order the buttons stand; the first that is allowed is the page's one main act.
_ORDER = (
    Action.ACCEPT,
    Action.RESUME,
    Action.PASS_INSPECTION,
    Action.GRANT,
    Action.ASK_TO_MEND,
    Action.SUSPEND,
    Action.EXTEND,
    Action.DECLINE,
    Action.REFUSE,
    Action.ASK_AGAIN,
)
#: What may be done about whose hands a case is in, and about a decision that was made.
_BESIDE = (Action.CLAIM, Action.HAND_OVER)
_AFTERWARDS = (Action.REVOKE, Action.REDO, Action.REOPEN)
_LABELS = {Action.GRANT: "准予", Action.REFUSE: "不予许可", Action.DECLINE: "不予受理", Action.ACCEPT: "受理"}


@dataclass(frozen=True, slots=True)
class Offered:
    """One act with its words; `why_not` says why it is grey."""

    action: Action
    label: str
    why_not: str = ""


def offered_acts(
    now: CaseNow,
    item: ServiceItem,
    *,
    collect_until: date,
    answer_by: date | None,
    waits: Sequence[str],
    extended: int = 0,
    held: str = "",
) -> tuple[Offered, ...]:
    """Return the department's acts that lead the case on in its present state, the grey ones with their reason; none once closed."""
    if now.state in CLOSED:
        return ()
    allowed = set(allowed_actions(now.state, by="department"))
    offered: list[Offered] = []
    for action in _ORDER:
        if action is Action.SUSPEND and action in allowed and not stop_grounds(item):
            offered.append(Offered(action, ACTION_WORDS[action], "这个事项没有可以停止计时的法定情形"))
        elif action is Action.EXTEND and action in allowed:
            offered.append(Offered(action, ACTION_WORDS[action], _why_not_extended(now, item, extended)))
        elif action in allowed:
            why_not = f"{held}，办妥以后才能{_label(action, item)}" if held and action is Action.GRANT else ""
            label = "受理，等前序结果" if action is Action.ACCEPT and now.waits_for else _label(action, item)
            offered.append(Offered(action, label, why_not))
        elif action is Action.GRANT:
            why = _why_not(now, collect_until=collect_until, answer_by=answer_by, waits=waits)
            offered.append(Offered(action, _label(action, item), why))
    return tuple(offered)


def acts_beside(now: CaseNow, *, handler: UUID | None, me: str) -> tuple[Offered, ...]:
    """Return what may be done about whose hands the case is in; it is claimed by whoever has nothing to take it from."""
    allowed = set(allowed_actions(now.state, by="department")) & set(_BESIDE)
    if handler is not None or now.state in CLOSED:
        allowed -= {Action.CLAIM}
    if handler is not None and str(handler) != me:
        allowed -= {Action.HAND_OVER}
    return tuple(Offered(action, ACTION_WORDS[action]) for action in _BESIDE if action in allowed)


def acts_afterwards(now: CaseNow) -> tuple[Offered, ...]:
    """Return what may still be done about a decision that was made (撤销、纠正、复议后重办)."""
    allowed = set(allowed_actions(now.state, by="department"))
    return tuple(Offered(action, ACTION_WORDS[action]) for action in _AFTERWARDS if action in allowed)


def _why_not_extended(now: CaseNow, item: ServiceItem, extended: int) -> str:
    if now.due_on is None:
        return "这个事项没有定期限，不用延期"
    try:
        extension_of(item, joint=False, extended=extended)
    except ExtensionNotAllowed as why:
        return str(why)
    return ""


def word_for(action: Action, item: ServiceItem) -> str:
    """Return the word of the act for this kind of item: a confirmation is not a licence."""
    return _label(action, item)


def state_word(state: State, item: ServiceItem) -> str:
    """Return the word of a state for this kind of item."""
    if state is State.REFUSED and item.type != "行政许可":
        return "不予办理"
    return STATE_WORDS[state]


def _label(action: Action, item: ServiceItem) -> str:
    if item.type != "行政许可":
        if action is Action.GRANT:
            return "办结"
        if action is Action.REFUSE:
            return "不予办理"
    return _LABELS.get(action, ACTION_WORDS[action])


def _why_not(now: CaseNow, *, collect_until: date, answer_by: date | None, waits: Sequence[str]) -> str:
    match now.state:
        case State.RECEIVED:
            return (
                f"还在收意见，{collect_until.month} 月 {collect_until.day} 日前由牵头部门分办，分办后才能决定"
            )
        case State.AWAITING_CORRECTION:
            until = f"，{answer_by.month} 月 {answer_by.day} 日前" if answer_by else ""
            return f"等申请人补正{until}；补正交回后先受理"
        case State.CORRECTED:
            return "补正已经交回，先受理再决定"
        case State.WAITING:
            return f"等“{'”“'.join(waits)}”的结果，办成后自动开始计时" if waits else "等前序结果"
        case State.SUSPENDED:
            return "停止计时中，先恢复计时"
        case State.MENDING:
            return "等申请人整改；改好报告以后先复查"
        case State.MENDED:
            return "申请人报告改好了，先复查"
        case _:
            return "现在不能决定"
