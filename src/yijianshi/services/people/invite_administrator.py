"""Let the first administrators in: by a one-time link, so that no password is ever known to two people."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from yijianshi.domain.administering import ADMINISTRATORS, OFFICE, Deed, NotToBeCombined, refuse_together
from yijianshi.domain.codes import DepartmentCode, DivisionCode
from yijianshi.domain.rights import Role
from yijianshi.domain.routing import Unit
from yijianshi.store.accounts.models import Account, Invitation, Officer

from ..administering.deeds import note_deed
from ..guards.passwords import PasswordRefused, refuse_password, set_password
from ..outside import outside

__all__ = [
    "ADMINISTRATORS",
    "InvitationNotValid",
    "InvitationRefused",
    "Invited",
    "PasswordRefused",
    "accept_invitation",
    "invite",
    "invite_administrator",
    "invite_again",
    "invited_login",
    "well_formed_login",
]
LASTS = timedelta(hours=24)


class InvitationRefused(Exception):
    """Nobody was invited."""


class InvitationNotValid(Exception):
    """The link was used, has expired or never existed."""


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
    if not well_formed_login(login):
        raise InvitationRefused("登录名应为 1 至 64 个字符，不含空格。请换一个。")
    if role not in ADMINISTRATORS:
        raise InvitationRefused(f"{role.value} 不是管理员岗位。可用：{'、'.join(ADMINISTRATORS)}。")
    unit = str(Unit(DepartmentCode(OFFICE), division))
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(login=login).first()
        if account is None:
            account = Account.objects.create(login=login, created_at=at)
        elif account.has_usable_password():
            raise InvitationRefused(f"登录名「{login}」已有人使用。请换一个登录名。")
        try:
            refuse_together([role, *(Role(held) for held in account.posts.values_list("role", flat=True))])
        except NotToBeCombined as refusal:
            raise InvitationRefused(f"{refusal}。") from None
        Officer.objects.get_or_create(
            account=account, role=role.value, unit=unit, defaults={"since": at.date()}
        )
        note_deed(
            Deed.CREATE_ACCOUNT, actor=None, at=at, division=division, about=account.id,
            facts={"login": login, "role": role.value, "unit": unit},
        )  # fmt: skip
        return invite(account, at=at)


def invite_again(*, login: str, at: datetime) -> Invited:
    """
    Return a new link for somebody who has forgotten his password; for the server's own console.

    :raises InvitationRefused: if nobody of staff has that login.
    """
    with transaction.atomic():
        account = Account.objects.filter(login=login, is_active=True).first()
        posts = list(account.posts.values_list("unit", flat=True)) if account else []
        if account is None or not posts:
            raise InvitationRefused(f"没有登录名是「{login}」的工作人员。请核对登录名。")
        division = str(Unit.parse(posts[0]).division)
        note_deed(Deed.NEW_LINK, actor=None, at=at, division=division, about=account.id)
        return invite(account, at=at)


def well_formed_login(login: str) -> bool:
    """Return whether a login can be typed without doubt."""
    return bool(login) and len(login) <= 64 and login.isprintable() and " " not in login


def invite(account: Account, *, at: datetime) -> Invited:
    """Return a one-time link by which the account's owner sets its password; a former one is worthless."""
    token = secrets.token_urlsafe(32)
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
    :raises PasswordRefused: if the password is too easily guessed or was used lately; the link still works.
    """
    account = _open_invitation(token, at).account
    refuse_password(password, account=account)
    with transaction.atomic():
        # Whoever comes second with the same link changes no row.
        if not Invitation.objects.filter(token_hash=_hash(token), used_at=None).update(used_at=at):
            raise InvitationNotValid(_NOT_VALID)
        set_password(password, account=account, at=at)
    return account


_NOT_VALID = "这个链接已用过、已过期，或不完整。请让发链接的人再发一个。"


def _open_invitation(token: str, at: datetime) -> Invitation:
    invitation = (
        Invitation.objects.select_related("account")
        .filter(token_hash=_hash(token), used_at=None, expires_at__gt=at, account__is_active=True)
        .first()
    )
    if invitation is None:
        raise InvitationNotValid(_NOT_VALID)
    return invitation


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
