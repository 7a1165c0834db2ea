"""What follows from each kind of step once it is written (后续): messages, automatic verification, licences printed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from yijianshi.store.cases.models import CaseRow
from yijianshi.store.submissions.models import SubmissionRow

from ..handling.verify import verify_automatic_cases
from ..outside import outside
from ..ports import GlyphsMissing, Message
from ..printing import issue_documents_of

Effect = Callable[..., None]


def _tell(submission: UUID, row: UUID, key: str, *, path: str = "") -> None:
    found = (
        SubmissionRow.objects.filter(pk=submission)
        .values_list("account_id", "party_id", "number", "channel")
        .first()
    )
    if found is None or found[3] == "api":
        return
    link = path or f"/my/{submission}"
    message = Message(account=str(found[0]), key=key, values={"number": found[2]}, link=link)
    outside().messenger.send([message], once=f"{row}:{key}")


def _issue(submission: UUID) -> None:
    """Print what was granted; a name that no font has is told at the download, and holds up nothing else."""
    if SubmissionRow.objects.filter(pk=submission).exclude(channel="api").exists():
        with suppress(GlyphsMissing):
            issue_documents_of(submission=submission)


def filed(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "submission.received")


def corrected(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "correction.received")


def released(*, submission: UUID, row: UUID, at: datetime) -> None:
    if CaseRow.objects.filter(submission=submission, state="awaiting_correction").exists():
        _tell(submission, row, "correction.asked", path=f"/my/{submission}/correction")
    else:
        _tell(submission, row, "submission.released")
    verify_automatic_cases(submission=submission, at=at)


def accepted(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "case.accepted")
    verify_automatic_cases(submission=submission, at=at)


def decided(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "case.decided")
    verify_automatic_cases(submission=submission, at=at)
    _issue(submission)


def closed(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "submission.closed")
    _issue(submission)


def suspended(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "case.suspended")


def resumed(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "case.resumed")


EFFECTS: dict[str, Effect] = {
    "filed": filed,
    "released": released,
    "accepted": accepted,
    "decided": decided,
    "closed": closed,
    "corrected": corrected,
    "suspended": suspended,
    "resumed": resumed,
}
