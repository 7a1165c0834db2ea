"""What machines are tested on: the demo's cast and the shipped one-things."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def _everybody_is_there(seeded: None) -> None:
    """The cast has moved in and the catalogue is published."""
