"""
Who looked at what (查看留痕): every read of a case, a slice or a material by staff is written down with the unit.

Basis: Personal Information Protection Law (个人信息保护法), arts. 51, 54.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from yijianshi.domain.rights import Actor, Role
from yijianshi.store.reads.models import ReadRow


class Looked(NamedTuple):
    """One kind of read."""

    what: str
    words: str


PAGE = Looked("page", "申报总览")
SLICE = Looked("slice", "本事项的表和材料目录")
MEMBERS = Looked("members", "本事项的名单")
MATERIAL = Looked("material", "一份材料")
JOINT = Looked("joint", "联合行动的记录")
DRAWING = Looked("drawing", "一张图纸")


def note_read(
    looked: Looked, *, submission: UUID, actor: Actor, unit: str, at: datetime, case: UUID | None = None
) -> None:
    """Write down that a member of staff read something of a submission."""
    ReadRow.objects.create(
        submission_id=submission,
        case_id=case,
        account_id=UUID(actor.account),
        unit=unit,
        what=looked.what,
        at=at,
    )


def units_that_read(submissions: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Return, per submission, which units have opened it or a part of it."""
    found: dict[UUID, set[str]] = {}
    rows = ReadRow.objects.filter(submission_id__in=list(submissions)).values_list("submission_id", "unit")
    for submission, unit in rows.distinct():
        found.setdefault(submission, set()).add(unit)
    return {submission: frozenset(units) for submission, units in found.items()}


def unit_of(actor: Actor, role: Role, *, preferred: str = "") -> str:
    """Return in which unit the actor reads: the preferred one where he holds the post there, else the first."""
    units = [str(post.unit) for post in actor.holds(role)]
    return preferred if preferred in units else (units[0] if units else preferred)
