"""
Bind a ticket to what came of it (绑定): the form the clerk begins, the submission filed, or a number shown to him.

So that booking, ticket, call and submission can be read as one chain.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.queues import QueueRefused, TicketState, check_state
from yijianshi.domain.rights import Act, Actor, may
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.hall.calling import move_ticket
from yijianshi.store.hall.models import BookingRow, TicketRow
from yijianshi.store.submissions.models import SubmissionRow

from ..custody.places import thing_with_places
from ..handling.loading import load_submission
from .call import ticket_in_hand


def bind_draft(*, actor: Actor, draft: UUID) -> None:
    """Bind the form that a clerk begins to whom he has before him; nobody before him, nothing happens."""
    row = ticket_in_hand(actor)
    if row is None or row.draft or row.submission_id:
        return
    TicketRow.objects.filter(pk=row.pk).update(draft=draft)
    if row.booking_id:
        BookingRow.objects.filter(pk=row.booking_id, draft=None, submission=None).update(draft=draft)


def bind_filed(*, draft: UUID, submission: UUID) -> None:
    """Have what was bound to a draft be bound to the submission it became; written together with the filing."""
    TicketRow.objects.filter(draft=draft).update(submission_id=submission)
    BookingRow.objects.filter(draft=draft).update(submission_id=submission)


def bind_number(*, ticket: UUID, number: str, actor: Actor, at: datetime) -> None:
    """
    Bind the ticket in hand to a submission or a case by its number, as somebody shows it at the window.

    :raises QueueRefused: if it is not in hand, or this window knows no such number.
    """
    row = ticket_in_hand(actor)
    if row is None or row.pk != ticket:
        raise QueueRefused("这个号不在您手里；请刷新看现在的情况")
    check_state(row.state, [TicketState.CALLED], number=row.number)
    plain = "".join(number.split())
    case = CaseRow.objects.filter(number=plain).first()
    submission = case.submission_id if case else _submission(plain)
    if submission is None or not may(
        actor, Act.READ_PROGRESS, thing_with_places(load_submission(submission))
    ):
        raise QueueRefused("本窗口没有这个申报号或办件号；请对着回执再核一遍")
    key = case.pk if case else None
    moved = move_ticket(
        row.pk, seq=row.seq, action="bind", at=at, by=UUID(actor.account), at_window=row.window,
        submission_id=submission, case_id=key,
    )  # fmt: skip
    if not moved:
        raise QueueRefused("这个号刚被动过；请刷新看现在的情况")
    if row.booking_id:
        BookingRow.objects.filter(pk=row.booking_id).update(submission_id=submission, case_id=key)


def _submission(number: str) -> UUID | None:
    return SubmissionRow.objects.filter(number=number).values_list("pk", flat=True).first()
