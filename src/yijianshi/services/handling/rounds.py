"""
Which correction counts (哪一次补正): the one of the submission, or a later one that a department asked for in breach of it.

Several may be open at once; they are answered together, and the newest says until when.
"""

from uuid import UUID

from django.db.models import Q

from yijianshi.store.corrections.models import CorrectionRow


def open_correction_of(submission: UUID) -> CorrectionRow | None:
    """Return the newest correction that waits for an answer: all that are open may be answered until its day."""
    rows = CorrectionRow.objects.filter(submission=submission, answered_at=None)
    return rows.order_by("-asked_at", "-id").first()


def correction_of_case(submission: UUID, case: UUID) -> CorrectionRow | None:
    """Return the newest correction that concerned a case, answered or not."""
    rows = CorrectionRow.objects.filter(Q(case=None) | Q(case=case), submission=submission)
    return rows.order_by("-asked_at", "-id").first()


def newest_correction(submission: UUID) -> CorrectionRow | None:
    """Return the correction to speak of: the newest open one, else the newest; one query."""
    rows = list(CorrectionRow.objects.filter(submission=submission))
    return max(rows, key=lambda row: (row.answered_at is None, row.asked_at, row.id), default=None)
