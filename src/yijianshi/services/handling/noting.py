"""Steps of the submission itself that move no case: written beside the others, so that feed and history know of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.store.cases.models import OutboxRow, StepRow
from yijianshi.store.keys import new_id


def note_step(
    *,
    submission: UUID,
    action: str,
    unit: str,
    by: UUID | None,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    kind: str = "noted",
) -> None:
    """
    Append a step of the submission and have it told; call it inside the transaction of what it says.

    :param detail: codes, ids, digests and times only.
    :param kind: what the worker has to do about it.
    """
    step = StepRow.objects.create(
        id=new_id(), submission_id=submission, action=action, state="", at=at, by=by, unit=unit,
        detail=dict(detail) if detail else None,
    )  # fmt: skip
    OutboxRow.objects.create(id=new_id(), submission_id=submission, kind=kind, steps=[str(step.id)])


def is_noted(*, submission: UUID, action: str, unit: str = "") -> bool:
    """Return whether such a step was appended before, by this unit where one is named."""
    rows = StepRow.objects.filter(submission_id=submission, case_id=None, action=action)
    return (rows.filter(unit=unit) if unit else rows).exists()
