"""
Once for every day (每日一遍): remind of limits that run out, and count anew what was provisional.

A worker that was down for a week catches up: each reminder is written down with the day on which it was due, once.

Basis: 苏政办发〔2022〕87号, 三(四) (supervision all the way); Administrative License Law, art. 82.
"""

from datetime import date, datetime, timedelta

import structlog

from yijianshi.domain.cases import RUNNING, Action, Step
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.deadlines import clock_of, reminders
from yijianshi.domain.submissions import is_joint
from yijianshi.domain.workdays import Day, legal_day
from yijianshi.store.cases.looking import Running, note_round, round_done_on, running_cases
from yijianshi.store.cases.models import StepRow
from yijianshi.store.cases.moving import StaleCase

from ..catalogue.published import edition_by_id
from ..outside import outside
from .acting import stays
from .beginnings import began_on
from .loading import load_case
from .writing import write_moves

logger = structlog.get_logger("worker")
ROUND = "reminders"
#: A limit is never longer than a year, so half of it never lies farther ahead.
_AHEAD = timedelta(days=200)
_done: dict[str, date] = {}


def remind(*, at: datetime) -> int:
    """Do what is due for every day that has not been looked at yet; return how many cases were touched."""
    today = legal_day(at)
    if _done.get(ROUND) == today:
        return 0
    touched = 0
    if round_done_on(ROUND, today=today) < today:
        for case in running_cases(states=sorted(RUNNING), due_by=today + _AHEAD):
            try:
                touched += _look_at(case, today=today, at=at)
            except StaleCase:  # somebody moved it just now; tomorrow it is looked at again
                continue
            except Exception as error:  # one bad case never stops the others
                logger.exception("reminding_failed", case=str(case.id), error=type(error).__name__)
        note_round(ROUND, on=today)
    _done[ROUND] = today
    return touched


def _look_at(case: Running, *, today: date, at: datetime) -> bool:
    recounted = case.provisional and outside().calendar.is_published(case.due_on) and _recount(case, at)
    due_now = _due(case, today=today)
    for share, day in due_now.items():
        loaded, found = load_case(case.id)
        detail = {"share": share, "effective_on": day.isoformat()}
        move = stays(found, Action.WARN, detail=detail, also={"reminded": share})
        write_moves(loaded, [move], kind="noted", at=at, by=None)
    return bool(due_now) or recounted


def _due(case: Running, *, today: date) -> dict[int, date]:
    """Return the reminders that have fallen due and were not given, each with the first day on which it was due."""
    item = edition_by_id(case.edition).item(ItemCode(case.item))
    if item.is_automatic:  # no officer has it in hand
        return {}

    def share_on(day: date) -> int:
        return reminders(
            Day(case.due_on, case.provisional),
            item.limit,
            outside().calendar,
            today=day,
            committed=case.committed,
            extended=case.extended_days,
        )

    if share_on(today) <= case.reminded:
        return {}
    found: dict[int, date] = {}
    day = began_on(case.id) or today
    while day <= today:
        if (share := share_on(day)) > max((case.reminded, *found)):
            found[share] = day
        day += timedelta(days=1)
    return found


def _recount(case: Running, at: datetime) -> bool:
    """Count the due day anew from what happened, now that the year's holidays are known."""
    loaded, found = load_case(case.id)
    rows = StepRow.objects.filter(case_id=case.id).order_by("at", "id")
    steps = (Step(Action(row.action), row.at, str(row.by), row.detail or {}) for row in rows)
    item = loaded.edition.item(found.now.item)
    clock = clock_of(
        steps,
        item.limit,
        outside().calendar,
        today=legal_day(at),
        committed=found.now.committed,
        joint=item.type == "行政许可" and is_joint(loaded.nows, loaded.edition),
    )
    if clock.due is None or clock.due.provisional:
        return False
    detail = {"due_on": clock.due.day.isoformat(), "before": case.due_on.isoformat()}
    move = stays(found, Action.RECOUNT, detail=detail).with_due(clock.due)
    write_moves(loaded, [move], kind="noted", at=at, by=None)
    return True
