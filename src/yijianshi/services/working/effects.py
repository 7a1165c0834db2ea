"""What follows from each kind of step once it is written (后续): messages, automatic verification, licences printed."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.codes import ItemCode
from yijianshi.store.cases.models import CaseRow, OutboxRow, StepRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..handling.verify import verify_automatic_cases
from ..joining.plan import plan_operations
from ..joining.telling import tell_of_joint
from ..outside import outside
from ..ports import GlyphsMissing, Message
from ..printing import issue_documents_of

Effect = Callable[..., None]


#: What an applicant is told of a step of one of his cases; an item's name is not personal data.
_TOLD = {
    Action.ACCEPT: "case.accepted",
    Action.DEEM_ACCEPTED: "case.accepted",
    Action.DECLINE: "case.declined",
    Action.SUSPEND: "case.suspended",
    Action.RESUME: "case.resumed",
    Action.GRANT: "case.granted",
    Action.REFUSE: "case.refused",
    Action.TERMINATE: "case.terminated",
    Action.LAPSE: "case.terminated",
}


def _tell_of_cases(submission: UUID, row: UUID, *, only: Iterable[Action] = tuple(_TOLD)) -> None:
    """Tell what happened to which items: one message for each thing that happened."""
    steps = OutboxRow.objects.values_list("steps", flat=True).get(pk=row)
    happened = StepRow.objects.filter(pk__in=steps, action__in=list(only)).values_list("action", "case_id")
    cases = {case: _TOLD[Action(action)] for action, case in happened if case is not None}
    if not cases:
        return
    found = SubmissionRow.objects.only("edition_id").get(pk=submission)
    edition = edition_by_id(found.edition_id)
    items = dict(CaseRow.objects.filter(pk__in=list(cases)).values_list("pk", "item"))
    for key in dict.fromkeys(cases.values()):
        names = [edition.item(ItemCode(items[c])).plain_name for c, told in cases.items() if told == key]
        _tell(submission, row, key, item="、".join(names))


def _tell(submission: UUID, row: UUID, key: str, *, path: str = "", item: str = "") -> None:
    found = (
        SubmissionRow.objects.filter(pk=submission)
        .values_list("account_id", "party_id", "number", "channel")
        .first()
    )
    if found is None or found[3] == "api":
        return
    link = path or f"/my/{submission}"
    values = {"number": str(found[2])} | ({"item": item} if item else {})
    message = Message(account=str(found[0]), key=key, values=values, link=link)
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
    plan_operations(submission=submission, at=at)
    _tell_of_cases(submission, row, only=(Action.DECLINE, Action.TERMINATE))
    verify_automatic_cases(submission=submission, at=at)


def accepted(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)
    verify_automatic_cases(submission=submission, at=at)


def decided(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)
    _issue(submission)  # before any register is asked: what was granted does not wait for one that is away
    verify_automatic_cases(submission=submission, at=at)


def closed(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)
    _tell(submission, row, "submission.closed")
    _issue(submission)


def suspended(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)


def resumed(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)


EFFECTS: dict[str, Effect] = {
    "filed": filed,
    "released": released,
    "accepted": accepted,
    "decided": decided,
    "closed": closed,
    "corrected": corrected,
    "suspended": suspended,
    "resumed": resumed,
    "joint": tell_of_joint,
}
