"""What follows from each kind of step once it is written (后续): messages, automatic verification, licences printed."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import CaseRow, OutboxRow, StepRow
from yijianshi.store.mandates.models import UseRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..delivering.compose import compose_licence
from ..handling.verify import verify_automatic_cases
from ..joining.plan import plan_operations
from ..joining.telling import tell_of_joint
from ..mandates.finish import end_with_matter
from ..mandates.keeping import holders_for
from ..outside import outside
from ..people.telling import accounts_of
from ..ports import GlyphsMissing, Message
from ..printing import issue_composite, issue_documents_of

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
    Action.EXTEND: "case.extended",
    Action.ASK_TO_MEND: "mending.asked",
    Action.PASS_INSPECTION: "mending.passed",
    Action.REROUTE: "case.rerouted",
    Action.REVOKE: "case.revoked",
    Action.REDO: "case.taken_up",
    Action.REOPEN: "case.taken_up",
    Action.SUPPLY: "owed.received",
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


def _tell_of_withdrawal(submission: UUID, row: UUID) -> None:
    """Tell whoever confirmed beside the applicant that the applicant took something back."""
    steps = OutboxRow.objects.values_list("steps", flat=True).get(pk=row)
    by = StepRow.objects.filter(pk__in=steps, action=Action.WITHDRAW).values_list("by", flat=True).first()
    if by and SubmissionRow.objects.filter(pk=submission, together__isnull=False).exists():
        _tell(submission, row, "together.withdrawn", without=by)


def _tell_what_is_owed(submission: UUID, row: UUID) -> None:
    """Tell of cases just accepted by when what they owe is to be there; the earliest day is the one that counts."""
    steps = OutboxRow.objects.values_list("steps", flat=True).get(pk=row)
    accepted = StepRow.objects.filter(pk__in=steps, detail__has_key="owed_until")
    days = {
        case: str((detail or {})["owed_until"]) for case, detail in accepted.values_list("case_id", "detail")
    }
    if days:
        edition = edition_by_id(SubmissionRow.objects.only("edition_id").get(pk=submission).edition_id)
        items = CaseRow.objects.filter(pk__in=list(days)).values_list("item", flat=True)
        names = dict.fromkeys(edition.item(ItemCode(item)).plain_name for item in items)
        path, first = f"/my/{submission}/owed", date.fromisoformat(min(days.values()))
        day = f"{first.month} 月 {first.day} 日"
        _tell(submission, row, "owed.due", path=path, item="、".join(names), day=day)


def _tell(
    submission: UUID,
    row: UUID,
    key: str,
    *,
    path: str = "",
    item: str = "",
    day: str = "",
    without: UUID | None = None,
) -> None:
    """Tell the applicant, and whoever confirmed beside him; of an act of one of them only the others, where he is named."""
    found = (
        SubmissionRow.objects.filter(pk=submission)
        .values_list("account_id", "together", "number", "channel", "party_id", "edition_id")
        .first()
    )
    if found is None or found[3] == "api":
        return
    link = path or f"/my/{submission}"
    values = {"number": str(found[2])} | ({"item": item} if item else {}) | ({"day": day} if day else {})
    others = [account for party in found[1] or () for account in accounts_of(party)]
    wanted = [
        account for account in dict.fromkeys([*_followers(submission, *found), *others]) if account != without
    ]
    messages = [Message(account=str(account), key=key, values=values, link=link) for account in wanted]
    outside().messenger.send(messages, once=f"{row}:{key}")


def _followers(
    submission: UUID, account: UUID, together: object, number: str, channel: str, party: UUID, edition: UUID
) -> list[UUID]:
    """Return who follows the applicant's side: who filed it, or, where that was for another, he and who acts for him now."""
    if channel == "window" or not UseRow.objects.filter(submission=submission, account=account).exists():
        return [account]
    bundle, today = edition_by_id(edition).bundle.code, legal_day(outside().clock.now())
    return [*accounts_of(party), *holders_for(party, [submission], bundle, on=today)]


