"""Which items the units of a division decide by two persons (两人审定的规矩): by law, by their own rule, or not."""

from dataclasses import dataclass
from datetime import datetime

from yijianshi.domain.codes import DivisionCode, ItemCode
from yijianshi.domain.definitions import Certainty
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.domain.routing import unit_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.desks.models import TwoPersonsRow

from ..catalogue.published import bundles_of
from .case_history import names_of
from .units import name_of_division, name_of_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """One item of a unit, and whether two persons decide it."""

    code: str
    name: str
    by_law: bool
    certainty: Certainty | None  # how sure the catalogue is that a law asks it
    by_unit: bool
    set_by: str
    set_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRules:
    """The page: the units of the division, and the items of the one that is looked at."""

    division: str
    unit: str
    unit_name: str
    units: tuple[tuple[str, str], ...]
    items: tuple[ItemRule, ...]


def read_unit_rules(*, actor: Actor, unit: str, at: datetime) -> UnitRules:
    """
    Return the rules of a unit of the actor's division, the first one unless one is named.

    :raises NotPermitted: if the actor neither supervises nor stewards.
    """
    posts = posts_for(actor, Act.KEEP_UNIT_RULES, Role.SUPERVISOR, Role.STEWARD)
    division = posts[0].unit.division
    items = _items(division, at)
    units = tuple(sorted(((one, name_of_unit(one)) for one in items), key=lambda pair: pair[1]))
    chosen = unit if unit in items else (units[0][0] if units else "")
    rows = {row.item: row for row in TwoPersonsRow.objects.filter(unit=chosen)}
    names = names_of(row.set_by for row in rows.values()) if rows else {}
    return UnitRules(
        division=name_of_division(division),
        unit=chosen,
        unit_name=name_of_unit(chosen) if chosen else "",
        units=units,
        items=tuple(
            ItemRule(
                code=code,
                name=name,
                by_law=by_law,
                certainty=certainty,
                by_unit=code in rows,
                set_by=names.get(rows[code].set_by, "") if code in rows else "",
                set_at=rows[code].set_at if code in rows else None,
            )
            for code, (name, by_law, certainty) in sorted(items.get(chosen, {}).items())
        ),
    )


def _items(
    division: DivisionCode, at: datetime
) -> dict[str, dict[ItemCode, tuple[str, bool, Certainty | None]]]:
    """Return by unit what it decides in the division, over every one-thing that holds there."""
    found: dict[str, dict[ItemCode, tuple[str, bool, Certainty | None]]] = {}
    for published in bundles_of(division, legal_day(at)):
        for item in published.edition.bundle.items:
            if item.is_automatic:
                continue
            unit = str(unit_for(item, published.edition, division=division))
            certainty = (item.certainty or {}).get("two_persons") if item.two_persons else None
            found.setdefault(unit, {})[item.code] = (item.plain_name, item.two_persons, certainty)
    return found
