"""Moving a ticket on: compare and set, together with the step that says so, so that no two windows call the same one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from .models import TicketRow, TicketStepRow


def move_ticket(
    ticket: UUID,
    *,
    seq: int,
    action: str,
    at: datetime,
    by: UUID | None,
    at_window: str = "",
    **changed: Any,
) -> bool:
    """Change a ticket if nobody has since it was read, and write the step; return whether nobody had."""
    with transaction.atomic():
        found = TicketRow.objects.filter(pk=ticket, seq=seq).update(seq=F("seq") + 1, **changed)
        if not found:
            return False
        TicketStepRow.objects.create(ticket_id=ticket, action=action, at=at, by=by, window=at_window)
    return True
