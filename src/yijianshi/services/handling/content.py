"""The sealed content of a submission, opened for who may see it: the newest revision."""

from uuid import UUID

from yijianshi.store.submissions.models import RevisionRow

from ..contents import Content, open_content


def open_revision(submission: UUID, *, number: int | None = None) -> Content:
    """Return the content of a revision, the newest unless a number is given."""
    rows = RevisionRow.objects.filter(submission=submission)
    rows = rows.filter(number=number) if number else rows.order_by("-number")
    row = rows.select_related("submission").only("sealed", "submission__wrapped_key").first()
    if row is None:
        raise RevisionRow.DoesNotExist(f"submission {submission} has no revision {number or ''}")
    return open_content(row.sealed, purpose="revision", under=row.submission.wrapped_key)
