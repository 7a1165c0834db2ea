"""How long people wait and are served (排队统计): by line and day, for the supervisor; nothing about anybody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from yijianshi.domain.rights import Act, Actor, Role, covers, posts_for
from yijianshi.domain.workdays import end_of, legal_day, start_of
from yijianshi.store.hall.models import CentreRow

from ..hall.loading import centre_of
from .hall_chain import Visit, visits_numbered

DAYS = 7
MOST = 120
_TALLY = """
SELECT centre, day, line, count(*), count(*) FILTER (WHERE called_at IS NOT NULL),
       count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'skipped'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM called_at - taken_at) / 60)
         FILTER (WHERE called_at IS NOT NULL),
       max(extract(epoch FROM called_at - taken_at) / 60),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - called_at) / 60)
         FILTER (WHERE finished_at IS NOT NULL)
FROM hall_ticketrow WHERE centre = ANY(%(centres)s) AND day > %(since)s AND day <= %(today)s
GROUP BY centre, day, line ORDER BY day DESC, centre, line LIMIT %(most)s
"""
_BOOKED = """
SELECT centre, count(*) FILTER (WHERE state NOT IN ('cancelled', 'excused')),
       count(*) FILTER (WHERE state IN ('arrived', 'served')),
       count(*) FILTER (WHERE state = 'booked' AND ends <= %(at)s),
       count(*) FILTER (WHERE state = 'excused')
FROM hall_bookingrow WHERE centre = ANY(%(centres)s) AND begins >= %(from)s AND begins < %(until)s
GROUP BY centre ORDER BY centre
"""


@dataclass(frozen=True, slots=True)
class LineDay:
    """One line of one hall on one day; minutes are medians, the longest beside them."""

    centre: str
    day: date
    line: str
    taken: int
    called: int
    done: int
    skipped: int
    wait: int | None
    longest: int | None
    service: int | None


@dataclass(frozen=True, slots=True)
class BookedSince:
    """The bookings of one hall in the last days."""

    centre: str
    booked: int
    come: int
    missed: int
    excused: int


@dataclass(frozen=True, slots=True)
class HallSupervised:
    """The page."""

    lines: tuple[LineDay, ...]
    booked: tuple[BookedSince, ...]
    visits: tuple[Visit, ...] | None  # what was looked for by a number, if anything was


def read_hall_supervised(*, actor: Actor, number: str = "", at: datetime) -> HallSupervised:
    """
    Return the figures of the last days, and the chain behind a number.

    :raises NotPermitted: if the actor supervises nothing and runs no hall.
    """
    if actor.holds(Role.SUPERVISOR):
        posts = posts_for(actor, Act.SUPERVISE, Role.SUPERVISOR)
    else:
        posts = posts_for(actor, Act.RUN_HALL, Role.HALL_MANAGER)
    places = [post.unit.division for post in posts]
    centres = [one for one in map(centre_of, CentreRow.objects.order_by("place", "code")) if any(covers(p, one.place) for p in places)]  # fmt: skip
    names = {one.code: one.name for one in centres}
    lines = {(one.code, line.letter): line.name for one in centres for line in one.lines}
    today = legal_day(at)
    since = today - timedelta(days=DAYS)
    given = {
        "centres": list(names), "since": since, "today": today, "most": MOST, "at": at,
        "from": start_of(since + timedelta(days=1)), "until": end_of(today),
    }  # fmt: skip
    visits = None
    if number:
        visits = tuple(
            one
            for one in visits_numbered(number)
            if any(covers(place, one.division) or covers(place, one.submission_division) for place in places)
        )
    return HallSupervised(
        lines=tuple(
            LineDay(
                names[row[0]],
                row[1],
                f"{row[2]} {lines.get((row[0], row[2]), '')}".strip(),
                *row[3:7],
                *map(_minutes, row[7:10]),
            )
            for row in _rows(_TALLY, given)
        ),
        booked=tuple(BookedSince(names[row[0]], *row[1:]) for row in _rows(_BOOKED, given)),
        visits=visits,
    )


def _rows(sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def _minutes(value: float | None) -> int | None:
    return None if value is None else round(value)
