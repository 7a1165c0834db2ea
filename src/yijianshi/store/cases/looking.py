"""Looking at cases without moving them: whose next moment has come, and that something about one has changed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q

from .models import CaseRow, RoundRow

_BATCH = 1000


class Running(NamedTuple):
    """A case whose clock runs, as far as reminders need it."""

    id: UUID
    item: str
    edition: UUID
    due_on: date
    provisional: bool
    committed: bool
    extended_days: int
    reminded: int


def cases_to_look_at(*, at: datetime, most: int) -> list[UUID]:
    """Return the cases whose moment has come, the longest waiting first."""
    rows = CaseRow.objects.filter(look_again_at__lte=at).order_by("look_again_at", "id")
    return list(rows.values_list("pk", flat=True)[:most])


def look_later(case: UUID, *, at: datetime | None) -> None:
    """Set when to look at a case again, or that there is nothing to look for; its state is not touched."""
    CaseRow.objects.filter(pk=case).update(look_again_at=at)


def touch_while(case: UUID, *, state: str) -> bool:
    """Count a change beside the case, so that whoever has read it decides anew; return whether it is still in `state`."""
    return bool(CaseRow.objects.filter(pk=case, state=state).update(seq=F("seq") + 1))


def running_cases(*, states: list[str], due_by: date) -> Iterator[Running]:
    """Yield the cases whose clock runs and of which somebody may have to be reminded, or whose day is provisional."""
    rows = CaseRow.objects.filter(state__in=states, due_on__isnull=False)
    rows = rows.filter(Q(reminded__lt=100, due_on__lte=due_by) | Q(provisional=True)).order_by("id")
    named = rows.values_list(
        "id",
        "item",
        "submission__edition_id",
        "due_on",
        "provisional",
        "committed",
        "extended_days",
        "reminded",
    )
    last: UUID | None = None
    while batch := list((named.filter(id__gt=last) if last else named)[:_BATCH]):
        yield from (Running._make(row) for row in batch)
        last = batch[-1][0]


def round_done_on(name: str, *, today: date) -> date:
    """Return up to which day something was done that is done once a day; the day before today if it never was."""
    row, _ = RoundRow.objects.get_or_create(name=name, defaults={"done_on": today - timedelta(days=1)})
    return row.done_on


def note_round(name: str, *, on: date) -> None:
    """Note that it was done up to that day; an earlier day changes nothing."""
    RoundRow.objects.filter(name=name, done_on__lt=on).update(done_on=on)


def release_hold(case: UUID, *, code: str) -> bool:
    """Take one code out of what holds a case back, beside its steps; return whether nobody changed it meanwhile."""
    seq, holds = CaseRow.objects.values_list("seq", "holds").get(pk=case)
    left = ",".join(one for one in holds.split(",") if one and one != code)
    return bool(CaseRow.objects.filter(pk=case, seq=seq).update(holds=left, seq=F("seq") + 1))
