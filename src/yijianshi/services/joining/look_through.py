"""
Look through drawings that have come in (过检): active PDFs are refused, the scanner sees the whole, only then do officials.

The worker does it with the file on disk, never in memory: a drawing may be half a gigabyte.
"""

import mmap
import tempfile
from datetime import datetime, timedelta

from django.db.models import Q

from yijianshi.store.joint.models import DrawingRow

from ..materials.pdf import trouble_in
from ..outside import outside
from ..ports import FileMissing, ScannerUnavailable
from .drawings import DrawingKind, parts_of

PAUSE = timedelta(minutes=5)


def look_through_drawings(*, at: datetime, most: int = 2) -> int:
    """Look through what waits; return how many drawings are now known to be sound or not."""
    waiting = DrawingRow.objects.filter(scan="waiting").filter(Q(look_at=None) | Q(look_at__lte=at))
    known = 0
    for row in waiting.order_by("at")[:most]:
        try:
            scan, trouble = _look(row)
        except ScannerUnavailable:
            DrawingRow.objects.filter(pk=row.pk).update(look_at=at + PAUSE)
            continue
        except FileMissing:
            scan, trouble = "refused", "damaged"
        known += DrawingRow.objects.filter(pk=row.pk, scan="waiting").update(scan=scan, trouble=trouble)
    return known


def _look(row: DrawingRow) -> tuple[str, str]:
    with tempfile.TemporaryFile(prefix="yijianshi-drawing-") as file:
        for part in parts_of(row.upload_id):
            file.write(part)
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            if row.kind == DrawingKind.PDF and (found := trouble_in(whole)):
                return "refused", found.value.replace(" ", "-")
            verdict = outside().scanner.scan(whole)
    return ("clean", "") if verdict.is_clean else ("infected", "infected")
