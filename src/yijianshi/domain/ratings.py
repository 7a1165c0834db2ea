"""
What the applicant thinks of it: five levels, once per submission (好差评).

Basis: 国务院办公厅关于建立政务服务“好差评”制度的意见(国办发〔2019〕51号); 苏政办发〔2022〕87号, 二(十).
"""

from enum import IntEnum


class Level(IntEnum):
    """Satisfaction, the best highest."""

    VERY_GOOD = 5
    GOOD = 4
    FAIR = 3
    BAD = 2
    VERY_BAD = 1


WORDS = {
    Level.VERY_GOOD: "非常满意",
    Level.GOOD: "满意",
    Level.FAIR: "基本满意",
    Level.BAD: "不满意",
    Level.VERY_BAD: "非常不满意",
}


class AlreadyRated(Exception):
    """A submission is rated once."""


def needs_answer(level: Level) -> bool:
    """Return whether the rating must be looked into and answered (差评)."""
    return level <= Level.BAD
