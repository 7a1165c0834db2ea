"""The index of when to look again: cases whose next moment has come."""

from datetime import datetime
from uuid import UUID

from .models import CaseRow


def cases_to_look_at(*, at: datetime, most: int) -> list[UUID]:
    """Return the cases whose moment has come, the longest waiting first."""
    rows = CaseRow.objects.filter(look_again_at__lte=at).order_by("look_again_at", "id")
    return list(rows.values_list("pk", flat=True)[:most])


def look_later(case: UUID, *, at: datetime | None) -> None:
    """Set when to look at a case again, or that there is nothing to look for; its state is not touched."""
    CaseRow.objects.filter(pk=case).update(look_again_at=at)
