"""Photographs are read in a process of their own: the models are large, and a trap in a picture ends only that process."""

import os
import resource
import signal
import subprocess
import sys
import time

from yijianshi.project.clock import NODE_CLOCK
from yijianshi.project.lifeline import end_with_parent
from yijianshi.services.outside import outside
from yijianshi.services.photographs.carry_out import is_any_photograph_waiting, read_next
from yijianshi.services.photographs.take import forget_photographs

_MOST_MEMORY = 3 * 1024**3
_NICENESS = 5  # people at the desks come first, but somebody waits for this, too
_LONGEST = 45  # seconds for one photograph, loading the models included
_LINGER, _LOOK_EVERY = 60.0, 0.4  # seconds: who photographs one paper often photographs the next
_BETWEEN_FORGETTING = 30.0


class PhotographDesk:
    """Starts a reading process whenever a photograph waits and none is running here."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._forgot = 0.0

    def look(self) -> int:
        """Do what is to be done now; return how many photographs were deleted because nobody came back."""
        at = NODE_CLOCK.now()
        idle = self._process is None or self._process.poll() is not None
        if idle and outside().reader is not None and is_any_photograph_waiting(at=at):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "yijianshi", "worker", "--read"],
                stdin=subprocess.DEVNULL,
                preexec_fn=end_with_parent,
            )
        if time.monotonic() - self._forgot < _BETWEEN_FORGETTING:
            return 0
        self._forgot = time.monotonic()
        return forget_photographs(at=at)

    def stop(self) -> None:
        """End what is running; what was being read is begun again by the next worker."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


def read_all(*, linger: float = _LINGER) -> None:
    """Read whatever waits and comes within a while, then return; memory and the time for each are bounded."""
    reader = outside().reader
    if reader is None:
        return
    os.nice(_NICENESS)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > _MOST_MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, hard))
    until = time.monotonic() + linger
    while True:
        signal.alarm(_LONGEST)  # nobody catches it: what takes longer ends this process
        try:
            found = read_next(reader=reader, at=NODE_CLOCK.now())
        finally:
            signal.alarm(0)
        if found:
            until = time.monotonic() + linger
        elif time.monotonic() >= until:
            return
        else:
            time.sleep(_LOOK_EVERY)
