"""What ends the custody of a paper: given back to the person (交还), or kept for good by the department (归档留存)."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.custody import CustodyKind, CustodyMove, CustodyNotPossible, move_paper
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.custody.models import PaperRow
from yijianshi.store.results.models import DeliveryRow

from .places import name_of_place, thing_at
from .writing import Moved, load_paper, paper_of, write_moves


def give_back(*, paper: UUID, actor: Actor, to_whom: str, at: datetime) -> None:
    """
    Give a paper back to who brought it, or to whom he sent.

    :raises NotPermitted: if the actor does not work where it is, or there is none.
    :raises CustodyNotPossible: if it is not there, nobody is named, or it is a result that goes out with the others.
    """
    row = load_paper(paper)
    if row.kind == CustodyKind.CERTIFICATE and DeliveryRow.objects.filter(
        submission=row.submission_id, delivered_at=None
    ):
        raise CustodyNotPossible("证照凭取件码和其他结果一起发，请到“发证”里办")
    _end(
        row, CustodyMove.GIVE_BACK, right=Act.MOVE_CUSTODY, actor=actor, note=to_whom, what="交还给谁", at=at
    )


def keep_for_good(*, paper: UUID, actor: Actor, why: str, at: datetime) -> None:
    """
    Keep an original in the files of the department that decides on it.

    :raises NotPermitted: if the actor is no officer of the department that holds it, or there is none.
    :raises CustodyNotPossible: if it is not there, or no reason is given.
    """
    row = load_paper(paper)
    _end(
        row, CustodyMove.KEEP, right=Act.KEEP_FOR_GOOD, actor=actor, note=why, what="凭什么留存（依据哪一条）", at=at
    )  # fmt: skip


def find_paper(*, paper: UUID, actor: Actor, at: datetime) -> None:
    """
    Note that the sender has found what had not arrived; it can be sent again.

    :raises NotPermitted: if the actor does not work at the place that answers for it, or there is none.
    :raises CustodyNotPossible: if it is not missing.
    """
    row = load_paper(paper)
    require(actor, Act.MOVE_CUSTODY, thing_at(row.holder))
    after = move_paper(paper_of(row), CustodyMove.FIND, by=row.holder)
    write_moves(
        [Moved(row=row, after=after, move=CustodyMove.FIND)], place=row.holder, at=at, by=UUID(actor.account)
    )


def certificates_to_give(submission: UUID, *, place: str) -> list[Moved]:
    """
    Return the giving out of every certificate of a submission at a window.

    :raises CustodyNotPossible: if one of them has not arrived there.
    """
    rows = PaperRow.objects.filter(submission=submission, kind=CustodyKind.CERTIFICATE).exclude(holder="")
    papers = [(row, paper_of(row)) for row in rows.order_by("id")]
    for row, _ in papers:
        if row.state != "held" or row.holder != place:
            raise CustodyNotPossible(
                f"还有实体证照没有到本窗口，现在由{name_of_place(row.holder)}负责；到齐以后一次发"
            )
    return [
        Moved(row=row, after=move_paper(paper, CustodyMove.GIVE_BACK, by=place), move=CustodyMove.GIVE_BACK)
        for row, paper in papers
    ]


def _end(
    row: PaperRow, move: CustodyMove, *, right: Act, actor: Actor, note: str, what: str, at: datetime
) -> None:
    place = row.holder
    if not place:
        raise CustodyNotPossible("这一份已经交还或留存，不在谁手里了")
    require(actor, right, thing_at(place))
    if not note.strip():
        raise CustodyNotPossible(f"请写{what}")
    after = move_paper(paper_of(row), move, by=place)
    write_moves(
        [Moved(row=row, after=after, move=move, note=note)], place=place, at=at, by=UUID(actor.account)
    )
