"""
Remind of a day before it comes (到期前提醒): a check, an owed paper, a correction, a payment, an appointment - once each.

What has been told is known by the message itself, which names the thing and the day: a worker that was down for a week
tells nothing twice, and nothing of a day that is past. A day that is moved is another day.

Basis: 苏政办发〔2022〕87号, 三(四) (supervision all the way).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.db.models import Q

from yijianshi.domain.appointments import Slot
from yijianshi.domain.cases import State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.fees import LineState
from yijianshi.domain.holds import OWED
from yijianshi.domain.joint import OperationState
from yijianshi.domain.reminding import FURTHEST, DayToKeep, is_time_to_remind
from yijianshi.domain.rights import Role
from yijianshi.domain.workdays import BEIJING, legal_day
from yijianshi.store.accounts.models import Officer
from yijianshi.store.cases.looking import note_round, round_done_on
from yijianshi.store.corrections.models import CorrectionRow
from yijianshi.store.fees.models import ChargeRow
from yijianshi.store.joint.models import OperationRow, OperationStepRow
from yijianshi.store.promises.models import CheckRow, OwedRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..joining.loading import load_operation
from ..outside import outside
from ..ports import Message
from .beginnings import began_on

logger = structlog.get_logger("worker")
ROUND = "days-to-keep"
#: Thirty working days are never more than this.
_AHEAD = timedelta(days=FURTHEST * 3)
#: Nobody's telephone rings in the night.
EIGHT = 8
_done: dict[str, date] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A day that somebody must keep: what for, since when he knows, and whom to tell what."""

    kind: DayToKeep
    key: str  # of the thing, so that it is told once
    day: date
    told_on: date | None
    submission: SubmissionRow
    template: str
    values: dict[str, str]
    link: str
    officers: tuple[str, ...] = ()  # units whose reviewers are told
    link_for_officers: str = ""
    applicant: bool = True


def remind_ahead(*, at: datetime) -> int:
    """Remind of what comes close, once for every day on which the worker looks; return how many were reminded of something."""
    today = legal_day(at)
    if _done.get(ROUND) == today or at.astimezone(BEIJING).hour < EIGHT:
        return 0
    told = 0
    if round_done_on(ROUND, today=today) < today:
        for days in (_checks, _owed, _corrections, _payments, _appointments):
            for kept in days(today):
                try:
                    told += _tell(kept, today)
                except Exception as error:  # one bad row never stops the others
                    logger.exception("reminding_failed", kind=kept.kind, error=type(error).__name__)
        note_round(ROUND, on=today)
    _done[ROUND] = today
    return told


def _tell(kept: _Kept, today: date) -> int:
    distance = outside().distances.before(kept.kind)
    if not is_time_to_remind(
        kept.day, told_on=kept.told_on, today=today, distance=distance, calendar=outside().calendar
    ):
        return 0
    messages = []
    if kept.applicant and kept.submission.channel != "api":
        messages.append(Message(str(kept.submission.account_id), kept.template, kept.values, kept.link))
    applicant = {message.account for message in messages}
    link = kept.link_for_officers or kept.link
    messages += [
        Message(account, kept.template, kept.values, link)
        for account in _reviewers(kept.officers, today)
        if account not in applicant
    ]
    outside().messenger.send(messages, once=f"remind:{kept.kind}:{kept.key}:{kept.day}")
    return len(messages)


def _checks(today: date) -> Iterator[_Kept]:
    rows = CheckRow.objects.filter(outcome="", due_on__gte=today, due_on__lte=today + _AHEAD)
    for row in rows.select_related("case__submission").order_by("id"):
        submission = row.case.submission
        yield _Kept(
            kind=DayToKeep.CHECK, key=str(row.pk), day=row.due_on, told_on=row.granted_on, submission=submission,
            template="check.remind", values=_values(submission, row.due_on, row.provisional, row.case.item),
            link=f"/desk/{row.case_id}/check", officers=(row.unit,), applicant=False,
        )  # fmt: skip


