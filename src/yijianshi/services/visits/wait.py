"""Waiting in the hall (候办): the citizen asks a window to look at his draft, the clerk says beforehand what is missing."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import end_of, legal_day
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.keys import new_id
from yijianshi.store.visits.models import HintRow, WaitingRow

from ..contents import seal_text
from ..custody.places import windows_at

LONGEST = 500


class HintNotPossible(Exception):
    """A remark cannot be left, or nobody can be asked to look; the message says why."""


def ask_to_look(*, draft: UUID, place: str, actor: Actor, at: datetime) -> UUID:
    """
    Note that the owner of a draft is in the hall and lets its window look at the draft until the day ends.

    :raises NotPermitted: if the draft is not his own.
    :raises HintNotPossible: if there is no such window.
    """
    row = DraftRow.objects.filter(pk=draft, account=UUID(actor.account), filed_as=None).first()
    if row is None or str(row.party_id) != actor.party or row.channel == "window":
        raise NotPermitted(Act.SHOW_CODE)
    require(actor, Act.SHOW_CODE, Thing(party=str(row.party_id)))
    if place not in windows_at(at):
        raise HintNotPossible("请选您现在所在的政务服务中心")
    WaitingRow.objects.filter(draft=row, left_at=None, served_at=None).update(left_at=at)
    try:
        with transaction.atomic():
            made = WaitingRow.objects.create(
                id=new_id(), draft=row, party_id=row.party_id, account_id=row.account_id, place=place,
                came_at=at, until=end_of(legal_day(at)),
            )  # fmt: skip
    except IntegrityError:  # pressed twice at once
        return WaitingRow.objects.get(draft=row, left_at=None, served_at=None).id
    return made.id


def leave(*, draft: UUID, actor: Actor, at: datetime) -> None:
    """Take it back: the window no longer sees the draft."""
    WaitingRow.objects.filter(draft=draft, account=UUID(actor.account), left_at=None, served_at=None).update(
        left_at=at
    )


def waiting_at_window(waiting: UUID, *, actor: Actor, at: datetime) -> WaitingRow:
    """
    Return one who waits to the window that he asked, while he waits.

    :raises NotPermitted: if he asked another window, has left, or was never there.
    """
    row = WaitingRow.objects.select_related("draft").filter(pk=waiting).first()
    if row is None or row.left_at or row.served_at or row.until <= at or row.draft.filed_as:
        raise NotPermitted(Act.REVIEW_DRAFT)
    require(actor, Act.REVIEW_DRAFT, Thing(unit=Unit.parse(row.place)))
    return row


def leave_hint(*, waiting: UUID, text: str, actor: Actor, at: datetime) -> None:
    """
    Leave a remark that the owner reads before his turn.

    :raises NotPermitted: if he did not ask the actor's window.
    :raises HintNotPossible: if nothing was written.
    """
    row = waiting_at_window(waiting, actor=actor, at=at)
    if not text.strip():
        raise HintNotPossible("请写缺什么、怎么补；没有要补的，不用写，他看得到您看过")
    HintRow.objects.create(
        id=new_id(), waiting=row, sealed=seal_text(text.strip()[:LONGEST], purpose="hint"),
        by=UUID(actor.account), at=at,
    )  # fmt: skip
    note_looked(row, actor=actor, at=at)


def note_looked(row: WaitingRow, *, actor: Actor, at: datetime) -> None:
    """Note that the clerk has looked at the draft; its owner sees who and when."""
    WaitingRow.objects.filter(pk=row.pk).update(looked_at=at, looked_by=UUID(actor.account))
