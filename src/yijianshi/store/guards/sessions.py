"""
Sessions whose rows say whose they are, so that their owner can look at them and end them; no page asks for more.

A session ends after the idle limit, and after the longest time from the sign-in however busy it was.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from ..keys import new_id

#: How much of the idle limit may pass before a page notes anew that its reader is there, and at most how many seconds:
#: writing it at each page cost every page a transaction of its own.
_OF_THE_LIMIT, _LONGEST_UNSEEN = 1 / 20, 60
#: Where the session keeps what its row says to its owner: since when, from what, from where, under which handle.
SIGNED = "signed"


def signed(at: datetime, *, device: str, network: str) -> dict[str, Any]:
    """Return what a session keeps about its sign-in."""
    return {"at": at.timestamp(), "device": device, "network": network, "handle": str(new_id())}


class SessionStore(DatabaseSessions):
    """Django's sessions in a table of ours."""

    @classmethod
    def get_model_class(cls) -> Any:
        from .models import SessionRow

        return SessionRow

    def load(self) -> dict[str, Any]:
        """Return what the session keeps, and have it written again if its reader was last noted some time ago."""
        row: Any = self._get_session_from_db()  # type: ignore[attr-defined] # the stubs leave it out
        if row is None:
            return {}
        limit = settings.SESSION_COOKIE_AGE
        noted = row.seen_at or row.expire_date - timedelta(seconds=limit)  # a visitor's row says no more
        if (timezone.now() - noted).total_seconds() >= min(limit * _OF_THE_LIMIT, _LONGEST_UNSEEN):
            self.modified = True
        data: dict[str, Any] = self.decode(row.session_data)
        return data

    def get_expiry_date(self, **known: Any) -> datetime:
        """Return when the session ends: the idle limit from now, at the latest the longest time from the sign-in."""
        ends: datetime = super().get_expiry_date(**known)
        said = self.get(SIGNED)
        if not said:
            return ends
        return min(ends, datetime.fromtimestamp(said["at"] + settings.SESSION_LONGEST, UTC))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        account, said = data.get(SESSION_KEY), data.get(SIGNED)
        if account:
            row.account_id = UUID(account)
            row.seen_at = timezone.now()
        if said:
            row.handle = UUID(said["handle"])
            row.signed_in_at = datetime.fromtimestamp(said["at"], UTC)
            row.device, row.network = said["device"][:60], said["network"][:45]
        return row
