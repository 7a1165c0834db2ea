"""Remind of a booking the day before (预约前一天提醒): once, whatever worker looks, and never of one made that same day."""

from datetime import date, datetime, timedelta

import structlog

from yijianshi.domain.booking import BookingState
from yijianshi.domain.workdays import BEIJING, end_of, legal_day, start_of
from yijianshi.store.cases.looking import note_round, round_done_on
from yijianshi.store.hall.models import BookingRow

from .book import tell_booking
from .loading import centres_named

logger = structlog.get_logger("worker")
_ROUND = "bookings-of-tomorrow"
#: Nobody's telephone rings in the night.
_EIGHT = 8
_done: dict[str, date] = {}


def remind_of_bookings(*, at: datetime) -> int:
    """Remind of tomorrow's bookings, once a day; return how many were reminded of."""
    today = legal_day(at)
    if _done.get(_ROUND) == today or at.astimezone(BEIJING).hour < _EIGHT:
        return 0
    told = 0
    if round_done_on(_ROUND, today=today) < today:
        tomorrow = today + timedelta(days=1)
        rows = list(
            BookingRow.objects.filter(
                state=BookingState.BOOKED, begins__gte=start_of(tomorrow), begins__lt=end_of(tomorrow),
                changed_at__lt=start_of(today),
            ).order_by("begins", "id")
        )  # fmt: skip
        centres = centres_named(row.centre for row in rows)
        for row in rows:
            try:
                once = f"booking:{row.pk}:{tomorrow}:remind"
                tell_booking(
                    row.pk,
                    row.party_id,
                    centres[row.centre],
                    "booking.remind",
                    row.begins,
                    row.ends,
                    once=once,
                )
                told += 1
            except Exception as error:  # one bad row never stops the others
                logger.exception("reminding_failed", kind="booking", error=type(error).__name__)
        note_round(_ROUND, on=today)
    _done[_ROUND] = today
    return told
