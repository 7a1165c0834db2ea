"""The one clock of a node: its own, corrected by the database's, so that all nodes write the same time."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection

MEASURE_EVERY = 30.0  # seconds
MOST_SKEW = timedelta(seconds=5)


class ClockUnmeasured(Exception):
    """The node has not yet been able to compare its clock with the database's."""


def database_now() -> datetime:
    """Return the present instant as the database sees it. :raises DatabaseError: if it cannot be asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    assert row is not None
    return row[0].astimezone(UTC)


class NodeClock:
    """
    The Clock port: the node's clock plus its measured distance from the database's.

    Measured at the first question and then every 30 seconds; while the database cannot be asked, the last distance
    holds.
    """

    def __init__(
        self,
        *,
        of_database: Callable[[], datetime] = database_now,
        of_node: Callable[[], datetime] = lambda: datetime.now(UTC),
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._of_database = of_database
        self._of_node = of_node
        self._elapsed = elapsed
        self._skew: timedelta | None = None
        self._measure_after = float("-inf")
        self._measuring = threading.Lock()

    def now(self) -> datetime:
        """Return the present instant in UTC. :raises ClockUnmeasured: if the database has never answered."""
        return self._of_node() + self.skew()

    def skew(self) -> timedelta:
        """Return how far the database's clock is ahead. :raises ClockUnmeasured: if it has never answered."""
        # One thread measures; the others use the last distance meanwhile, and wait only for the very first.
        if self._elapsed() >= self._measure_after and self._measuring.acquire(blocking=self._skew is None):
            try:
                if self._elapsed() >= self._measure_after:
                    self._measure()
            finally:
                self._measuring.release()
        if self._skew is None:
            raise ClockUnmeasured("尚未与数据库对时，无法确定当前时间。请检查数据库是否可以连接。")
        return self._skew

    def _measure(self) -> None:
        before = self._of_node()
        try:
            theirs = self._of_database()
        except DatabaseError:  # also a transaction that is already broken, which its owner will report
            self._measure_after = self._elapsed() + 1
            return
        self._skew = theirs - (before + (self._of_node() - before) / 2)
        self._measure_after = self._elapsed() + MEASURE_EVERY


#: The clock of this process.
NODE_CLOCK = NodeClock()
