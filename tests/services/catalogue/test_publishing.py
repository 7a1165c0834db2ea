"""Publishing an edition: the same again changes nothing, another content for the same day replaces it for new drafts."""

from dataclasses import replace
from datetime import date

import pytest

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.services.catalogue.published import current, edition_by_id, publish
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.outside import outside
from yijianshi.store.catalogue.models import EditionRow

pytestmark = pytest.mark.django_db

RESTAURANT, PROVINCE, COUNTY = BundleCode("open-restaurant"), DivisionCode("320000"), DivisionCode("320106")
DAY = date(2026, 1, 1)


@pytest.mark.clause("S1.2")
def test_what_is_published_again_unchanged_is_the_same_edition() -> None:
    at = outside().clock.now()
    first = publish(shipped_catalogue(), bundle=RESTAURANT, division=PROVINCE, valid_from=DAY, at=at)
    again = publish(shipped_catalogue(), bundle=RESTAURANT, division=PROVINCE, valid_from=DAY, at=at)
    assert first.id == again.id
    assert EditionRow.objects.count() == 1


@pytest.mark.clause("S1.2")
def test_a_changed_content_for_the_same_day_holds_from_now_and_the_old_edition_stays() -> None:
    at = outside().clock.now()
    first = publish(shipped_catalogue(), bundle=RESTAURANT, division=PROVINCE, valid_from=DAY, at=at)
    changed = shipped_catalogue()
    bundle = replace(changed.bundles[RESTAURANT], description="改过的说明")
    changed = replace(changed, bundles={**changed.bundles, RESTAURANT: bundle})
    second = publish(changed, bundle=RESTAURANT, division=PROVINCE, valid_from=DAY, at=outside().clock.now())
    assert current(RESTAURANT, COUNTY, DAY).id == second.id
    assert edition_by_id(first.id).bundle.description != "改过的说明"
