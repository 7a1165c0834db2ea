"""How long a one-thing usually took in a place lately (一般用时), from those that were finished; counted once a day."""

from datetime import date, timedelta
from functools import lru_cache

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.durations import usual_days
from yijianshi.domain.workdays import Calendar, legal_day, start_of
from yijianshi.store.submissions.models import SubmissionRow

from ..outside import outside

LATELY = timedelta(days=180)
MOST = 500


def usual_duration(bundle: BundleCode, division: DivisionCode, *, on: date) -> int | None:
    """Return how many working days it took from receipt to the last decision, or None where too few are finished."""
    return _counted(bundle, division, on)


@lru_cache(maxsize=4096)
def _counted(bundle: BundleCode, division: DivisionCode, on: date) -> int | None:
    rows = SubmissionRow.objects.filter(
        division=division, edition__bundle=bundle, state="closed", received_at__gte=start_of(on - LATELY)
    ).order_by("-received_at")
    calendar: Calendar = outside().calendar
    return usual_days(
        [
            calendar.between(legal_day(received), legal_day(closed))
            for received, closed in rows.values_list("received_at", "closed_at")[:MOST]
            if closed is not None
        ]
    )
