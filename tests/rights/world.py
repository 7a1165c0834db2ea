"""
A town in which everything exists that a page can be about: what 王芳 filed, got, owes and was offered, and what staff wrote.

It is built once for all tests of rights, and every request is rolled back. `things` names each thing as the addresses do;
a room adds its own in `tests/rights/things/<room>.py`.
"""

import importlib
import pkgutil
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.cast import HOME
from tests.rights import things
from tests.services.town import Town
from yijianshi.domain.rights import Role
from yijianshi.services.contents import seal_text
from yijianshi.services.outside import Outside, outside
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.web.acting import ACTING_FOR

#: Who stands in each column; "name/enterprise" acts for the enterprise that he represents.
COLUMNS = {
    "visitor": "",
    "party": "wangfang/enterprise",
    "stranger": "qianjin",
    "window": "laoli",
    "coordinator": "hemin",
    "reviewer": "chenzhiyuan",
    "other_reviewer": "jiangxin",
    "supervisor": "heli",
    "steward": "lanhui",
    "system_admin": "system-admin",
    "security_admin": "security-admin",
    "audit_admin": "audit-admin",
}
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class Secret(str):
    """A key of an address that is no UUID: a token or a number, which likewise could be guessed."""

    __slots__ = ()


@dataclass
class World:
    """The town, and the things in it by the names that addresses give them."""

    town: Town
    outside: Outside
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def sign_in(self, login: str, *, for_enterprise: bool = False) -> str:
        """Sign somebody in, acting for his enterprise if asked, and return the key of the session."""
        client = Client()
        client.force_login(Account.objects.get(login=login))
        session = client.session
        if for_enterprise:
            session[ACTING_FOR] = self.town.who(login, enterprise=True).party
            session.save()
        return str(session.session_key)  # of a session kept in a cookie, all of it


def build(town: Town) -> World:
    """Let everything happen that pages can be about."""
    world = World(town, outside())
    _administrators_come(town)
    for module in sorted(found.name for found in pkgutil.iter_modules(things.__path__)):
        importlib.import_module(f"tests.rights.things.{module}").add(world)
    for person in filter(None, COLUMNS.values()):
        login, _, enterprise = person.partition("/")
        world.sessions[person] = world.sign_in(login, for_enterprise=bool(enterprise))
    return world


def _administrators_come(town: Town) -> None:
    for role in ADMINISTRATORS:
        login = str(role).replace("_", "-")
        account, is_new = Account.objects.get_or_create(
            login=login,
            defaults={
                "name_sealed": seal_text(login, purpose="name"),
                "created_at": town.now,
                "is_demo": True,
            },
        )
        if is_new:
            unit = f"government-services@{HOME}"
            Officer.objects.create(account=account, role=role, unit=unit, since=town.now.date())
