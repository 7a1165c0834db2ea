"""
Documents that may be handed in later (容缺受理): by which day, promised when applying and fixed when the case is accepted.

Basis: 国发〔2022〕5号: main documents there, the rest within a limit that the applicant promises; the list of what may be owed
is published. The clock of the decision runs on; what is not there in time ends the case.
"""

from datetime import date

from .catalogue import Owing
from .deadlines import COLLECTION_DAYS
from .workdays import Calendar, Day

#: Why a case lapsed, in its step.
NOT_SUPPLIED = "owed_not_supplied"


class PromiseNotPossible(Exception):
    """A document cannot be owed, or not until that day; the message says what would do."""


class NothingOwed(Exception):
    """Nothing is owed any more."""


class OwedTooLate(Exception):
    """The last day for handing in what was owed has passed."""


def latest_promise(owing: Owing, calendar: Calendar, *, on: date) -> Day:
    """Return the last day that may be promised when applying on a day: as if accepted at the end of the collection."""
    return calendar.add(on, COLLECTION_DAYS + owing.within)


def check_promise(day: date, owing: Owing, calendar: Calendar, *, on: date, name: str) -> None:
    """
    Refuse a promise for a day that is too early or too late.

    :raises PromiseNotPossible: saying which days there are.
    """
    latest = latest_promise(owing, calendar, on=on).day
    if not on < day <= latest:
        raise PromiseNotPossible(
            f"{name}：请选明天到 {latest.month} 月 {latest.day} 日之间的一天，说好哪天补就哪天前补"
        )


def owed_until(
    promised_on: date, owing: Owing, calendar: Calendar, *, accepted_on: date, due: Day | None
) -> Day:
    """
    Return the last day for what is owed once the case is accepted.

    It is the day promised; where the case was accepted so late that this day is past, as many days after the acceptance
    as the list allows. It is never later than the day by which the case itself must be decided.
    """
    until = calendar.add(accepted_on, owing.within)
    if accepted_on < promised_on < until.day:
        until = Day(promised_on, False)
    if due is not None and accepted_on < due.day < until.day:
        return due
    return until
