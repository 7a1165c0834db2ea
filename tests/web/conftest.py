"""What pages are tested on: the demo's cast and the shipped one-things."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def cast(db: None) -> Iterator[None]:
    """The cast has moved in and the catalogue is published."""
    from yijianshi.project import seeding

    seeding.seed()
    yield
