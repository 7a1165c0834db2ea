"""
Counting wrong tries (登录失败处理) for all processes together, so that guessing is slow and nobody is locked out by others.

They are counted per account and network. The sum over an account from everywhere never closes it: it only leaves every
unknown network fewer free tries. Whoever comes from a device on which he has been in before is counted on his own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yijianshi.domain.guards import (
    FREE_TRIES,
    FREE_TRIES_OF_NETWORK,
    FREE_TRIES_WHEN_MANY,
    LONGEST_WAIT,
    MANY_TRIES_AT_ACCOUNT,
    Tried,
    is_forgotten,
    wait_until,
)
from yijianshi.store.guards.tries import Place, count_try, forget_tries, tried_at


class TooManyTries(Exception):
    """Too many wrong tries from here; others may still come in."""

    def __init__(self, wait: timedelta) -> None:
        seconds = max(int(wait.total_seconds()), 1)
        words = f"{seconds} 秒" if seconds < 90 else f"{-(-seconds // 60)} 分钟"
        super().__init__(f"试错的次数多了，请等 {words}再试。账号没有锁，在别处照常能登录")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Caller:
    """From where somebody tries: a network, and the device where it is known as his own."""

    network: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Whom:
    """At whose door: an account, or a login that nobody has."""

    login: str
    account: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.account) if self.account else f"nobody {self.login}"


@dataclass(frozen=True, slots=True)
class Door:
    """Counts one kind of wrong tries, and says how long to wait; what it knows lies in the database."""

    kind: str = "password"
    sum_waits: bool = False  # whether too many from everywhere make unknown devices wait

    def check(self, whom: Whom, caller: Caller, *, at: datetime) -> None:
        """Refuse who has to wait. :raises TooManyTries: with how long."""
        here, network, anywhere = self._places(whom, caller)
        tried = {
            place: Tried(count, last) for place, (count, last) in tried_at((here, network, anywhere)).items()
        }
        waits = [wait_until(tried.get(here), free=FREE_TRIES)]
        if not caller.device:
            total = tried.get(anywhere)
            is_many = bool(total and total.count >= MANY_TRIES_AT_ACCOUNT and not is_forgotten(total, at=at))
            waits = [
                wait_until(tried.get(here), free=FREE_TRIES_WHEN_MANY if is_many else FREE_TRIES),
                wait_until(tried.get(network), free=FREE_TRIES_OF_NETWORK),
                wait_until(total, free=MANY_TRIES_AT_ACCOUNT) if self.sum_waits else None,
            ]
        until = max((moment for moment in waits if moment), default=at)
        if until > at:
            raise TooManyTries(until - at)

    def failed(self, whom: Whom, caller: Caller, *, at: datetime) -> None:
        """Count a wrong try."""
        here, network, anywhere = self._places(whom, caller)
        counted = (here,) if caller.device else (here, network, anywhere)
        count_try(counted, at=at, forget_after=LONGEST_WAIT)

    def succeeded(self, whom: Whom, caller: Caller) -> None:
        """Forget what was counted here for who has come in."""
        forget_tries(self._places(whom, caller)[:1])

    def _places(self, whom: Whom, caller: Caller) -> tuple[Place, Place, Place]:
        source = f"device {caller.device}" if caller.device else caller.network
        return (
            Place(self.kind, whom.subject, source, whom.account, caller.network),
            Place(self.kind, "", caller.network, None, caller.network),
            Place(self.kind, whom.subject, "", whom.account),
        )


PASSWORDS = Door("password")
#: Whoever gets here knows the password already; that is why too many from everywhere make wait, but not the known device.
SECOND_FACTORS = Door("second", sum_waits=True)
