"""Numbers of submissions, cases and results: serials drawn from the database in blocks, one block per process."""

from datetime import date
from threading import Lock

from yijianshi.domain.codes import DivisionCode, compose_number
from yijianshi.domain.submissions import CHANNELS
from yijianshi.store.submissions.filing import SERIALS_PER_BLOCK, next_serial_block

_lock = Lock()
_left: list[int] = []


def draw_serials(count: int) -> list[int]:
    """Return fresh serials; one that is drawn and not used is never used again."""
    with _lock:
        while len(_left) < count:
            first = next_serial_block()
            _left.extend(range(first, first + SERIALS_PER_BLOCK))
        drawn = _left[:count]
        del _left[:count]
    return drawn


def draw_serial() -> int:
    """Return one fresh serial."""
    return draw_serials(1)[0]


def draw_numbers(count: int, *, division: DivisionCode, day: date, channel: str) -> list[str]:
    """Return fresh numbers of submissions and cases (申报号, 办件号)."""
    return [
        compose_number(division=division, day=day, channel=CHANNELS[channel], serial=serial)
        for serial in draw_serials(count)
    ]
