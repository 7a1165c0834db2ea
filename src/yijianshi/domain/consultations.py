"""
One unit asks another of the same submission about one case (征询): a question, one answer, a clock of its own.

It stops no clock of a case, and asks the applicant for nothing: what he must supply is asked in the one correction.

Basis: 苏政办发〔2022〕87号, 二(三) (the window reviews for all), 二(八) (departments handle side by side and know of each other).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from .cases import CLOSED, State
from .workdays import Calendar, Day

#: Working days for an answer unless the asking unit says otherwise; a custom of the house, no limit of a law.
ANSWER_DAYS = 2
MOST_ANSWER_DAYS = 5
#: Letters of a question or an answer; what is longer belongs in a document.
LONGEST = 1000


class ConsultationNotPossible(Exception):
    """The question cannot be asked, or was answered already; the message says why."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """How one question stands: between whom, by when it is to be answered, and when it was (征询)."""

    asking: str
    asked: str
    answer_by: date
    answered_on: date | None = None

    def is_overdue(self, on: date) -> bool:
        """Return whether the answer is late on a day, or was late when it came; never stored."""
        return (self.answered_on or on) > self.answer_by


def answer_day(on: date, calendar: Calendar, *, days: int = ANSWER_DAYS) -> Day:
    """
    Return the last day for an answer to a question of that day.

    :raises ConsultationNotPossible: if the time is none, or longer than such a question may lie.
    """
    if not 1 <= days <= MOST_ANSWER_DAYS:
        raise ConsultationNotPossible(f"答复的时间请定在 1 到 {MOST_ANSWER_DAYS} 个工作日之间")
    return calendar.add(on, days)


def check_question(
    text: str, *, asking: str, asked: str, units: Collection[str], state: State, number: str
) -> None:
    """
    Refuse a question that must not be asked.

    :param units: all units with a case of the submission.
    :raises ConsultationNotPossible: if nothing is asked, the unit has no part in it, or the case is closed.
    """
    if asked == asking:
        raise ConsultationNotPossible("这是您自己的单位，不用征询；直接问同事就行")
    if asked not in units:
        raise ConsultationNotPossible("这个单位没有办这份申报里的事项，不能看到它；请选名单里的单位")
    if state in CLOSED:
        raise ConsultationNotPossible(f"办件 {number} 已经办结，不用再征询")
    _check_words(text, what="要问什么")


def check_answer(text: str) -> None:
    """Refuse an empty answer. :raises ConsultationNotPossible: if nothing is said, or too much."""
    _check_words(text, what="答复")


def _check_words(text: str, *, what: str) -> None:
    if not text.strip():
        raise ConsultationNotPossible(f"请写明{what}")
    if len(text.strip()) > LONGEST:
        raise ConsultationNotPossible(f"最多写 {LONGEST} 个字，请写短一些")
