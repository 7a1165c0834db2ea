"""A register that failed several times in a row is left alone for a while, so that filing does not wait for it."""

import threading
import time
from collections.abc import Callable


class CircuitBreaker:
    """Counts failures per register; after `limit` in a row it opens for `rest` seconds, then lets one call try."""

    def __init__(
        self, *, limit: int = 3, rest: float = 30.0, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._rest = rest
        self._seconds = seconds
        self._failures: dict[str, int] = {}
        self._closed_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def may_try(self, register: str) -> bool:
        """Return whether a call may be tried now; after the rest only one caller is let through."""
        with self._lock:
            until = self._closed_until.get(register)
            if until is None:
                return True
            if self._seconds() < until:
                return False
            self._closed_until[register] = self._seconds() + self._rest
            return True

    def succeeded(self, register: str) -> None:
        with self._lock:
            self._failures.pop(register, None)
            self._closed_until.pop(register, None)

    def failed(self, register: str) -> None:
        with self._lock:
            count = self._failures[register] = self._failures.get(register, 0) + 1
            if count >= self._limit:
                self._closed_until[register] = self._seconds() + self._rest

    @property
    def resting(self) -> tuple[str, ...]:
        """The registers that are left alone at present."""
        with self._lock:
            return tuple(sorted(r for r, until in self._closed_until.items() if self._seconds() < until))
