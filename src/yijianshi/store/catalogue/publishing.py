"""
Publications one after another: each takes the lock of the head, the next position of the log and a new mark.

The mark is what processes compare their memory with: it becomes visible in the very moment in which the editions do.
"""

from datetime import datetime
from uuid import UUID

from ..keys import new_id
from ..prepared import ask
from .models import CatalogueHead, EditionRow, PublicationRow

PUBLISHED, WITHDRAWN = "publish", "withdraw"


def present_mark() -> str:
    """Return the mark of the catalogue as it is published now; one tiny prepared statement."""
    mark = ask("SELECT mark::text FROM catalogue_cataloguehead WHERE id = 1")
    return mark.decode() if mark else ""


def lock_head() -> CatalogueHead:
    """Take the lock under which alone editions come and go, until the surrounding transaction ends."""
    return CatalogueHead.objects.select_for_update().get(pk=1)


def write_down(head: CatalogueHead, row: EditionRow, *, kind: str, at: datetime, by: str, why: str) -> int:
    """Append a line to the log under the lock, and return its position."""
    head.position += 1
    head.mark = new_id()
    head.save(update_fields=["position", "mark"])
    PublicationRow.objects.create(
        position=head.position, kind=kind, edition=row, bundle=row.bundle, division=row.division,
        valid_from=row.valid_from, at=at, by=by, why=why,
    )  # fmt: skip
    return head.position


def live_rows(bundle: str, *, under: str = "") -> list[EditionRow]:
    """Return the last edition not withdrawn of each division of a province that publishes a bundle, without content."""
    rows = (
        EditionRow.objects.filter(bundle=bundle, withdrawn_at=None, division__startswith=under)
        .order_by("division", "-valid_from", "-published_at")
        .distinct("division")
        .defer("content", "source")
    )
    return list(rows)


def log_after(position: int, *, most: int) -> list[PublicationRow]:
    """Return the lines of the log after a position, in their order."""
    return list(PublicationRow.objects.filter(position__gt=position).order_by("position")[:most])


def last_of(bundle: str, division: str) -> UUID | None:
    """Return the key of the edition that a division published last and has not withdrawn."""
    return (
        EditionRow.objects.filter(bundle=bundle, division=division, withdrawn_at=None)
        .order_by("-valid_from", "-published_at")
        .values_list("pk", flat=True)
        .first()
    )
