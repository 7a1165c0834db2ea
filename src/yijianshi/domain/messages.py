"""
How a person is told something outside the platform (消息渠道): by which way, what next if it fails, and not in the night.

Inside the platform every message lies in the reader's own space, whatever is chosen here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from .workdays import BEIJING


class Way(StrEnum):
    """A way of telling somebody who is not looking at the platform."""

    APP = "app"  # 订阅消息
    SMS = "sms"  # 短信
    MAIL = "mail"  # 电子邮件


class Kind(StrEnum):
    """What a message is about, as far as somebody may choose how to hear of it."""

    ASKS = "asks"  # 要您做的
    RESULTS = "results"  # 办理结果
    REMINDERS = "reminders"  # 到期提醒
    PROGRESS = "progress"  # 进度
    OFFERS = "offers"  # 政策和待遇


#: In this order the chosen ways are tried; the next one only if the one before it failed.
ORDER = (Way.APP, Way.SMS, Way.MAIL)
USUALLY: Mapping[Kind, tuple[Way, ...]] = MappingProxyType({
    Kind.ASKS: (Way.APP, Way.SMS, Way.MAIL),
    Kind.RESULTS: (Way.APP, Way.SMS, Way.MAIL),
    Kind.REMINDERS: (Way.APP, Way.SMS, Way.MAIL),
    Kind.PROGRESS: (Way.APP,),
    Kind.OFFERS: (Way.APP,),
})  # fmt: skip
_ASKS = frozenset({
    "correction.asked", "correction.again", "payment.due", "mending.asked", "together.asked", "together.again",
    "together.declined", "owed.due", "joint.planned", "joint.marked", "joint.proposed", "joint.asked", "rating.due",
})  # fmt: skip
_RESULTS = frozenset({
    "case.granted", "case.refused", "case.declined", "case.terminated", "case.revoked", "case.decided",
    "composite.issued", "submission.closed", "payment.refund", "delivery.sent", "delivery.ready", "review.answered",
    "offer.answered", "ticket.answered", "data.answered",
})  # fmt: skip
_OFFERS = frozenset({"offer.made", "policy.matched"})
#: Whoever misses the day of these loses something by law or by what was agreed: they do not wait for the morning.
URGENT = frozenset({"correction.due", "payment.remind", "owed.remind"})


def kind_of(key: str) -> Kind:
    """
    Return what a message is about, by the key of its template.

    >>> kind_of("correction.asked"), kind_of("owed.remind"), kind_of("case.accepted")
    (<Kind.ASKS: 'asks'>, <Kind.REMINDERS: 'reminders'>, <Kind.PROGRESS: 'progress'>)
    """
    if key in _ASKS:
        return Kind.ASKS
    if key in _RESULTS:
        return Kind.RESULTS
    if key in _OFFERS:
        return Kind.OFFERS
    if key in URGENT or key.endswith((".remind", ".due", ".expiring")):
        return Kind.REMINDERS
    return Kind.PROGRESS


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when until when nobody is disturbed (免打扰), by the clock in China; both the same means never quiet."""

    begins: time = time(21)
    ends: time = time(8)

    def holds_at(self, at: datetime) -> bool:
        """Return whether nobody is to be disturbed at this moment."""
        clock = at.astimezone(BEIJING).time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def over_at(self, at: datetime) -> datetime:
        """Return the first moment from `at` on at which somebody may be disturbed."""
        if not self.holds_at(at):
            return at
        local = at.astimezone(BEIJING)
        end = local.replace(hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0)
        return (end if end > local else end + timedelta(days=1)).astimezone(at.tzinfo)


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody wants to be told: the ways for each kind, and when not."""

    ways: Mapping[Kind, tuple[Way, ...]] = field(default_factory=lambda: USUALLY)
    quiet: QuietHours = QuietHours()


def ways_for(key: str, choice: Choice, *, reachable: Collection[Way]) -> tuple[Way, ...]:
    """Return by which ways to try, the first one first: what was chosen for its kind, and by which he can be reached."""
    wanted = choice.ways.get(kind_of(key), USUALLY[kind_of(key)])
    return tuple(way for way in ORDER if way in wanted and way in reachable)


def may_go_at(key: str, choice: Choice, at: datetime) -> datetime:
    """Return when a message may go out: at once if a legal day depends on it, else not in the quiet hours."""
    return at if key in URGENT else choice.quiet.over_at(at)
