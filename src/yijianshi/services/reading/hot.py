"""What people have filed most in the last ninety days (近期热门): an order without counts, nobody and nothing personal in it."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.divisions import stem_of
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from .front import Thing

LOOKS_BACK = timedelta(days=90)
#: What fewer have filed is not called hot, and might point at somebody.
FEWEST = 3
_TRUSTED_FOR = 600.0  # seconds for which an order is trusted
_known: dict[str, tuple[float, tuple[str, ...]]] = {}


def hot_of(
    things: Sequence[Thing], division: DivisionCode, *, at: datetime, most: int = 6
) -> tuple[Thing, ...]:
    """Return the one-things that were filed most in a division lately, most first; one query in ten minutes."""
    order = _order(division, at)
    by_code = {thing.code: thing for thing in things}
    return tuple(by_code[code] for code in order if code in by_code)[:most]


def forget() -> None:
    """Forget every order, so that it is counted anew."""
    _known.clear()


def _order(division: DivisionCode, at: datetime) -> tuple[str, ...]:
    found = _known.get(division)
    if found and found[0] > time.monotonic():
        return found[1]
    rows = (
        SubmissionRow.objects.filter(division__startswith=stem_of(division), received_at__gte=at - LOOKS_BACK)
        .exclude(channel="api")
        .values_list("edition_id")
        .annotate(times=Count("id"))
    )
    counted: Counter[str] = Counter()
    for edition, times in rows:
        counted[edition_by_id(edition).bundle.code] += times
    order = tuple(
        code for code, times in sorted(counted.items(), key=lambda one: (-one[1], one[0])) if times >= FEWEST
    )
    _known[division] = (time.monotonic() + _TRUSTED_FOR, order)
    return order
