"""Steps that move no case, of the submission itself or beside a case: written with the others, so that feed and history know of them."""

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
    case: UUID | None = None,
    state: str = "",
    detail: Mapping[str, Any] | None = None,
    kind: str = "noted",
) -> None:
    """
    Append a step and have it told; call it inside the transaction of what it says.

    :param case: whose step it is, if not the submission's own.
    :param detail: codes, ids, digests and times only.
    :param kind: what the worker has to do about it.
    """
    step = StepRow.objects.create(
        id=new_id(), submission_id=submission, case_id=case, action=action, state=state, at=at, by=by, unit=unit,
        detail=dict(detail) if detail else None,
    )  # fmt: skip
    OutboxRow.objects.create(id=new_id(), submission_id=submission, kind=kind, steps=[str(step.id)])


def is_noted(*, submission: UUID, action: str, unit: str = "") -> bool:
    """Return whether such a step was appended before, by this unit where one is named."""
    rows = StepRow.objects.filter(submission_id=submission, case_id=None, action=action)
    return (rows.filter(unit=unit) if unit else rows).exists()
