"""What has been published and withdrawn, in order and without a gap (发布记录): for the change feed and for pages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.store.catalogue.models import PublicationRow
from yijianshi.store.catalogue.publishing import log_after

MOST = 500


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of the log: `kind` is publish or withdraw; `by` is an account, or the operator's own name."""

    position: int
    kind: str
    edition: UUID
    bundle: str
    division: str
    valid_from: date
    at: datetime
    by: str
    why: str


def publications_after(position: int, *, most: int = MOST) -> tuple[Publication, ...]:
    """Return what happened after a position, in order; whoever asks with the last position misses nothing."""
    return tuple(_line(row) for row in log_after(position, most=most))


def publications_of(bundle: str, divisions: tuple[str, ...]) -> tuple[Publication, ...]:
    """Return everything that was published of a one-thing in some divisions, the last first."""
    rows = PublicationRow.objects.filter(bundle=bundle, division__in=divisions).order_by("-position")
    return tuple(_line(row) for row in rows[:MOST])


def publications_in(division: str) -> tuple[Publication, ...]:
    """Return everything that a division has published and withdrawn itself, the last first."""
    rows = PublicationRow.objects.filter(division=division).order_by("-position")
    return tuple(_line(row) for row in rows[:MOST])


def _line(row: PublicationRow) -> Publication:
    return Publication(
        row.position,
        row.kind,
        row.edition_id,
        row.bundle,
        row.division,
        row.valid_from,
        row.at,
        row.by,
        row.why,
    )
