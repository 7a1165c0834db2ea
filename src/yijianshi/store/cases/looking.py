"""Looking at cases without moving them: whose next moment has come, and that something about one has changed."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from .models import CaseRow


def cases_to_look_at(*, at: datetime, most: int) -> list[UUID]:
    """Return the cases whose moment has come, the longest waiting first."""
    rows = CaseRow.objects.filter(look_again_at__lte=at).order_by("look_again_at", "id")
    return list(rows.values_list("pk", flat=True)[:most])


def look_later(case: UUID, *, at: datetime | None) -> None:
    """Set when to look at a case again, or that there is nothing to look for; its state is not touched."""
    CaseRow.objects.filter(pk=case).update(look_again_at=at)


def touch_while(case: UUID, *, state: str) -> bool:
    """Count a change beside the case, so that whoever has read it decides anew; return whether it is still in `state`."""
    return bool(CaseRow.objects.filter(pk=case, state=state).update(seq=F("seq") + 1))


def release_hold(case: UUID, *, code: str) -> bool:
    """Take one code out of what holds a case back, beside its steps; return whether nobody changed it meanwhile."""
    seq, holds = CaseRow.objects.values_list("seq", "holds").get(pk=case)
    left = ",".join(one for one in holds.split(",") if one and one != code)
    return bool(CaseRow.objects.filter(pk=case, seq=seq).update(holds=left, seq=F("seq") + 1))
