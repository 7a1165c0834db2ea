"""Which units work in a system of their own that is not joined (未对接的自有系统); kept by supervision or stewards."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.rekeying import RekeyingNotPossible
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.store.rekeying.models import OwnSystemRow

LONGEST = 60


def set_own_system(*, unit: str, name: str, actor: Actor, at: datetime) -> None:
    """
    Note that a unit types into its own system, called by a name.

    :raises NotPermitted: if the unit's division is not the actor's to supervise or to steward.
    :raises RekeyingNotPossible: if the system has no name.
    """
    _require(unit, actor)
    if not name.strip():
        raise RekeyingNotPossible("请写这个系统叫什么，审查的人照着认")
    OwnSystemRow.objects.update_or_create(
        unit=unit, defaults={"name": name.strip()[:LONGEST], "set_by": UUID(actor.account), "set_at": at}
    )


def set_joined(*, unit: str, actor: Actor) -> None:
    """
    Note that a unit's system is joined now, so that nothing is typed again; what was typed stays counted.

    :raises NotPermitted: if the unit's division is not the actor's to supervise or to steward.
    """
    _require(unit, actor)
    OwnSystemRow.objects.filter(unit=unit).delete()


def own_system_of(unit: str) -> str:
    """Return what the unit's own system is called, or nothing where it has none or it is joined."""
    return OwnSystemRow.objects.filter(unit=unit).values_list("name", flat=True).first() or ""


def _require(unit: str, actor: Actor) -> None:
    where = Unit.parse(unit)
    require(actor, Act.KEEP_UNIT_RULES, Thing(division=where.division, unit=where))
