"""
Who looked at the applicant's information (谁看过我的信息): who on which day how often, with the unit and the last hour.

Basis: Personal Information Protection Law (个人信息保护法), arts. 44, 45.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate

from yijianshi.domain.rights import Act, Actor, own, require
from yijianshi.domain.workdays import BEIJING
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from .case_history import names_of
from .units import name_of_unit

PER_PAGE = 50
_WHAT = {
    "page": "申报总览", "slice": "本部门那部分表和材料目录", "case": "本部门的事项", "material": "材料",
    "document": "文书", "result": "办理结果", "joint": "联合行动的记录", "drawing": "图纸",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSeen:
    """What one official looked at on one day: how often, and when last."""

    last: datetime
    times: int
    who: str
    unit: str
    what: str
    submission: UUID
    title: str
    number: str


def reads_of(actor: Actor, *, page: int = 1) -> tuple[tuple[ReadSeen, ...], int]:
    """
    Return a page of who looked at what the party filed, newest first, and how many lines there are.

    The looks of one official at one submission on one day are one line.
    """
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return (), 0
    whose = Q(party=UUID(actor.party)) | Q(together__contains=[UUID(actor.party)])
    mine = {
        key: (edition, number)
        for key, edition, number in SubmissionRow.objects.filter(whose).values_list(
            "id", "edition_id", "number"
        )
    }
    lines = (
        ReadRow.objects.filter(submission_id__in=mine)
        .annotate(day=TruncDate("at", tzinfo=BEIJING))
        .values("day", "account_id", "unit", "submission_id")
        .annotate(last=Max("at"), times=Count("id"), whats=ArrayAgg("what", distinct=True))
        .order_by("-last", "account_id")
    )
    shown = list(lines[(page - 1) * PER_PAGE : page * PER_PAGE])
    names = names_of(line["account_id"] for line in shown)
    return tuple(
        ReadSeen(
            last=line["last"],
            times=line["times"],
            who=names.get(line["account_id"], "—"),
            unit=name_of_unit(line["unit"]),
            what="、".join(words for what, words in _WHAT.items() if what in line["whats"]) or "申报",
            submission=line["submission_id"],
            title=edition_by_id(mine[line["submission_id"]][0]).bundle.title,
            number=mine[line["submission_id"]][1],
        )
        for line in shown
    ), lines.count()
