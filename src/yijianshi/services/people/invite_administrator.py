"""Let the first administrators in: by a one-time link, so that no password is ever known to two people."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yijianshi.domain.codes import DepartmentCode, DivisionCode
from yijianshi.domain.rights import Role
from yijianshi.domain.routing import Unit
from yijianshi.store.accounts.models import Account, Invitation, Officer

from ..outside import outside

LASTS = timedelta(hours=24)
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
_OFFICE = DepartmentCode("administration")  # not a department of the catalogue: administrators decide no case


class InvitationRefused(Exception):
    """Nobody was invited."""


class InvitationNotValid(Exception):
    """The link was used, has expired or never existed."""


class PasswordRefused(Exception):
    """The password is too easily guessed; `reasons` says why, in Chinese."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Invited:
    """The link to hand over, and until when it works; it is shown once and kept nowhere."""

    token: str
    link: str
    expires_at: datetime


def invite_administrator(*, login: str, role: Role, division: DivisionCode, at: datetime) -> Invited:
    """
    Create an administrator who can only come in by the returned link, once, within a day.

    Inviting again somebody who has not come in yet makes the former link worthless.

    :raises InvitationRefused: if the login is malformed or somebody already uses it, or `role` is not an
        administrator's.
    """
    if not login or len(login) > 64 or not login.isprintable() or " " in login:
        raise InvitationRefused("登录名应为 1 至 64 个字符，不含空格。请换一个。")
    if role not in ADMINISTRATORS:
        raise InvitationRefused(f"{role.value} 不是管理员岗位。可用：{'、'.join(ADMINISTRATORS)}。")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(login=login).first()
        if account is None:
            account = Account.objects.create(login=login, created_at=at)
        elif account.has_usable_password():
            raise InvitationRefused(f"登录名「{login}」已有人使用。请换一个登录名。")
        _refuse_other_posts(account, role)
        Officer.objects.get_or_create(
            account=account, role=role.value, unit=str(Unit(_OFFICE, division)), defaults={"since": at.date()}
        )
        Invitation.objects.filter(account=account, used_at=None).delete()
        Invitation.objects.create(account=account, token_hash=_hash(token), expires_at=at + LASTS)
    return Invited(token, f"{outside().address}/invitation/{token}", at + LASTS)


def invited_login(*, token: str, at: datetime) -> str:
    """Return whose link it is. :raises InvitationNotValid: if it was used, has expired or never existed."""
    return _open_invitation(token, at).account.login


def accept_invitation(*, token: str, password: str, at: datetime) -> Account:
    """
    Set the first password by a one-time link, which is worthless afterwards.

    :raises InvitationNotValid: if the link was used, has expired or never existed.
    :raises PasswordRefused: if the password is too easily guessed; the link still works.
    """
    account = _open_invitation(token, at).account
    try:
        validate_password(password, user=account)
    except ValidationError as refusal:
        raise PasswordRefused(tuple(refusal.messages)) from None
    with transaction.atomic():
        # Whoever comes second with the same link changes no row.
        if not Invitation.objects.filter(token_hash=_hash(token), used_at=None).update(used_at=at):
            raise InvitationNotValid(_NOT_VALID)
        account.set_password(password)
        account.save(update_fields=["password"])
    return account


_NOT_VALID = "这个链接已用过、已过期，或不完整。请让发链接的人用 yijianshi admin create 再发一个。"


def _open_invitation(token: str, at: datetime) -> Invitation:
    invitation = (
        Invitation.objects.select_related("account")
        .filter(token_hash=_hash(token), used_at=None, expires_at__gt=at, account__is_active=True)
        .first()
    )
    if invitation is None:
        raise InvitationNotValid(_NOT_VALID)
    return invitation


def _refuse_other_posts(account: Account, role: Role) -> None:
    """Keep the three administrators apart (三员分立; GB/T 22239-2019, 8.1.5)."""
    others = account.posts.exclude(role=role.value).values_list("role", flat=True)
    if others:
        raise InvitationRefused(
            f"这个账号已是 {'、'.join(others)}。系统、安全、审计三种管理员不能由一人兼任，请另建账号。"
        )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
