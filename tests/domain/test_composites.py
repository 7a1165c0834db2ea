"""One licence for a trade: when it is due, and what becomes of it when a part falls."""

from datetime import date
from itertools import product

import pytest

from yijianshi.domain.codes import ItemCode, LicenceCode
from yijianshi.domain.composites import (
    CompositeLicence,
    CompositeState,
    PartStanding,
    PartState,
    is_due,
    part_state,
    standing,
)

FOOD, FIRE, SIGN, TAX = (ItemCode(code) for code in ("food", "fire", "sign", "tax"))
TRADE = CompositeLicence(
    licence=LicenceCode("trade"), name="综合许可证", items=(FOOD, FIRE, SIGN), necessary=(FOOD, FIRE)
)
ON = date(2026, 11, 18)


@pytest.mark.clause("C1.6")
def test_it_is_due_when_every_needed_part_is_granted_and_nothing_is_open() -> None:
    assert is_due(TRADE, needed=(FOOD, FIRE), granted=(FOOD, FIRE), still_open=())


def test_what_is_not_gathered_holds_nothing_up() -> None:
    assert is_due(TRADE, needed=(FOOD,), granted=(FOOD, SIGN), still_open=(TAX,))


def test_it_waits_for_every_gathered_case_that_is_open() -> None:
    assert not is_due(TRADE, needed=(FOOD,), granted=(FOOD, FIRE), still_open=(SIGN,))


def test_without_a_needed_part_it_is_not_issued() -> None:
    assert not is_due(TRADE, needed=(FOOD, FIRE), granted=(FOOD, SIGN), still_open=())


def test_a_needed_part_that_does_not_apply_is_not_waited_for() -> None:
    assert is_due(TRADE, needed=(FOOD,), granted=(FOOD, SIGN), still_open=())


def test_one_licence_alone_is_no_composite() -> None:
    assert not is_due(TRADE, needed=(FOOD,), granted=(FOOD, TAX), still_open=())


@pytest.mark.clause("C1.6")
def test_it_stands_as_its_parts_stand_in_every_combination() -> None:
    for states in product(PartState, repeat=3):
        parts = [PartStanding(n < 2, state) for n, state in enumerate(states)]
        fallen = [part for part in parts if part.state is not PartState.VALID]
        expected = (
            CompositeState.INVALID
            if any(part.necessary for part in fallen)
            else CompositeState.PARTIAL
            if fallen
            else CompositeState.VALID
        )
        assert standing(parts, superseded=False) is expected
        assert standing(parts, superseded=True) is CompositeState.SUPERSEDED


@pytest.mark.parametrize(
    ("kept", "until", "state"),
    [
        ("valid", None, PartState.VALID),
        ("valid", ON, PartState.VALID),
        ("valid", date(2026, 11, 17), PartState.EXPIRED),
        ("revoked", date(2020, 1, 1), PartState.REVOKED),
        ("suspended", date(2030, 1, 1), PartState.SUSPENDED),
    ],
)
def test_a_part_is_over_the_day_after_its_last(kept: str, until: date | None, state: PartState) -> None:
    assert part_state(kept, valid_until=until, on=ON) is state
