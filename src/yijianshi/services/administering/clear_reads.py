"""
Clearing the log of who looked at what (清理查看记录): only what is older than six months, in pieces that hold nobody up.

Basis: Network Security Law (网络安全法), art. 21 (3) of 2016: logs are kept for six months at least.
"""

from datetime import datetime

from yijianshi.domain.administering import Deed
from yijianshi.domain.guards import keep_reads_for
from yijianshi.store.reads.models import ReadRow

from ..outside import outside
from .deeds import note_deed

_PIECE = 5000


def clear_reads(*, at: datetime, days: int | None = None) -> tuple[int, datetime]:
    """
    Delete reads older than `days`, as the operator set it unless given; return how many, and before when.

    :raises ReadsKeptTooShortly: if that would be less than six months.
    """
    before = at - keep_reads_for(outside().guarding.read_days if days is None else days)
    gone = 0
    while keys := list(ReadRow.objects.filter(at__lt=before).values_list("pk", flat=True)[:_PIECE]):
        gone += ReadRow.objects.filter(pk__in=keys).delete()[0]
    note_deed(
        Deed.CLEAR_READS, actor=None, at=at, division="", facts={"rows": str(gone), "before": f"{before:%Y-%m-%d}"}
    )  # fmt: skip
    return gone, before
