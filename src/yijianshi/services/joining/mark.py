"""Marks on a drawing (图纸批注): where, what, by whom; the applicant answers those that ask him, the unit settles its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.joint import OperationRefused
from yijianshi.domain.rights import Act, Actor, NotPermitted, may, require
from yijianshi.store.joint.models import DrawingRow, MarkRow
from yijianshi.store.keys import new_id

from ..contents import open_text, seal_text
from ..handling.acting import ReasonMissing
from ..reading.reading_log import DRAWING
from .drawings import DrawingKind, parts_of
from .loading import Operation, load_operation, note_look, require_unit
from .noting import note_joint

_LONGEST = 1000
_MOST_MARKS = 500


@dataclass(frozen=True, slots=True)
class DrawingOpened:
    """A drawing on its way to a screen, part by part."""

    parts: Iterator[bytes]
    size: int
    media_type: str
    name: str


def load_drawing(drawing: UUID) -> tuple[DrawingRow, Operation]:
    """Return a drawing with its operation. :raises NotPermitted: if there is none."""
    row = DrawingRow.objects.filter(pk=drawing).first()
    if row is None:
        raise NotPermitted(Act.READ_JOINT)
    return row, load_operation(row.operation_id)


def open_drawing(*, drawing: UUID, actor: Actor, at: datetime) -> DrawingOpened:
    """
    Return a drawing that was looked through and scanned; staff's looks are noted.

    :raises NotPermitted: if the actor may not see the operation, or it has not been passed.
    """
    row, found = load_drawing(drawing)
    require(actor, Act.READ_JOINT, found.thing())
    if row.scan != "clean":
        raise NotPermitted(Act.READ_JOINT)
    note_look(found, DRAWING, actor=actor, at=at)
    name = open_text(row.name_sealed, purpose="file-name")
    return DrawingOpened(parts_of(row.upload_id), row.size, DrawingKind(row.kind).media_type, name)


def mark_drawing(
    *,
    drawing: UUID,
    actor: Actor,
    unit: str,
    page: int,
    x: int,
    y: int,
    words: str,
    asks_applicant: bool,
    at: datetime,
) -> UUID:
    """
    Put a mark on a drawing.

    :param x: how far right, in thousandths of the width; `y`: how far down.
    :raises NotPermitted: if the actor does not review for the unit, or the drawing is not shown to officials yet.
    :raises OperationRefused: if the operation is over.
    :raises ReasonMissing: if nothing is said, or the place is none on a drawing.
    """
    row, found = load_drawing(drawing)
    require_unit(actor, found, unit)
    if row.scan != "clean":
        raise NotPermitted(Act.READ_JOINT)
    _refuse_if_over(found)
    if not words.strip():
        raise ReasonMissing("请写明这一处有什么问题、怎么改")
    if not (1 <= page <= 5000 and 0 <= x <= 1000 and 0 <= y <= 1000):
        raise ReasonMissing("位置不在图纸上；页码从 1 起，左右和上下从 0 到 1000")
    if MarkRow.objects.filter(drawing=row).count() >= _MOST_MARKS:
        raise ReasonMissing(f"一张图最多 {_MOST_MARKS} 处批注，请合并")
    made = MarkRow.objects.create(
        id=new_id(), drawing=row, page=page, x=x, y=y, unit=unit, by=UUID(actor.account), at=at,
        sealed=seal_text(words.strip()[:_LONGEST], purpose="joint-mark"), asks_applicant=asks_applicant,
    )  # fmt: skip
    if asks_applicant:  # what officials only tell each other is no step of his matter
        note_joint("joint_mark", found.row, by=actor, unit=unit, at=at, mark=str(made.id))
    return made.id


def answer_mark(*, mark: UUID, actor: Actor, words: str, at: datetime) -> UUID:
    """
    Answer, as applicant, a mark that asks him; return its drawing.

    :raises NotPermitted: if it does not ask him, or is not there.
    :raises OperationRefused: if it is settled, or the operation is over.
    :raises ReasonMissing: if nothing is said.
    """
    row, found = _mark(mark)
    if not (row.asks_applicant and may(actor, Act.ATTEND_JOINT, found.thing())):
        raise NotPermitted(Act.ATTEND_JOINT)
    _refuse_if_over(found)
    if not words.strip():
        raise ReasonMissing("请写一句怎么改了，或者为什么不用改")
    answered = MarkRow.objects.filter(pk=mark, resolved_at=None).update(
        answer_sealed=seal_text(words.strip()[:_LONGEST], purpose="joint-mark"), answered_at=at
    )
    if not answered:
        raise OperationRefused("这一处已经解决了，不用再回复")
    note_joint("joint_answer", found.row, by=actor, unit="", at=at, mark=str(mark), to=row.unit)
    return row.drawing_id


def resolve_mark(*, mark: UUID, actor: Actor, at: datetime) -> UUID:
    """Settle a mark of one's own unit; return its drawing. :raises NotPermitted: if it is another unit's."""
    row, found = _mark(mark)
    require_unit(actor, found, row.unit)
    MarkRow.objects.filter(pk=mark, resolved_at=None).update(resolved_at=at, resolved_by=UUID(actor.account))
    return row.drawing_id


def _mark(mark: UUID) -> tuple[MarkRow, Operation]:
    row = MarkRow.objects.select_related("drawing").filter(pk=mark).first()
    if row is None:
        raise NotPermitted(Act.READ_JOINT)
    return row, load_operation(row.drawing.operation_id)


def _refuse_if_over(found: Operation) -> None:
    if not found.is_open:
        raise OperationRefused("这次联合行动已经结束，批注不能再改")
