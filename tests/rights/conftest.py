"""The town of the rights: built once in a template of the database, with everybody signed in."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.conftest import Databases
from tests.rights.world import World, build
from tests.services.conftest import move_in, open_town
from yijianshi.project import wiring
from yijianshi.services import outside

WORLD = pytest.StashKey[World]()


@pytest.fixture(scope="module")
def world(
    databases: Databases,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[World]:
    """The town in which everything exists; the first module that asks builds it, others find it again."""
    stash = request.config.stash

    def let_it_happen() -> None:
        move_in()
        stash[WORLD] = build(open_town(tmp_path_factory.mktemp("rights")))

    # Whether a session is found in the database or in a signed cookie makes no difference to rights, but to the time.
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        with django_db_blocker.unblock():
            databases.settle("rights", let_it_happen)
        outside.use(stash[WORLD].outside)
        yield stash[WORLD]
        with django_db_blocker.unblock():
            databases.leave()
    wiring.wire()
