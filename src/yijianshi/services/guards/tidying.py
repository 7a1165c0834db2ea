"""Clearing away what guards the door no longer: sessions that are over, tries long forgotten, telephones never confirmed."""

from datetime import datetime, timedelta

from django.utils import timezone

from yijianshi.store.guards.models import SessionRow, TotpRow, TryRow

_TRIES_KEPT = timedelta(days=2)  # so long the security administrator sees them
_ENROLLING = timedelta(hours=1)
_EVERY = timedelta(minutes=10)
_last: list[datetime] = []


def tidy_guards(*, at: datetime) -> int:
    """Clear away what is over, every ten minutes at most; return how many rows went."""
    if _last and at - _last[0] < _EVERY:
        return 0
    _last[:] = [at]
    gone = SessionRow.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    gone += TryRow.objects.filter(last__lt=at - _TRIES_KEPT).delete()[0]
    return gone + TotpRow.objects.filter(confirmed_at=None, begun_at__lt=at - _ENROLLING).delete()[0]
