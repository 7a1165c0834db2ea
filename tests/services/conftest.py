"""A seeded town in a real database, with a clock of its own; what a test writes there is rolled back after it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.cast import PAPER
from tests.conftest import Databases
from tests.services.town import FIRST_DAY, StandingClock, Town, first_morning
from yijianshi.integrations.exchange import DemoExchange, DemoRolls
from yijianshi.integrations.files import FolderFiles
from yijianshi.integrations.messenger.in_app import InAppMessenger
from yijianshi.integrations.payment import DemoPayment
from yijianshi.integrations.population import build_population
from yijianshi.integrations.scanner import DemoScanner
from yijianshi.project import seeding, wiring
from yijianshi.services import outside
from yijianshi.store.submissions.models import SubmissionRow


class PlainDocuments:
    """The Documents port of the tests: one small page, whatever is printed; the printer has tests of its own."""

    def render(self, template: str, values: Mapping[str, Any]) -> bytes:
        return PAPER

    def bind(self, pages: Any) -> bytes:
        return PAPER

    def compile_sample(self, path: Path) -> bytes:
        return PAPER


@pytest.fixture(scope="module")
def settled_town(
    databases: Databases, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """The town as it is on the first morning, moved in once for all tests of a module."""
    with django_db_blocker.unblock():
        databases.settle("town", move_in)
        yield open_town(tmp_path_factory.mktemp("materials"))
        # A module may begin by filing, once for all its tests; nothing else is written for good.
        databases.leave(as_it_was=not SubmissionRow.objects.exists())
    wiring.wire()


@pytest.fixture
def town(settled_town: Town, db: None) -> Iterator[Town]:
    """鼓楼区 on the morning of 18 November 2026: the cast has moved in, the catalogue is published."""
    settled_town.clock.moment = first_morning()
    settled_town.down.clear()
    wired = outside.outside()
    yield settled_town
    outside.use(wired)


@pytest.fixture
def committed_town(databases: Databases, transactional_db: None, tmp_path: Path) -> Iterator[Town]:
    """The same town, really committed, so that other connections see it."""
    databases.settle("town", move_in)
    yield open_town(tmp_path)
    databases.leave()
    wiring.wire()


def move_in() -> None:
    """Have everybody move in, on the first morning."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "NODE_CLOCK", StandingClock(first_morning()))
        seeding.seed()


def open_town(folder: Path) -> Town:
    """Join the platform to the town's own clock, registers and drawers."""
    clock = StandingClock(first_morning())
    town = Town(clock, build_population(on=FIRST_DAY))
    outside.use(
        replace(
            wiring.joined(settings.ENVIRONMENT),
            clock=clock,
            exchange=DemoExchange(town.population, clock, down=town.down),
            rolls=DemoRolls(town.population, down=town.down),
            files=FolderFiles(folder),
            scanner=DemoScanner(),
            messenger=InAppMessenger(clock),
            payment=DemoPayment(folder / "payments.json", clock, secret="a secret of the tests"),
            documents=PlainDocuments(),
            office=None,
        )
    )
    return town
