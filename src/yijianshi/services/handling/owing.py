"""What cases owe (容缺材料): fixed at acceptance, looked after until it is there or the day is past."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yijianshi.domain.cases import CLOSED, State
from yijianshi.domain.catalogue import Owing
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.deadlines import STARTING
from yijianshi.domain.editions import Edition
from yijianshi.domain.holds import OWED, held_by
from yijianshi.domain.owing import owed_until
from yijianshi.domain.submissions import Move
from yijianshi.domain.workdays import Day, legal_day
from yijianshi.store.promises.models import OwedRow

from ..outside import outside
from .beginnings import began_on
from .loading import CaseLoaded, Loaded


def owing_of(edition: Edition, item: ItemCode, material: str) -> Owing:
    """Return within how many days an item's document may be handed in later; what the list no longer has, at once."""
    needs = (need for need in edition.item(item).materials if need.material == material)
    return next((need.owable for need in needs if need.owable), Owing(within=0))


@contextmanager
def noting_what_is_owed(
    loaded: Loaded, moves: Sequence[Move], *, at: datetime
) -> Iterator[Mapping[UUID, Day]]:
    """
    Give for each moved case that owes something the last day for it, fixed where the case is accepted with this very move.

    Whatever is fixed is written in one transaction with the moves; where nothing is owed, nothing is asked or written.
    """
    owing = [move for move in moves if move.to not in CLOSED and _owes(loaded, move)]
    if not owing:
        yield {}
        return
    with transaction.atomic():
        yield {move.case.id: until for move in owing if (until := _until(loaded, move, at=at))}


def last_day_owed(loaded: Loaded, found: CaseLoaded) -> Day | None:
    """Return the last day for the first of what a case owes, counted anew while it is provisional; None if it owes nothing now."""
    row = _rows(found.now.id).exclude(until=None).order_by("until").first()
    if row is None or row.until is None:
        return None
    began = began_on(found.now.id)
    if not row.provisional or began is None:
        return Day(row.until, row.provisional)
    return _counted(loaded, found.now.item, row, accepted_on=began, due=None)


def _owes(loaded: Loaded, move: Move) -> bool:
    holds = (move.also or {}).get("holds", loaded.case(move.case.id).holds)
    return OWED in held_by(str(holds))


def _until(loaded: Loaded, move: Move, *, at: datetime) -> Day | None:
    """Return the last day for the first of what the case owes; None before it is accepted."""
    starts = move.to is State.ACCEPTED and move.action in STARTING
    found: list[Day] = []
    for row in _rows(move.case.id):
        if starts:
            due = Day(move.due_on, move.provisional) if move.due_on else None
            day = _counted(loaded, move.case.item, row, accepted_on=legal_day(at), due=due)
            row.until, row.provisional = day.day, day.provisional
            row.save(update_fields=["until", "provisional"])
        if row.until is not None:
            found.append(Day(row.until, row.provisional))
    return min(found, default=None)


def _counted(loaded: Loaded, item: ItemCode, row: OwedRow, *, accepted_on: date, due: Day | None) -> Day:
    owing = owing_of(loaded.edition, item, row.material)
    return owed_until(row.promised_on, owing, outside().calendar, accepted_on=accepted_on, due=due)


def _rows(case: UUID) -> QuerySet[OwedRow]:
    return OwedRow.objects.filter(case=case, supplied_at=None)
