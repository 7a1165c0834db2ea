"""What pages are tested on: the demo's cast, the shipped one-things, and a restaurant that was filed before."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoDbBlocker

from tests.conftest import Databases, needs_database
from tests.web.staff import Restaurant
from yijianshi.project import seeding


@pytest.fixture(scope="module", autouse=True)
def _everybody_is_there(request: pytest.FixtureRequest) -> None:
    """The cast has moved in and the catalogue is published, wherever a module looks into the database at all."""
    if any(needs_database(item) for item in request.session.items if item.path == request.path):
        request.getfixturevalue("seeded")


@pytest.fixture
def cast(db: None) -> None:
    """A test among the cast; what it writes is rolled back."""


@pytest.fixture(scope="module")
def filed_before(databases: Databases, django_db_blocker: DjangoDbBlocker, seeded: None) -> None:
    """王芳's restaurant has been filed, once for all tests of all modules that begin there."""
    with django_db_blocker.unblock():
        databases.settle("restaurant", _move_in_and(lambda restaurant: None))


@pytest.fixture(scope="module")
def released_before(databases: Databases, django_db_blocker: DjangoDbBlocker, seeded: None) -> None:
    """The same restaurant is in the hands of its departments."""
    with django_db_blocker.unblock():
        databases.settle("released restaurant", _move_in_and(Restaurant.release))


def _move_in_and(go_on: Callable[[Restaurant], None]) -> Callable[[], None]:
    def move_in() -> None:
        seeding.seed()
        go_on(Restaurant())

    return move_in
