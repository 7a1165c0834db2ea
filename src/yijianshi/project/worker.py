"""`yijianshi worker`: does what is left to do after each request, round after round, until it is told to stop."""

import argparse
import signal
import threading
import time
from types import FrameType

import structlog
from django.db import DatabaseError, connection

from yijianshi.project.clock import NODE_CLOCK, ClockUnmeasured
from yijianshi.project.examining import Examiner, examine_all
from yijianshi.project.photographs import PhotographDesk, read_all
from yijianshi.services import working

_REST, _LONGEST_REST = 0.5, 30.0  # seconds between rounds in which there was nothing to do, or that failed
#: Work gathers for so many seconds while there is a little of it: one round does much for hardly more than a single row costs.
_BREATH = 0.1
#: So many seconds lie between two rounds of what may wait; it asks several tables, and seldom finds anything.
_BETWEEN_TIDYING = 2.0
_log = structlog.get_logger(__name__)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the menu."""
    parser = subparsers.add_parser("worker", help="后台：通知各方、盯住期限")
    parser.add_argument("--once", action="store_true", help="只做一轮，做完现有的就结束")
    parser.add_argument("--examine", action="store_true", help="只做排着队的清单体检，做完就结束")
    parser.add_argument("--read", action="store_true", help="只识别排着队的照片，没有了就结束")
    parser.set_defaults(run=run_worker)


def run_worker(arguments: argparse.Namespace) -> int:
    """Work until a polite signal, or until nothing is left to do."""
    if arguments.examine:
        examine_all()
        return 0
    if arguments.read:
        read_all()
        return 0
    stopping = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    if arguments.once:
        while not stopping.is_set() and working.work(at=NODE_CLOCK.now()):
            pass
        return 0
    examiner, photographs = Examiner(), PhotographDesk()
    rest, tidied = _REST, 0.0
    while not stopping.is_set():
        try:
            done = working.keep_up(at=NODE_CLOCK.now()) + examiner.look() + photographs.look()
            if time.monotonic() - tidied >= _BETWEEN_TIDYING:
                done += working.tidy(at=NODE_CLOCK.now())
                tidied = time.monotonic()
        except (DatabaseError, ClockUnmeasured):
            # The database is away or was restarted: what was committed is found again when it is back.
            _log.warning("database away", exc_info=True, rest_seconds=rest)
            connection.close()
            stopping.wait(rest)
            rest = min(rest * 2, _LONGEST_REST)
            continue
        rest = _REST
        if done < working.BATCH:
            stopping.wait(_BREATH if done else _REST)
    examiner.stop()
    photographs.stop()
    connection.close()
    return 0
