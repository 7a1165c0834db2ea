"""
Choosing a password (口令): long, not a common one, for staff none of the last five, and changed when it is too old.

Basis: GB/T 22239-2019, 8.1.4.1 a (定期更换); the days are a custom of those who assess, and a setting.
"""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yijianshi.domain.guards import REMEMBERED_PASSWORDS, is_too_old
from yijianshi.domain.rights import Role
from yijianshi.store.accounts.models import Account
from yijianshi.store.guards.models import PasswordRow

from ..outside import outside
from ..people.telling import tell_account
from .sessions import end_all


class PasswordRefused(Exception):
    """The password is too easily guessed or was used before; `reasons` says why, in Chinese."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


def refuse_password(password: str, *, account: Account) -> None:
    """Refuse what is easily guessed or was used before. :raises PasswordRefused: with the reasons."""
    try:
        validate_password(password, user=account)
    except ValidationError as refusal:
        raise PasswordRefused(tuple(refusal.messages)) from None
    former = PasswordRow.objects.filter(account_id=account.id).order_by("-id")
    used = [account.password, *former.values_list("password", flat=True)[:REMEMBERED_PASSWORDS]]
    if any(check_password(password, hashed) for hashed in dict.fromkeys(used) if hashed):
        raise PasswordRefused((f"最近 {REMEMBERED_PASSWORDS} 次用过的密码不能再用，请换一个新的",))


def change_password(*, account: Account, password: str, at: datetime) -> None:
    """
    Set one's own next password; one is signed out everywhere, told of it, and lets oneself in again where one sits.

    :raises PasswordRefused: if it is easily guessed or was used before.
    """
    refuse_password(password, account=account)
    set_password(password, account=account, at=at)
    tell_account(
        account.id, "guards.changed", link="/account/devices", once=f"password {account.id} {at.isoformat()}"
    )


def set_password(password: str, *, account: Account, at: datetime) -> None:
    """Set a password that was not refused; everywhere the account is signed out."""
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        PasswordRow.objects.create(account_id=account.id, password=account.password, set_at=at)
        kept = PasswordRow.objects.filter(account_id=account.id).order_by("-id")
        PasswordRow.objects.filter(account_id=account.id).exclude(
            pk__in=list(kept.values_list("pk", flat=True)[:REMEMBERED_PASSWORDS])
        ).delete()
        end_all(account.id)


def is_password_old(account: Account, roles: Collection[Role], *, at: datetime) -> bool:
    """Return whether somebody at work must choose a new password now; nobody else ever must."""
    guarding = outside().guarding
    if not roles or not guarding.password_days or (account.is_demo and guarding.demo_is_let_in):
        return False
    last = PasswordRow.objects.filter(account_id=account.id).order_by("-id").values_list("set_at", flat=True)
    return is_too_old(last.first() or account.created_at, guarding, at=at)
