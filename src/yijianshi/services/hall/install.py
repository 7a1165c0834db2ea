"""Put the centres of the catalogue's files into the database (入库); what was changed there since is left as it is."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from yijianshi.domain.centres import Centre
from yijianshi.store.hall.models import CentreRow, TerminalRow

from .loading import content_of


def install_centres(centres: Iterable[Centre], *, at: datetime) -> int:
    """Add what is not there, renew what nobody has changed; return how many were written."""
    written = 0
    with transaction.atomic():
        known = dict(CentreRow.objects.values_list("code", "seq"))
        for centre in centres:
            if known.get(centre.code, 1) > 1:
                continue
            row = CentreRow(
                code=centre.code, level=centre.level, division=centre.division, place=centre.place,
                content=content_of(centre), changed_at=at,
            )  # fmt: skip
            row.save(force_insert=centre.code not in known)
            keep_terminals(row, centre)
            written += 1
    return written


def keep_terminals(row: CentreRow, centre: Centre) -> None:
    """Make the terminals of a centre findable by their own addresses."""
    TerminalRow.objects.filter(centre=row).exclude(pk__in=[one.code for one in centre.terminals]).delete()
    for terminal in centre.terminals:
        TerminalRow.objects.update_or_create(pk=terminal.code, defaults={"centre": row})
