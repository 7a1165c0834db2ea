"""Hand papers over to another place (移交): with a numbered list; the sender answers for them until the other has signed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.custody import (
    CustodyMove,
    CustodyNotPossible,
    HandOverWay,
    check_list,
    expected_day,
    move_paper,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.custody.models import HandOverRow, PaperRow
from yijianshi.store.keys import new_id

from ..outside import outside
from .places import thing_at, units_of, windows_at
from .writing import Moved, draw_number, paper_of, write_moves

MOST_ON_A_LIST = 60


def send_papers(
    *,
    papers: Sequence[UUID],
    sender: str,
    to: str,
    way: HandOverWay,
    courier_number: str,
    actor: Actor,
    at: datetime,
) -> UUID:
    """
    Send papers from one place to another, and return the hand-over list.

    :raises NotPermitted: if the actor does not work at the sending place.
    :raises CustodyNotPossible: if the place does not hold one of them, or the other place has nothing to do with it.
    :raises SomebodyWasFaster: if one of them was moved since.
    """
    require(actor, Act.MOVE_CUSTODY, thing_at(sender))
    rows = list(PaperRow.objects.filter(pk__in=papers[:MOST_ON_A_LIST]).order_by("id"))
    check_list(map(paper_of, rows), way=way, courier_number=courier_number)
    moved = [
        Moved(
            row=row,
            after=move_paper(paper_of(row), CustodyMove.SEND, by=sender, to=to),
            move=CustodyMove.SEND,
        )
        for row in rows
    ]
    _check_place(rows, to=to, at=at)
    day = expected_day(legal_day(at), way, outside().calendar)
    by = UUID(actor.account)
    with transaction.atomic():
        listed = HandOverRow.objects.create(
            id=new_id(), number=draw_number(sender, at=at), sender=sender, to=to, way=way,
            courier_number=courier_number.strip()[:40] if way is HandOverWay.COURIER else "",
            expected_on=day.day, provisional=day.provisional, at=at, by=by,
        )  # fmt: skip
        write_moves(moved, place=sender, at=at, by=by, travels_with=listed)
    return listed.id


def call_back(*, hand_over: UUID, actor: Actor, at: datetime) -> None:
    """
    Take back what was sent and has not been signed for.

    :raises NotPermitted: if the actor does not work at the sending place, or there is no such list.
    :raises CustodyNotPossible: if nothing of it is under way any more.
    """
    listed = load_list(hand_over)
    require(actor, Act.MOVE_CUSTODY, thing_at(listed.sender))
    rows = list(PaperRow.objects.filter(list=listed, state="under_way").order_by("id"))
    if not rows:
        raise CustodyNotPossible("这张清单上的都签收了，没有可以撤回的")
    moved = [
        Moved(
            row=row, after=move_paper(paper_of(row), CustodyMove.CALL_BACK, by=listed.sender),
            move=CustodyMove.CALL_BACK,
        )
        for row in rows
    ]  # fmt: skip
    write_moves(moved, place=listed.sender, at=at, by=UUID(actor.account))


def load_list(hand_over: UUID) -> HandOverRow:
    """Return a hand-over list. :raises NotPermitted: if there is none."""
    row = HandOverRow.objects.filter(pk=hand_over).first()
    if row is None:
        raise NotPermitted(Act.MOVE_CUSTODY)
    return row


def _check_place(rows: Sequence[PaperRow], *, to: str, at: datetime) -> None:
    """A window may get anything; a department only what belongs to a submission that it decides something of."""
    if to in windows_at(at):
        return
    for row in rows:
        if row.submission_id is None or to not in units_of([row.submission_id]):
            raise CustodyNotPossible("这个单位没有办这份申报里的事项，原件不能交给它；请选名单里的地方")
