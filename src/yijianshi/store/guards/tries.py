"""
Wrong tries, counted for all processes together by one statement, so that none is lost when two count at once.

PostgreSQL-specific: INSERT ... ON CONFLICT over several rows, arrays.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from .models import TryRow

_COUNT = """
INSERT INTO guards_tryrow AS known (key, kind, account_id, network, count, last)
SELECT key, kind, account_id, network, 1, %s
FROM unnest(%s::bytea[], %s::text[], %s::uuid[], %s::text[]) AS tried (key, kind, account_id, network)
ORDER BY key
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN known.last < excluded.last - %s * interval '1 second' THEN 1 ELSE known.count + 1 END,
  last = GREATEST(known.last, excluded.last)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """What is counted together: a kind of try, at an account, from a network or a known device."""

    kind: str
    subject: str  # an account, a login nobody has, or empty: whatever is tried
    source: str  # a network, a device, or empty: from anywhere
    account: UUID | None = None
    network: str = ""

    @property
    def key(self) -> bytes:
        return hashlib.sha256("\n".join((self.kind, self.subject, self.source)).encode()).digest()


def count_try(places: Sequence[Place], *, at: datetime, forget_after: timedelta) -> None:
    """Count one more try at each of the places; who was last tried long ago begins anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            [
                at,
                [place.key for place in places],
                [place.kind for place in places],
                [place.account for place in places],
                [place.network for place in places],
                forget_after.total_seconds(),
            ],
        )


def tried_at(places: Sequence[Place]) -> dict[Place, tuple[int, datetime]]:
    """Return how often and when last somebody tried at each of the places; those never tried are left out."""
    found = {
        bytes(key): (count, last)
        for key, count, last in TryRow.objects.filter(key__in=[place.key for place in places]).values_list(
            "key", "count", "last"
        )
    }
    return {place: found[place.key] for place in places if place.key in found}


def forget_tries(places: Sequence[Place]) -> None:
    """Forget what was counted at the places."""
    TryRow.objects.filter(key__in=[place.key for place in places]).delete()
