"""The search of a division: narrowed, explained, shared between counties, and never behind what is published."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.services.catalogue.published import publish
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.outside import outside
from yijianshi.services.searching import search
from yijianshi.services.searching.index import index_of
from yijianshi.services.searching.search import Narrowed, search_bundles, suggest
from yijianshi.services.searching.synonyms import stamp_of, synonyms_at

pytestmark = pytest.mark.django_db

PROVINCE, COUNTY, OTHER = DivisionCode("320000"), DivisionCode("320106"), DivisionCode("320104")
DAY = date(2026, 1, 1)
THREE = ("newborn", "open-restaurant", "enterprise-opening")


def offer(catalogue: Catalogue, *codes: str, division: DivisionCode = PROVINCE) -> None:
    for code in codes:
        publish(
            catalogue, bundle=BundleCode(code), division=division, valid_from=DAY, at=outside().clock.now()
        )


@pytest.fixture
def offered() -> None:
    """Three one-things are published in the province."""
    offer(shipped_catalogue(), *THREE)


@pytest.mark.usefixtures("offered")
def test_a_hit_says_why_and_in_which_items_and_departments() -> None:
    found = search_bundles("食品经营许可", division=COUNTY, on=DAY).found[0]
    assert found.code == "open-restaurant"
    assert found.reason.text == "食品经营许可证" or "食品经营许可" in found.reason.text
    assert [item.code for item in found.items] == ["food-business-permit"]
    assert found.items[0].department == "市场监管"
    assert "market-regulation" in found.departments


@pytest.mark.usefixtures("offered")
def test_what_is_found_is_narrowed_by_audience_stage_and_department() -> None:
    every = search_bundles("社保", division=COUNTY, on=DAY)
    assert {choice.value for choice in every.audiences} == {"individual", "enterprise"}
    person = search_bundles("社保", division=COUNTY, on=DAY, narrowed=Narrowed(audience="individual"))
    assert {one.code for one in person.found} == {"newborn"}
    assert {choice.value for choice in person.audiences} == {"individual", "enterprise"}, "one can go back"
    stage = search_bundles("社保", division=COUNTY, on=DAY, narrowed=Narrowed(stage="开办"))
    assert {one.code for one in stage.found} == {"enterprise-opening"}
    department = search_bundles("社保", division=COUNTY, on=DAY, narrowed=Narrowed(department="health"))
    assert {one.code for one in department.found} == {"newborn"}


@pytest.mark.usefixtures("offered")
def test_where_nothing_is_found_what_comes_near_is_offered_as_a_guess() -> None:
    results = search_bundles("开理发店", division=COUNTY, on=DAY)
    assert results.found == ()
    assert not results.is_sure
    assert 0 < len(results.near) <= 3


@pytest.mark.usefixtures("offered")
def test_what_is_typed_so_far_is_completed_to_words_that_lead_somewhere() -> None:
    suggested = suggest("kaifan", division=COUNTY, on=DAY)
    assert suggested[0].code == "open-restaurant"
    assert suggested[0].title == shipped_catalogue().bundles[BundleCode("open-restaurant")].title


@pytest.mark.clause("S1.2")
@pytest.mark.usefixtures("offered")
def test_what_is_published_is_found_by_the_next_search() -> None:
    assert search_bundles("跳房子", division=COUNTY, on=DAY).found == ()
    catalogue = shipped_catalogue()
    newborn = replace(catalogue.bundles[BundleCode("newborn")], keywords=("跳房子",))
    changed = replace(catalogue, bundles={**catalogue.bundles, newborn.code: newborn})
    offer(changed, "newborn", division=COUNTY)
    assert search_bundles("跳房子", division=COUNTY, on=DAY).found[0].code == "newborn"
    assert search_bundles("跳房子", division=OTHER, on=DAY).found == (), "only where it is published"


@pytest.mark.usefixtures("offered")
def test_counties_whose_editions_say_the_same_share_one_index() -> None:
    index_of.cache_clear()
    search._offered_as.cache_clear()
    first = search._offered(COUNTY, DAY).index
    assert search._offered(OTHER, DAY).index is first
    offer(shipped_catalogue(), "newborn", division=OTHER)
    assert search._offered(OTHER, DAY).index is first, "an edition of its own, the same words"


@pytest.mark.usefixtures("offered")
def test_synonyms_are_kept_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "synonyms.yaml"
    kept.write_text("synonyms:\n  - {bundle: newborn, words: [添人进口]}\n", encoding="utf-8")
    monkeypatch.setenv("YIJIANSHI_CATALOGUE", str(tmp_path))
    assert synonyms_at(stamp_of())[0].words == ("添人进口",)
    assert search_bundles("添人进口", division=COUNTY, on=DAY).found[0].code == "newborn"
    kept.unlink()
    assert synonyms_at(stamp_of()) == ()
