"""
Guards at the door (身份鉴别): who needs a second factor, how long a wrong try makes wait, when a password is too old.

Basis: GB/T 22239-2019 (等保三级), 8.1.4.1: two kinds of proof for who manages, failed sign-ins are answered, passwords change.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from .rights import Role

#: Whoever manages the platform, or publishes what holds for everybody, always proves himself twice.
ALWAYS_TWICE = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.STEWARD})
#: Network Security Law (网络安全法): logs are kept for six months at least; 183 days are never less than six months.
LEAST_DAYS_OF_READS = 183
#: So many passwords that somebody has used are refused as his next one.
REMEMBERED_PASSWORDS = 5

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FREE_TRIES = 5
#: From one network, whatever logins are tried; an office behind one address still gets in.
FREE_TRIES_OF_NETWORK = 60
#: Beyond so many wrong tries at one account from anywhere, every unknown network has fewer free ones and waits longer.
MANY_TRIES_AT_ACCOUNT = 30
FREE_TRIES_WHEN_MANY = 2
#: After proving the first factor, so many minutes are left for the second; and what was proved twice counts so long.
SECOND_STEP_LASTS = timedelta(minutes=10)
STEP_UP_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Guarding:
    """What the operator decided about the guards."""

    also_twice: frozenset[Role] = frozenset()  # who else needs a second factor
    demo_is_let_in: bool = False  # the made-up people of the demo come in by one press
    password_days: int = 90  # after so many days staff choose a new password; 0 never
    read_days: int = 366  # how long it is kept who looked at what


class ReadsKeptTooShortly(ValueError):
    """Somebody wants to clear the log of reads earlier than the law allows."""


def needs_two(roles: Collection[Role], guarding: Guarding) -> bool:
    """
    Return whether somebody with these posts must prove himself twice.

    >>> needs_two({Role.STEWARD}, Guarding()), needs_two({Role.WINDOW}, Guarding())
    (True, False)
    """
    return any(role in ALWAYS_TWICE or role in guarding.also_twice for role in roles)


def is_too_old(since: datetime, guarding: Guarding, *, at: datetime) -> bool:
    """Return whether a password of staff that was set at `since` must be changed now."""
    return guarding.password_days > 0 and at - since >= timedelta(days=guarding.password_days)


@dataclass(frozen=True, slots=True)
class Tried:
    """How often something was tried in vain, and when last."""

    count: int
    last: datetime


def wait_until(tried: Tried | None, *, free: int) -> datetime | None:
    """
    Return until when the next try has to wait: nothing within the free ones, then longer each time, at most a quarter of an hour.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 27, 12, tzinfo=UTC)
    >>> wait_until(Tried(4, noon), free=5) is None, wait_until(Tried(6, noon), free=5) - noon
    (True, datetime.timedelta(seconds=60))
    """
    if tried is None or tried.count < free:
        return None
    return tried.last + min(FIRST_WAIT * 2 ** min(tried.count - free, 10), LONGEST_WAIT)


def is_forgotten(tried: Tried, *, at: datetime) -> bool:
    """Return whether tries lie so far back that counting begins anew."""
    return at - tried.last > LONGEST_WAIT


def network_of(address: str) -> str:
    """
    Return the network from which somebody comes, coarse enough to name nobody: 24 bits of an IPv4, 48 of an IPv6 address.

    >>> network_of("10.20.30.40"), network_of("2001:db8:1:2::9"), network_of("nonsense")
    ('10.20.30.*', '2001:db8:1::', '未知')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "未知"
    if parsed.version == 4:
        return address.rpartition(".")[0] + ".*"
    return str(ip_network((int(parsed), 48), strict=False).network_address)


_SYSTEMS = (
    ("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"), ("Linux", "Linux 电脑"),
)  # fmt: skip
_BROWSERS = (
    ("MicroMessenger", "微信"), ("Edg", "Edge 浏览器"), ("Firefox", "火狐浏览器"), ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"), ("Chrome", "Chrome 浏览器"), ("Safari", "Safari 浏览器"),
)  # fmt: skip


def browser_words(agent: str) -> str:
    """
    Return in plain words from what kind of browser somebody came.

    >>> browser_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0")
    'Windows 电脑上的 Edge 浏览器'
    """
    system = next((words for sign, words in _SYSTEMS if sign in agent), "")
    browser = next((words for sign, words in _BROWSERS if sign in agent), "浏览器")
    return f"{system}上的 {browser}" if system else f"一个{browser}" if browser == "浏览器" else browser


def keep_reads_for(days: int) -> timedelta:
    """
    Return how long the log of reads is kept.

    :raises ReadsKeptTooShortly: if that is less than six months.
    """
    if days < LEAST_DAYS_OF_READS:
        raise ReadsKeptTooShortly(
            f"查看记录至少留 {LEAST_DAYS_OF_READS} 天（六个月，网络安全法对日志的要求），{days} 天不够。请写 {LEAST_DAYS_OF_READS} 或更多"
        )
    return timedelta(days=days)
