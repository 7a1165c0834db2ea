"""
Signing in (登录): by login and password, in the demo also by choosing one of the cast.

Wrong passwords make only whoever sends them wait: they are counted per login and address, so that nobody can lock
another person out. The count lives in each process, so that several processes allow several times as many tries.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q

from yijianshi.domain.rights import Actor, Role
from yijianshi.domain.routing import Unit
from yijianshi.store.accounts.models import Account, Officer, Representation

from ..catalogue.reading import shipped_catalogue
from ..contents import open_text

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
#: From one address, whatever logins are tried; an office behind one address still gets in.
FREE_TRIES_OF_ADDRESS = 60
_MOST_REMEMBERED = 20_000

ROLE_WORDS = {
    Role.WINDOW: "综合窗口", Role.COORDINATOR: "牵头协调", Role.REVIEWER: "审查、决定", Role.SUPERVISOR: "督查",
    Role.STEWARD: "目录管理", Role.SYSTEM_ADMIN: "系统管理员", Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员", Role.HALL_MANAGER: "大厅值班长",
}  # fmt: skip


class WrongLogin(Exception):
    """Login and password do not belong together; which of the two is wrong is not told."""

    def __init__(self) -> None:
        super().__init__("登录名或密码不对。请再核一遍，注意大小写")


class TooManyTries(Exception):
    """Too many wrong passwords from here for this login; others may still come in."""

    def __init__(self, wait: timedelta) -> None:
        seconds = max(int(wait.total_seconds()), 1)
        words = f"{seconds} 秒" if seconds < 90 else f"{-(-seconds // 60)} 分钟"
        super().__init__(f"试错的次数多了，请等 {words}再试。账号没有锁，在别处照常能登录")
        self.seconds = seconds


@dataclass(slots=True)
class _Failures:
    count: int = 0
    until: datetime | None = None
    last: datetime | None = None


@dataclass(slots=True)
class Door:
    """Counts wrong passwords, and says how long to wait."""

    _failures: "OrderedDict[tuple[str, str], _Failures]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def check(self, login: str, address: str, *, at: datetime) -> None:
        """Refuse who has to wait. :raises TooManyTries: with how long."""
        with self._lock:
            for key in ((login, address), ("", address)):
                found = self._failures.get(key)
                if found and found.until and found.until > at:
                    raise TooManyTries(found.until - at)

    def failed(self, login: str, address: str, *, at: datetime) -> None:
        """Count a wrong password."""
        with self._lock:
            self._count((login, address), FREE_TRIES, at)
            self._count(("", address), FREE_TRIES_OF_ADDRESS, at)
            while len(self._failures) > _MOST_REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, login: str, address: str) -> None:
        """Forget what was counted for who has come in."""
        with self._lock:
            self._failures.pop((login, address), None)

    def _count(self, key: tuple[str, str], free: int, at: datetime) -> None:
        found = self._failures.pop(key, None)
        if found is None or (found.last and at - found.last > LONGEST_WAIT):
            found = _Failures()
        found.count, found.last = found.count + 1, at
        if found.count >= free:
            found.until = at + min(FIRST_WAIT * 2 ** (found.count - free), LONGEST_WAIT)
        self._failures[key] = found


_door = Door()
_NOBODY = make_password(None)


def sign_in(*, login: str, password: str, address: str, at: datetime, door: Door = _door) -> Account:
    """
    Return the account that may come in.

    :param address: from where; only this place has to wait after wrong tries.
    :raises WrongLogin: if login and password do not belong together, or the account is closed.
    :raises TooManyTries: if it has been tried too often from here.
    """
    login = login.strip()[:64]
    door.check(login, address, at=at)
    account = Account.objects.filter(login=login, is_active=True).first()
    if not check_password(password, account.password if account else _NOBODY) or account is None:
        door.failed(login, address, at=at)
        raise WrongLogin
    door.succeeded(login, address)
    return account


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
    (Role.HALL_MANAGER, "/hall"),
)


def start_page(actor: Actor) -> str:
    """Return where somebody begins after signing in."""
    return next((page for role, page in START_PAGES if actor.holds(role)), "/")
