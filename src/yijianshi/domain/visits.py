"""
Showing a code at the counter (亮码): good for two minutes and for one clerk, who may then look on for half an hour at most.

Basis: Personal Information Protection Law (个人信息保护法), arts. 6, 14, 15: no more than the purpose needs, on a consent that
says what for, and that can be taken back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

DIGITS = 8
CODE_LASTS = timedelta(minutes=2)
VISIT_LASTS = timedelta(minutes=30)
#: What the picture says before the digits, so that a code of somebody else's is told from one of ours.
MARK = "YJS1:"
#: So many wrong codes within `TRIES_WITHIN` are let pass; a slip of the finger is not an attack.
FREE_TRIES = 8
TRIES_WITHIN = timedelta(minutes=10)


class CodeNotTaken(Exception):
    """A code is not taken; the message says why and what would do."""


class VisitOver(Exception):
    """The visit has ended, or half an hour has passed; nothing more may be looked at."""

    def __init__(self) -> None:
        super().__init__("这次亮码已经结束。还要看的，请申请人重新亮码")


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code as it is kept (亮码): until when it is good, and whether somebody has taken it."""

    until: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit at a counter (一次亮码): what was shown to one clerk, from when until when."""

    opened_at: datetime
    until: datetime
    ended_at: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.until

    def minutes_left(self, at: datetime) -> int:
        """Return how many minutes are left, begun ones counted."""
        return max(0, -int((at - self.until) // timedelta(minutes=1))) if self.is_open(at) else 0


def read_code(text: str) -> str:
    """
    Return the digits of what a scanner typed, a camera saw or a citizen read aloud.

    >>> read_code("YJS1:12345678"), read_code("1234 5678")
    ('12345678', '12345678')

    :raises CodeNotTaken: if it is another kind of code, or not all digits are there.
    """
    plain = "".join(text.split()).removeprefix(MARK).replace("-", "")
    digits = "".join(str(int(sign)) for sign in plain if sign.isdecimal())
    if len(digits) != len(plain):
        raise CodeNotTaken("这不是本平台的亮码。请申请人在“我的办件”里按“亮码”，再扫那个码")
    if len(digits) != DIGITS:
        raise CodeNotTaken(f"亮码是 {DIGITS} 位数字，收到的是 {len(digits)} 位。请再扫一次，或请申请人念一遍")
    return digits


def check_taken(code: ShownCode | None, *, at: datetime) -> None:
    """
    Refuse a code that nobody shows, that has been used, or that is too old.

    :raises CodeNotTaken: saying which it is.
    """
    if code is None:
        raise CodeNotTaken("没有人正在亮这个码。请核对数字，或请申请人按“换一个码”")
    if code.used_at is not None:
        raise CodeNotTaken("这个码已经用过，一个码只能用一次。请申请人按“换一个码”")
    if at >= code.until:
        raise CodeNotTaken("这个码过了两分钟，已经失效。请申请人按“换一个码”，再扫一次")


def check_tries(wrong: int) -> None:
    """
    Refuse a clerk who has typed too many wrong codes.

    :raises CodeNotTaken: if he has to wait.
    """
    if wrong >= FREE_TRIES:
        minutes = int(TRIES_WITHIN / timedelta(minutes=1))
        raise CodeNotTaken(f"{minutes} 分钟里错了 {wrong} 次，请过几分钟再试；等的时候可以先凭证件办理")


def in_groups(digits: str) -> str:
    """
    Return the digits as they are read aloud.

    >>> in_groups("12345678")
    '1234 5678'
    """
    return f"{digits[:4]} {digits[4:]}"
