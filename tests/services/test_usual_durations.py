"""The usual duration beside the promise: from finished ones, robust, and only where enough are finished."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fullest import HOME
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.durations import FEWEST, usual_days
from yijianshi.domain.workdays import legal_day
from yijianshi.services.reading import usual
from yijianshi.services.reading.guide import read_guide
from yijianshi.store.submissions.models import SubmissionRow

RESTAURANT = BundleCode("open-restaurant")


@given(st.lists(st.integers(0, 400), min_size=FEWEST, max_size=60))
def test_the_usual_lies_among_what_was(days: list[int]) -> None:
    found = usual_days(days)
    assert found is not None
    assert min(days) <= found <= max(days)


@given(st.integers(1, 30), st.integers(10, 40), st.integers(100, 10_000))
def test_one_that_took_for_ever_moves_nothing(usually: int, many: int, odd: int) -> None:
    assert usual_days([usually] * many + [odd]) == usually


def test_of_a_few_nothing_is_said() -> None:
    assert usual_days([3] * (FEWEST - 1)) is None


@pytest.mark.clause("C1.1")
@pytest.mark.django_db
def test_the_guide_says_it_beside_the_promise(town: Town) -> None:
    usual._counted.cache_clear()
    for _ in range(FEWEST):
        filed = town.file(town.who("wangfang", enterprise=True))
        SubmissionRow.objects.filter(pk=filed).update(
            state="closed", received_at=town.now - timedelta(days=14), closed_at=town.now - timedelta(days=9)
        )
    on = legal_day(town.now)
    guide = read_guide(bundle=RESTAURANT, division=HOME, given={}, on=on)
    assert guide.usual == 3  # five days, a week-end among them
    usual._counted.cache_clear()
    elsewhere = read_guide(bundle=BundleCode("newborn"), division=HOME, given={}, on=on)
    assert elsewhere.usual is None
    usual._counted.cache_clear()
