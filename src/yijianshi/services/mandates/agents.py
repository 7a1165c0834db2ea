"""Who represents an enterprise by an entry of its own (法定代表人、登记的经办人), and ending an agent's entry."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.rights import Act, Actor, NotPermitted
from yijianshi.store.accounts.models import Representation

from ..contents import is_key, open_text
from .give import demand_head


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """One entry."""

    id: UUID
    name: str
    is_head: bool
    since: date
    until: date | None


def representatives_of(actor: Actor, *, on: date) -> tuple[Representative, ...]:
    """Return who represents the enterprise that the actor stands for today, its legal representative first."""
    rows = Representation.objects.filter(party=UUID(actor.party)).filter(Q(until=None) | Q(until__gte=on))
    found = [
        Representative(
            id=row.id,
            name=open_text(row.account.name_sealed, purpose="name"),
            is_head=row.capacity == "legal_representative",
            since=row.since,
            until=row.until,
        )
        for row in rows.select_related("account").order_by("since", "id")
    ]
    return tuple(sorted(found, key=lambda one: not one.is_head))


def end_representation(entry: str, *, actor: Actor, on: date) -> None:
    """
    End an agent's entry with yesterday, so that he acts no more from this moment.

    :raises NotPermitted: if the actor is not the legal representative, or it is no agent of his.
    """
    demand_head(actor, on=on)
    rows = Representation.objects.filter(party=UUID(actor.party), capacity="agent")
    if not is_key(entry) or not rows.filter(pk=entry).update(until=on - timedelta(days=1)):
        raise NotPermitted(Act.END_MANDATE)
