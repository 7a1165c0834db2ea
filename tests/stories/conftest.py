"""The town in which the stories happen: the real application on the test database, and one browser for everybody."""

import threading
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.stories.people import Town
from tests.stories.visits import VISITS, Visits
from yijianshi.project.wsgi import application


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="session")
def visits(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Visits:
    """What has been opened by anybody in any story of this run."""
    folder = tmp_path_factory.getbasetemp()
    claims = (folder.parent if hasattr(request.config, "workerinput") else folder) / "looked-at"
    claims.mkdir(exist_ok=True)
    return request.config.stash.setdefault(VISITS, Visits(claims))


@pytest.fixture(scope="session")
def _served(visits: Visits, django_db_setup: None) -> Iterator[str]:
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(visits.noting(application)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def desks(browser: Browser) -> dict[str, Page]:
    """The desks at which officials have sat down in the stories of a module."""
    return {}


@pytest.fixture
def town(
    _served: str,
    browser: Browser,
    visits: Visits,
    desks: dict[str, Page],
    seeded: None,
    transactional_db: None,
) -> Iterator[Town]:
    """The cast has moved in and the one-things are published; everybody leaves when the story is over."""
    town = Town(address=_served, browser=browser, visits=visits, desks=desks)
    yield town
    town.everybody_leaves()
    barriers = "\n\n".join(visits.barriers)
    visits.barriers.clear()
    assert not barriers, barriers
