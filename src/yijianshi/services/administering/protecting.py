"""What the security administrator does to guards (安全管理): resets second factors, revokes machines, sees where tries fail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.administering import Deed, refuse_oneself
from yijianshi.domain.guards import FREE_TRIES
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, may, posts_for, require
from yijianshi.store.accounts.models import Account, Client, Officer
from yijianshi.store.guards.models import TryRow

from ..guards.factors import drop_all_factors
from ..guards.sessions import end_all
from ..people.clients import revoke_client
from ..people.telling import tell_account
from .deeds import note_deed
from .posts import division_of, units_of


def reset_factors(*, actor: Actor, account: UUID, at: datetime) -> int:
    """
    Take away the second factors of who has lost them, and sign him out everywhere; return how many there were.

    He comes in with his password alone and enrols anew, where his post asks for it before anything else.

    :raises AdministrationRefused: if they are the actor's own.
    :raises NotPermitted: if the account has no post within the actor's division.
    """
    with transaction.atomic():
        division = _division_of(actor, account)
        refuse_oneself(by=actor.account, about=str(account))
        had = drop_all_factors(account)
        end_all(account)
        note_deed(Deed.RESET_FACTORS, actor=actor, at=at, division=division, about=account)
    tell_account(account, "guards.changed", link="/account/guards", once=f"reset {account} {at.isoformat()}")
    return had


def end_client(*, actor: Actor, client: UUID, at: datetime) -> bool:
    """Revoke every token of a machine; return whether it had not been before. :raises NotPermitted: if it is none of his."""
    with transaction.atomic():
        row = Client.objects.filter(pk=client).first()
        if row is None:
            raise NotPermitted(Act.APPROVE_POST)
        division = _division_of(actor, row.account_id, is_machine=True)
        was_open = revoke_client(client, at=at)
        if was_open:
            note_deed(
                Deed.REVOKE_CLIENT, actor=actor, at=at, division=division, about=row.account_id,
                facts={"client": str(client)},
            )  # fmt: skip
    return was_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """Where tries fail: at whose account, from which network, how often and when last."""

    login: str
    is_staff: bool
    network: str
    kind: str
    count: int
    last: datetime


def failing_tries(*, actor: Actor, most: int = 100) -> tuple[Failing, ...]:
    """
    Return where somebody has tried too often lately; only logins of staff of the actor's division are shown.

    Tries at staff of elsewhere are left out: whose accounts they are is for who protects them there.

    :raises NotPermitted: if the actor is no security administrator.
    """
    home_of(actor)
    rows = list(TryRow.objects.filter(count__gte=FREE_TRIES).order_by("-last")[:most])
    accounts = {row.account_id for row in rows if row.account_id}
    units: dict[UUID, list[str]] = {}
    for account, unit in Officer.objects.filter(account_id__in=accounts).values_list("account_id", "unit"):
        units.setdefault(account, []).append(unit)
    logins = dict(Account.objects.filter(pk__in=list(units)).values_list("id", "login"))
    elsewhere = {
        account
        for account, held in units.items()
        if not any(may(actor, Act.APPROVE_POST, Thing(division=division_of(unit))) for unit in held)
    }
    return tuple(
        Failing(
            login=logins.get(row.account_id, "") if row.account_id else "",
            is_staff=row.account_id in units,
            network=row.network,
            kind=row.kind,
            count=row.count,
            last=row.last,
        )
        for row in rows
        if row.account_id not in elsewhere
    )


def home_of(actor: Actor) -> str:
    """Return the division that the actor protects. :raises NotPermitted: if he is no security administrator."""
    return str(posts_for(actor, Act.APPROVE_POST, Role.SECURITY_ADMIN)[0].unit.division)


def _division_of(actor: Actor, account: UUID, *, is_machine: bool = False) -> str:
    """Return under which division an account stands. :raises NotPermitted: if it is not all within the actor's."""
    divisions = sorted({division_of(unit) for unit in units_of(account)})
    if not divisions and is_machine:  # a portal that only files stands nowhere; whoever protects may stop it
        return home_of(actor)
    if not divisions:
        raise NotPermitted(Act.APPROVE_POST)
    for division in divisions:
        require(actor, Act.APPROVE_POST, Thing(division=division))
    return divisions[0]
