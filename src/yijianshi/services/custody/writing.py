"""Writing the moves of papers (保管流转): the paper as it then stands and the move that says so, together or not at all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.custody import CustodyItem, CustodyKind, CustodyMove, CustodyState
from yijianshi.domain.results import result_number
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.custody.models import HandOverRow, MoveRow, NoteRow, PaperRow
from yijianshi.store.keys import new_id

from ..contents import seal_text
from ..handling.writing import SomebodyWasFaster
from ..numbering import draw_serial


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One paper after a move, with what is noted about it."""

    row: PaperRow
    after: CustodyItem
    move: CustodyMove
    counted: int | None = None
    note: str = ""


def paper_of(row: PaperRow) -> CustodyItem:
    """Return the paper as the domain knows it."""
    return CustodyItem(
        CustodyKind(row.kind), row.copies, row.pages, CustodyState(row.state), holder=row.holder, to=row.to
    )


def load_paper(paper: UUID) -> PaperRow:
    """Return one paper. :raises NotPermitted: if there is none."""
    row = PaperRow.objects.select_related("list", "submission", "receipt").filter(pk=paper).first()
    if row is None:
        raise NotPermitted(Act.MOVE_CUSTODY)
    return row


def write_moves(
    moved: list[Moved], *, place: str, at: datetime, by: UUID, travels_with: HandOverRow | None = None
) -> None:
    """
    Write the moves of several papers, all or none.

    :raises SomebodyWasFaster: if one of the papers was moved since it was read.
    """
    with transaction.atomic():
        for one in moved:
            row, after = one.row, one.after
            listed = travels_with or row.list
            changed = PaperRow.objects.filter(pk=row.pk, seq=row.seq).update(
                state=after.state, holder=after.holder, to=after.to, list=listed, seq=row.seq + 1, since=at
            )
            if not changed:
                raise SomebodyWasFaster
            write_move(
                row.pk, row.seq + 1, one.move, place=place, to=after.to, travels_with=listed,
                counted=one.counted, note=one.note, at=at, by=by,
            )  # fmt: skip


def write_move(
    paper: UUID,
    seq: int,
    move: CustodyMove,
    *,
    place: str,
    at: datetime,
    by: UUID,
    to: str = "",
    travels_with: HandOverRow | None = None,
    counted: int | None = None,
    note: str = "",
) -> None:
    """Append one move, and what was written beside it."""
    row = MoveRow.objects.create(
        id=new_id(), paper_id=paper, seq=seq, move=move, place=place, to=to, list=travels_with,
        counted=counted, at=at, by=by,
    )  # fmt: skip
    if note.strip():
        NoteRow.objects.create(move=row, sealed=seal_text(note.strip()[:200], purpose="custody-note"))


def draw_number(place: str, *, at: datetime) -> str:
    """Return a fresh number of a receipt or a list, given by a place."""
    return result_number(Unit.parse(place), on=legal_day(at), serial=draw_serial())
