"""The town with a real printer: what a letter says is read out of its PDF."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from uuid import UUID

import pytest

from tests.services.letters.papers import Desk
from tests.services.town import Town
from yijianshi.integrations.documents import TypstDocuments
from yijianshi.services.outside import outside, use


@cache
def printer() -> TypstDocuments:
    return TypstDocuments()


@pytest.fixture
def desk(town: Town) -> Iterator[Desk]:
    """王芳's restaurant, filed on the first morning, at a desk that prints."""
    wired = outside()
    use(replace(wired, documents=printer()))
    yield Desk(town, town.file(town.who("wangfang", enterprise=True)), town.who("wangfang", enterprise=True))
    use(wired)


@pytest.fixture
def submission(desk: Desk) -> UUID:
    return desk.submission
