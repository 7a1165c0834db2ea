"""
Centres as people look for them (大厅): where, open now or when next, how many wait, how long about, what is taken.

Nothing here is about a person; everything can be read without signing in.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from yijianshi.domain.centres import Centre, Line, Opening, lies_in, opening
from yijianshi.domain.queues import Estimate, TicketState, estimate
from yijianshi.domain.workdays import legal_day
from yijianshi.store.hall.models import CentreRow, DeskRow, TicketRow

from ..hall.loading import centre_of, centres_named
from ..outside import outside

#: Nearer levels first.
_NEAR = {"village": 0, "town": 1, "county": 2, "city": 3, "province": 4}
_HOUR = timedelta(hours=1)
PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class LineNow:
    """One line of a hall now."""

    line: Line
    waiting: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class HallNow:
    """What goes on in a hall now: open or not, its lines, the windows at which somebody calls."""

    centre: Centre
    opening: Opening
    lines: tuple[LineNow, ...]
    calling: frozenset[str] = frozenset()
    line: LineNow | None = None  # the one for what is looked for
    takes: bool = True
    otherwise: Centre | None = None  # who takes what this one does not

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.lines)


@dataclass(slots=True)
class _Counted:
    waiting: Counter[tuple[str, str]] = field(default_factory=Counter)
    served: Mapping[tuple[str, str], list[float]] = field(default_factory=dict)
    calling: Mapping[str, set[str]] = field(default_factory=dict)


def halls_near(
    division: str, *, at: datetime, bundle: str = "", audience: str = "", page: int = 1
) -> tuple[tuple[HallNow, ...], int]:
    """
    Return a page of the centres that are of use to who lives in a division, and how many there are.

    Those that take the one-thing come first, then those nearer to home; five queries, however many there are.
    """
    county = not division.endswith("00")
    inside = Q(place__startswith=division) if county else Q(level__in=("province", "city", "county"))
    above = {division, division[:4] + "00", division[:2] + "0000"}
    rows = CentreRow.objects.filter(inside | Q(place__in=above)).filter(place__startswith=division[:2])
    centres = [one for one in map(centre_of, rows) if lies_in(one.place, division) or one.division in above]
    centres.sort(
        key=lambda one: (bool(bundle) and not one.takes(bundle), _NEAR[one.level], one.place, one.code)
    )
    shown = centres[(page - 1) * PER_PAGE : page * PER_PAGE]
    return halls_now(shown, at=at, bundle=bundle, audience=audience), len(centres)


def halls_now(
    centres: Sequence[Centre], *, at: datetime, bundle: str = "", audience: str = ""
) -> tuple[HallNow, ...]:
    """Return what goes on in several halls; four queries."""
    counted = _count([one.code for one in centres], at=at)
    others = centres_named(
        one.otherwise for one in centres if bundle and one.otherwise and not one.takes(bundle)
    )
    return tuple(_now(one, counted, others, at=at, bundle=bundle, audience=audience) for one in centres)


def _now(
    centre: Centre,
    counted: _Counted,
    others: Mapping[str, Centre],
    *,
    at: datetime,
    bundle: str,
    audience: str,
) -> HallNow:
    calling = counted.calling.get(centre.code, set())
    lines = tuple(
        LineNow(
            line,
            waiting := counted.waiting[centre.code, line.letter],
            estimate(
                waiting,
                served=counted.served.get((centre.code, line.letter), []),
                usual=line.minutes,
                windows=sum(one.number in calling for one in centre.windows_of(line.letter)),
            ),
        )
        for line in centre.lines
    )
    takes = not bundle or centre.takes(bundle)
    wanted = centre.line_for(bundle, audience) if bundle and takes else None
    return HallNow(
        centre=centre,
        opening=opening(centre, at=at, calendar=outside().calendar),
        lines=lines,
        calling=frozenset(calling),
        line=next((one for one in lines if wanted and one.line.letter == wanted.letter), None),
        takes=takes,
        otherwise=_who_takes(centre, others, bundle) if not takes else None,
    )


def _who_takes(centre: Centre, others: Mapping[str, Centre], bundle: str) -> Centre | None:
    """Return the centre that takes what another does not, as that one names it; a station may name one above that."""
    other = others.get(centre.otherwise)
    for _ in range(3):
        if other is None or other.takes(bundle):
            return other
        other = centres_named([other.otherwise]).get(other.otherwise)
    return other


def served_lately(centres: Collection[str], *, at: datetime) -> dict[tuple[str, str], list[float]]:
    """Return the minutes that each matter took that was finished in the last hour, by centre and line; one query."""
    rows = TicketRow.objects.filter(
        centre__in=centres, day=legal_day(at), state=TicketState.DONE, finished_at__gt=at - _HOUR
    )
    served: dict[tuple[str, str], list[float]] = defaultdict(list)
    for centre, line, called, finished in rows.values_list("centre", "line", "called_at", "finished_at"):
        if called and finished:
            served[centre, line].append((finished - called).total_seconds() / 60)
    return served


def windows_calling(centres: Collection[str]) -> dict[str, set[str]]:
    """Return the windows at which somebody calls, by centre; one query."""
    calling: dict[str, set[str]] = defaultdict(set)
    rows = DeskRow.objects.filter(centre__in=centres, closed_at=None)
    for centre, window in rows.values_list("centre", "window"):
        calling[centre].add(window)
    return calling


def _count(centres: Collection[str], *, at: datetime) -> _Counted:
    waiting = TicketRow.objects.filter(
        centre__in=centres, day=legal_day(at), state=TicketState.WAITING
    ).values_list("centre", "line")
    return _Counted(Counter(waiting), served_lately(centres, at=at), windows_calling(centres))
