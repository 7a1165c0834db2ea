"""
The one correction as its applicant reads it (补正): what is asked, of whom, by when.

Basis: 苏政办发〔2022〕87号, 二(七): everything that is missing is said at once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import State
from yijianshi.domain.corrections import Target, merge_remarks
from yijianshi.domain.workdays import legal_day

from ..handling.content import open_revision
from ..handling.loading import Loaded
from ..handling.remark import remarks_of
from ..handling.rounds import newest_correction
from ..outside import outside
from .case_history import names_of
from .units import short_name_of_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkSeen:
    """One department's word in the one correction."""

    target: Target
    code: str  # the spot: of a member's own the member too
    name: str
    reason: str
    basis: str
    remedy: str
    unit: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSeen:
    """The correction to speak of: what is asked, by when, whether it was answered, and whether it is a breach."""

    id: UUID
    asked_at: datetime
    answer_by: date
    provisional: bool
    answered_at: datetime | None
    remarks: tuple[RemarkSeen, ...]
    is_again: bool = False

    @property
    def targets(self) -> tuple[tuple[Target, str], ...]:
        """Return what is asked, each field and document once, documents first."""
        found = dict.fromkeys((r.target, r.code) for r in self.remarks)
        return tuple(sorted(found, key=lambda target: target[0] is Target.FIELD))


def correction_of(loaded: Loaded) -> CorrectionSeen | None:
    """Return the newest correction of a submission, an open one first, with everybody's remarks, or None; at most three queries."""
    row = newest_correction(loaded.id)
    if row is None:
        return None
    kept = remarks_of(loaded.id, states=("asked", "answered") if row.answered_at else ("asked",))
    waiting = {case.now.id for case in loaded.cases if case.now.state is State.AWAITING_CORRECTION}
    if row.answered_at is None:  # what was withdrawn meanwhile need not be mended
        kept = tuple(one for one in kept if one.case in waiting)
    notice = merge_remarks(
        [one.remark for one in kept], loaded.edition, outside().calendar, on=legal_day(row.asked_at)
    )
    names = names_of(UUID(one.remark.by) for one in kept)
    content = open_revision(loaded.id) if any(request.member for request in notice.requests) else None
    remarks = [
        RemarkSeen(
            target=request.target,
            code=request.spot,
            name=content.named(request.name, member=request.member) if content else request.name,
            reason=said.first.reason,
            basis=said.basis,
            remedy=said.first.remedy,
            unit=short_name_of_unit(said.first.unit),
            by=names.get(UUID(said.first.by), ""),
            at=said.first.at,
        )
        for request in notice.requests
        for said in request.said
    ]
    return CorrectionSeen(
        id=row.id,
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        provisional=row.provisional,
        answered_at=row.answered_at,
        is_again=row.is_breach,
        remarks=tuple(remarks),
    )
