"""Moving a joint operation one step on, and changing an opinion: compare and set, together with the step that says so."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from .models import OperationRow, OperationStepRow, OpinionRow, UploadPartRow, UploadRow


class StaleOperation(Exception):
    """Somebody else has changed it since it was read."""


class StaleOpinion(Exception):
    """A colleague has written or signed the opinion since it was read."""


def begin_operation(**columns: Any) -> OperationRow | None:
    """Write a new operation with its first step; None if one of this kind is under way already."""
    by = columns.pop("by")
    try:
        with transaction.atomic():
            row = OperationRow.objects.create(**columns)
            OperationStepRow.objects.create(
                operation=row, seq=1, move="plan", at=row.planned_at, by=by, unit=row.lead_unit if by else ""
            )
    except IntegrityError:
        return None
    return row


def move_operation(
    row: OperationRow,
    *,
    move: str,
    to: str,
    at: datetime,
    by: UUID | None,
    unit: str = "",
    sealed: bytes = b"",
    **changed: Any,
) -> None:
    """
    Write a step and what it changes, if nobody has been there since `row` was read.

    :raises StaleOperation: if somebody has.
    """
    with transaction.atomic():
        found = OperationRow.objects.filter(pk=row.pk, seq=row.seq).update(
            state=to, seq=row.seq + 1, **changed
        )
        if not found:
            raise StaleOperation(str(row.pk))
        OperationStepRow.objects.create(
            operation=row, seq=row.seq + 1, move=move, at=at, by=by, unit=unit,
            slot=changed.get("slot", row.slot), sealed=sealed,
        )  # fmt: skip
    row.state, row.seq = to, row.seq + 1
    for name, value in changed.items():
        setattr(row, name, value)


def write_opinion(row: OpinionRow, *, seen: int | None) -> None:
    """
    Write an opinion, or change one that is not signed yet and is as it was seen.

    :param seen: the sequence of the opinion as the officer saw it; None where there was none.
    :raises StaleOpinion: if somebody of the unit has written or signed since.
    """
    if seen is None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise StaleOpinion(str(row.operation_id)) from error
        return
    found = OpinionRow.objects.filter(
        operation=row.operation_id, case=row.case_id, seq=seen, signed_at=None
    ).update(
        seq=seen + 1, verdict=row.verdict, sealed=row.sealed, mend_by=row.mend_by, unit=row.unit, by=row.by, at=row.at
    )  # fmt: skip
    if not found:
        raise StaleOpinion(str(row.operation_id))


def add_part(upload: UUID, *, offset: int, size: int, sha256: str, kind: str, at: datetime) -> None:
    """
    Put one part behind the others, if it begins where they end.

    :raises StaleOperation: if another request has put one there already.
    """
    with transaction.atomic():
        found = UploadRow.objects.filter(pk=upload, state="open", offset=offset).update(
            offset=F("offset") + size, kind=kind, touched_at=at
        )
        if not found:
            raise StaleOperation(str(upload))
        UploadPartRow.objects.create(upload_id=upload, offset=offset, size=size, sha256=sha256)
