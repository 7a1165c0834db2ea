"""Sign for a hand-over list (签收): each paper counted, what is missing written down; it stays with the sender."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.custody import CustodyMove, CustodyNotPossible, check_counted, move_paper
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.custody.models import PaperRow

from .places import thing_at
from .send import load_list
from .writing import Moved, paper_of, write_moves


@dataclass(frozen=True, slots=True)
class Found:
    """What the receiving place found of one paper: how many pages, none if it was not there at all."""

    pages: int
    note: str = ""


def receive_list(*, hand_over: UUID, found: Mapping[UUID, Found], actor: Actor, at: datetime) -> int:
    """
    Sign for what has arrived and note what has not; return how many discrepancies there are.

    :raises NotPermitted: if the actor does not work at the receiving place, or there is no such list.
    :raises CustodyNotPossible: if a paper is left out, or a discrepancy is not explained.
    :raises SomebodyWasFaster: if a colleague has signed already.
    """
    listed = load_list(hand_over)
    require(actor, Act.MOVE_CUSTODY, thing_at(listed.to))
    rows = list(PaperRow.objects.filter(list=listed, state="under_way", to=listed.to).order_by("id"))
    if not rows:
        raise CustodyNotPossible("这张清单已经签收过了")
    if any(row.pk not in found for row in rows):
        raise CustodyNotPossible("请每一份都点一下：收齐了，页数不对，还是没有收到")
    moved, discrepancies = [], 0
    for row in rows:
        said, paper = found[row.pk], paper_of(row)
        complete = bool(said.pages) and check_counted(paper, said.pages)
        if not complete and not said.note.strip():
            raise CustodyNotPossible("少了的请写一句少了什么，交出的一方和督查看得到")
        discrepancies += not complete
        move = CustodyMove.RECEIVE if said.pages else CustodyMove.MISS
        moved.append(
            Moved(
                row=row, after=move_paper(paper, move, by=listed.to), move=move, counted=said.pages,
                note="" if complete else said.note,
            )
        )  # fmt: skip
    write_moves(moved, place=listed.to, at=at, by=UUID(actor.account))
    return discrepancies
