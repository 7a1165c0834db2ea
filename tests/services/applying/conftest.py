"""王芳, standing for her restaurant."""

import pytest

from tests.services.town import Town
from yijianshi.domain.rights import Actor


@pytest.fixture
def wang(town: Town) -> Actor:
    return town.who("wangfang", enterprise=True)
