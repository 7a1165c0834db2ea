"""
Read the photographs that wait, one after the other, in a process of their own.

Whoever reads one may be ended for taking too long or too much; the photograph is then tried once more, and given up.
"""

from datetime import datetime, timedelta

import msgspec
import structlog
from django.db import transaction
from django.db.models import Q

from yijianshi.store.photographs.models import PhotographRow

from ..outside import outside
from ..ports import PaperReader, PhotographUnreadable
from .take import PREVIEW, PURPOSE, SEEN

QUIET = timedelta(seconds=60)
_MOST_ATTEMPTS = 2
_logger = structlog.get_logger("photographs")
_encoder = msgspec.json.Encoder()

_TOO_LONG = "这张照片读了很久也没有读出来"
_OUR_FAULT = "我们这边出了故障，没有读出来"


def is_any_photograph_waiting(*, at: datetime) -> bool:
    """Return whether a photograph waits, or was left behind by a process that ended."""
    return PhotographRow.objects.filter(_to_do(at)).exists()


def read_next(*, reader: PaperReader, at: datetime) -> bool:
    """Read the one that has waited longest; return whether there was one."""
    row = _take(at)
    if row is None:
        return False
    if row.attempts > _MOST_ATTEMPTS:
        _fail(row, _TOO_LONG)
        return True
    crypto, key = outside().crypto, bytes(row.draft.wrapped_key)
    try:
        content = crypto.unseal(bytes(row.content_sealed), purpose=PURPOSE, under=key)
        seen = reader.read(content)
    except PhotographUnreadable as reason:
        _fail(row, str(reason), is_picture=False)
        return True
    except Exception as error:
        _logger.exception("photograph_failed", photograph=str(row.pk), error=type(error).__name__)
        _fail(row, _OUR_FAULT)
        return True
    PhotographRow.objects.filter(pk=row.pk, state=PhotographRow.RUNNING).update(
        state=PhotographRow.DONE,
        seen_sealed=crypto.seal(_encoder.encode(seen.photograph), purpose=SEEN, under=key),
        preview_sealed=crypto.seal(seen.preview, purpose=PREVIEW, under=key),
    )
    return True


def _to_do(at: datetime) -> Q:
    silent = Q(state=PhotographRow.RUNNING, seen_at__lt=at - QUIET)
    return Q(state=PhotographRow.WAITING) | silent


def _take(at: datetime) -> PhotographRow | None:
    with transaction.atomic():
        row = (
            PhotographRow.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(_to_do(at))
            .select_related("draft")
            .order_by("at")
            .first()
        )
        if row is None:
            return None
        row.state, row.seen_at, row.attempts = PhotographRow.RUNNING, at, row.attempts + 1
        row.save(update_fields=["state", "seen_at", "attempts"])
    return row


def _fail(row: PhotographRow, why: str, *, is_picture: bool = True) -> None:
    """Write down why it was not read; a picture that cannot be opened is of no use to anybody and goes at once."""
    gone = {} if is_picture else {"content_sealed": b"", "is_picture": False}
    PhotographRow.objects.filter(pk=row.pk).update(state=PhotographRow.FAILED, why_failed=why, **gone)
