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
    """
    Let an account hold a post; one that he holds already keeps its first day, and gets the new last one.

    :raises NotToBeCombined: if it may not be one person's with those he holds.
    """
    posts = open_posts(account, on=on)
    refuse_together([post.role, *(Role(held.role) for held in posts)])
    begun = [held.since for held in posts if (held.role, held.unit) == (post.role, post.unit)]
    Officer.objects.update_or_create(
        account_id=account,
        role=post.role.value,
        unit=post.unit,
        defaults={"since": min([post.since, *begun]), "until": post.until},
    )


def take_over(account: UUID, post: Officer, *, on: date) -> None:
    """
    Let an account take over a post that another leaves; whoever holds the same one for longer keeps it so long.

    :raises NotToBeCombined: if it may not be one person's with those he holds.
    """
    same = [held for held in open_posts(account, on=on) if (held.role, held.unit) == (post.role, post.unit)]
    ends = [post.until, *(held.until for held in same)]
    until = None if None in ends else max(end for end in ends if end)
    hold(account, PostWanted(role=Role(post.role), unit=post.unit, since=on, until=until), on=on)


def account_within(actor: Actor, account: UUID, *, to_look: bool = False) -> Account:
    """
    Return an account of staff within the actor's division: it has, had or is to have posts there, and none outside.

    :param to_look: nothing is to be changed; otherwise it is locked until the transaction ends.
    :raises NotPermitted: if there is none such.
    """
    rows = Account.objects.all() if to_look else Account.objects.select_for_update(of=("self",))
    found = rows.filter(pk=account, client=None).first()
    units = units_of(account)
    if found is None or not units:
        raise NotPermitted(Act.ADMINISTER)
    for unit in units:
        require(actor, Act.ADMINISTER, Thing(division=division_of(unit)))
    return found


def units_of(account: UUID) -> set[str]:
    """Return the units in which an account has, had or is to have a post."""
    units = set(Officer.objects.filter(account_id=account).values_list("unit", flat=True))
    return units | set(ProposalRow.objects.filter(account_id=account).values_list("unit", flat=True))
