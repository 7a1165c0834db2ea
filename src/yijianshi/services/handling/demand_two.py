"""
A unit's own rule that an item is decided by two persons (两人审定), stricter than the law asks; kept by supervision or stewards.

Basis: Administrative License Law, art. 34(3); what a unit asks of itself beyond it is its own rule.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.store.desks.models import TwoPersonsRow


def demand_two_persons(*, unit: str, item: str, actor: Actor, at: datetime, wanted: bool) -> None:
    """
    Set, or take back, that a unit decides an item by two persons; doing it twice changes nothing.

    :raises NotPermitted: if the unit's division is not the actor's to supervise or to steward.
    """
    where = Unit.parse(unit)
    require(actor, Act.KEEP_UNIT_RULES, Thing(division=where.division, unit=where))
    if wanted:
        TwoPersonsRow.objects.get_or_create(
            unit=unit, item=item[:64], defaults={"set_by": UUID(actor.account), "set_at": at}
        )
    else:
        TwoPersonsRow.objects.filter(unit=unit, item=item).delete()
