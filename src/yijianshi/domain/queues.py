"""
Who is called next at a window (叫号规则), and how long the others wait (还要等多久).

The rule, as it hangs on the wall: three kinds take turns - special groups (老人、残疾人、孕妇、带婴幼儿的、军人), bookings whose
time has come, and whoever came without. A kind with nobody waiting is passed over; within a kind the earliest comes first.
So each kind gets at least every third call, and a ticket with k of its kind before it is called at the latest with the
3(k + 1)th call, however many others come: nobody is left waiting for good. A booking that is too early waits for its
time, unless nobody else is there. Who was sent from another window is called there with the special groups.

Basis: 苏政办发〔2022〕87号, 三(三) (排队；残疾人、老年人等特殊群体). Turns and minutes are our own custom.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

#: So many served in the last hour make a figure; with fewer the usual minutes of the line are taken, and that is said.
ENOUGH = 3
#: A booking is due so long before its time.
DUE_EARLIER = timedelta(minutes=5)


class QueueRefused(ValueError):
    """The ticket cannot be taken, called or moved like this; the message says why and what would do."""


class Kind(StrEnum):
    """Which turn a ticket waits for, in the order of the turns."""

    SPECIAL = "special"
    BOOKED = "booked"
    PLAIN = "plain"


class TicketState(StrEnum):
    """How a ticket stands."""

    WAITING = "waiting"  # 等叫号
    CALLED = "called"  # 叫到、在办
    SKIPPED = "skipped"  # 叫了没来
    DONE = "done"  # 办完


TURNS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One ticket that waits: its kind, since when it counts, and when its booking begins."""

    id: str
    kind: Kind
    since: datetime
    begins: datetime | None = None
    window: str = ""  # the only window that may call it, where it was sent to one
    number: str = ""  # as drawn: of two drawn in the same moment the lower one goes first

    def is_due(self, at: datetime) -> bool:
        return self.begins is None or self.begins - DUE_EARLIER <= at


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long somebody waits: minutes, or None where nobody is being served; and on what that rests."""

    before: int
    minutes: int | None
    basis: str


def next_ticket(
    waiting: Iterable[Waiting], *, last: Kind | None, at: datetime, window: str = ""
) -> Waiting | None:
    """
    Return who is called next, or None where nobody is waiting for this window.

    :param last: the kind that was called last, whose turn is over.
    :param window: the window that calls; a ticket that was sent to another one is not for it.
    """
    fit = [one for one in waiting if one.window in ("", window)]
    due = [one for one in fit if one.is_due(at)]
    if not due:
        return min(fit, key=_order, default=None)
    for kind in _turns_after(last):
        if mine := [one for one in due if one.kind is kind]:
            return min(mine, key=_order)
    return None


def order_of_calls(waiting: Iterable[Waiting], *, last: Kind | None, at: datetime) -> tuple[Waiting, ...]:
    """Return everybody who waits in the order in which they would be called if nobody else came."""
    everybody = sorted(waiting, key=_order)
    due = {kind: [one for one in everybody if one.kind is kind and one.is_due(at)] for kind in TURNS}
    taken = dict.fromkeys(TURNS, 0)
    found: list[Waiting] = []
    while kind := next((k for k in _turns_after(last) if taken[k] < len(due[k])), None):
        found.append(due[kind][taken[kind]])
        taken[kind] += 1
        last = kind
    return (*found, *(one for one in everybody if not one.is_due(at)))


def estimate(before: int, *, served: Sequence[float], usual: int, windows: int) -> Estimate:
    """
    Return about how long somebody waits who has `before` others before him.

    :param served: minutes that each matter took that was finished in the last hour.
    :param usual: minutes that the centre names for one matter.
    :param windows: how many windows are calling now.

    >>> estimate(3, served=[9, 10, 11], usual=20, windows=2).minutes
    20
    """
    if windows < 1:
        return Estimate(before, None, "现在没有窗口在叫号，开窗以后这里会显示要等多久")
    if len(served) >= ENOUGH:
        each = median(served)
        basis = f"按近一小时办完的 {len(served)} 件、每件约 {_minutes(each)} 分钟，{windows} 个窗口在办来估"
    else:
        each = float(usual)
        basis = f"近一小时办完的不到 {ENOUGH} 件，按平时每件约 {usual} 分钟、{windows} 个窗口在办来估"
    return Estimate(before, _minutes(each * (before + 1) / windows), basis)


def check_state(state: str, wanted: Iterable[TicketState], *, number: str) -> None:
    """Let pass a ticket that stands as it should. :raises QueueRefused: if somebody was there before."""
    if state not in tuple(wanted):
        word = {
            TicketState.WAITING: "在等叫号",
            TicketState.CALLED: "已经叫到",
            TicketState.SKIPPED: "叫过没来",
            TicketState.DONE: "已经办完",
        }[TicketState(state)]
        raise QueueRefused(f"{number} 号{word}，不能这样操作；请刷新看现在的情况")


def _turns_after(last: Kind | None) -> tuple[Kind, ...]:
    if last is None:
        return TURNS
    at = TURNS.index(last) + 1
    return TURNS[at:] + TURNS[:at]


def _order(one: Waiting) -> tuple[datetime, datetime, str, str]:
    return one.begins or one.since, one.since, one.number, one.id


def _minutes(value: float) -> int:
    return max(1, round(value))
