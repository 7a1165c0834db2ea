"""What has happened to a case, in sentences, newest first (经过): from its steps, which carry codes and times only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Q, Value

from yijianshi.domain.cases import ACTION_WORDS, Action, Step
from yijianshi.domain.editions import Edition
from yijianshi.store.accounts.models import Account
from yijianshi.store.cases.models import StepRow
from yijianshi.store.mandates.models import UseRow

from ..contents import open_text
from .joint_words import joint_words
from .money_words import money_sentence
from .units import name_of_unit, short_name_of_unit

_GOOD = {
    Action.GRANT, Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED, Action.PASS_INSPECTION, Action.PAY, Action.REVIVE, Action.CHECK,
}  # fmt: skip
_ASKS = {
    Action.ASK_FOR_CORRECTION, Action.ASK_AGAIN, Action.SUSPEND, Action.EXTEND, Action.ASK_TO_MEND, Action.CHARGE,
}  # fmt: skip
_BAD = {Action.REFUSE, Action.DECLINE, Action.TERMINATE, Action.LAPSE, Action.REVOKE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of the history; `mood` is '', good, ask or bad."""

    at: datetime
    text: str
    by: str
    mood: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one case together with those of its submission."""

    rows: tuple[StepRow, ...]

    def of_case(self) -> tuple[Step, ...]:
        """Return the case's own steps as the domain knows them, the earliest first."""
        return tuple(
            Step(Action(row.action), row.at, str(row.by or "system"), row.detail or {})
            for row in self.rows
            if row.case_id is not None
        )


def steps_of(submission: UUID, *, case: UUID | None = None) -> Steps:
    """Return the steps of a submission and of one of its cases, the earliest first."""
    which = Q(case_id=None) | Q(case_id=case) if case else Q()
    return Steps(tuple(StepRow.objects.filter(which, submission_id=submission).order_by("at", "id")))


def history_of(steps: Steps, edition: Edition) -> tuple[Happened, ...]:
    """Return the steps in sentences, newest first."""
    names, acted = _people_in(steps)
    told = []
    for row in reversed(steps.rows):
        text, mood = _sentence(row, edition)
        by = names.get(row.by, "") if row.by else "系统"
        if giver := acted.get((row.by, row.at)):
            by = f"{by} 代 {giver}"
        told.append(Happened(at=row.at, text=text, by=by, mood=mood))
    return tuple(told)


def history_of_all(steps: Steps, edition: Edition, items: Mapping[UUID, str]) -> tuple[Happened, ...]:
    """Return what has happened to a submission, newest first; what one act did to several items is one line."""
    told = history_of(steps, edition)
    lines: dict[tuple[datetime, str, str], list[str]] = {}
    moods: dict[tuple[datetime, str, str], str] = {}
    received: list[str] = []
    for row, happened in zip(reversed(steps.rows), told, strict=True):
        text = happened.text
        if row.action == Action.RECEIVE:
            received.append(short_name_of_unit(row.unit))
            text = ""
        key = (happened.at, text, happened.by)
        moods[key] = happened.mood
        lines.setdefault(key, []).append(items.get(row.case_id, "") if row.case_id else "")
    offices = "、".join(dict.fromkeys(reversed(received)))
    return tuple(
        Happened(at=at, text=_line(text, names, offices), by=by, mood=moods[(at, text, by)])
        for (at, text, by), names in lines.items()
    )


def filed_by_mandate(history: Iterable[Happened]) -> str:
    """Return who filed it for the applicant, such as 王芳 代 李例根, if anybody did; of a history with the newest first."""
    return next((line.by for line in reversed(tuple(history)) if " 代 " in line.by), "")


def _line(text: str, names: list[str], offices: str) -> str:
    if not text:
        return f"提交，同时分给{offices}"
    about = "、".join(dict.fromkeys(name for name in reversed(names) if name))
    return f"{about}：{text}" if about else text


