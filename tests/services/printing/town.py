"""The two lives as fixtures: lived once per module, and everything is rolled back afterwards."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.services.printing.lives import Life, newborn, restaurant
from yijianshi.project.clock import NODE_CLOCK


@pytest.fixture(scope="module")
def town(seeded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shop(town: None) -> Life:
    return restaurant(NODE_CLOCK.now())


@pytest.fixture(scope="module")
def child(town: None) -> Life:
    return newborn(NODE_CLOCK.now())
