"""Every edition that was ever published, with whether it holds (版本清单)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.store.catalogue.models import EditionRow

from ..catalogue.published import edition_by_id


@dataclass(frozen=True, slots=True)
class EditionListed:
    """One edition: its short name, its one-thing and whether it holds, was replaced or was withdrawn."""

    id: UUID
    name: str
    title: str
    bundle: str
    division: str
    digest: str
    valid_from: date
    published_at: datetime
    holds: bool
    withdrawn: bool

    def as_json(self) -> dict[str, Any]:
        """Return the edition as plain values."""
        return {
            "edition": self.name, "bundle": self.bundle, "name": self.title, "division": self.division,
            "digest": self.digest, "valid_from": self.valid_from.isoformat(),
            "published_at": self.published_at.isoformat(), "holds": self.holds, "withdrawn": self.withdrawn,
        }  # fmt: skip


def published_editions(*, division: str = "", bundle: str = "") -> tuple[EditionListed, ...]:
    """Return the editions of a division or of all, by one-thing and place, the last first."""
    rows = EditionRow.objects.defer("content", "source")
    if division:
        rows = rows.filter(division=division)
    if bundle:
        rows = rows.filter(bundle=bundle)
    found, seen = [], set()
    for row in rows.order_by("bundle", "division", "-valid_from", "-published_at"):
        place = (row.bundle, row.division)
        holds = row.withdrawn_at is None and place not in seen
        if holds:
            seen.add(place)
        edition = edition_by_id(row.id)
        found.append(
            EditionListed(
                row.id, edition.name, edition.bundle.title, row.bundle, row.division, row.digest, row.valid_from,
                row.published_at, holds, row.withdrawn_at is not None,
            )
        )  # fmt: skip
    return tuple(found)
