"""
What a lead department's coordinator has to send out (待分办): who has read, who has answered, until when.

The list costs the same number of questions to the database however many submissions it shows.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import RUNNING, State
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import CaseRow, StepRow
from yijianshi.store.corrections.models import RemarkRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..handling.pre_review import NO_REMARK
from ..outside import outside
from .reading_log import units_that_read
from .units import name_of_division, short_name_of_unit
from .whose import SEALED, whose

PER_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswer:
    """One unit's part in the collection: has it opened its slice, and has it answered."""

    unit: str
    short: str
    items: int
    has_read: bool
    remarks: int
    says_nothing: bool

    @property
    def has_answered(self) -> bool:
        return self.remarks > 0 or self.says_nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRelease:
    """One submission in the coordinator's list."""

    id: UUID
    number: str
    title: str
    applicant: str  # where that is somebody else than the title says
    bundle: str
    division: str
    channel: str
    state: str
    received_at: datetime
    collect_until: date
    left: int
    promised_on: date | None
    pre_reviewed: bool
    answers: tuple[UnitAnswer, ...]
    cases: int
    open_cases: int
    received_cases: int  # none while the collection runs: time has made them deemed accepted
    late: int

    @property
    def answered(self) -> int:
        return sum(one.has_answered for one in self.answers)

    @property
    def all_answered(self) -> bool:
        return self.answered == len(self.answers)

    @property
    def remarks(self) -> int:
        return sum(one.remarks for one in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationPage:
    """One page of the list."""

    unit: str
    released: bool
    lines: tuple[ToRelease, ...]
    waiting: int
    overdue: int
    due_today: int
    page: int
    last_page: int
    total: int


def read_coordination(
    *,
    actor: Actor,
    at: datetime,
    released: bool = False,
    number: str = "",
    party: UUID | None = None,
    page: int = 1,
) -> CoordinationPage:
    """
    Return the submissions that the actor leads: those to send out, or those that are under way.

    :raises NotPermitted: if the actor coordinates nothing.
    """
    units = [str(post.unit) for post in posts_for(actor, Act.RELEASE, Role.COORDINATOR)]
    today = legal_day(at)
    waiting = SubmissionRow.objects.filter(lead_unit__in=units, state="received")
    rows = SubmissionRow.objects.filter(lead_unit__in=units, state="released") if released else waiting
    digits = "".join(sign for sign in number if sign.isdigit())
    if digits:
        rows = rows.filter(number=digits) if len(digits) == 23 else rows.filter(number__endswith=digits)
    if party:
        rows = rows.filter(party=party)
    total = rows.count()
    last_page = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), last_page)
    ordered = rows.order_by("promised_on", "id") if released else rows.order_by("collect_until", "id")
    ordered = ordered.select_related("party").only(
        "number", "edition_id", "division", "channel", "state", "received_at", "collect_until", "promised_on",
        "pre_reviewed_at", "open_cases", *SEALED,
    )  # fmt: skip
    lines = _lines(list(ordered[(page - 1) * PER_PAGE : page * PER_PAGE]), today)
    return CoordinationPage(
        unit=units[0],
        released=released,
        lines=lines,
        waiting=total if not (released or digits or party) else waiting.count(),
        overdue=waiting.filter(collect_until__lt=today).count(),
        due_today=waiting.filter(collect_until=today).count(),
        page=page,
        last_page=last_page,
        total=total,
    )


def answers_of(submissions: list[UUID]) -> dict[UUID, tuple[UnitAnswer, ...]]:
    """Return, per submission, each unit with whether it has read and answered; four questions in all."""
    items: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for submission, unit in CaseRow.objects.filter(submission_id__in=submissions).values_list(
        "submission_id", "unit"
    ):
        items[submission][unit] += 1
    remarks: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for submission, unit in (
        RemarkRow.objects.filter(submission_id__in=submissions)
        .exclude(state="withdrawn")
        .values_list("submission_id", "unit")
    ):
        remarks[submission][unit] += 1
    silent = set(
        StepRow.objects.filter(submission_id__in=submissions, case_id=None, action=NO_REMARK).values_list(
            "submission_id", "unit"
        )
    )
    read = units_that_read(submissions)
    return {
        submission: tuple(
            UnitAnswer(
                unit=unit,
                short=short_name_of_unit(unit),
                items=number,
                has_read=unit in read.get(submission, frozenset()),
                remarks=remarks[submission][unit],
                says_nothing=(submission, unit) in silent,
            )
            for unit, number in items[submission].items()
        )
        for submission in submissions
    }


def _lines(rows: list[SubmissionRow], today: date) -> tuple[ToRelease, ...]:
    keys = [row.id for row in rows]
    answers = answers_of(keys)
    late: dict[UUID, int] = defaultdict(int)
    cases: dict[UUID, int] = defaultdict(int)
    received: dict[UUID, int] = defaultdict(int)
    states = CaseRow.objects.filter(submission_id__in=keys).values_list("submission_id", "state", "due_on")
    for submission, state, due_on in states:
        cases[submission] += 1
        received[submission] += state == State.RECEIVED
        late[submission] += bool(state in RUNNING and due_on and due_on < today)
    calendar = outside().calendar
    return tuple(
        ToRelease(
            id=row.id,
            number=row.number,
            title=(matter := whose(row)).title,
            applicant=matter.applicant,
            bundle=edition_by_id(row.edition_id).bundle.title,
            division=name_of_division(row.division),
            channel=row.channel,
            state=row.state,
            received_at=row.received_at,
            collect_until=row.collect_until,
            left=calendar.between(today, row.collect_until)
            if row.collect_until >= today
            else -calendar.between(row.collect_until, today),
            promised_on=row.promised_on,
            pre_reviewed=row.pre_reviewed_at is not None,
            answers=answers[row.id],
            cases=cases[row.id],
            open_cases=row.open_cases,
            received_cases=received[row.id],
            late=late[row.id],
        )
        for row in rows
    )
