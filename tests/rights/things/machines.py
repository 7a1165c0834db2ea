"""Machines that speak to the API: one for each column, with every scope, and what is wrong with a token."""

from datetime import timedelta

from yijianshi.domain.rights import Act, Role
from yijianshi.services.people.clients import create_client, revoke_client
from yijianshi.store.accounts.models import Client

#: The posts of each column of the API; whoever files has none.
MACHINES = {
    "filer": (),
    "window": ((Role.WINDOW, "government-services@320106"),),
    "coordinator": ((Role.COORDINATOR, "market-regulation@320106"),),
    "reviewer": ((Role.REVIEWER, "market-regulation@320106"),),
    "other_reviewer": ((Role.REVIEWER, "disease-control@320106"),),
    "supervisor": ((Role.SUPERVISOR, "government-services@320000"),),
}


def add(world) -> None:
    """Make a token for each column, one for each column without each scope, one that has expired and one revoked."""
    for column, posts in MACHINES.items():
        world.things[f"token_{column}"] = token(world, column, tuple(Act))
    world.things["token_expired"] = create_client(
        name="expired",
        posts=MACHINES["reviewer"],
        scopes=tuple(Act),
        days=1,
        at=world.town.now - timedelta(days=3),
    )
    world.things["token_revoked"] = token(world, "reviewer", tuple(Act))
    revoke_client(Client.objects.latest("id").id, at=world.town.now)


def token(world, column: str, scopes) -> str:
    """Return a token of a column with these scopes."""
    return create_client(name=column, posts=MACHINES[column], scopes=scopes, days=30, at=world.town.now)
