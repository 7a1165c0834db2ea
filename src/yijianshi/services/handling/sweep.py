"""
What happens by the passing of time alone (到点处理): deemed acceptance, and the lapse of an unanswered correction.

Basis: Administrative License Law, art. 32(1)(4). Nothing irreversible fires on a provisional day. A worker that
was down catches up: the moment that counts is the one in the row, not the one of the sweep.
"""

from datetime import datetime, timedelta

from yijianshi.domain.cases import Action, State, next_state
from yijianshi.domain.deadlines import due_day
from yijianshi.domain.submissions import Move, after_failure
from yijianshi.domain.workdays import legal_day, start_of
from yijianshi.store.cases.looking import cases_to_look_at, look_later
from yijianshi.store.cases.moving import StaleCase

from ..outside import outside
from .loading import CaseLoaded, Loaded, load_case
from .writing import write_moves


def sweep(*, at: datetime, most: int = 200) -> int:
    """Look at the cases whose moment has come and do what the law says; return how many were moved."""
    moved = 0
    for key in cases_to_look_at(at=at, most=most):
        loaded, found = load_case(key)
        calendar = outside().calendar
        if found.look_again_at and not calendar.is_published(legal_day(found.look_again_at)):
            look_later(key, at=start_of(legal_day(at) + timedelta(days=1)))
            continue
        moves = _what_time_does(loaded, found)
        if not moves:
            look_later(key, at=None)
            continue
        try:
            write_moves(loaded, moves, kind="decided" if moves[0].to is State.TERMINATED else "accepted", at=at, by=None)
            moved += 1
        except StaleCase:
            continue
    return moved


def _what_time_does(loaded: Loaded, found: CaseLoaded) -> tuple[Move, ...]:
    now = found.now
    if now.state is State.AWAITING_CORRECTION:
        lapse = Move(now, Action.LAPSE, next_state(now.state, Action.LAPSE), detail={"because_of": "not_corrected"})
        return (lapse, *after_failure(now, loaded.nows, loaded.edition))
    if now.state not in (State.RECEIVED, State.CORRECTED):
        return ()
    if now.waits_for:
        return ()
    received_on = legal_day(loaded.received_at)
    due = due_day(received_on, loaded.edition.item(now.item).limit, outside().calendar, committed=now.committed)
    return (
        Move(
            now,
            Action.DEEM_ACCEPTED,
            next_state(now.state, Action.DEEM_ACCEPTED),
            due_on=due.day if due else None,
            provisional=bool(due and due.provisional),
            detail={"effective_on": received_on.isoformat()},
        ),
    )
