"""An edition is self-contained, known by its digest, and differs from its parent's only by what it improves."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from tests.domain.specimens import BUNDLES, CITY, DIVISIONS, HOME, NEW_YEAR, PROVINCE, shipped
from yijianshi.domain.catalogue import Catalogue, Improvement
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.editions import (
    Edition,
    UnknownBundle,
    UnknownDivision,
    compile_edition,
    digest_of,
    lineage,
)
from yijianshi.services.catalogue import shipped_catalogue

FOOD = ItemCode("food-business-permit")
RESTAURANT = BundleCode("open-restaurant")


def promising(*promises: tuple[DivisionCode, float]) -> Catalogue:
    overrides = tuple(
        Improvement(division=division, bundle=RESTAURANT, item=FOOD, promised=promised)
        for division, promised in promises
    )
    return replace(shipped_catalogue(), overrides=overrides)


def promise(catalogue: Catalogue, division: str) -> float | None:
    edition = compile_edition(
        catalogue, bundle=RESTAURANT, division=DivisionCode(division), valid_from=NEW_YEAR
    )
    return edition.item(FOOD).limit.promised


@pytest.mark.clause("S1.2")
@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_same_catalogue_gives_the_same_edition(bundle: str) -> None:
    again = compile_edition(
        shipped_catalogue(), bundle=BundleCode(bundle), division=HOME, valid_from=NEW_YEAR
    )
    assert again.digest == shipped(bundle).digest
    assert len(again.digest) == 64


@pytest.mark.clause("S1.2")
@pytest.mark.parametrize("bundle", BUNDLES)
def test_an_edition_that_was_written_down_and_read_again_is_the_same(bundle: str) -> None:
    edition = shipped(bundle)
    read = msgspec.json.decode(msgspec.json.encode(edition), type=Edition)
    assert digest_of(read) == read.digest == edition.digest


@pytest.mark.parametrize("bundle", BUNDLES)
def test_an_edition_holds_everything_that_it_speaks_of(bundle: str) -> None:
    edition = shipped(bundle)
    for item in edition.bundle.items:
        assert item.department in edition.departments
        assert {field.element for field in item.fields} <= set(edition.elements)
        assert {need.material for need in item.materials} <= set(edition.materials)
        assert not item.result.licence or item.result.licence in edition.licences
        for material in item.materials:
            licence = edition.materials[material.material].licence
            assert licence is None or licence in edition.licences


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c, overrides=promising((HOME, 3)).overrides),
        lambda c: replace(c, common_fields=c.common_fields[1:]),
    ],
)
def test_whatever_changes_the_content_changes_the_digest(change) -> None:  # type: ignore[no-untyped-def]
    changed = compile_edition(
        change(shipped_catalogue()), bundle=RESTAURANT, division=HOME, valid_from=NEW_YEAR
    )
    assert changed.digest != shipped(RESTAURANT).digest


def test_the_day_and_the_place_are_part_of_an_edition() -> None:
    digests = {
        compile_edition(shipped_catalogue(), bundle=RESTAURANT, division=place, valid_from=day).digest
        for place in (PROVINCE, CITY, HOME)
        for day in (NEW_YEAR, date(2026, 7, 1))
    }
    assert len(digests) == 6


@pytest.mark.clause("C1.4")
@pytest.mark.parametrize(
    ("promises", "division", "days"),
    [
        ((), HOME, 5),
        (((CITY, 4),), HOME, 4),
        (((CITY, 4),), CITY, 4),
        (((CITY, 4),), PROVINCE, 5),
        (((PROVINCE, 4), (CITY, 3), (HOME, 2)), HOME, 2),
        (((PROVINCE, 4), (HOME, 2)), CITY, 4),
        (((DivisionCode("320500"), 1),), HOME, 5),
    ],
)
def test_a_place_inherits_the_promise_of_the_nearest_place_above_it(
    promises: tuple[tuple[DivisionCode, float], ...], division: str, days: float
) -> None:
    assert promise(promising(*promises), division) == days


@pytest.mark.clause("C1.4")
def test_a_local_promise_changes_nothing_but_the_limit() -> None:
    local = compile_edition(promising((HOME, 2)), bundle=RESTAURANT, division=HOME, valid_from=NEW_YEAR)
    for ours, theirs in zip(local.bundle.items, shipped(RESTAURANT).bundle.items, strict=True):
        assert replace(ours, limit=theirs.limit) == theirs


def test_an_edition_has_a_short_name_that_a_clerk_can_quote() -> None:
    edition = shipped(RESTAURANT)
    assert edition.name == f"open-restaurant@320106#{edition.digest[:8]}"


def test_an_unknown_bundle_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(UnknownBundle, match="open-restaurant"):
        compile_edition(
            shipped_catalogue(), bundle=BundleCode("open-zoo"), division=HOME, valid_from=NEW_YEAR
        )


def test_an_unknown_division_is_refused() -> None:
    with pytest.raises(UnknownDivision, match="999999"):
        compile_edition(
            shipped_catalogue(), bundle=RESTAURANT, division=DivisionCode("999999"), valid_from=NEW_YEAR
        )


def test_an_unknown_item_is_no_item() -> None:
    with pytest.raises(KeyError):
        shipped(RESTAURANT).item(ItemCode("liquor-permit"))


def test_a_division_lies_in_its_city_and_its_province() -> None:
    assert lineage(HOME, dict(DIVISIONS)) == (HOME, CITY, PROVINCE)
    assert lineage(PROVINCE, dict(DIVISIONS)) == (PROVINCE,)
    with pytest.raises(UnknownDivision, match="320199"):
        lineage(DivisionCode("320199"), dict(DIVISIONS))
