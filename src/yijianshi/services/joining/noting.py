"""Steps of a joint operation among those of its submission, so that feed, history and the lead know of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.rights import Actor
from yijianshi.store.joint.models import OperationRow

from ..handling.noting import note_step


def note_joint(
    action: str,
    row: OperationRow,
    *,
    by: Actor | None,
    unit: str,
    at: datetime,
    told: bool = True,
    **detail: Any,
) -> None:
    """Append the step; `told`: whether somebody gets a message. Call it inside the transaction of what it says."""
    note_step(
        submission=row.submission_id,
        action=action,
        unit=unit,
        by=UUID(by.account) if by else None,
        at=at,
        detail={"operation": str(row.id), "kind": row.kind, **detail},
        kind="joint" if told else "noted",
    )
