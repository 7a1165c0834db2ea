"""Examinations of lists run in a process of their own: a large one neither holds up the worker nor takes it along."""

import os
import resource
import subprocess
import sys

from yijianshi.project.clock import NODE_CLOCK
from yijianshi.project.lifeline import end_with_parent
from yijianshi.services.examining.carry_out import carry_out_next, is_any_waiting
from yijianshi.services.examining.order import forget_old

_MOST_MEMORY = 3 * 1024**3
_NICENESS = 10  # people at the desks come first


class Examiner:
    """Starts a process whenever an examination waits and none is running here."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def look(self) -> int:
        """Do what is to be done now; return how many old examinations were deleted."""
        at = NODE_CLOCK.now()
        if (self._process is None or self._process.poll() is not None) and is_any_waiting(at=at):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "yijianshi", "worker", "--examine"],
                stdin=subprocess.DEVNULL,
                preexec_fn=end_with_parent,
            )
        return forget_old(at=at)

    def stop(self) -> None:
        """End what is running; it is begun again by the next worker."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


def examine_all() -> None:
    """Carry out whatever waits, then return; memory is bounded, so that a trap in a file ends only this process."""
    os.nice(_NICENESS)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > _MOST_MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, hard))
    while carry_out_next(at=NODE_CLOCK.now()):
        pass
