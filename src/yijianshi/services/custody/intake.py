"""
Which window took a submission in (收件窗口): noted together with the filing, so that both windows know of it.

Basis: 苏政办发〔2022〕87号, 三(一)2 (taken in anywhere, decided at home).
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Actor
from yijianshi.store.custody.models import IntakeRow, PaperRow, PickUpRow, ReceiptRow
from yijianshi.store.keys import new_id

from .places import window_of


def note_intake(*, submission: UUID, draft: UUID, actor: Actor, at: datetime) -> None:
    """
    Note which window took a submission in, and that what was handed in for its draft is its own now.

    Where it was taken in, its results are fetched too, until another window is chosen. Written together with the filing.
    """
    place, by = window_of(actor), UUID(actor.account)
    IntakeRow.objects.create(submission_id=submission, place=place, at=at, by=by)
    PickUpRow.objects.create(id=new_id(), submission_id=submission, place=place, at=at, by=by)
    ReceiptRow.objects.filter(draft=draft).update(submission_id=submission)
    PaperRow.objects.filter(draft=draft).update(submission_id=submission)
