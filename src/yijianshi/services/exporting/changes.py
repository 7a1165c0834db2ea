"""What was published, in order and without a gap (发布变更): whoever follows it misses nothing and hears nothing twice."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from yijianshi.store.catalogue.models import PublicationRow
from yijianshi.store.catalogue.publishing import PUBLISHED, WITHDRAWN

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
    """
    Return the publications after a position, in the order in which they came about.

    A position is given under the lock that orders publications, so none appears later in front of one already read.
    """
    earlier = PublicationRow.objects.filter(
        bundle=OuterRef("bundle"), division=OuterRef("division"), position__lt=OuterRef("position")
    ).order_by("-position")
    rows = (
        PublicationRow.objects.filter(position__gt=cursor)
        .order_by("position")
        .annotate(
            last_kind=Subquery(earlier.values("kind")[:1]),
            last=Subquery(earlier.values("edition__digest")[:1]),
        )
        .values_list(
            "position",
            "kind",
            "bundle",
            "division",
            "edition__digest",
            "last_kind",
            "last",
            "valid_from",
            "at",
        )[:most]
    )
    return tuple(_change(*row) for row in rows)


def _change(
    position: int, kind: str, bundle: str, division: str, edition: str, last_kind: str | None, last: str | None,
    valid_from: date, at: datetime,
) -> Change:  # fmt: skip
    replaces = last if kind == PUBLISHED and last_kind == PUBLISHED and last else ""
    said = "withdrawn" if kind == WITHDRAWN else "replaced" if replaces else "published"
    return Change(
        position=position, kind=said, bundle=bundle, division=division, edition=edition, replaces=replaces,
        valid_from=valid_from, at=at,
    )  # fmt: skip
