"""Moving a manuscript or a proposal one step on: compare and set, together with the step that says so."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from .models import ManuscriptRow, ManuscriptStepRow, ProposalRow, ProposalStepRow


class StaleManuscript(Exception):
    """Somebody else has moved it since it was read."""


def move_manuscript(
    row: ManuscriptRow,
    *,
    move: str,
    to: str,
    at: datetime,
    by: UUID | None,
    unit: str = "",
    words: str = "",
    signed: str = "",
    **changed: Any,
) -> None:
    """
    Write a step and what it changes, if nobody has been there since `row` was read.

    :param signed: the digest of what is signed, where that is more than the text.
    :raises StaleManuscript: if somebody has.
    """
    with transaction.atomic():
        digest = signed or changed.get("digest", row.digest)
        found = ManuscriptRow.objects.filter(pk=row.pk, seq=row.seq).update(
            stage=to, seq=row.seq + 1, **changed
        )
        if not found:
            raise StaleManuscript(str(row.pk))
        ManuscriptStepRow.objects.create(
            manuscript=row, seq=row.seq + 1, move=move, at=at, by=by, unit=unit, digest=digest, words=words
        )
    row.stage, row.seq = to, row.seq + 1
    for name, value in changed.items():
        setattr(row, name, value)


def move_proposal(
    row: ProposalRow, *, move: str, to: str, at: datetime, by: UUID | None, words: str = "", **changed: Any
) -> None:
    """
    Write a step of a proposal and what it changes.

    :raises StaleManuscript: if somebody has moved it since it was read.
    """
    with transaction.atomic():
        found = ProposalRow.objects.filter(pk=row.pk, seq=row.seq).update(
            state=to, seq=row.seq + 1, **changed
        )
        if not found:
            raise StaleManuscript(str(row.pk))
        ProposalStepRow.objects.create(proposal=row, seq=row.seq + 1, move=move, at=at, by=by, words=words)
    row.state, row.seq = to, row.seq + 1
    for name, value in changed.items():
        setattr(row, name, value)


def close_published(*, bundle: str, division: str, move: str, to: str, at: datetime) -> None:
    """Move the manuscripts that were in force in a division to where they no longer are."""
    for row in ManuscriptRow.objects.filter(bundle=bundle, division=division, stage="published"):
        move_manuscript(row, move=move, to=to, at=at, by=None)
