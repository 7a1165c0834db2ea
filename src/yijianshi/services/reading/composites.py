"""The composite licence as it stands today (一业一证): each part with its number, its department, its term and its state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.composites import CompositeState, PartStanding, PartState, part_state, standing
from yijianshi.domain.editions import Edition
from yijianshi.domain.results import last_valid_day
from yijianshi.domain.routing import Unit, unit_name
from yijianshi.domain.workdays import legal_day
from yijianshi.store.results.models import CompositePartRow, CompositeRow

from ..catalogue.published import edition_by_id

#: Codes of composites are drawn with 15 random bytes, those of single results with 12: the length tells which is meant.
COMPOSITE_CODE_LENGTH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSeen:
    """One licence in a composite."""

    result: UUID
    item: ItemCode
    name: str
    number: str
    unit: str
    issuer: str
    issued_on: date
    valid_until: date | None
    necessary: bool
    state: PartState
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeSeen:
    """One version of a composite licence."""

    id: UUID
    submission: UUID
    name: str
    number: str
    version: int
    unit: str
    issuer: str
    issued_at: datetime
    state: CompositeState
    parts: tuple[PartSeen, ...]
    code: str

    @property
    def fallen(self) -> tuple[PartSeen, ...]:
        """Return the parts that are no longer in force."""
        return tuple(part for part in self.parts if part.state is not PartState.VALID)


def composites_of(submission: UUID, *, edition: Edition, on: date) -> tuple[CompositeSeen, ...]:
    """Return every version, newest first; no query where the one-thing has no composite, else two."""
    if edition.bundle.composite_licence is None:
        return ()
    return seen(CompositeRow.objects.filter(submission=submission).order_by("-version"), edition, on=on)


def composite_by_id(key: UUID, *, on: date) -> CompositeSeen | None:
    """Return the version of that key, or None."""
    return _one(CompositeRow.objects.filter(pk=key).select_related("submission").first(), on=on)


def composite_by_code(code: str, *, on: date) -> CompositeSeen | None:
    """Return the version under a verification code, or None; two queries at most."""
    if len(code) != COMPOSITE_CODE_LENGTH:
        return None
    return _one(CompositeRow.objects.filter(code=code).select_related("submission").first(), on=on)


def seen(rows: Iterable[CompositeRow], edition: Edition, *, on: date) -> tuple[CompositeSeen, ...]:
    """Return versions with their parts as they stand on a day."""
    rows = list(rows)
    listed: dict[UUID, list[PartSeen]] = {row.id: [] for row in rows}
    found = CompositePartRow.objects.filter(composite__in=list(listed)).select_related("result__case")
    for part in found.order_by("id") if listed else ():
        listed[part.composite_id].append(_part(part, edition, on))
    declared = edition.bundle.composite_licence
    name = declared.name if declared else ""
    return tuple(
        CompositeSeen(
            id=row.id,
            submission=row.submission_id,
            name=name,
            number=row.number,
            version=row.version,
            unit=row.unit,
            issuer=_name_of(row.unit, edition),
            issued_at=row.issued_at,
            state=standing(
                (PartStanding(part.necessary, part.state) for part in listed[row.id]),
                superseded=row.superseded_at is not None,
            ),
            parts=tuple(listed[row.id]),
            code=row.code,
        )
        for row in rows
    )


def _one(row: CompositeRow | None, *, on: date) -> CompositeSeen | None:
    return seen([row], edition_by_id(row.submission.edition_id), on=on)[0] if row else None


def _part(row: CompositePartRow, edition: Edition, on: date) -> PartSeen:
    result = row.result
    item, issued_on = edition.item(ItemCode(result.case.item)), legal_day(result.issued_at)
    kind = edition.licences.get(item.result.licence) if item.result.licence else None
    valid_until = result.valid_until or last_valid_day(kind, issued_on=issued_on)
    return PartSeen(
        result=result.id,
        item=item.code,
        name=item.result.name,
        number=result.number,
        unit=result.case.unit,
        issuer=_name_of(result.case.unit, edition),
        issued_on=issued_on,
        valid_until=valid_until,
        necessary=row.necessary,
        state=part_state(result.state, valid_until=valid_until, on=on),
        code=result.code,
    )


def _name_of(unit: str, edition: Edition) -> str:
    return unit_name(Unit.parse(unit), edition.departments, edition.divisions)
