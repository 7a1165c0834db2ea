"""The figures of a counter (窗口统计): what was taken in, how many minutes each took, how long people waited, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day, start_of
from yijianshi.store.custody.models import IntakeRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.visits.models import VisitRow, WaitingRow

from ..custody.places import name_of_place

DAYS = 14
#: An intake that was left and taken up again another day says nothing about how long one takes.
LONGEST = timedelta(hours=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One day of a counter: `None` where nothing was measured."""

    day: date
    taken_in: int
    minutes: int | None  # the middle one of all intakes
    visits: int
    waited: int | None  # the middle one, in minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFigures:
    """The figures of one clerk beside those of his whole place."""

    place: str
    own: tuple[DayFigures, ...]
    whole: tuple[DayFigures, ...]


def desk_figures(place: str, *, actor: Actor, at: datetime, most: int = DAYS) -> DeskFigures:
    """
    Return the figures of the last days, today first; four queries.

    :param most: how many days; the counter shows today alone.
    :raises NotPermitted: if the actor neither works there nor supervises it.
    """
    unit = Unit.parse(place)
    require(actor, Act.READ_DESK_FIGURES, Thing(unit=unit, division=unit.division))
    today = legal_day(at)
    since = start_of(today - timedelta(days=most - 1))
    intakes = list(IntakeRow.objects.filter(place=place, at__gte=since).values_list("submission", "by", "at"))
    # the visits of a first intake may have begun the day before
    opened = list(
        VisitRow.objects.filter(place=place, opened_at__gte=since - LONGEST).values_list(
            "clerk", "party", "opened_at"
        )
    )
    took = _minutes(intakes, opened)
    taken = [(by, when, took.get(submission)) for submission, by, when in intakes]
    visits = [(clerk, when) for clerk, _, when in opened]
    waits = [
        (came, int((served - came).total_seconds() // 60))
        for came, served in WaitingRow.objects.filter(place=place, came_at__gte=since).values_list(
            "came_at", "served_at"
        )
        if served is not None
    ]
    me = UUID(actor.account)
    days = [today - timedelta(days=n) for n in range(most)]
    own = [row for row in taken if row[0] == me], [row for row in visits if row[0] == me]
    return DeskFigures(
        place=name_of_place(place),
        own=tuple(_day(day, own[0], own[1], ()) for day in days),
        whole=tuple(_day(day, taken, visits, waits) for day in days),
    )


def _day(
    day: date,
    taken: Iterable[tuple[UUID, datetime, int | None]],
    visits: Iterable[tuple[UUID, datetime]],
    waits: Iterable[tuple[datetime, int]],
) -> DayFigures:
    of_day = [took for _, when, took in taken if legal_day(when) == day]
    measured = [took for took in of_day if took is not None]
    waited = [minutes for came, minutes in waits if legal_day(came) == day]
    return DayFigures(
        day=day,
        taken_in=len(of_day),
        minutes=round(median(measured)) if measured else None,
        visits=sum(legal_day(when) == day for _, when in visits),
        waited=round(median(waited)) if waited else None,
    )


def _minutes(
    intakes: list[tuple[UUID, UUID, datetime]], visits: list[tuple[UUID, UUID, datetime]]
) -> dict[UUID, int]:
    """Return how long each intake took: from the code that was shown, else from when the form was begun."""
    drafts = {
        filed: (party, made, account)
        for filed, party, made, account in DraftRow.objects.filter(
            filed_as__in=[submission for submission, _, _ in intakes]
        ).values_list("filed_as", "party", "created_at", "account")
    }
    opened: dict[tuple[UUID, UUID], list[datetime]] = {}
    for clerk, party, when in visits:
        opened.setdefault((party, clerk), []).append(when)
    took: dict[UUID, int] = {}
    for submission, by, when in intakes:
        if submission not in drafts:
            continue
        party, made, account = drafts[submission]
        begun = [one for one in opened.get((party, by), ()) if when - LONGEST <= one <= when]
        begun += [made] if account == by and when - LONGEST <= made else []
        if begun:
            took[submission] = max(1, int((when - max(begun)).total_seconds() // 60))
    return took
