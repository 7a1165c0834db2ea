"""
Corrections asked after the one correction (再次告知补正的违规): which unit, how often, on what - nothing about the person.

Basis: 苏政办发〔2022〕87号, 二(七), 三(五); Administrative License Law, art. 32(1)(4).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import Target, name_of_target
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow

from ..catalogue.published import edition_by_id
from .units import name_of_division, name_of_unit

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One later correction: by which unit, about which case, on what, when, and whether it is answered."""

    unit_name: str
    case_number: str
    item: str
    bundle: str
    on_what: tuple[str, ...]
    asked_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachPage:
    """The page: how often by unit, and each one, the newest first."""

    division: str
    units: tuple[tuple[str, int, int], ...]  # unit, how often, how many things
    breaches: tuple[Breach, ...]


def read_breaches(*, actor: Actor, at: datetime) -> BreachPage:
    """
    Return the breaches in the actor's division and below it.

    :raises NotPermitted: if the actor supervises nothing.
    """
    division = posts_for(actor, Act.SUPERVISE, Role.SUPERVISOR)[0].unit.division
    rows = CorrectionRow.objects.filter(is_breach=True, case__division__startswith=stem_of(division))
    kept = list(rows.select_related("case", "submission").order_by("-asked_at", "-id")[:MOST])
    targets: dict[UUID, list[tuple[str, str]]] = {}
    remarks = RemarkRow.objects.filter(again__in=[row.id for row in kept]).order_by("id")
    for again, target, code in remarks.values_list("again_id", "target", "code"):
        if again:
            targets.setdefault(again, []).append((target, code))
    often = Counter(row.unit for row in kept)
    things = Counter(dict.fromkeys(often, 0))
    for row in kept:
        things[row.unit] += len(targets.get(row.id, ()))
    return BreachPage(
        division=name_of_division(division),
        units=tuple((name_of_unit(unit), number, things[unit]) for unit, number in often.most_common()),
        breaches=tuple(_breach(row, targets.get(row.id, [])) for row in kept),
    )


def _breach(row: CorrectionRow, targets: list[tuple[str, str]]) -> Breach:
    if row.case is None:
        raise AssertionError("a breach is about a case")
    edition = edition_by_id(row.submission.edition_id)
    return Breach(
        unit_name=name_of_unit(row.unit),
        case_number=row.case.number,
        item=edition.item(ItemCode(row.case.item)).plain_name,
        bundle=edition.bundle.title,
        on_what=tuple(name_of_target(Target(target), code, edition) for target, code in targets),
        asked_on=legal_day(row.asked_at),
        answered_on=legal_day(row.answered_at) if row.answered_at else None,
    )
