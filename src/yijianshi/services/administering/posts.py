"""The posts of an account (任职): which it holds or is to hold, ending one, and what may not be one person's."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.administering import refuse_together
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.guards.models import ProposalRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWanted:
    """A post that somebody is to hold, with its dates."""

    role: Role
    unit: str
    since: date
    until: date | None = None

    @property
    def division(self) -> str:
        return division_of(self.unit)


def division_of(unit: str) -> str:
    """Return the division of a unit written as department@division."""
    return str(Unit.parse(unit).division)


def open_posts(account: UUID, *, on: date) -> list[Officer]:
    """Return the posts that an account holds on a day or is to hold later, locked until the transaction ends."""
    held = Officer.objects.select_for_update().filter(account_id=account)
    return list(held.filter(Q(until=None) | Q(until__gte=on)))


def finish(post: Officer, *, on: date) -> None:
    """Let a post be over from a day on; one that has not begun never does, and its line stays."""
    post.until = on - timedelta(days=1)
    post.save(update_fields=["until"])


def hold(account: UUID, post: PostWanted, *, on: date) -> None:
    """Let an account hold a post. :raises NotToBeCombined: if it may not be one person's with those he holds."""
    refuse_together([post.role, *(Role(held.role) for held in open_posts(account, on=on))])
    Officer.objects.update_or_create(
        account_id=account,
        role=post.role.value,
        unit=post.unit,
        defaults={"since": post.since, "until": post.until},
    )


def account_within(actor: Actor, account: UUID, *, act: Act = Act.ADMINISTER) -> Account:
    """
    Return an account of staff within the actor's division: it has, had or is to have posts there, and none outside.

    :raises NotPermitted: if there is none such.
    """
    found = Account.objects.select_for_update(of=("self",)).filter(pk=account, client=None).first()
    units = units_of(account)
    if found is None or not units:
        raise NotPermitted(act)
    for unit in units:
        require(actor, act, Thing(division=division_of(unit)))
    return found


def units_of(account: UUID) -> set[str]:
    """Return the units in which an account has, had or is to have a post."""
    units = set(Officer.objects.filter(account_id=account).values_list("unit", flat=True))
    return units | set(ProposalRow.objects.filter(account_id=account).values_list("unit", flat=True))
