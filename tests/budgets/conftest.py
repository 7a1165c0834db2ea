"""What a page may cost, measured in the town in which everything exists."""

import pytest

from tests.rights.asking import Asking
from tests.rights.conftest import world
from tests.rights.world import World

__all__ = ["world"]


@pytest.fixture
def asking(world: World, db: None) -> Asking:
    return Asking(world)
