"""One's own browsers (登录设备): when, with what and from where one is signed in, and ending that somewhere else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from yijianshi.domain.guards import browser_words
from yijianshi.store.guards.models import SessionRow
from yijianshi.store.guards.sessions import SIGNED, signed

__all__ = ["SIGNED", "DeviceSeen", "devices_of", "end_all", "end_one", "signing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSeen:
    """One browser that is signed in."""

    handle: UUID
    words: str
    network: str
    since: datetime | None
    seen: datetime | None
    is_this: bool


def signing(*, agent: str, network: str) -> dict[str, Any]:
    """Return what a session that begins now says about itself."""
    return signed(timezone.now(), device=browser_words(agent), network=network)


def devices_of(account: UUID, *, session: str) -> tuple[DeviceSeen, ...]:
    """Return where the account is signed in, this browser first, then by when it was last seen."""
    rows = SessionRow.objects.filter(account_id=account, expire_date__gt=timezone.now()).order_by("-seen_at")
    found = [
        DeviceSeen(
            handle=row.handle,
            words=row.device or "一个浏览器",
            network=row.network,
            since=row.signed_in_at,
            seen=row.seen_at,
            is_this=row.session_key == session,
        )
        for row in rows[:50]
    ]
    return tuple(sorted(found, key=lambda one: not one.is_this))


def end_one(account: UUID, handle: UUID) -> bool:
    """Sign out one browser of the account; return whether there was such a one."""
    return bool(SessionRow.objects.filter(account_id=account, handle=handle).delete()[0])


def end_all(account: UUID, *, but: str = "") -> int:
    """Sign the account out everywhere, but in one session if named; return in how many."""
    return SessionRow.objects.filter(account_id=account).exclude(session_key=but).delete()[0]
