"""
Who looked at the applicant's information (谁看过我的信息): every read by staff, with the unit and the hour.

Basis: Personal Information Protection Law (个人信息保护法), arts. 44, 45.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Actor
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from .case_history import names_of
from .units import name_of_unit

PER_PAGE = 50
_WHAT = {
    "page": "看了申报总览", "slice": "看了本部门那部分表和材料目录", "material": "看了一份材料",
    "document": "看了一份文书", "result": "看了办理结果", "case": "看了一个事项",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSeen:
    """One look: who, from where, at what, when."""

    at: datetime
    who: str
    unit: str
    what: str
    submission: UUID
    title: str
    number: str


def reads_of(actor: Actor, *, page: int = 1) -> tuple[tuple[ReadSeen, ...], int]:
    """Return a page of who looked at what the party filed, newest first, and how many looks there were."""
    if not actor.party:
        return (), 0
    mine = {
        key: (edition, number)
        for key, edition, number in SubmissionRow.objects.filter(party=UUID(actor.party)).values_list(
            "id", "edition_id", "number"
        )
    }
    rows = ReadRow.objects.filter(submission_id__in=mine).order_by("-at", "-id")
    shown = list(rows[(page - 1) * PER_PAGE : page * PER_PAGE])
    names = names_of(row.account_id for row in shown)
    return tuple(
        ReadSeen(
            at=row.at,
            who=names.get(row.account_id, "—"),
            unit=name_of_unit(row.unit),
            what=_WHAT.get(row.what, "查看了"),
            submission=row.submission_id,
            title=edition_by_id(mine[row.submission_id][0]).bundle.title,
            number=mine[row.submission_id][1],
        )
        for row in shown
    ), rows.count()
