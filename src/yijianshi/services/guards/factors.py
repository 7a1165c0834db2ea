"""Which second factors somebody has (第二道验证), and who must have one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.guards import needs_two
from yijianshi.domain.rights import Role
from yijianshi.store.accounts.models import Account
from yijianshi.store.guards.models import KeyRow, RecoveryRow, TotpRow

from ..contents import open_text
from ..outside import outside


class FactorRefused(Exception):
    """A second factor was not taken, or cannot be given up; the message says why and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyKnown:
    """A security key, as its owner sees it."""

    id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """What somebody can prove himself with beside his password."""

    telephone_since: datetime | None = None
    keys: tuple[KeyKnown, ...] = ()
    codes_left: int = 0

    @property
    def count(self) -> int:
        return len(self.keys) + (self.telephone_since is not None)


def factors_of(account: UUID) -> Factors:
    """Return the second factors of an account."""
    telephone = TotpRow.objects.filter(pk=account).exclude(confirmed_at=None).first()
    return Factors(
        telephone_since=telephone.confirmed_at if telephone else None,
        keys=tuple(
            KeyKnown(
                id=row.id,
                name=open_text(row.name_sealed, purpose="key-name"),
                added_at=row.added_at,
                used_at=row.used_at,
            )
            for row in KeyRow.objects.filter(account_id=account).order_by("added_at", "id")
        ),
        codes_left=RecoveryRow.objects.filter(account_id=account, used_at=None).count(),
    )


def has_factor(account: UUID) -> bool:
    """Return whether the account is asked for a second proof when it comes in."""
    return (
        TotpRow.objects.filter(pk=account).exclude(confirmed_at=None).exists()
        or KeyRow.objects.filter(account_id=account).exists()
    )


def must_prove_twice(account: Account, roles: Iterable[Role]) -> bool:
    """Return whether somebody with these posts may do nothing before he has proved himself twice."""
    guarding = outside().guarding
    if account.is_demo and guarding.demo_is_let_in:
        return False
    return needs_two(set(roles), guarding)


def drop_all_factors(account: UUID) -> int:
    """Take away every second factor of an account; return how many there were."""
    had = factors_of(account).count
    TotpRow.objects.filter(pk=account).delete()
    KeyRow.objects.filter(account_id=account).delete()
    RecoveryRow.objects.filter(account_id=account).delete()
    return had


def refuse_last(account: Account, roles: Iterable[Role]) -> None:
    """Refuse to give up the only factor of who must have one. :raises FactorRefused: with what would do."""
    if factors_of(account.id).count == 1 and must_prove_twice(account, roles):
        raise FactorRefused("您的岗位必须有第二道验证，这是最后一个。请先加一个新的，再去掉它")
