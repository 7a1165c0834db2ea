"""
An existing portal that brings people here and hears how it goes (门户、小程序接入): its ticket, where it may lead, the word back.

A ticket says who is signed in over there, how surely he was recognised, and to which page of ours he goes. It holds
for minutes, for one portal, for one page, and once.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from .codes import is_citizen_number, is_number

#: A ticket may not say that it holds for longer than this.
LONGEST = timedelta(minutes=2)
#: The clocks of two systems may differ by this much.
CLOCKS_APART = timedelta(seconds=30)
#: After so many tries a word back is laid aside, where the operator sees it.
MOST_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=6)
_CODE = re.compile(r"[a-z0-9-]{1,32}")
_PAGES = re.compile(r"/(?:|all|my|guide/[a-z0-9-]+|start/[a-z0-9-]+|case/(?P<number>[0-9]{23}))")


class Vouched(StrEnum):
    """How surely somebody was recognised (认证级别), the surest last."""

    LOW = "low"  # 手机号验证
    MIDDLE = "middle"  # 实名
    HIGH = "high"  # 实名并人脸或证书

    @property
    def rank(self) -> int:
        return tuple(Vouched).index(self)


#: The same, as a clerk reads it.
VOUCHED_WORDS = {Vouched.LOW: "手机号", Vouched.MIDDLE: "实名", Vouched.HIGH: "实名并刷脸或证书"}


class TicketFault(StrEnum):
    """Why a ticket was not taken: told to the portal as a code, to the reader as a sentence."""

    FORGED = "forged"
    EXPIRED = "expired"
    FOREIGN = "foreign"
    REPLAYED = "replayed"
    TOO_HIGH = "level"
    NO_SUCH_PAGE = "page"
    NOBODY = "person"


_SAYS = {
    TicketFault.FORGED: "票据的签名不对",
    TicketFault.EXPIRED: "票据过了有效时间",
    TicketFault.FOREIGN: "票据不是发给这里的，或者不是从登记的门户来的",
    TicketFault.REPLAYED: "票据已经用过一次",
    TicketFault.TOO_HIGH: "门户说的认证级别比它登记的高",
    TicketFault.NO_SUCH_PAGE: "票据要去的页面不能这样打开",
    TicketFault.NOBODY: "票据里没有说清楚是谁",
}


class TicketRefused(Exception):
    """A portal's ticket was not taken; nobody has been signed in."""

    def __init__(self, fault: TicketFault) -> None:
        super().__init__(f"{_SAYS[fault]}（代码 {fault}）")
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What the portal says of one of its readers, once its signature was found to be right."""

    id: str
    portal: str
    meant_for: str
    number: str
    name: str
    level: Vouched
    leads_to: str
    issued_at: datetime
    expires_at: datetime
    phone: str = ""
    subscribes: bool = False  # whether the portal may be given messages for him


def check_ticket(ticket: Ticket, *, portal: str, ours: str, highest: Vouched, at: datetime) -> None:
    """
    Refuse a ticket that is not good now; whether it was used before is known only to the store.

    :param ours: the address of this site, for which the ticket must be meant; `highest`: what the portal may vouch for.
    :raises TicketRefused: with the first thing that is wrong.
    """
    if ticket.portal != portal or ticket.meant_for != ours:
        raise TicketRefused(TicketFault.FOREIGN)
    too_long = ticket.expires_at - ticket.issued_at > LONGEST
    if too_long or ticket.issued_at > at + CLOCKS_APART or ticket.expires_at + CLOCKS_APART <= at:
        raise TicketRefused(TicketFault.EXPIRED)
    if ticket.level.rank > highest.rank:
        raise TicketRefused(TicketFault.TOO_HIGH)
    if not is_deep_link(ticket.leads_to):
        raise TicketRefused(TicketFault.NO_SUCH_PAGE)
    if not ticket.id or not ticket.name.strip() or not is_citizen_number(ticket.number):
        raise TicketRefused(TicketFault.NOBODY)


def is_deep_link(address: str) -> bool:
    """
    Return whether a portal may lead to this page of ours: a one-thing with its situation, a case by its number, the doors.

    >>> is_deep_link("/start/open-restaurant?venue-area=120"), is_deep_link("//elsewhere.example/start/x")
    (True, False)
    """
    if (
        not address.startswith("/")
        or address.startswith("//")
        or "\\" in address
        or not address.isprintable()
    ):
        return False
    found = _PAGES.fullmatch(urlsplit(address).path)
    return found is not None and (found["number"] is None or is_number(found["number"]))


def is_code(text: str) -> bool:
    """
    Return whether a portal, or a machine in a hall, can be called so in addresses: small letters, digits and hyphens.

    >>> is_code("gulou-1"), is_code("Gulou-1")
    (True, False)
    """
    return _CODE.fullmatch(text) is not None


def pause_after(attempts: int) -> timedelta | None:
    """
    Return how long to wait after so many failed tries to tell a portal; None means that it is laid aside.

    >>> pause_after(1), pause_after(MOST_ATTEMPTS)
    (datetime.timedelta(seconds=30), None)
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(timedelta(seconds=30) * 2 ** (attempts - 1), LONGEST_PAUSE)
