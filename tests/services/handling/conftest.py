"""王芳's restaurant, filed once for all tests of a module."""

from uuid import UUID

import pytest

from tests.services.town import Town


@pytest.fixture(scope="module")
def filed(settled_town: Town) -> UUID:
    return settled_town.file(settled_town.who("wangfang", enterprise=True))


@pytest.fixture
def submission(filed: UUID, town: Town) -> UUID:
    """王芳's restaurant, as filed: four items, nothing released."""
    return filed