def _issue(submission: UUID, row: UUID, at: datetime) -> None:
    """Print what was granted; a name that no font has is told at the download, and holds up nothing else."""
    channel, key = SubmissionRow.objects.values_list("channel", "edition_id").get(pk=submission)
    if channel != "api":
        with suppress(GlyphsMissing):
            issue_documents_of(submission=submission)
    declared = edition_by_id(key).bundle.composite_licence
    if declared is None:
        return
    composite = compose_licence(submission=submission, at=at)
    if composite is not None and channel != "api":
        with suppress(GlyphsMissing):
            issue_composite(composite=composite)
        _tell(submission, row, "composite.issued", item=declared.name)


def filed(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "submission.received")


def corrected(*, submission: UUID, row: UUID, at: datetime) -> None:
    """Of several applicants the one who did not answer learns that he need not."""
    steps = OutboxRow.objects.values_list("steps", flat=True).get(pk=row)
    by = StepRow.objects.filter(pk__in=steps).values_list("by", flat=True).first()
    found = SubmissionRow.objects.filter(pk=submission).values_list("account_id", "together").first()
    others = {account for party in (found and found[1]) or () for account in accounts_of(party)}
    if found and others and by in {found[0], *others}:
        _tell(submission, row, "correction.by_other", without=by)
    else:
        _tell(submission, row, "correction.received")


def released(*, submission: UUID, row: UUID, at: datetime) -> None:
    if CaseRow.objects.filter(submission=submission, state="awaiting_correction").exists():
        _tell(submission, row, "correction.asked", path=f"/my/{submission}/correction")
    else:
        _tell(submission, row, "submission.released")
    plan_operations(submission=submission, at=at)
    _tell_of_cases(submission, row, only=(Action.DECLINE, Action.TERMINATE))
    _tell_what_is_owed(submission, row)
    verify_automatic_cases(submission=submission, at=at, first_try=_is_first_try(row))


def accepted(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)
    _tell_what_is_owed(submission, row)
    verify_automatic_cases(submission=submission, at=at, first_try=_is_first_try(row))


def decided(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)
    _tell_of_withdrawal(submission, row)
    _tell_what_is_owed(submission, row)
    _issue(
        submission, row, at
    )  # before any register is asked: what was granted does not wait for one that is away
    verify_automatic_cases(submission=submission, at=at, first_try=_is_first_try(row))


def closed(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell_of_cases(submission, row)
    _tell_of_withdrawal(submission, row)
    _tell(submission, row, "submission.closed")
    end_with_matter(submission=submission, at=at)
    _issue(submission, row, at)


def composed(*, submission: UUID, row: UUID, at: datetime) -> None:
    """What a machine filed is not told of and not printed unasked; its composite licence is issued all the same."""
    _issue(submission, row, at)


def told(*, submission: UUID, row: UUID, at: datetime) -> None:
    """Nothing follows but that the applicant is told."""
    _tell_of_cases(submission, row)


def asked_again(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "correction.again", path=f"/my/{submission}/correction")


def _is_first_try(row: UUID) -> bool:
    """Return whether nobody outside was found away before; a worker that comes late is no reason to count from later."""
    return not OutboxRow.objects.filter(pk=row, attempts__gt=0).exists()


def charged(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "payment.due", path=f"/my/{submission}/fees")


def paid(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "payment.received", path=f"/my/{submission}/fees")


def refunded(*, submission: UUID, row: UUID, at: datetime) -> None:
    _tell(submission, row, "payment.refund", path=f"/my/{submission}/fees")


EFFECTS: dict[str, Effect] = {
    "charged": charged,
    "paid": paid,
    "refunded": refunded,
    "filed": filed,
    "released": released,
    "accepted": accepted,
    "decided": decided,
    "closed": closed,
    "composed": composed,
    "corrected": corrected,
    "asked_again": asked_again,
    "joint": tell_of_joint,
} | dict.fromkeys(
    (
        "suspended",
        "resumed",
        "extended",
        "asked_to_mend",
        "inspected",
        "rerouted",
        "revoked",
        "taken_up",
        "supplied",
    ),
    told,
)
