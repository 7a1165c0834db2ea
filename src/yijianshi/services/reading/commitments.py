"""What a unit has granted on commitments and must still check (待核查), and how the check of one case stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.commitments import check_by, is_late
from yijianshi.domain.rights import Act, Actor, Role, Thing, require
from yijianshi.domain.submissions import CaseNow
from yijianshi.domain.workdays import Day, legal_day
from yijianshi.store.promises.models import CheckRow, CreditRow

from ..catalogue.published import edition_by_id
from ..contents import open_words
from ..outside import outside
from .whose import whose

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One case whose commitment is to be checked, and by when."""

    case: UUID
    number: str
    title: str
    applicant: str
    item: str
    bundle: str
    granted_on: date
    due: Day
    left: int  # working days to that day; negative when it has passed
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksPage:
    """One page of what a unit must still check, what is due first stands first."""

    unit: str
    units: tuple[str, ...]
    lines: tuple[CheckLine, ...]
    total: int
    page: int
    last_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRead:
    """How the check of one case stands: open until `outcome` says what was found."""

    due: Day
    is_late: bool
    outcome: str
    words: str  # how it was checked, or the facts
    done_on: date | None
    on_record: bool  # a credit record stands that is not repaired
    repaired_on: date | None


def read_checks(*, actor: Actor, unit: str, page: int, at: datetime) -> ChecksPage:
    """
    Return a page of the open checks of the actor's unit.

    :raises NotPermitted: if the actor reviews for no unit, or not for the one asked for.
    """
    require(actor, Act.READ_INBOX, Thing())
    units = tuple(str(post.unit) for post in actor.holds(Role.REVIEWER))
    unit = unit or (units[0] if units else "")
    if unit not in units:
        require(Actor(account=actor.account), Act.READ_INBOX, Thing())
    rows = _open([unit]).select_related("case__submission__party").order_by("due_on", "id")
    total = rows.count()
    last_page = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), last_page)
    today = legal_day(at)
    return ChecksPage(
        unit=unit,
        units=units,
        lines=tuple(_line(row, today) for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]),
        total=total,
        page=page,
        last_page=last_page,
    )


def count_checks(units: Iterable[str]) -> int:
    """Return how many commitments these units must still check."""
    return _open(units).count()


def read_check(now: CaseNow, *, at: datetime) -> CheckRead | None:
    """Return how the check of a case stands; None where it was not granted on a commitment."""
    if not now.committed or now.state not in (State.GRANTED, State.REVOKED):
        return None
    row = (
        CheckRow.objects.select_related("case__submission")
        .filter(case=now.id)
        .order_by("-granted_on", "-id")
        .first()
    )
    if row is None:
        return None
    record = (
        CreditRow.objects.filter(case=now.id).order_by("-at").first() if row.outcome == "broken" else None
    )
    words = open_words(row.sealed, purpose="check") if row.outcome else {}
    due = _due(row)
    return CheckRead(
        due=due,
        is_late=not row.outcome and is_late(due, today=legal_day(at)),
        outcome=row.outcome,
        words=words.get("words") or words.get("facts", ""),
        done_on=legal_day(row.done_at) if row.done_at else None,
        on_record=record is not None and record.repaired_at is None,
        repaired_on=legal_day(record.repaired_at) if record and record.repaired_at else None,
    )


def _open(units: Iterable[str]) -> QuerySet[CheckRow]:
    return CheckRow.objects.filter(unit__in=list(units), outcome="", case__state=State.GRANTED)


def _due(row: CheckRow) -> Day:
    """Return the last day for the check, counted anew while it is provisional."""
    if not row.provisional:
        return Day(row.due_on, False)
    item = edition_by_id(row.case.submission.edition_id).item(ItemCode(row.case.item))
    return check_by(row.granted_on, item.commitment, outside().calendar)


def _line(row: CheckRow, today: date) -> CheckLine:
    submission, due = row.case.submission, _due(row)
    edition, matter = edition_by_id(submission.edition_id), whose(submission)
    between = outside().calendar.between
    return CheckLine(
        case=row.case_id,
        number=row.case.number,
        title=matter.title,
        applicant=matter.applicant,
        item=edition.item(ItemCode(row.case.item)).plain_name,
        bundle=edition.bundle.title,
        granted_on=row.granted_on,
        due=due,
        left=between(today, due.day) if due.day >= today else -between(due.day, today),
        is_late=is_late(due, today=today),
    )
