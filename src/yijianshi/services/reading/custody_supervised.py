"""
What supervision reads about papers in custody (督查：原件): what should have arrived, what was missing; nothing about persons.

Basis: 苏政办发〔2022〕87号, 三(五).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from yijianshi.domain.custody import CustodyKind, CustodyMove
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.custody.models import HandOverRow, MoveRow, PaperRow

from ..custody.places import name_of_place
from .custody import KIND_WORDS, ListLine, list_line
from .units import name_of_division

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One paper that did not arrive, or not whole: between whom, when, and whether it is still looked for."""

    kind: str
    sent_by: str
    missed_by: str
    list_number: str
    on: date
    pages: int
    counted: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodySupervised:
    """The page."""

    division: str
    overdue: tuple[ListLine, ...]
    discrepancies: tuple[Discrepancy, ...]
    in_hand: tuple[tuple[str, int], ...]  # place, how many papers


def read_custody_supervised(*, actor: Actor, at: datetime) -> CustodySupervised:
    """
    Return overdue hand-overs, what was missing, and how much lies where, in the actor's division and below it.

    :raises NotPermitted: if the actor supervises nothing.
    """
    division = posts_for(actor, Act.SUPERVISE, Role.SUPERVISOR)[0].unit.division
    here = f"@{stem_of(division)}"
    on = legal_day(at)
    late = HandOverRow.objects.filter(expected_on__lt=on).filter(
        Q(sender__contains=here) | Q(to__contains=here)
    )
    open_ = PaperRow.objects.filter(state="under_way", list__in=late).values_list("list", flat=True)
    counted = Counter(key for key in open_[: MOST * 10] if key)
    rows = HandOverRow.objects.filter(pk__in=list(counted)).order_by("expected_on", "id")
    held = PaperRow.objects.filter(holder__contains=here).values_list("holder", flat=True)
    return CustodySupervised(
        division=name_of_division(division),
        overdue=tuple(list_line(row, counted[row.pk], on) for row in rows[:MOST]),
        discrepancies=_discrepancies(here),
        in_hand=tuple((name_of_place(place), many) for place, many in Counter(held).most_common()),
    )


def _discrepancies(here: str) -> tuple[Discrepancy, ...]:
    rows = MoveRow.objects.filter(
        Q(list__sender__contains=here) | Q(list__to__contains=here),
        move__in=[CustodyMove.RECEIVE, CustodyMove.MISS],
        counted__lt=F("paper__copies") * F("paper__pages"),
    ).select_related("paper", "list")
    return tuple(
        Discrepancy(
            kind=KIND_WORDS[CustodyKind(row.paper.kind)],
            sent_by=name_of_place(row.list.sender),
            missed_by=name_of_place(row.place),
            list_number=row.list.number,
            on=legal_day(row.at),
            pages=row.paper.copies * row.paper.pages,
            counted=row.counted or 0,
            is_open=row.paper.state == "missing" and row.paper.seq == row.seq,
        )
        for row in rows.order_by("-at", "-id")[:MOST]
        if row.list
    )
