"""What pages are tested on: the demo's cast and the shipped one-things."""

import pytest


@pytest.fixture
def cast(db: None) -> None:
    """The cast has moved in and the catalogue is published."""
    from yijianshi.project import seeding

    seeding.seed()
