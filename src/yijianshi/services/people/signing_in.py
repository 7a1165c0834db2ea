"""
Signing in (登录): by login and password, in the demo also by choosing one of the cast.

Wrong passwords make only whoever sends them wait, so that nobody can lock another person out; see `guards.door`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q

from yijianshi.domain.administering import ROLE_WORDS
from yijianshi.domain.guards import network_of
from yijianshi.domain.rights import Actor, Role
from yijianshi.domain.routing import Unit
from yijianshi.store.accounts.models import Account, Officer, Representation

from ..catalogue.reading import shipped_catalogue
from ..contents import open_text
from ..guards.devices import known_device
from ..guards.door import PASSWORDS, Caller, Door, TooManyTries, Whom

__all__ = [
    "ROLE_WORDS",
    "CastMember",
    "TooManyTries",
    "WrongLogin",
    "account_by_id",
    "demo_account",
    "demo_cast",
    "name_on",
    "sign_in",
    "start_page",
]


class WrongLogin(Exception):
    """Login and password do not belong together; which of the two is wrong is not told."""

    def __init__(self) -> None:
        super().__init__("登录名或密码不对。请再核一遍，注意大小写")


_NOBODY = make_password(None)


def sign_in(
    *, login: str, password: str, address: str, at: datetime, cookie: str = "", door: Door = PASSWORDS
) -> Account:
    """
    Return the account that may come in.

    :param address: from where; only this network has to wait after wrong tries.
    :param cookie: by which a device on which the person has been in before is known, and counted on its own.
    :raises WrongLogin: if login and password do not belong together, or the account is closed.
    :raises TooManyTries: if it has been tried too often from here.
    """
    login = login.strip()[:64]
    account = Account.objects.filter(login=login, is_active=True).first()
    device = known_device(cookie, account=account) if account else ""
    whom, caller = Whom(login, account.id if account else None), Caller(network_of(address), device)
    door.check(whom, caller, at=at)
    if not check_password(password, account.password if account else _NOBODY) or account is None:
        door.failed(whom, caller, at=at)
        raise WrongLogin
    door.succeeded(whom, caller)
    return account


def account_by_id(key: UUID) -> Account | None:
    """Return an account that may come in, or None."""
    return Account.objects.filter(pk=key, is_active=True).first()


def demo_account(login: str) -> Account:
    """Return one of the demo's cast. :raises WrongLogin: if it is nobody of the cast."""
    account = Account.objects.filter(login=login, is_active=True, is_demo=True).first()
    if account is None:
        raise WrongLogin
    return account


def name_on(account: Account) -> str:
    """Return the name of the person behind an account in hand."""
    return open_text(account.name_sealed, purpose="name") or account.login


@dataclass(frozen=True, slots=True)
class CastMember:
    """One of the demo's cast, as the door lists it."""

    login: str
    name: str
    about: str
    is_citizen: bool
    is_of_other_department: bool = False  # no figure of the story, but at a desk that some one-thing needs


def demo_cast(*, on: date) -> tuple[CastMember, ...]:
    """Return everybody of the demo who may come in with one press: citizens first."""
    departments = shipped_catalogue().departments
    now = Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
    posts: dict[object, list[str]] = {}
    for post in Officer.objects.filter(now, account__is_demo=True).order_by("role"):
        department = departments.get(Unit.parse(post.unit).department)
        where = department.short_name if department else "政务办"
        posts.setdefault(post.account_id, []).append(f"{where} · {ROLE_WORDS[Role(post.role)]}")
    standing: dict[object, list[str]] = {}
    for one in Representation.objects.filter(now, account__is_demo=True).select_related("party"):
        standing.setdefault(one.account_id, []).append(open_text(one.party.name_sealed, purpose="name"))
    found = []
    for account in Account.objects.filter(is_demo=True, is_active=True).order_by("created_at", "id"):
        is_citizen = account.party_id is not None
        about = "、".join(posts.get(account.id, ()))
        if is_citizen:
            about = "市民" + "".join(f"，也代表{name}" for name in standing.get(account.id, ()))
        is_other = account.login in departments
        found.append(CastMember(account.login, name_on(account), about, is_citizen, is_other))
    return tuple(sorted(found, key=lambda member: not member.is_citizen))


#: Where each post begins its day, the first that fits; whoever holds none begins at the front page.
START_PAGES = (
    (Role.WINDOW, "/window"),
    (Role.COORDINATOR, "/coordinate"),
    (Role.REVIEWER, "/desk"),
    (Role.SUPERVISOR, "/supervise"),
    (Role.SYSTEM_ADMIN, "/administer/accounts"),
    (Role.SECURITY_ADMIN, "/administer/proposals"),
    (Role.AUDIT_ADMIN, "/administer/reads"),
    (Role.HELPER, "/helping"),
    (Role.PROJECT_STEWARD, "/helping"),
    (Role.HALL_MANAGER, "/hall"),
)


def start_page(actor: Actor) -> str:
    """Return where somebody begins after signing in."""
    return next((page for role, page in START_PAGES if actor.holds(role)), "/")
