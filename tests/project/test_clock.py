"""The clock of a node follows the database's, so that two nodes never disagree about a limit."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from yijianshi.project.clock import ClockUnmeasured, NodeClock

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class World:
    """A node and a database, each with its own idea of the time."""

    def __init__(self, *, skew: timedelta) -> None:
        self.passed = 0.0
        self.skew = skew
        self.asked = 0
        self.is_down = False
        self.clock = NodeClock(of_database=self.database, of_node=self.node, elapsed=lambda: self.passed)

    def node(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)

    def database(self) -> datetime:
        self.asked += 1
        if self.is_down:
            raise OperationalError
        return self.node() + self.skew


def test_the_node_takes_over_the_time_of_the_database() -> None:
    world = World(skew=timedelta(seconds=-7))
    assert world.clock.now() == NOON - timedelta(seconds=7)


def test_it_is_measured_every_thirty_seconds_and_not_at_every_question() -> None:
    world = World(skew=timedelta(0))
    for world.passed in (0.0, 1.0, 29.9):
        world.clock.now()
    assert world.asked == 1
    world.passed, world.skew = 30.0, timedelta(seconds=2)
    assert world.clock.skew() == timedelta(seconds=2)
    assert world.asked == 2


def test_while_the_database_is_away_the_last_distance_holds() -> None:
    world = World(skew=timedelta(seconds=3))
    world.clock.now()
    world.passed, world.is_down = 31.0, True
    assert world.clock.now() == NOON + timedelta(seconds=34)


def test_without_any_measurement_there_is_no_time() -> None:
    world = World(skew=timedelta(0))
    world.is_down = True
    with pytest.raises(ClockUnmeasured, match="对时"):
        world.clock.now()
    world.is_down, world.passed = False, 1.0
    assert world.clock.now() == NOON + timedelta(seconds=1)


@pytest.mark.django_db
def test_the_database_answers_in_utc() -> None:
    assert abs(NodeClock().skew()) < timedelta(seconds=1)
    assert NodeClock().now().tzinfo is UTC
