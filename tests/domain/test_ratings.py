"""Five levels, and the two lowest must be looked into."""

import pytest

from yijianshi.domain.ratings import WORDS, Level, needs_answer

pytestmark = pytest.mark.clause("S10.3")


def test_every_level_has_its_words() -> None:
    assert list(WORDS) == list(Level)
    assert len(set(WORDS.values())) == 5


@pytest.mark.parametrize("level", list(Level))
def test_only_bad_ratings_must_be_answered(level: Level) -> None:
    assert needs_answer(level) is (level in (Level.BAD, Level.VERY_BAD))