def names_of(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names behind several accounts with one question to the database."""
    wanted = {account for account in accounts if account}
    rows = Account.objects.filter(pk__in=wanted).values_list("id", "name_sealed")
    return {key: open_text(sealed, purpose="name") for key, sealed in rows}


def _people_in(steps: Steps) -> tuple[dict[UUID, str], dict[tuple[UUID | None, datetime], str]]:
    """Return who did the steps, and for whom each step by mandate was done (王芳 代 李例根); one query for both."""
    if not steps.rows:
        return {}, {}
    wanted = {row.by for row in steps.rows if row.by}
    who = Account.objects.filter(pk__in=wanted).order_by()
    uses = UseRow.objects.filter(submission=steps.rows[0].submission_id).order_by()
    never = Value(None, output_field=DateTimeField())
    found = who.values_list("id", "name_sealed", never).union(
        uses.values_list("account", "mandate__giver__name_sealed", "at"), all=True
    )
    names, acted = dict[UUID, str](), dict[tuple[UUID | None, datetime], str]()
    for account, sealed, at in found:
        name = open_text(sealed, purpose="name")
        if at is None:
            names[account] = name
        else:
            acted[account, at] = name
    return names, acted


def _sentence(row: StepRow, edition: Edition) -> tuple[str, str]:
    detail = row.detail or {}
    if row.case_id is None:
        return _of_submission(row.action, row.unit, detail), ""
    action = Action(row.action)
    mood = "good" if action in _GOOD else "ask" if action in _ASKS else "bad" if action in _BAD else ""
    text = money_sentence(action, detail) or ACTION_WORDS[action]
    match action:
        case Action.RECEIVE:
            text = "收件，分到" + name_of_unit(row.unit)
        case Action.DEEM_ACCEPTED:
            text = f"五个工作日内没有告知，视为受理，自 {detail.get('effective_on', '收件之日')} 起算"
        case Action.SUSPEND:
            text = f"停止计时，预计 {detail.get('expected_days', '—')} 天"
        case Action.RESUME:
            due = detail.get("due_on")
            text = "恢复计时" + (f"，期限顺延到 {_day(due)}" if due else "")
        case Action.TERMINATE:
            cause = detail.get("because_of", "")
            name = next((i.plain_name for i in edition.bundle.items if i.code == cause), "")
            text = f"终止：前面的“{name}”没有办成" if name else "终止"
        case Action.START:
            text = "前序办结，开始计时"
        case Action.ASK_FOR_CORRECTION:
            text = "一次性告知申请人补正"
        case Action.CORRECT:
            text = "申请人补正"
        case _:
            text = _of_the_rest(action, detail, text, edition)
    return text, mood


def _of_the_rest(action: Action, detail: Mapping[str, Any], text: str, edition: Edition) -> str:
    match action:
        case Action.ASK_AGAIN:
            return "再次告知补正，已记为违规"
        case Action.EXTEND:
            whole = "联合办理的期限" if detail.get("joint") else "期限"
            return f"经批准延长{whole} {detail['days']} 天，到 {_day(detail['due_on'])}"
        case Action.ASK_TO_MEND:
            return f"现场查到 {detail['findings']} 处，要求 {_day(detail['mend_by'])}前整改"
        case Action.REPORT_MENDED:
            return "申请人报告整改完成，等复查"
        case Action.REROUTE:
            return f"改派：从{name_of_unit(detail['from'])}转到{name_of_unit(detail['to'])}"
        case Action.REOPEN:
            return "复议或判决撤销了原来的决定，重新办理，期限重新计算"
        case Action.REDO:
            return "本机关自行纠正，重新办理，期限重新计算"
        case Action.UNCOMMIT:
            due = detail.get("due_on")
            return "申请人撤回承诺，改按一般程序办" + (f"，期限到 {_day(due)}" if due else "")
        case Action.LAPSE if detail.get("because_of") == "owed_not_supplied":
            return "容缺的材料到期没有补齐，不再办理"
        case Action.SUPPLY:
            material = edition.materials.get(detail.get("material", ""))
            return f"补交容缺材料：{material.name}" if material else text
        case Action.CHECK:
            return "核查承诺：属实"
        case Action.REVOKE if detail.get("because_of") == "broken_commitment":
            return "核查承诺不实，撤销准予决定，记入信用"
        case Action.REVIVE:
            return "前面的事项重新办理，这一项恢复等待"
        case Action.WARN:
            share = int(detail.get("share", 0))
            return "期限到了最后一天，系统提醒" if share >= 100 else f"期限用了 {share}%，系统提醒"
        case Action.RECOUNT:
            return f"放假安排公布，期限重算到 {_day(detail['due_on'])}"
        case _:
            return text


def _of_submission(action: str, unit: str, detail: Mapping[str, Any]) -> str:
    if action.startswith("joint_"):
        return joint_words(action, unit, detail)
    said = {
        "release": "牵头部门分办，各部门同时开始",
        "revise": "申请人交回补正，形成新的一版",
        "pre_review": "窗口预审完毕",
        "consult": f"征询{short_name_of_unit(unit)}，不影响期限",
        "consult_answer": f"{short_name_of_unit(unit)}答复了征询",
        "no_remark": f"{short_name_of_unit(unit)}：没有意见",
    }
    return said.get(action, action)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.month} 月 {day.day} 日"
