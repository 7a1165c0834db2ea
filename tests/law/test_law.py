"""The law on limits, case by case: the cases stand beside this file as YAML that a lawyer can read and add to."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.domain.specimens import calendar
from yijianshi.domain.cases import (
    ACTION_WORDS,
    STATE_WORDS,
    Action,
    ActionNotAllowed,
    Step,
    next_state,
    state_after,
)
from yijianshi.domain.catalogue import Limit
from yijianshi.domain.deadlines import (
    CORRECTION_DAYS,
    DAYS_TO_TELL,
    JOINT_DAYS,
    clock_of,
    last_day_to_tell,
    reminders,
)
from yijianshi.domain.documents import documents_owed
from yijianshi.domain.workdays import BEIJING, Day, legal_day

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
ACTIONS = {word: action for action, word in ACTION_WORDS.items()}
LIMITS = {"承诺": "promised", "法定": "statutory", "非承诺制": "without_commitment"}
KNOWN = {
    "状态", "到期日", "暂定", "法定到期", "联办到期", "联办暂定", "已用", "剩余", "已延", "提醒", "告知期限", "告知暂定",
    "补正期限", "文书", "不得",
}  # fmt: skip
NONE = "没有"


def cases() -> Iterator[Any]:
    for path in FILES:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in written["案例"]:
            law = {"依据": case.get("依据", written["依据"]), "数字": written["数字"] | case.get("数字", {})}
            yield pytest.param(case | law, id=f"{path.stem}-{case['名称']}")


CASES = list(cases())


def moment(written: Any) -> datetime:
    text = written if isinstance(written, str) else f"{written:%Y-%m-%d %H:%M}"
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING)


def step_of(event: dict[str, Any]) -> Step:
    detail: dict[str, Any] = {"effective_on": event["自"].isoformat()} if "自" in event else {}
    if "天数" in event:
        detail |= {"days": event["天数"], "joint": event.get("整件事", False)}
    return Step(ACTIONS[event["动作"]], moment(event["时间"]), "system", detail)


def limit_of(case: dict[str, Any]) -> Limit:
    written = case.get("期限", {})
    days = {LIMITS[key]: value for key, value in written.items() if key != "单位"}
    return Limit(**days, unit="calendar" if written.get("单位") == "自然日" else "working")


def what_is_so(case: dict[str, Any]) -> dict[str, Any]:
    """Return everything that the platform says about the case on the day it is looked at."""
    steps = [step_of(event) for event in case["经过"]]
    limit, today, committed = limit_of(case), case["截至"], case.get("已承诺", False)
    clock = clock_of(
        steps, limit, calendar(), today=today, committed=committed, joint=case.get("联办", False)
    )
    told = last_day_to_tell(steps[0].at, calendar())
    asked = [step for step in steps if step.action is Action.ASK_FOR_CORRECTION]
    answer_by = calendar().add(legal_day(asked[0].at), CORRECTION_DAYS) if asked else Day(date.max, False)
    return {
        "状态": STATE_WORDS[state_after(steps)],
        "到期日": clock.due.day if clock.due else NONE,
        "暂定": bool(clock.due and clock.due.provisional),
        "法定到期": clock.statutory.day if clock.statutory else NONE,
        "联办到期": clock.joint.day if clock.joint else NONE,
        "联办暂定": bool(clock.joint and clock.joint.provisional),
        "已用": clock.used,
        "剩余": clock.left,
        "已延": clock.extended,
        "提醒": clock.due
        and reminders(
            clock.due, limit, calendar(), today=today, committed=committed, extended=clock.extended
        ),
        "告知期限": told.day,
        "告知暂定": told.provisional,
        "补正期限": answer_by.day,
        "文书": [document.name for document in documents_owed(steps)],
    }


@pytest.mark.clause("C5.1", "S7")
@pytest.mark.parametrize("case", CASES)
def test_the_law(case: dict[str, Any]) -> None:
    expected = dict(case["结果"])
    forbidden = expected.pop("不得", [])
    found = what_is_so(case)
    assert {key: found[key] for key in expected} == expected
    state = state_after(step_of(event) for event in case["经过"])
    for word in [forbidden] if isinstance(forbidden, str) else forbidden:
        with pytest.raises(ActionNotAllowed):
            next_state(state, ACTIONS[word])


@pytest.mark.parametrize("case", CASES)
def test_every_case_names_its_article_and_every_number_its_source(case: dict[str, Any]) -> None:
    assert re.search(r"第.+条|〔\d{4}〕\d+号", case["依据"])
    assert set(case["结果"]) <= KNOWN
    numbers = {value for key, value in case.get("期限", {}).items() if key != "单位"}
    numbers |= {event["天数"] for event in case["经过"] if "天数" in event}
    numbers |= {JOINT_DAYS} if "联办到期" in case["结果"] and case.get("联办") else set()
    numbers |= {DAYS_TO_TELL} if "告知期限" in case["结果"] else set()
    numbers |= {CORRECTION_DAYS} if "补正期限" in case["结果"] else set()
    assert numbers <= set(case["数字"]), "a number without a source"
    assert all(source for source in case["数字"].values())
    times = [moment(event["时间"]) for event in case["经过"]]
    assert times == sorted(times)


def test_there_are_enough_cases_for_every_article() -> None:
    assert len(CASES) >= 80
    assert {path.stem.split("-")[0] for path in FILES} == {"26", "32", "34", "38", "42", "45", "69", "82"}
    assert all(len([case for case in CASES if str(case.id).startswith(path.stem)]) >= 5 for path in FILES)
