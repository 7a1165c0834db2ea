"""
The outbox worker (后台): gives steps their place in the feed, then does what follows from them, at least once.

Each row's effects and its deletion are one transaction, and each effect is keyed, so that it happens once. One
bad row is put back with a growing pause and at last laid aside; it never stops the others. A row whose register
does not answer is no bad row: it is tried until the register is back.
"""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from yijianshi.store.cases.telling import Taken, feed_steps, let_go, put_back, take_one

from ..guards.tidying import tidy_guards
from ..hall.remind import remind_of_bookings
from ..handling.remind import remind
from ..handling.remind_ahead import remind_ahead
from ..handling.sweep import sweep
from ..joining.look_through import look_through_drawings
from ..joining.upload import sweep_uploads
from ..materials.rescan import rescan
from ..offering.forget import forget_daily
from ..paying.follow_up import follow_up_money
from ..people.push_to_dos import push_to_dos
from ..portal.own_copy import make_copies
from ..portal.pushing import note_changes, push_out
from ..portal.sending import send_out
from ..ports import SourceUnavailable
from .effects import EFFECTS

logger = structlog.get_logger("worker")
BATCH = 200


def work_once(*, at: datetime) -> int:
    """Feed what is new and do one round of effects; return how many rows were touched."""
    touched = feed_steps(most=BATCH, with_effects=sorted(EFFECTS))
    for _ in range(BATCH):
        if not _one_effect(at):
            break
        touched += 1
    return touched


def drain(*, at: datetime, rounds: int = 50) -> None:
    """Work until nothing is left that can be done now; tests and seeding use it."""
    for _ in range(rounds):
        if not work_once(at=at):
            return


def work(*, at: datetime) -> int:
    """Do one round of everything that is left to do: tell, follow up, and look at what time alone has changed."""
    return keep_up(at=at) + tidy(at=at)


def keep_up(*, at: datetime) -> int:
    """Do what cannot wait: tell what happened, and what the law lets happen by time alone."""
    return work_once(at=at) + sweep(at=at)


def tidy(*, at: datetime) -> int:
    """Do what may wait a moment: reminders, money under way, files to be looked through, uploads nobody goes on with."""
    by_time = remind(at=at) + remind_ahead(at=at) + follow_up_money(at=at) + forget_daily(at=at)
    by_time += push_to_dos(at=at) + remind_of_bookings(at=at)
    files = rescan() + look_through_drawings(at=at) + sweep_uploads(at=at) + make_copies(at=at)
    return by_time + files + tidy_guards(at=at) + send_out(at=at) + push_out(at=at)


def _one_effect(at: datetime) -> bool:
    failed: Exception | None = None
    with transaction.atomic():
        taken = take_one(at=at)
        if taken is None:
            return False
        try:
            with transaction.atomic():
                failed = _do_effect(taken, at)
        except Exception as error:
            failed = error
            put_back(taken, at=at, error=_said(error))
    if failed:
        logger.warning("effect_failed", row=str(taken.id), kind=taken.kind, error=type(failed).__name__)
    return True


def _do_effect(taken: Taken, at: datetime) -> SourceUnavailable | None:
    """Do what follows and let the row go; where a register is away, what was done stays and the rest waits for it."""
    try:
        note_changes(submission=UUID(str(taken.submission)), row=taken.id, at=at)
        EFFECTS[taken.kind](submission=UUID(str(taken.submission)), row=taken.id, at=at)
    except SourceUnavailable as away:
        put_back(taken, at=at, error=_said(away), waits=True)
        return away
    let_go(taken)
    return None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
