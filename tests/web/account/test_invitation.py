"""The one-time link of a new administrator."""

import pytest
from django.test import Client

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.rights import Role
from yijianshi.services.outside import outside
from yijianshi.services.people.invite_administrator import invite_administrator
from yijianshi.store.accounts.models import Account

pytestmark = pytest.mark.django_db
GOOD = "一个足够长的密码-2026"


@pytest.fixture
def link() -> str:
    invited = invite_administrator(
        login="admin", role=Role.SYSTEM_ADMIN, division=DivisionCode("320106"), at=outside().clock.now()
    )
    return f"/invitation/{invited.token}"


def test_the_link_sets_the_password_once(link: str) -> None:
    browser = Client()
    assert "设置密码" in browser.get(link).content.decode()
    done = browser.post(link, {"password": GOOD, "again": GOOD})
    assert "密码已设置" in done.content.decode()
    assert Account.objects.get(login="admin").check_password(GOOD)
    assert browser.get(link).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [(GOOD, "另一个", "两次填的密码不一样"), ("12345678901234", "12345678901234", "太容易猜")],
)
def test_a_poor_password_is_refused_and_the_link_still_works(
    link: str, password: str, again: str, said: str
) -> None:
    browser = Client()
    refused = browser.post(link, {"password": password, "again": again})
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert browser.get(link).status_code == 200


def test_a_made_up_link_leads_nowhere() -> None:
    assert Client().get("/invitation/made-up").status_code == 404
