"""What would be gained if: each kind of change does what it says and nothing else, and nothing is kept."""

import pytest

from tests.domain.specimens import PROVINCE, edition_of, element, item, needing, shipped
from yijianshi.domain.catalogue import PRIOR, CommitmentOffer, Field, Limit
from yijianshi.domain.changes import (
    Change,
    ChangeKind,
    ChangeNotPossible,
    Trial,
    possible_changes,
    suggestions,
    try_out,
)
from yijianshi.domain.choices import widest_choice
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.plans import Situation, make_plan
from yijianshi.services.catalogue import shipped_catalogue

RESTAURANT = "open-restaurant"


def tried(bundle: str, *changes: Change) -> Trial:
    edition = shipped(bundle, PROVINCE)
    return try_out(edition, widest_choice(edition), changes)


def differences(trial: Trial) -> dict[str, tuple[float, float]]:
    return {now.key: (now.after, then) for now, then in trial.gains if then != now.after}


def test_the_fire_check_on_commitment_spares_three_days() -> None:
    trial = tried(RESTAURANT, Change(ChangeKind.COMMIT, "fire-safety-check"))
    assert differences(trial) == {"working": (10, 7)}


def test_changes_add_up() -> None:
    trial = tried(
        RESTAURANT,
        Change(ChangeKind.COMMIT, "fire-safety-check"),
        Change(ChangeKind.SHARE, "food-layout-document"),
        Change(ChangeKind.OMIT, "sign-rendering"),
        Change(ChangeKind.PREFILL, "premises-floor"),
        Change(ChangeKind.PROMISE, "tobacco-retail", days=2),
        Change(ChangeKind.PROMISE, "drainage-permit", days=2),
    )
    assert differences(trial) == {"working": (10, 5), "materials": (8, 6), "fields": (36, 35)}


def test_an_item_that_no_longer_waits_begins_at_once() -> None:
    edition = edition_of(item("a"), item("b", depends_on=(ItemCode("a"),)))
    trial = try_out(edition, widest_choice(edition), [Change(ChangeKind.UNTIE, "b", "a")])
    assert differences(trial) == {"working": (10, 5)}


def test_what_no_longer_waits_takes_nothing_from_the_result_it_waited_for() -> None:
    number = Field(element="number", prefill=PRIOR, prior=(ItemCode("a"),))  # type: ignore[arg-type]
    edition = edition_of(
        item("a"), item("b", depends_on=(ItemCode("a"),), fields=(number,)), elements=[element("number")]
    )
    trial = try_out(edition, widest_choice(edition), [Change(ChangeKind.UNTIE, "b", "a")])
    assert differences(trial) == {"working": (10, 5), "fields": (0, 1)}


def test_to_be_handled_earlier_lets_no_register_know_more() -> None:
    trial = tried(
        "enterprise-opening", Change(ChangeKind.UNTIE, "bank-account-appointment", "enterprise-establishment")
    )
    assert "fields" not in differences(trial) or differences(trial)["fields"][1] >= 47


def test_a_commitment_that_is_not_offered_yet_is_tried_as_granted_on_the_spot() -> None:
    papers = (*needing("proof", replaceable_by_commitment=True), *needing("map"))
    edition = edition_of(item("a", limit=Limit(promised=5), materials=papers))
    trial = try_out(edition, widest_choice(edition), [Change(ChangeKind.COMMIT, "a")])
    assert differences(trial) == {"working": (5, 0), "materials": (2, 1)}
    assert trial.after.plan.allowed
    offered = edition_of(item("a", commitment=CommitmentOffer(allowed=True)))
    assert not differences(try_out(offered, widest_choice(offered), [Change(ChangeKind.COMMIT, "a")]))


@pytest.mark.parametrize(
    "change",
    [
        Change(ChangeKind.UNTIE, "a", "b"),
        Change(ChangeKind.UNTIE, "nowhere", "a"),
        Change(ChangeKind.COMMIT, "nowhere"),
        Change(ChangeKind.SHARE, "nothing"),
        Change(ChangeKind.OMIT, "nothing"),
        Change(ChangeKind.PREFILL, "nothing"),
        Change(ChangeKind.PROMISE, "a"),
        Change(ChangeKind.PROMISE, "a", days=-1),
        Change(ChangeKind.PROMISE, "a", days=float("nan")),
    ],
    ids=lambda change: f"{change.kind}-{change.of}",
)
def test_a_change_to_what_is_not_there_is_refused(change: Change) -> None:
    edition = edition_of(item("a"), item("b", depends_on=(ItemCode("a"),)))
    with pytest.raises(ChangeNotPossible, match=r"请|没有"):
        try_out(edition, widest_choice(edition), [change])


@pytest.mark.parametrize("bundle", shipped_catalogue().bundles)
def test_every_possible_change_can_be_tried_and_changes_nothing_that_is_published(bundle: str) -> None:
    edition = shipped(bundle, PROVINCE)
    situation = widest_choice(edition)
    plan = make_plan(edition, situation, strict=False)
    before = make_plan(edition, situation, strict=False)
    for change in possible_changes(plan):
        trial = try_out(edition, situation, [change])
        for now, then in trial.gains:
            if change.kind is not ChangeKind.UNTIE:
                assert then <= now.after, (change, now)
    again = make_plan(edition, situation, strict=False)
    assert (again.fields, again.materials, again.critical) == (
        before.fields,
        before.materials,
        before.critical,
    )


@pytest.mark.parametrize("bundle", shipped_catalogue().bundles)
def test_the_most_rewarding_single_changes_come_first_and_gain_something(bundle: str) -> None:
    edition = shipped(bundle, PROVINCE)
    found = suggestions(edition, widest_choice(edition), most=100)
    worths = [round(trial.worth, 6) for trial in found]
    assert worths == sorted(worths, reverse=True)
    assert all(worth > 0 for worth in worths)
    assert all(trial.after.plan.allowed for trial in found)


def test_of_the_restaurant_the_fire_commitment_gains_most() -> None:
    edition = shipped(RESTAURANT, PROVINCE)
    first = suggestions(edition, widest_choice(edition))[0]
    assert first.changes == (Change(ChangeKind.COMMIT, "fire-safety-check"),)
    assert not suggestions(edition_of(item("a", limit=Limit(promised=0))), Situation(items=(ItemCode("a"),)))