def _owed(today: date) -> Iterator[_Kept]:
    rows = OwedRow.objects.filter(
        supplied_at=None, until__gte=today, until__lte=today + _AHEAD,
        case__state=State.ACCEPTED, case__holds__contains=OWED,
    ).select_related("case__submission")  # fmt: skip
    seen: set[tuple[UUID, date]] = set()
    for row in rows.order_by("case__submission_id", "until", "id"):
        submission, day = row.case.submission, row.until
        if day is None or (submission.pk, day) in seen:  # several papers of one day are one message
            continue
        seen.add((submission.pk, day))
        yield _Kept(
            kind=DayToKeep.OWED, key=str(submission.pk), day=day, told_on=began_on(row.case_id), submission=submission,
            template="owed.remind", values=_values(submission, day, row.provisional, row.case.item),
            link=f"/my/{submission.pk}/owed",
        )  # fmt: skip


def _corrections(today: date) -> Iterator[_Kept]:
    rows = CorrectionRow.objects.filter(
        answered_at=None, answer_by__gte=today, answer_by__lte=today + _AHEAD,
        submission__caserow__state=State.AWAITING_CORRECTION,
    ).select_related("submission")  # fmt: skip
    for row in rows.distinct().order_by("id"):
        yield _Kept(
            kind=DayToKeep.CORRECTION, key=str(row.pk), day=row.answer_by, told_on=legal_day(row.asked_at),
            submission=row.submission, template="correction.due",
            values=_values(row.submission, row.answer_by, row.provisional),
            link=f"/my/{row.submission_id}/correction",
        )  # fmt: skip


def _payments(today: date) -> Iterator[_Kept]:
    rows = ChargeRow.objects.filter(
        state=LineState.OPEN, case__state=State.ACCEPTED, pay_by__gte=today, pay_by__lte=today + _AHEAD
    ).select_related("submission")
    seen: set[tuple[UUID, date]] = set()
    for row in rows.order_by("submission_id", "pay_by", "charged_at", "id"):
        if (row.submission_id, row.pay_by) in seen:  # what is paid at once is one message
            continue
        seen.add((row.submission_id, row.pay_by))
        yield _Kept(
            kind=DayToKeep.PAYMENT, key=str(row.submission_id), day=row.pay_by, told_on=legal_day(row.charged_at),
            submission=row.submission, template="payment.remind",
            values=_values(row.submission, row.pay_by, row.provisional, row.item),
            link=f"/my/{row.submission_id}/fees",
        )  # fmt: skip


def _appointments(today: date) -> Iterator[_Kept]:
    rows = OperationRow.objects.filter(
        state=OperationState.FIXED, slot_on__gte=today, slot_on__lte=today + _AHEAD
    ).select_related("submission")
    for row in rows.order_by("id"):
        slot, found = Slot.parse(row.slot), load_operation(row.pk)
        steps = OperationStepRow.objects.filter(operation=row, slot=row.slot).order_by("-seq")
        told = steps.values_list("at", flat=True).first()
        yield _Kept(
            kind=DayToKeep.APPOINTMENT, key=f"{row.pk}:{slot.half}", day=slot.day,
            told_on=legal_day(told) if told else None, submission=row.submission, template="joint.remind",
            values={"number": row.submission.number, "item": found.kind.value, "day": slot.words},
            link=f"/my/{row.submission_id}/joint/{row.pk}", officers=tuple(found.units),
            link_for_officers=f"/joint/{row.pk}",
        )  # fmt: skip


def _values(submission: SubmissionRow, day: date, provisional: bool, item: str = "") -> dict[str, str]:
    said = f"{day.month} 月 {day.day} 日" + ("（暂定）" if provisional else "")
    values = {"number": submission.number, "day": said}
    if item:
        values["item"] = edition_by_id(submission.edition_id).item(ItemCode(item)).plain_name
    return values


def _reviewers(units: Iterable[str], on: date) -> list[str]:
    rows = Officer.objects.filter(
        Q(until=None) | Q(until__gte=on), unit__in=list(units), role=Role.REVIEWER, since__lte=on
    )
    return list(dict.fromkeys(str(key) for key in rows.order_by("id").values_list("account_id", flat=True)))
