"""A seeded town in a real database, with a clock of its own; everything is rolled back afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.cast import PAPER
from tests.services.town import FIRST_DAY, StandingClock, Town, first_morning
from yijianshi.integrations.exchange import DemoExchange
from yijianshi.integrations.files import FolderFiles
from yijianshi.integrations.messenger.in_app import InAppMessenger
from yijianshi.integrations.population import build_population
from yijianshi.integrations.scanner import DemoScanner
from yijianshi.project import seeding, wiring
from yijianshi.services import outside


@pytest.fixture
def town(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """鼓楼区 on 18 November 2026: the cast has moved in, the catalogue is published."""
    yield from settled(tmp_path, monkeypatch)


@pytest.fixture
def committed_town(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    """The same town, really committed, so that other connections see it."""
    yield from settled(tmp_path, monkeypatch)


class PlainDocuments:
    """The Documents port of the tests: one small page, whatever is printed; the printer has tests of its own."""

    def render(self, template: str, values: Mapping[str, Any]) -> bytes:
        return PAPER


def settled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    clock = StandingClock(first_morning())
    monkeypatch.setattr(seeding, "NODE_CLOCK", clock)
    town = Town(clock, build_population(on=FIRST_DAY))
    seeding.seed()
    outside.use(
        replace(
            wiring.joined(settings.ENVIRONMENT),
            clock=clock,
            exchange=DemoExchange(town.population, clock, down=town.down),
            files=FolderFiles(folder / "materials"),
            scanner=DemoScanner(),
            messenger=InAppMessenger(clock),
            documents=PlainDocuments(),
        )
    )
    yield town
    wiring.wire()
