"""Who has the page of a case open, in one statement: the reader is noted, what is old goes, and the others come back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

_LOOK = """
WITH mine AS (
  INSERT INTO desks_presencerow (case_id, account_id, seen_at) VALUES (%(case)s, %(me)s, %(at)s)
  ON CONFLICT (case_id, account_id) DO UPDATE SET seen_at = excluded.seen_at
), gone AS (
  DELETE FROM desks_presencerow WHERE account_id = %(me)s AND case_id <> %(case)s AND seen_at < %(old)s
)
SELECT account_id, seen_at FROM desks_presencerow
WHERE case_id = %(case)s AND account_id <> %(me)s AND seen_at >= %(since)s ORDER BY seen_at DESC
"""


def note_looking(
    *, case: UUID, account: UUID, at: datetime, looking: timedelta, kept: timedelta
) -> tuple[tuple[UUID, datetime], ...]:
    """Note that an account looks at a case, and return who else did within `looking`, the latest first."""
    given: dict[str, Any] = {"case": case, "me": account, "at": at, "since": at - looking, "old": at - kept}
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, given)
        return tuple((row[0], row[1]) for row in cursor.fetchall())
