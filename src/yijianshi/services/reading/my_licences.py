"""The licences of the applicant (我的证照): what was granted here, how each stands, where to open it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.rights import Act, Actor, own, require
from yijianshi.store.results.models import ResultRow

from ..catalogue.published import edition_by_id

PER_PAGE = 30
STATES = {"valid": "有效", "suspended": "暂停使用", "revoked": "已撤销"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceLine:
    """One licence, or one result that is none."""

    name: str
    item: str
    number: str
    issued_at: datetime
    valid_until: date | None
    state: str
    code: str
    submission: UUID
    case: UUID


def licences_of(actor: Actor, *, page: int = 1) -> tuple[tuple[LicenceLine, ...], int]:
    """Return a page of what was granted to whom the actor stands for, newest first, and how many there are; two queries."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return (), 0
    rows = ResultRow.objects.filter(case__submission__party=UUID(actor.party)).order_by("-issued_at", "-id")
    shown = rows.select_related("case__submission").defer("case__submission__wrapped_key")
    return tuple(_line(row) for row in shown[(page - 1) * PER_PAGE : page * PER_PAGE]), rows.count()


def _line(row: ResultRow) -> LicenceLine:
    item = edition_by_id(row.case.submission.edition_id).item(ItemCode(row.case.item))
    return LicenceLine(
        name=item.result.name,
        item=item.plain_name,
        number=row.number,
        issued_at=row.issued_at,
        valid_until=row.valid_until,
        state=row.state,
        code=row.code,
        submission=row.case.submission_id,
        case=row.case_id,
    )
