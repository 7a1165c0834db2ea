"""What machines are tested on: the demo's cast and the shipped one-things."""

import pytest

from tests.conftest import needs_database


@pytest.fixture(scope="module", autouse=True)
def _everybody_is_there(request: pytest.FixtureRequest) -> None:
    """The cast has moved in and the catalogue is published, wherever a module looks into the database at all."""
    if any(needs_database(item) for item in request.session.items if item.path == request.path):
        request.getfixturevalue("seeded")
