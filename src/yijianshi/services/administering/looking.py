"""What administrators see of accounts: the staff of a division, one account with its posts, what waits for approval, machines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.divisions import stem_of
from yijianshi.domain.rights import Act, Actor, Role, Thing, may
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Client, Invitation, Officer
from yijianshi.store.guards.models import KeyRow, ProposalRow, TotpRow

from ..contents import open_text
from .desks import home_of as system_home
from .posts import account_within, division_of
from .protecting import home_of as security_home

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSeen:
    """One post of somebody, with its dates."""

    id: UUID
    role: Role
    unit: str
    since: date
    until: date | None
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSeen:
    """One account of staff: who, with which posts, and how it is guarded."""

    id: UUID
    login: str
    name: str
    is_active: bool
    is_waiting: bool  # for the first password
    factors: int
    posts: tuple[PostSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSeen:
    """One proposal: what, for whom, by whom, and what became of it."""

    id: UUID
    kind: str
    name: str
    login: str
    role: Role
    unit: str
    since: date
    until: date | None
    by: str
    at: datetime
    decided_by: str
    decided_at: datetime | None
    approved: bool | None
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSeen:
    """One machine that speaks to the API."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    revoked_at: datetime | None


def staff_within(
    *, actor: Actor, at: datetime, words: str = "", role: str = "", page: int = 1
) -> tuple[tuple[StaffSeen, ...], int]:
    """
    Return a page of the staff of the actor's division by login, and how many there are; names are sealed and not searched.

    :raises NotPermitted: if the actor is neither system nor security administrator.
    """
    division = security_home(actor) if actor.holds(Role.SECURITY_ADMIN) else system_home(actor)
    within = Q(posts__unit__contains="@" + stem_of(division))
    proposed = ProposalRow.objects.filter(division__startswith=stem_of(division)).values("account_id")
    found = Account.objects.filter(within | Q(pk__in=proposed), client=None)
    if words:
        found = found.filter(login__icontains=words)
    if role:
        found = found.filter(posts__role=role)
    ordered = found.distinct().order_by("login")
    rows = list(ordered[(page - 1) * PER_PAGE : page * PER_PAGE])
    return _seen(rows, on=legal_day(at)), ordered.count()


def staff_account(*, actor: Actor, account: UUID, at: datetime) -> StaffSeen:
    """Return one account of staff. :raises NotPermitted: if it is not within the actor's division."""
    return _seen([account_within(actor, account, to_look=True)], on=legal_day(at))[0]


def proposals(*, actor: Actor, is_open: bool = True, most: int = 100) -> tuple[ProposalSeen, ...]:
    """Return what waits for approval in the actor's division, or what was decided last. :raises NotPermitted: if he may not see."""
    division = security_home(actor) if actor.holds(Role.SECURITY_ADMIN) else system_home(actor)
    rows = ProposalRow.objects.filter(division__startswith=stem_of(division), decided_at__isnull=is_open)
    shown = list(rows.order_by("proposed_at" if is_open else "-decided_at")[:most])
    people = people_of({key for row in shown for key in (row.account_id, row.proposed_by, row.decided_by)})
    return tuple(
        ProposalSeen(
            id=row.id,
            kind=row.kind,
            name=people[row.account_id][0],
            login=people[row.account_id][1],
            role=Role(row.role),
            unit=row.unit,
            since=row.since,
            until=row.until,
            by=people[row.proposed_by][0],
            at=row.proposed_at,
            decided_by=people[row.decided_by][0] if row.decided_by else "",
            decided_at=row.decided_at,
            approved=row.approved,
            is_own=actor.account in (str(row.account_id), str(row.proposed_by)),
        )
        for row in shown
    )


def clients_within(*, actor: Actor) -> tuple[ClientSeen, ...]:
    """Return the machines whose posts all lie in the actor's division, and those without posts. :raises NotPermitted: if he may not see."""
    security_home(actor)
    rows = list(Client.objects.order_by("revoked_at", "name"))
    units: dict[UUID, list[str]] = {}
    for account, unit in Officer.objects.filter(account_id__in=[row.account_id for row in rows]).values_list(
        "account_id", "unit"
    ):
        units.setdefault(account, []).append(unit)
    return tuple(
        ClientSeen(
            id=row.id,
            name=row.name,
            scopes=tuple(row.scopes),
            units=tuple(units.get(row.account_id, ())),
            revoked_at=row.revoked_at,
        )
        for row in rows
        if all(
            may(actor, Act.APPROVE_POST, Thing(division=division_of(unit)))
            for unit in units.get(row.account_id, ())
        )
    )


def people_of(accounts: Iterable[UUID | None]) -> dict[UUID, tuple[str, str]]:
    """Return name and login of several accounts with one question; whoever has given no name goes by his login."""
    wanted = {account for account in accounts if account}
    found = {
        key: (open_text(sealed, purpose="name") or login, login)
        for key, login, sealed in Account.objects.filter(pk__in=wanted).values_list(
            "id", "login", "name_sealed"
        )
    }
    return {key: found.get(key, ("—", "—")) for key in wanted}


def account_by_login(login: str) -> UUID | None:
    """Return the account of staff with that login, if there is one."""
    found = Account.objects.filter(login=login.strip()[:64]).exclude(posts=None)
    return found.values_list("pk", flat=True).first()


def _seen(rows: list[Account], *, on: date) -> tuple[StaffSeen, ...]:
    keys = [row.id for row in rows]
    posts: dict[UUID, list[PostSeen]] = {key: [] for key in keys}
    for held in Officer.objects.filter(account_id__in=keys).order_by("since", "role"):
        posts[held.account_id].append(
            PostSeen(
                id=held.id,
                role=Role(held.role),
                unit=held.unit,
                since=held.since,
                until=held.until,
                is_over=held.until is not None and held.until < on,
            )
        )
    factors = dict.fromkeys(keys, 0)
    telephones = TotpRow.objects.filter(pk__in=keys).exclude(confirmed_at=None)
    for key in (
        *telephones.values_list("pk", flat=True),
        *KeyRow.objects.filter(account_id__in=keys).values_list("account_id", flat=True),
    ):
        factors[key] += 1
    waiting = set(
        Invitation.objects.filter(account_id__in=keys, used_at=None).values_list("account_id", flat=True)
    )
    return tuple(
        StaffSeen(
            id=row.id,
            login=row.login,
            name=open_text(row.name_sealed, purpose="name") or row.login,
            is_active=row.is_active,
            is_waiting=row.id in waiting and not row.has_usable_password(),
            factors=factors[row.id],
            posts=tuple(posts[row.id]),
        )
        for row in rows
    )
