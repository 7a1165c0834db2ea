"""
Carry out the examinations that wait, one after the other, in a process of their own.

Whoever runs one gives a sign of life as it goes on. One that has fallen silent is begun again, and given up when that
happened twice: what ended two processes would end a third.
"""

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.db import transaction
from django.db.models import Q

from yijianshi.domain.editions import UnknownDivision
from yijianshi.domain.workdays import legal_day
from yijianshi.store.examinations.models import ExaminationRow, ExaminedFileRow

from ..catalogue.reading import shipped_catalogue
from ..outside import outside
from .examine import examine
from .keeping import pack
from .reading import ListUnreadable, NamedFile

QUIET = timedelta(seconds=45)
_MOST_ATTEMPTS = 2
_EVERY = 1.0  # seconds between two signs of life
_logger = structlog.get_logger("examinations")

_BROKEN_OFF = (
    "体检到一半中断了两次，可能是清单太大，或者文件有问题。请拆成几份再试；还不行，请把文件交给平台管理员"
)
_OUR_FAULT = "我们这边出了故障，已经记下来。请过一会儿再试；还不行，请把文件交给平台管理员"


def is_any_waiting(*, at: datetime) -> bool:
    """Return whether an examination waits, or was left behind by a process that ended."""
    return ExaminationRow.objects.filter(_to_do(at)).exists()


def carry_out_next(*, at: datetime) -> bool:
    """Carry out the one that has waited longest; return whether there was one."""
    row = _take(at)
    if row is None:
        return False
    if row.attempts > _MOST_ATTEMPTS:
        _end(row, why=_BROKEN_OFF)
        return True
    try:
        with tempfile.TemporaryDirectory(prefix="yijianshi-examination-") as folder:
            report = examine(
                _laid_out(row, Path(folder)),
                catalogue=shipped_catalogue(),
                on=legal_day(at),
                division=row.division,
                tell=_Telling(row),
            )
        _end(row, report=pack(report))
    except (ListUnreadable, UnknownDivision) as error:
        _end(row, why=str(error))
    except Exception as error:
        _logger.exception("examination_failed", examination=str(row.pk), error=type(error).__name__)
        _end(row, why=_OUR_FAULT)
    return True


def _to_do(at: datetime) -> Q:
    silent = Q(state=ExaminationRow.RUNNING, seen_at__lt=at - QUIET)
    return Q(state=ExaminationRow.WAITING) | silent


def _take(at: datetime) -> ExaminationRow | None:
    with transaction.atomic():
        row = (
            ExaminationRow.objects.select_for_update(skip_locked=True)
            .filter(_to_do(at))
            .order_by("at")
            .first()
        )
        if row is None:
            return None
        row.state, row.seen_at, row.attempts = ExaminationRow.RUNNING, at, row.attempts + 1
        row.phase, row.done, row.total = "读清单", 0, 0
        row.save(update_fields=["state", "seen_at", "attempts", "phase", "done", "total"])
    return row


def _laid_out(row: ExaminationRow, folder: Path) -> list[NamedFile]:
    """Put the files down under names of our own: what people call them is not for the file system."""
    files = []
    for number, file in enumerate(ExaminedFileRow.objects.filter(examination=row).order_by("id")):
        path = folder / str(number)
        path.write_bytes(bytes(file.content))
        files.append(NamedFile(path, file.name))
    return files


class _Telling:
    """Writes down how far it is, at most once a second."""

    def __init__(self, row: ExaminationRow) -> None:
        self._row, self._last = row, 0.0

    def __call__(self, phase: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            ExaminationRow.objects.filter(pk=self._row.pk).update(
                phase=phase[:20], done=done, total=total, seen_at=outside().clock.now()
            )


def _end(row: ExaminationRow, *, report: bytes = b"", why: str = "") -> None:
    """Write down how it ended and let the files go."""
    state = ExaminationRow.FAILED if why else ExaminationRow.DONE
    with transaction.atomic():
        ExaminationRow.objects.filter(pk=row.pk).update(state=state, why_failed=why, report=report)
        ExaminedFileRow.objects.filter(examination=row).delete()
