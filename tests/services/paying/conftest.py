"""A ledger of its own for every test: what the provider keeps is not rolled back with our tables."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.town import Town
from yijianshi.integrations.payment import DemoPayment
from yijianshi.services.outside import outside, use


@pytest.fixture(autouse=True)
def _a_new_ledger(town: Town, tmp_path: Path) -> None:
    payment = DemoPayment(tmp_path / "payments.json", town.clock, secret="a secret of the tests")
    use(replace(outside(), payment=payment))
