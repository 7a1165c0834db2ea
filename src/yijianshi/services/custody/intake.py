"""
Which window took a submission in (收件窗口): noted together with the filing, so that both windows know of it.

Basis: 苏政办发〔2022〕87号, 三(一)2 (taken in anywhere, decided at home).
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Role
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account
from yijianshi.store.custody.models import IntakeRow, PaperRow, PickUpRow, ReceiptRow
from yijianshi.store.keys import new_id

from ..people.actors import actor_of
from .places import home_window


def note_intake(*, submission: UUID, draft: UUID, clerk: UUID, division: str, at: datetime) -> None:
    """
    Note which window took a submission in, and that what was handed in for its draft is its own now.

    Where it was taken in, its results are fetched too, until another window is chosen. Written together with the filing.

    :param clerk: who took it in; the last of several who sign may file it days later, and from his own telephone.
    :param division: the home, whose window answers if the clerk stands at none any more.
    """
    posts = actor_of(Account.objects.get(pk=clerk), on=legal_day(at)).holds(Role.WINDOW)
    place = str(posts[0].unit) if posts else home_window(division, at=at)
    IntakeRow.objects.create(submission_id=submission, place=place, at=at, by=clerk)
    PickUpRow.objects.create(id=new_id(), submission_id=submission, place=place, at=at, by=clerk)
    ReceiptRow.objects.filter(draft=draft).update(submission_id=submission)
    PaperRow.objects.filter(draft=draft).update(submission_id=submission)
