"""What was published, in order and without a gap (发布变更): whoever follows it misses nothing and hears nothing twice."""

from dataclasses import dataclass
from datetime import date, datetime

from yijianshi.store.catalogue.models import EditionRow

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One publication: which one-thing, where, from which day on, and what it replaced there."""

    position: int
    kind: str  # published | replaced | withdrawn
    bundle: str
    division: str
    edition: str
    replaces: str
    valid_from: date
    at: datetime


def changes_after(cursor: int, *, most: int = MOST) -> tuple[Change, ...]:
    """Return the publications after a position, in the order in which they came about."""
    rows = EditionRow.objects.order_by("published_at", "pk").values_list(
        "bundle", "division", "digest", "valid_from", "published_at"
    )
    before: dict[tuple[str, str], str] = {}
    found = []
    for position, (bundle, division, digest, valid_from, at) in enumerate(rows, 1):
        replaces = before.get((bundle, division), "")
        before[bundle, division] = digest
        if position > cursor and len(found) < most:
            found.append(
                Change(
                    position=position, kind="replaced" if replaces else "published", bundle=bundle, division=division,
                    edition=digest, replaces=replaces, valid_from=valid_from, at=at,
                )
            )  # fmt: skip
    return tuple(found)
