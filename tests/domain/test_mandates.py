"""A mandate gives exactly what it says: no act outside it, no day before or after, nothing once it is taken back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.domain.mandates import (
    CEILING,
    COUNTED,
    NAMED,
    USUAL,
    Mandate,
    MandateKind,
    MandateNotPossible,
    MandateState,
    Matter,
    Power,
    Proof,
    Scope,
    born_on,
    check_wish,
    covers,
    end,
    last_day_as_minor,
)
from yijianshi.domain.rights import Act, Actor, Thing, mandate_for, may, power_for

pytestmark = pytest.mark.clause("C2.1", "C3.4")

FIRST = date(2026, 11, 18)
PARTIES, BUNDLES, KEYS = (
    ("li", "wang", "qian"),
    ("elderly-allowance", "newborn", ""),
    ("draft-1", "filed-2", ""),
)
days = st.integers(-40, 420).map(lambda n: FIRST + timedelta(days=n))
scopes = st.builds(
    Scope,
    bundles=st.frozensets(st.sampled_from(BUNDLES[:2])),
    matters=st.frozensets(st.sampled_from(KEYS[:2])),
    everything=st.booleans(),
)
mandates = st.builds(
    Mandate,
    id=st.just("m"),
    giver=st.sampled_from(PARTIES),
    holder=st.just("fang"),
    kind=st.sampled_from(list(MandateKind)),
    proof=st.sampled_from(list(Proof)),
    state=st.sampled_from(list(MandateState)),
    scope=scopes,
    powers=st.frozensets(st.sampled_from(list(Power))),
    since=days,
    until=st.none() | days,
    most_uses=st.none() | st.integers(0, 3),
    used=st.integers(0, 4),
)
matters = st.builds(
    Matter, party=st.sampled_from(PARTIES), bundle=st.sampled_from(BUNDLES), key=st.sampled_from(KEYS)
)


@given(mandates, st.sampled_from(list(Power)), matters, days)
def test_what_is_allowed_was_given_by_its_owner_about_this_for_today_and_is_not_used_up(
    mandate: Mandate, power: Power, matter: Matter, on: date
) -> None:
    if not covers(mandate, power, matter, on):
        return
    assert mandate.state is MandateState.ACTIVE
    assert mandate.since <= on
    assert mandate.until is None or on <= mandate.until
    assert matter.party == mandate.giver
    assert power in mandate.powers
    assert power in CEILING[mandate.kind]
    assert (
        mandate.scope.everything
        or matter.bundle in mandate.scope.bundles
        or matter.key in mandate.scope.matters
    )
    assert power not in COUNTED or mandate.most_uses is None or mandate.used < mandate.most_uses


@given(mandates, st.sampled_from(list(MandateState)), matters, days)
def test_its_end_ends_everything_at_once(
    mandate: Mandate, state: MandateState, matter: Matter, on: date
) -> None:
    try:
        ended = end(mandate, state)
    except MandateNotPossible:
        return
    assert not any(covers(ended, power, matter, on) for power in Power)


@given(st.lists(mandates, max_size=3), st.sampled_from(list(Act)), matters, days, st.booleans())
def test_no_act_is_ever_allowed_that_no_mandate_gives(
    held: list[Mandate], act: Act, matter: Matter, on: date, stolen: bool
) -> None:
    who = Actor(account="qian" if stolen else "fang", giver="li", mandates=tuple(held), on=on)
    thing = Thing(party=matter.party, bundle=matter.bundle, key=matter.key)
    power = power_for(act)
    by_hand = not stolen and power is not None and any(covers(one, power, matter, on) for one in held)
    assert may(who, act, thing) is by_hand
    assert (mandate_for(who, act, thing) is not None) is by_hand


@given(st.sampled_from(list(MandateKind)), st.frozensets(st.sampled_from(list(Power))), scopes, days)
def test_what_can_be_given_never_goes_beyond_its_kind(
    kind: MandateKind, powers: frozenset[Power], scope: Scope, until: date
) -> None:
    try:
        check_wish(kind=kind, scope=scope, powers=powers, since=FIRST, until=until)
    except MandateNotPossible:
        return
    assert powers <= CEILING[kind]
    assert until >= FIRST


def test_to_withdraw_to_pay_and_to_confirm_are_never_given_unless_they_are_named() -> None:
    assert not USUAL & NAMED
    usual = Mandate(
        id="m", giver="li", holder="fang", kind=MandateKind.ASKED, proof=Proof.SIGNED_IN, state=MandateState.ACTIVE,
        scope=Scope(everything=True), since=FIRST, until=None,
    )  # fmt: skip
    mine = Matter(party="li")
    assert {power for power in Power if covers(usual, power, mine, FIRST)} == USUAL


def test_a_steward_of_a_project_follows_and_asks_and_a_helper_takes_nothing_back() -> None:
    assert CEILING[MandateKind.PROJECT_STEWARD] == {Power.FOLLOW, Power.ASK}
    assert not CEILING[MandateKind.HELPER] & NAMED


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2008, 11, 19), date(2026, 11, 18)),
        (date(2008, 2, 29), date(2026, 2, 28)),
        (date(2010, 1, 1), date(2027, 12, 31)),
    ],
)
def test_parents_act_for_a_child_until_the_day_before_it_is_eighteen(born: date, last: date) -> None:
    assert last_day_as_minor(born) == last


def test_a_number_says_when_somebody_was_born_or_nothing() -> None:
    assert born_on("32010619461103001X") == date(1946, 11, 3)
    assert born_on("91320106000000001X") is None
    assert born_on("") is None
