"""
A person's rights over what is kept about him (个人信息权利): to read it, to take it along, to have it put right.

Basis: Personal Information Protection Law (个人信息保护法), arts. 44 to 50; a refusal states its reasons (art. 50).
Fifteen working days is the longest that 国信办秘字〔2019〕191号, 六 lets an operator of an app promise; certainty 中 for a website.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .workdays import Calendar

ANSWER_WITHIN = 15  # working days
LONGEST_WORDS = 2000


class Outcome(StrEnum):
    """How a request to put something right ended."""

    CORRECTED = "corrected"  # 已更正
    PASSED_ON = "passed_on"  # 由产生数据的部门更正
    REFUSED = "refused"  # 不予更正


OUTCOME_WORDS = {
    Outcome.CORRECTED: "已更正",
    Outcome.PASSED_ON: "已转给产生数据的部门更正",
    Outcome.REFUSED: "没有更正",
}
#: What of one's own data is meant.
SUBJECTS = (
    "姓名、证件号码、电话", "已提交的申报里的内容", "从部门共享来的数据", "材料", "证照", "谁看过我的信息", "其他",
)  # fmt: skip


class RequestRefused(ValueError):
    """A request about one's own data, or its answer, cannot be taken as it is."""


class RequestAnswered(Exception):
    """The request was answered already."""

    def __init__(self) -> None:
        super().__init__("这份请求已经答复过了")


@dataclass(frozen=True, slots=True)
class AnswerBy:
    """By which day the answer is due, and whether that day still depends on a table of holidays not yet published."""

    day: date
    provisional: bool


def answer_by(asked_on: date, calendar: Calendar) -> AnswerBy:
    """Return by when a request is answered at the latest."""
    day = calendar.add(asked_on, ANSWER_WITHIN)
    return AnswerBy(day.day, day.provisional)


def check_request(about: str, words: str) -> None:
    """Refuse a request that nobody could answer. :raises RequestRefused: with what is missing."""
    if about not in SUBJECTS:
        raise RequestRefused("请选一选是哪一类信息")
    if not words.strip():
        raise RequestRefused("请写上哪里不对、正确的是什么")
    if len(words) > LONGEST_WORDS:
        raise RequestRefused(f"写得太长了，请缩短到 {LONGEST_WORDS} 字以内")


def check_answer(outcome: str, words: str) -> Outcome:
    """
    Return the outcome of an answer, which always has its words: what was done, or why not.

    :raises RequestRefused: if the outcome is none, or nothing is said.
    """
    if outcome not in tuple(Outcome):
        raise RequestRefused("请选一种答复")
    if not words.strip():
        raise RequestRefused("请写上改了什么；不予更正的，写明理由")
    if len(words) > LONGEST_WORDS:
        raise RequestRefused(f"答复太长，请缩短到 {LONGEST_WORDS} 字以内")
    return Outcome(outcome)
