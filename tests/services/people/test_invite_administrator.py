"""The first administrator comes in by a link that works once, for a day, and is kept nowhere."""

from datetime import UTC, datetime, timedelta

import pytest

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.rights import Role
from yijianshi.services.people.invite_administrator import (
    InvitationNotValid,
    InvitationRefused,
    Invited,
    PasswordRefused,
    accept_invitation,
    invite_administrator,
    invited_login,
)
from yijianshi.store.accounts.models import Account, Invitation, Officer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
GULOU = DivisionCode("320106")
PASSWORD = "correct horse battery staple"


def invite(*, login: str = "admin", role: Role = Role.SYSTEM_ADMIN, at: datetime = NOW) -> Invited:
    return invite_administrator(login=login, role=role, division=GULOU, at=at)


def test_the_link_sets_the_first_password_and_works_only_once() -> None:
    invited = invite()
    assert invited.link.endswith(f"/invitation/{invited.token}")
    assert invited_login(token=invited.token, at=NOW) == "admin"
    account = accept_invitation(token=invited.token, password=PASSWORD, at=NOW)
    assert account.check_password(PASSWORD)
    assert Officer.objects.get(account=account).role == "system_admin"
    with pytest.raises(InvitationNotValid):
        accept_invitation(token=invited.token, password="another long password", at=NOW)


def test_nobody_comes_in_before_the_link_was_used() -> None:
    invite()
    assert not Account.objects.get(login="admin").has_usable_password()


def test_the_token_itself_is_not_kept() -> None:
    token = invite().token
    assert token.encode() not in bytes(Invitation.objects.get().token_hash)


def test_the_link_expires_after_a_day() -> None:
    invited = invite()
    with pytest.raises(InvitationNotValid, match="已过期"):
        accept_invitation(token=invited.token, password=PASSWORD, at=NOW + timedelta(hours=24))


def test_inviting_again_makes_the_former_link_worthless() -> None:
    former = invite()
    latter = invite(at=NOW + timedelta(hours=1))
    with pytest.raises(InvitationNotValid):
        invited_login(token=former.token, at=NOW + timedelta(hours=1))
    assert invited_login(token=latter.token, at=NOW + timedelta(hours=1)) == "admin"


def test_a_weak_password_is_refused_and_the_link_still_works() -> None:
    invited = invite()
    with pytest.raises(PasswordRefused, match="密码"):
        accept_invitation(token=invited.token, password="123456", at=NOW)
    accept_invitation(token=invited.token, password=PASSWORD, at=NOW)


def test_a_login_in_use_is_refused() -> None:
    accept_invitation(token=invite().token, password=PASSWORD, at=NOW)
    with pytest.raises(InvitationRefused, match="已有人使用"):
        invite()


def test_the_three_administrators_are_three_people() -> None:
    invite(role=Role.SYSTEM_ADMIN)
    with pytest.raises(InvitationRefused, match="不能由一人兼任"):
        invite(role=Role.AUDIT_ADMIN)


def test_only_administrators_are_invited_this_way() -> None:
    with pytest.raises(InvitationRefused, match="不是管理员岗位"):
        invite(role=Role.REVIEWER)


@pytest.mark.parametrize("login", ["", "two words", "x" * 65, "line\nbreak"])
def test_a_malformed_login_is_refused(login: str) -> None:
    with pytest.raises(InvitationRefused, match="登录名"):
        invite(login=login)
