"""
What happens by the passing of time alone (到点处理): deemed acceptance, and the lapse of what is not corrected, supplied or paid.

Basis: Administrative License Law, art. 32(1)(4). Nothing irreversible fires on a provisional day: the day is counted
anew from what happened until its year's table is there. A worker that was down catches up: what counts is the day
in the law, not that of the sweep.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from yijianshi.domain.cases import Action, State, next_state
from yijianshi.domain.deadlines import CORRECTION_DAYS, due_day, last_day_to_tell
from yijianshi.domain.holds import OWED, held_by
from yijianshi.domain.owing import NOT_SUPPLIED
from yijianshi.domain.submissions import Move, after_failure
from yijianshi.domain.workdays import Day, end_of, legal_day
from yijianshi.store.cases.looking import cases_to_look_at, look_later
from yijianshi.store.cases.moving import StaleCase

from ..outside import outside
from ..paying.lapse import lapse_unpaid
from .loading import CaseLoaded, Loaded, load_case
from .owing import last_day_owed
from .rounds import correction_of_case, open_correction_of
from .writing import write_moves

logger = structlog.get_logger("worker")
PAUSE_AFTER_TROUBLE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """For how long a case is left alone: since which day, and the last one."""

    since: date
    last: Day


def sweep(*, at: datetime, most: int = 200) -> int:
    """Look at the cases whose moment has come and do what the law says; return how many were moved."""
    moved = 0
    for key in cases_to_look_at(at=at, most=most):
        try:
            moved += _look_at(*load_case(key), at=at)
        except StaleCase:
            continue
        except Exception as error:  # one bad case never stops the others
            logger.exception("sweep_failed", case=str(key), error=type(error).__name__)
            look_later(key, at=at + PAUSE_AFTER_TROUBLE)
    return moved + lapse_unpaid(at=at)


def _look_at(loaded: Loaded, found: CaseLoaded, *, at: datetime) -> bool:
    wait = _wait(loaded, found)
    if wait is None:
        look_later(found.now.id, at=None)
        return False
    if wait.last.provisional or at < end_of(wait.last.day):
        look_later(found.now.id, at=max(end_of(wait.last.day), end_of(legal_day(at))))
        return False
    moves = _what_time_does(loaded, found, wait)
    kind = "decided" if moves[0].to is State.TERMINATED else "accepted"
    write_moves(loaded, moves, kind=kind, at=at, by=None)
    return True


def _wait(loaded: Loaded, found: CaseLoaded) -> Wait | None:
    calendar = outside().calendar
    if found.now.state is State.RECEIVED:
        return Wait(legal_day(loaded.received_at), last_day_to_tell(loaded.received_at, calendar))
    if found.now.state is State.ACCEPTED and OWED in held_by(found.holds):
        last = last_day_owed(loaded, found)
        return Wait(last.day, last) if last else None
    if found.now.state not in (State.AWAITING_CORRECTION, State.CORRECTED):
        return None
    if found.now.state is State.CORRECTED:
        correction = correction_of_case(loaded.id, found.now.id)
    else:
        correction = open_correction_of(loaded.id)
    if correction is None:
        raise LookupError(f"no correction for the case {found.now.id}")
    if found.now.state is State.CORRECTED and correction.answered_at:
        return Wait(legal_day(correction.answered_at), last_day_to_tell(correction.answered_at, calendar))
    asked_on, told = legal_day(correction.asked_at), Day(correction.answer_by, False)
    if not correction.provisional:
        return Wait(asked_on, told)
    counted = calendar.add(asked_on, CORRECTION_DAYS)
    return Wait(asked_on, Day(max(told.day, counted.day), counted.provisional))


def _what_time_does(loaded: Loaded, found: CaseLoaded, wait: Wait) -> tuple[Move, ...]:
    now = found.now
    if now.state in (State.AWAITING_CORRECTION, State.ACCEPTED):
        why = "not_corrected" if now.state is State.AWAITING_CORRECTION else NOT_SUPPLIED
        lapse = Move(now, Action.LAPSE, next_state(now.state, Action.LAPSE), detail={"because_of": why})
        return (lapse, *after_failure(now, loaded.nows, loaded.edition))
    since = wait.since
    # The day on which silence became an answer is kept too: what follows from it begins then, however late the sweep.
    silent_on = wait.last.day + timedelta(days=1)
    detail = {"effective_on": since.isoformat(), "silent_on": silent_on.isoformat()}
    if now.waits_for:
        # Nobody may ask for anything any more; the clock starts with the result that the case waits for.
        return (Move(now, Action.WAIT, next_state(now.state, Action.WAIT), detail=detail),)
    due = due_day(since, loaded.edition.item(now.item).limit, outside().calendar, committed=now.committed)
    return (
        Move(
            now,
            Action.DEEM_ACCEPTED,
            next_state(now.state, Action.DEEM_ACCEPTED),
            due_on=due.day if due else None,
            provisional=bool(due and due.provisional),
            detail=detail,
        ),
    )
