"""One drawing with its marks (看图、批注): officials see all, the applicant those that ask him."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.joint import JointKind
from yijianshi.domain.rights import Act, Actor, NotPermitted, require

from ..contents import open_text
from ..joining.drawings import DrawingKind
from ..joining.loading import note_look, own_units
from ..joining.mark import load_drawing
from .case_history import names_of
from .joint import DrawingRead, drawings_of
from .reading_log import DRAWING
from .units import name_of_unit
from .whose import whose_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead:
    """One mark: its number on the drawing, where, what, whether it asks the applicant, and his answer."""

    id: UUID
    number: int
    page: int
    x: int
    y: int
    words: str
    unit_name: str
    by: str
    at: datetime
    asks_applicant: bool
    answer: str
    answered_at: datetime | None
    is_resolved: bool
    is_own: bool

    @property
    def where(self) -> str:
        """Return 第 2 页，偏右上: as one would say it at a table."""
        across = "偏左" if self.x < 333 else "偏右" if self.x > 666 else "居中"
        down = "上部" if self.y < 333 else "下部" if self.y > 666 else "中部"
        return f"第 {self.page} 页，{down}{across}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingPage:
    """Everything on the page of one drawing."""

    drawing: DrawingRead
    operation: UUID
    submission: UUID
    kind: JointKind
    whose: str
    is_picture: bool
    is_shown: bool
    marks: tuple[MarkRead, ...]
    own_units: tuple[str, ...]
    is_open: bool


def read_drawing(*, drawing: UUID, actor: Actor, at: datetime) -> DrawingPage:
    """
    Return a drawing to who takes part or coordinates; that he looked is written down.

    :raises NotPermitted: if the actor may not, or there is none.
    """
    _, found = load_drawing(drawing)
    if not note_look(found, DRAWING, actor=actor, at=at):
        raise NotPermitted(Act.READ_JOINT)
    return _page(drawing, own_units(actor, found), for_staff=True)


def read_own_drawing(*, drawing: UUID, submission: UUID, actor: Actor) -> DrawingPage:
    """Return a drawing to the applicant with the marks that ask him. :raises NotPermitted: if it is not his."""
    _, found = load_drawing(drawing)
    require(actor, Act.ATTEND_JOINT, found.thing())
    if found.loaded.id != submission:
        raise NotPermitted(Act.ATTEND_JOINT)
    return _page(drawing, (), for_staff=False)


def _page(drawing: UUID, units: tuple[str, ...], *, for_staff: bool) -> DrawingPage:
    row, found = load_drawing(drawing)
    rows = list(row.marks.order_by("at", "id"))
    names = names_of(mark.by for mark in rows)
    marks = [
        MarkRead(
            id=mark.id,
            number=number,
            page=mark.page,
            x=mark.x,
            y=mark.y,
            words=open_text(mark.sealed, purpose="joint-mark"),
            unit_name=name_of_unit(mark.unit),
            by=names.get(mark.by, ""),
            at=mark.at,
            asks_applicant=mark.asks_applicant,
            answer=open_text(mark.answer_sealed, purpose="joint-mark"),
            answered_at=mark.answered_at,
            is_resolved=mark.resolved_at is not None,
            is_own=mark.unit in units,
        )
        for number, mark in enumerate(rows, 1)
    ]
    return DrawingPage(
        drawing=next(one for one in drawings_of(found, for_staff=for_staff) if one.id == drawing),
        operation=found.id,
        submission=found.loaded.id,
        kind=found.kind,
        whose=whose_submission(found.loaded.id).words,
        is_picture=DrawingKind(row.kind).is_picture,
        is_shown=row.scan == "clean",
        marks=tuple(mark for mark in marks if for_staff or mark.asks_applicant),
        own_units=units,
        is_open=found.is_open,
    )
