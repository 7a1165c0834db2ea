"""How surely it must be known who applies: each item says it, filing asks it, and an edition of before still loads."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import msgspec
import pytest

from tests.cast import actor, signed_in_for
from tests.filed import begin, fill
from tests.services.town import Town
from yijianshi.domain.assurance import LevelTooLow, demand_of
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.definitions import Certainty, Level
from yijianshi.domain.editions import Edition, compile_edition, digest_of
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.together import confirm, submit_draft
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.handling.content import open_revision
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.submissions.models import SubmissionRow
from yijianshi.store.together.models import AskedRow

HOME_SALE = "second-hand-home"


@pytest.mark.clause("C2.1")
def test_what_demands_more_says_how_sure_that_is_and_the_rest_demands_the_usual() -> None:
    bundles = shipped_catalogue().bundles.values()
    items = [item for bundle in bundles for item in bundle.items]
    demanding = [item for item in items if item.assurance is not Level.COMPARED]
    assert {item.code for item in demanding} >= {"home-transfer", "inherited-home-transfer"}
    assert all((item.certainty or {}).get("assurance") is Certainty.LOW for item in demanding)
    assert {item.assurance for item in demanding} == {Level.FACE}


def test_an_edition_of_before_still_loads_and_demands_the_usual() -> None:
    edition = compile_edition(
        shipped_catalogue(), bundle=BundleCode(HOME_SALE), division="320106",  # type: ignore[arg-type]
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    written = msgspec.to_builtins(edition)
    assert any(item["assurance"] == 3 for item in written["bundle"]["items"])
    for item in written["bundle"]["items"]:
        del item["assurance"]
    read = msgspec.json.decode(msgspec.json.encode(written), type=Edition)
    assert demand_of(read.bundle.items, level=2) is None
    again = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(edition)), type=Edition)
    assert digest_of(again) == edition.digest


def ready(town: Town) -> UUID:
    who = town.who("wangfang")
    return fill(begin(HOME_SALE, who=who, at=town.now), who=who, at=town.now)


@pytest.mark.clause("C2.1")
def test_filing_is_refused_below_the_level_and_the_draft_stays_as_it_was(town: Town) -> None:
    draft = ready(town)
    low = replace(town.who("wangfang"), level=2)
    before = bytes(DraftRow.objects.get(pk=draft).sealed)
    with pytest.raises(LevelTooLow, match=r"过户登记.*刷脸或网证") as refused:
        submit_draft(draft=draft, actor=low, signature="typed-name", at=town.now)
    assert refused.value.demand.level is Level.FACE
    assert bytes(DraftRow.objects.get(pk=draft).sealed) == before
    assert not SubmissionRow.objects.exists()
    assert not AskedRow.objects.filter(draft=draft).exists()


@pytest.mark.clause("C2.1")
def test_each_who_signs_shows_it_himself_and_what_each_showed_is_kept(town: Town) -> None:
    draft, high = ready(town), replace(town.who("wangfang"), level=3)
    submit_draft(draft=draft, actor=high, signature="typed-name", at=town.now)
    receipt = None
    for row in AskedRow.objects.filter(draft=draft, state="asked").order_by("id"):
        other = signed_in_for(row.party_id, at=town.now)
        with pytest.raises(LevelTooLow):
            confirm(asked=row.id, actor=replace(other, level=2), seen=row.digest, at=town.now)
        receipt = confirm(asked=row.id, actor=replace(other, level=3), seen=row.digest, at=town.now)
    assert receipt is not None
    assert open_revision(receipt.submission).signature["assurance"] == "3"


def test_at_the_window_the_clerk_has_seen_the_card(town: Town) -> None:
    from yijianshi.services.applying.seal import level_of

    draft = ready(town)
    DraftRow.objects.filter(pk=draft).update(channel="window")
    low = replace(actor("wangfang", at=town.now), level=2)
    opened = open_draft(draft, actor=low)
    assert level_of(opened, low) == Level.CERTIFICATE
