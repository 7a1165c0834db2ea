"""
Whoever a machine decided about may have a person look at it (请工作人员重新审查), with a clock of its own.

Basis: Personal Information Protection Law, art. 24(3): of a decision made by automated means alone that weighs upon
somebody he may ask for an explanation, and refuse that it be made so.
"""

from collections.abc import Iterable
from datetime import date

from .cases import Action, Step
from .workdays import Calendar, Day

#: Working days for the answer; the law names none, so it is a custom of the house, to be confirmed.
REVIEW_DAYS = 5
LONGEST = 1000


class ReviewNotPossible(Exception):
    """There is nothing that a machine decided, or it is being looked at already; the message says why."""


def is_decided_by_machine(steps: Iterable[Step]) -> bool:
    """Return whether the last grant of a case was nobody's: a register agreed, and no officer looked."""
    grants = [step for step in steps if step.action is Action.GRANT]
    return bool(grants) and not grants[-1].by


def review_day(on: date, calendar: Calendar) -> Day:
    """Return the last day for the answer to a request of that day."""
    return calendar.add(on, REVIEW_DAYS)
