"""
What follows from a commitment (告知承诺): it is checked after the grant, may be taken back before, and who broke one gives no other.

Basis: 国办发〔2020〕42号: checked during and after handling; untrue commitments revoke the decision and are entered in the
credit record; whoever made one is left out until his credit is repaired; taken back freely before the decision.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from .catalogue import CommitmentOffer, ServiceItem
from .definitions import Certainty
from .workdays import Calendar, Day

#: Working days after the grant within which a commitment is checked where the item says nothing else; no rule of the
#: nation gives a number, so it is a parameter of the operator.
CHECK_DAYS = 30
CHECK_DAYS_CERTAINTY = Certainty.MEDIUM


class Outcome(StrEnum):
    """What the check of a commitment found."""

    KEPT = "kept"  # 属实
    BROKEN = "broken"  # 不实


class CheckNotPossible(Exception):
    """There is no commitment to check, or it was checked already."""


class RepairNotPossible(Exception):
    """There is no credit record that could be marked as repaired."""


class NothingCommitted(Exception):
    """The case does not go by a commitment that could be taken back."""


def check_by(granted_on: date, offer: CommitmentOffer, calendar: Calendar) -> Day:
    """Return the last day for checking a commitment: so many days after the grant as the item says, else the usual."""
    check = offer.check
    if check is None:
        return calendar.add(granted_on, CHECK_DAYS)
    if check.unit == "calendar":
        return calendar.add_calendar_days(granted_on, check.within)
    return calendar.add(granted_on, check.within)


def certainty_of_check(offer: CommitmentOffer) -> Certainty:
    """Return how sure the number of days for the check is."""
    return offer.check.certainty if offer.check else CHECK_DAYS_CERTAINTY


def is_late(due: Day, *, today: date) -> bool:
    """Return whether a check is overdue; a provisional day is never taken for one that has passed."""
    return not due.provisional and due.day < today


def left_out_because(broken: Iterable[tuple[str, date]]) -> str:
    """
    Return why somebody may not commit himself, or nothing if he may.

    :param broken: of each credit record that is not repaired: the item's name and the day.
    """
    records = [f"{day.year} 年 {day.month} 月 {day.day} 日“{name}”" for name, day in broken]
    if not records:
        return ""
    return (
        f"{'、'.join(records)}的承诺经核查不实，已记入信用；修复信用以前不能再采用告知承诺，"
        "可以按一般程序办理。怎么修复，问当时办理的部门"
    )


def refused_commitments(
    items: Iterable[ServiceItem], committed: Iterable[str], *, left_out: str
) -> tuple[str, ...]:
    """Return for each commitment of somebody who is left out why it is refused."""
    wanted = {str(code) for code in committed}
    if not left_out:
        return ()
    return tuple(
        f"“{item.plain_name}”不能采用告知承诺：{left_out}。请改为不采用"
        for item in items
        if item.code in wanted
    )
