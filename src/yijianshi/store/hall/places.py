"""
Taking a place of a time, and giving it back: in one statement that compares and sets, so that nobody is ever one too many.

PostgreSQL-specific: `INSERT … ON CONFLICT DO UPDATE … WHERE`, data-modifying CTEs.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from .models import BookingRow

_PLACE = """
  INSERT INTO hall_slotrow (centre, line, begins, places, taken)
  VALUES (%(centre)s, %(line)s, %(begins)s, %(places)s, 1)
  ON CONFLICT (centre, line, begins) DO UPDATE SET taken = hall_slotrow.taken + 1, places = excluded.places
  WHERE hall_slotrow.taken < excluded.places
  RETURNING id
"""
_BOOK = f"""
WITH place AS ({_PLACE}), booked AS (
  INSERT INTO hall_bookingrow (id, number, centre, line, bundle, party_id, account, channel, begins, ends, state, seq,
                               made_at, changed_at, draft, submission_id, case_id)
  SELECT %(id)s, %(number)s, %(centre)s, %(line)s, %(bundle)s, %(party)s, %(account)s, %(channel)s, %(begins)s, %(ends)s,
         'booked', 0, %(at)s, %(at)s, %(draft)s, %(submission)s, %(case)s FROM place
  RETURNING id
)
INSERT INTO hall_bookingsteprow (booking_id, seq, action, at, by, begins)
SELECT id, 0, 'book', %(at)s, %(account)s, %(begins)s FROM booked RETURNING id
"""  # noqa: S608 - put together from constants only
_MOVE = f"""
WITH place AS ({_PLACE}), moved AS (
  UPDATE hall_bookingrow SET begins = %(begins)s, ends = %(ends)s, seq = seq + 1, changed_at = %(at)s
  FROM place WHERE hall_bookingrow.id = %(id)s AND state = 'booked' AND seq = %(seq)s
  RETURNING hall_bookingrow.id, seq
), freed AS (
  UPDATE hall_slotrow SET taken = taken - 1 FROM moved
  WHERE centre = %(centre)s AND line = %(line)s AND hall_slotrow.begins = %(old)s
), told AS (
  INSERT INTO hall_bookingsteprow (booking_id, seq, action, at, by, begins)
  SELECT id, seq, %(action)s, %(at)s, %(by)s, %(begins)s FROM moved
)
SELECT (SELECT count(*) FROM place), (SELECT count(*) FROM moved)
"""  # noqa: S608 - put together from constants only
_END = """
WITH ended AS (
  UPDATE hall_bookingrow SET state = %(state)s, seq = seq + 1, changed_at = %(at)s
  WHERE id = %(id)s AND state = 'booked' AND seq = %(seq)s
  RETURNING id, seq, centre, line, begins
), freed AS (
  UPDATE hall_slotrow SET taken = taken - 1 FROM ended
  WHERE hall_slotrow.centre = ended.centre AND hall_slotrow.line = ended.line AND hall_slotrow.begins = ended.begins
)
INSERT INTO hall_bookingsteprow (booking_id, seq, action, at, by)
SELECT id, seq, %(action)s, %(at)s, %(by)s FROM ended RETURNING id
"""
_COUNT = """
INSERT INTO hall_counterrow (key, last) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET last = hall_counterrow.last + 1 RETURNING last
"""


class StaleBooking(Exception):
    """Somebody else has changed the booking since it was read; whatever was done beside it must be undone."""


def take_place(*, places: int, **booking: Any) -> bool:
    """Write a booking if its time has a place left; return whether it had."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOK, {"places": places, **booking})
        return cursor.fetchone() is not None


def move_place(
    row: BookingRow,
    *,
    begins: datetime,
    ends: datetime,
    places: int,
    action: str,
    by: UUID | None,
    at: datetime,
) -> bool:
    """
    Move a booking to another time if that has a place left, and give the old place back; return whether it had.

    To be called in a transaction.

    :raises StaleBooking: if it was changed since it was read.
    """
    given: dict[str, Any] = {
        "id": row.pk, "seq": row.seq, "centre": row.centre, "line": row.line, "old": row.begins, "begins": begins,
        "ends": ends, "places": places, "action": action, "by": by, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, given)
        place, moved = cursor.fetchone()
    if place and not moved:
        raise StaleBooking(str(row.pk))
    return bool(moved)


def give_back(row: BookingRow, *, state: str, action: str, by: UUID | None, at: datetime) -> None:
    """End a booking and give its place back. :raises StaleBooking: if it was changed since it was read."""
    given: dict[str, Any] = {
        "id": row.pk,
        "seq": row.seq,
        "state": state,
        "action": action,
        "by": by,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_END, given)
        if cursor.fetchone() is None:
            raise StaleBooking(str(row.pk))


def next_of(key: str) -> int:
    """Return the next number of a row of numbers, from 1; nobody else gets it."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key])
        return int(cursor.fetchone()[0])
