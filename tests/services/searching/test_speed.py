"""The search stays quick on the whole catalogue in 95 counties, cold and warm; the figures are printed with `-s`."""

from datetime import date
from statistics import median
from time import perf_counter

import pytest

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.services.catalogue.published import bundles_of, publish
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.outside import outside
from yijianshi.services.searching import search
from yijianshi.services.searching.index import index_of
from yijianshi.services.searching.search import search_bundles

from .conftest import PROVINCE, questions

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)
COUNTIES = 95
OWN = 20
#: Milliseconds within which ninety-five of a hundred searches answer.
FLOOR = 30.0


@pytest.fixture
def counties() -> list[DivisionCode]:
    """The whole catalogue holds in every county; twenty of them have an edition of their own besides."""
    catalogue = shipped_catalogue()
    at = outside().clock.now()
    for code in catalogue.bundles:
        publish(catalogue, bundle=code, division=PROVINCE, valid_from=DAY, at=at)
    every = [division.code for division in catalogue.divisions.values() if division.level == "county"]
    own = every[:COUNTIES]
    for county in own[:OWN]:
        publish(catalogue, bundle=BundleCode("newborn"), division=county, valid_from=DAY, at=at)
    return own


def test_ninety_five_of_a_hundred_searches_answer_within_thirty_milliseconds(
    counties: list[DivisionCode], capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(counties) == COUNTIES
    words = [question["q"] for question in questions(held=False)]
    search._offered_as.cache_clear()
    index_of.cache_clear()
    started = perf_counter()
    search_bundles(words[0], division=counties[0], on=DAY)
    very_first = (perf_counter() - started) * 1000
    cold = [_took(words[at % len(words)], county) for at, county in enumerate(counties)]
    for county in counties:
        bundles_of(county, DAY)
    rounds = [
        sorted(
            _took(words[(at * 7 + n) % len(words)], county)
            for n in range(4)
            for at, county in enumerate(counties)
        )
        for _ in range(3)
    ]
    # The quietest of three rounds: what else the machine does is not the search's.
    warm = min(rounds, key=lambda took: took[int(len(took) * 0.95)])
    p95 = warm[int(len(warm) * 0.95)]
    with capsys.disabled():
        print(
            f"\nsearch: first of all {very_first:.0f} ms; cold per county p50 {median(cold):.1f} ms, "
            f"p95 {sorted(cold)[int(len(cold) * 0.95)]:.1f} ms; warm p50 {median(warm):.1f} ms, p95 {p95:.1f} ms"
        )
    assert p95 < FLOOR


def _took(words: str, county: DivisionCode) -> float:
    started = perf_counter()
    search_bundles(words, division=county, on=DAY)
    return (perf_counter() - started) * 1000
