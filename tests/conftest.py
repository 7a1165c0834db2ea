"""
The ground under the tests: a real PostgreSQL of their own, plain static files, fast passwords.

`YIJIANSHI_TEST_POSTGRES=/usr/lib/postgresql/15/bin` runs them on another server than the one that comes along.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import connections
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from yijianshi.integrations.embedded_postgres import Binaries, EmbeddedPostgres

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

hypothesis_settings.register_profile(
    "test", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile(
    "trial", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Keep each module in one process when the run is split over several (`-n`), and hand the longest out first."""
    config.option.loadscopereorder = False  # it would put first what has most tests, not what takes longest
    return LoadScopeScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first, so that no process is left with a story at the end."""
    items.sort(key=_how_short)


def _how_short(item: pytest.Item) -> int:
    if item.nodeid.startswith("tests/stories/"):
        return 0
    return 1 if item.get_closest_marker("browser") else 2


#: Which pages the stories have opened, and which stories were told, in all processes of this run.
REACHED = pytest.StashKey[dict[str, set[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin with no page opened."""
    config.stash[REACHED] = {"pages": set(), "stories": set()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process of this run has opened."""
    for key, names in node.workeroutput.get("reached", {}).items():
        node.config.stash[REACHED][key] |= set(names)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail if all stories were told and there is a page that nobody in them has opened."""
    from tests.stories.reached import not_reached
    from tests.stories.visits import VISITS

    config, reached = session.config, session.config.stash[REACHED]
    visits = config.stash.get(VISITS, None)
    reached["pages"] |= set(visits.names) if visits else set()
    reached["stories"] |= {item.path.stem for item in session.items if item.path.parent.name == "stories"}
    if hasattr(config, "workeroutput"):
        config.workeroutput["reached"] = {key: sorted(names) for key, names in reached.items()}
    elif missing := not_reached(reached["pages"], told=reached["stories"]):
        sys.stderr.write(f"\n没有一个故事打开过这些页面：{'、'.join(missing)}\n")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


#: Nobody keeps what the tests have written; the server's own tests and the kills of `bin/trial` run with full care.
_HASTY = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A database server for this run alone; it and its folder are gone afterwards."""
    chosen = os.environ.get("YIJIANSHI_TEST_POSTGRES")
    binaries = Binaries.system(Path(chosen)) if chosen else None
    folder = Path(tempfile.mkdtemp(prefix="yijianshi-tests-"))
    try:
        with EmbeddedPostgres(folder, binaries=binaries, settings=_HASTY) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgres: EmbeddedPostgres, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Send Django to the server of this run before it makes its test database."""
    connections["default"].settings_dict.update(postgres.settings_dict())


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """
    Make the tables from the models at once, which takes a tenth of the time that migrating takes.

    On the system's server the same tests of the store migrate, as the demo and every installation do, and
    `test_migrations.py` holds that both make the same.
    """
    return bool(os.environ.get("YIJIANSHI_TEST_POSTGRES"))


def do_what_no_model_says() -> None:
    """Give the tables made from the models what migrations bring beside tables: guards, functions, first rows."""
    with override_settings(MIGRATION_MODULES={}), connections["default"].schema_editor() as editor:
        graph = MigrationLoader(None).graph
        plan = dict.fromkeys(one for leaf in graph.leaf_nodes() for one in graph.forwards_plan(leaf))
        for app, name in plan:
            for operation in graph.nodes[app, name].operations:
                if isinstance(operation, RunPython):
                    operation.code(apps, editor)
                elif isinstance(operation, RunSQL | CreateExtension):
                    operation.database_forwards(app, editor, ProjectState(), ProjectState())


class Databases:
    """
    The test database and the templates it is copied back from: empty, or settled once in some way for many tests.

    Emptying table by table would be refused by the database itself, which keeps steps, and would lose the rows that
    migrations bring; moving everybody in anew for each test would take seconds every time.
    """

    def __init__(self) -> None:
        self._default = connections["default"]
        self.name = str(self._default.settings_dict["NAME"])
        self._templates = {""}
        self._standing_on = ""
        self._left = True
        self._copy(self.name, self._template(""))

    def settle(self, how: str, move_in: Callable[[], object]) -> None:
        """Let the tests that follow begin in a database in which everybody has moved in."""
        if how not in self._templates:
            self.be_empty()
            move_in()
            self._copy(self.name, self._template(how))
            self._templates.add(how)
        elif self._standing_on != how:
            self._copy(self._template(how), self.name)
        self._standing_on, self._left = how, False

    def restore(self, test_case: TransactionTestCase | None = None) -> None:
        """Undo what a test that really commits has written."""
        self._copy(self._template(self._standing_on), self.name)

    def leave(self, *, as_it_was: bool = True) -> None:
        """
        Let the tests that follow begin in an empty database; a copy is made only if one of them wants it so.

        :param as_it_was: whether everything that was written has been rolled back.
        """
        self._left = True
        if not as_it_was:
            self.be_empty()

    def be_empty(self) -> None:
        """Begin in an empty database, unless somebody has moved in and has not left."""
        if self._left and self._standing_on:
            self._standing_on = ""
            self.restore()

    def _template(self, how: str) -> str:
        return f"{self.name}_{how or 'empty'}"

    def _copy(self, source: str, target: str) -> None:
        connections.close_all()
        with self._default._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


DATABASES = pytest.StashKey[Databases]()
BLOCKER = pytest.StashKey[DjangoDbBlocker]()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_use_migrations: bool,
    django_db_blocker: DjangoDbBlocker,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Keep a copy of the empty test database, and copy it back after every test that really commits."""
    default = connections["default"]
    with django_db_blocker.unblock():
        if not django_db_use_migrations:
            do_what_no_model_says()
        databases = request.config.stash[DATABASES] = Databases()
    request.config.stash[BLOCKER] = django_db_blocker
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", databases.restore)
        yield
    with django_db_blocker.unblock(), default._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        # Threads of a live server may still hold a session.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [databases.name],
        )


def needs_database(item: pytest.Item) -> bool:
    """Return whether a test looks into the database."""
    asked = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or asked & {"db", "transactional_db", "live_server"})


#: The fixtures that let somebody move in.
_SETTLING = {"seeded", "settled_town", "committed_town", "_everybody_is_there"}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give a test that wants nobody there an empty database."""
    databases = item.config.stash.get(DATABASES, None)
    if databases and needs_database(item) and not _SETTLING & set(getattr(item, "fixturenames", ())):
        with item.config.stash[BLOCKER].unblock():
            databases.be_empty()


@pytest.fixture(scope="session")
def databases(django_db_setup: None, request: pytest.FixtureRequest) -> Databases:
    """The test database and its templates."""
    return request.config.stash[DATABASES]


@pytest.fixture(scope="module")
def seeded(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo's cast has moved in today and the catalogue is published, for all tests of a module."""
    from yijianshi.project import seeding

    with django_db_blocker.unblock():
        databases.settle("seeded", seeding.seed)
    yield
    with django_db_blocker.unblock():
        databases.leave()


@pytest.fixture(autouse=True)
def _nothing_is_remembered_between_tests() -> Iterator[None]:
    """What a process remembers of the database must not outlive the test's rollback; an edition never changes."""
    yield
    forget()


def forget() -> None:
    """Forget what this process remembers of the database."""
    from yijianshi.services import numbering
    from yijianshi.services.catalogue import published
    from yijianshi.services.handling import remind
    from yijianshi.services.people import clients, parties, push_to_dos
    from yijianshi.services.reading import hot, usual

    for remembered in (
        published._holding,
        published._bundles_of,
        parties._remembered,
        clients._read,
        usual._counted,
    ):
        remembered.cache_clear()
    numbering._left.clear()
    remind._done.clear()
    push_to_dos._done.clear()
    push_to_dos._not_before.clear()
    hot.forget()
