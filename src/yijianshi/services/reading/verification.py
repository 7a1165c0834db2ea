"""Whether a result is genuine (证照核验): anyone may ask by the code in its QR, and learns no personal data."""

from dataclasses import dataclass
from datetime import date

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.routing import Unit, unit_name
from yijianshi.domain.workdays import legal_day
from yijianshi.store.results.models import ResultRow

from ..catalogue.published import edition_by_id


@dataclass(frozen=True, slots=True)
class VerifiedResult:
    """What anyone may know of a result."""

    number: str
    name: str
    item: str
    issuer: str
    issued_on: date
    valid_until: date | None
    state: str


def verified(code: str) -> VerifiedResult | None:
    """Return the result under a verification code, or None if there is none; one query."""
    row = ResultRow.objects.select_related("case__submission").filter(code=code).first() if code else None
    if row is None:
        return None
    edition = edition_by_id(row.case.submission.edition_id)
    item = edition.item(ItemCode(row.case.item))
    return VerifiedResult(
        number=row.number,
        name=item.result.name,
        item=item.name,
        issuer=unit_name(Unit.parse(row.case.unit), edition.departments, edition.divisions),
        issued_on=legal_day(row.issued_at),
        valid_until=row.valid_until,
        state=row.state,
    )
