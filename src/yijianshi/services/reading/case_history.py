"""What has happened to a case, in sentences, newest first (经过): from its steps, which carry codes and times only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.cases import ACTION_WORDS, Action, Step
from yijianshi.domain.editions import Edition
from yijianshi.store.accounts.models import Account
from yijianshi.store.cases.models import StepRow

from ..contents import open_text
from .joint_words import joint_words
from .units import name_of_unit, short_name_of_unit

_GOOD = {Action.GRANT, Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED}
_ASKS = {Action.ASK_FOR_CORRECTION, Action.SUSPEND}
_BAD = {Action.REFUSE, Action.DECLINE, Action.TERMINATE, Action.LAPSE}


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
    names = names_of(row.by for row in steps.rows)
    told = []
    for row in reversed(steps.rows):
        text, mood = _sentence(row, edition)
        by = names.get(row.by, "") if row.by else "系统"
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


def _sentence(row: StepRow, edition: Edition) -> tuple[str, str]:
    detail = row.detail or {}
    if row.case_id is None:
        return _of_submission(row.action, row.unit, detail), ""
    action = Action(row.action)
    mood = "good" if action in _GOOD else "ask" if action in _ASKS else "bad" if action in _BAD else ""
    text = ACTION_WORDS[action]
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
            pass
    return text, mood


def _of_submission(action: str, unit: str, detail: Mapping[str, Any]) -> str:
    if action.startswith("joint_"):
        return joint_words(action, unit, detail)
    said = {
        "release": "牵头部门分办，各部门同时开始",
        "revise": "申请人交回补正，形成第二版",
        "pre_review": "窗口预审完毕",
        "no_remark": f"{short_name_of_unit(unit)}：没有意见",
    }
    return said.get(action, action)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.month} 月 {day.day} 日"
