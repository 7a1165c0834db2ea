"""
What runs, what is due, what is late (督查): by department and by one-thing, counted in the database.

No personal data: numbers, items, units, states and days only. Overdue is counted from the due day, never stored.

Basis: 苏政办发〔2022〕87号, 三(五).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, DurationField, F, Q, QuerySet

from yijianshi.domain.cases import RUNNING, State
from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.domain.workdays import legal_day, start_of
from yijianshi.store.cases.models import OPEN, CaseRow
from yijianshi.store.catalogue.models import EditionRow
from yijianshi.store.ratings.models import RatingRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..outside import outside
from .units import name_of_division, name_of_unit

PER_PAGE = 50
DAYS_BACK = 90
_RUNS = Q(state__in=sorted(RUNNING))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The figures of one department or of one one-thing."""

    key: str
    name: str
    open: int
    today: int
    soon: int  # within three working days, today not counted
    late: int
    finished: int
    average_days: float | None  # calendar days from receipt to the decision, of those finished lately


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPage:
    """The page of supervision."""

    unit: str
    division: str
    on: date
    open: int
    today: int
    tomorrow: int
    three_days: int
    late: int
    stopped: int
    waiting_for_applicant: int
    to_release_late: int
    finished: int
    average_days: float | None
    departments: tuple[Tally, ...]
    bundles: tuple[Tally, ...]
    rating: float | None
    ratings: int
    levels: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisedCase:
    """One case in the drill-down: nothing personal."""

    id: UUID
    number: str
    submission_number: str
    item: str
    bundle: str
    unit_name: str
    division: str
    state: State
    due_on: date | None
    left: int
    received_on: date
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """How the drill-down is narrowed: which queue, unit, one-thing or number."""

    queue: str = ""
    unit: str = ""
    bundle: str = ""
    number: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillPage:
    """One page of the drill-down."""

    unit: str
    cases: tuple[SupervisedCase, ...]
    total: int
    page: int
    last_page: int
    units: tuple[tuple[str, str], ...]


def read_supervision(*, actor: Actor, at: datetime) -> SupervisionPage:
    """
    Return the figures of the actor's division and of those below it.

    :raises NotPermitted: if the actor supervises nothing.
    """
    unit, division = _place(actor)
    today, calendar = legal_day(at), outside().calendar
    tomorrow, third = calendar.add(today, 1).day, calendar.add(today, 3).day
    cases = _in(CaseRow.objects.all(), division)
    since = start_of(today - timedelta(days=DAYS_BACK))
    running = list(
        cases.filter(state__in=OPEN)
        .values("unit", "submission__edition_id", "state")
        .annotate(
            number=Count("id"),
            late=Count("id", filter=_RUNS & Q(due_on__lt=today)),
            today=Count("id", filter=_RUNS & Q(due_on=today)),
            tomorrow=Count("id", filter=_RUNS & Q(due_on__gt=today, due_on__lte=tomorrow)),
            three=Count("id", filter=_RUNS & Q(due_on__gt=today, due_on__lte=third)),
        )
        .order_by()
    )
    finished = list(
        cases.filter(closed_at__gte=since, state__in=[State.GRANTED, State.REFUSED])
        .values("unit", "submission__edition_id")
        .annotate(
            number=Count("id"), took=Avg(F("closed_at") - F("received_at"), output_field=DurationField())
        )
        .order_by()
    )
    rated = dict(
        _in(RatingRow.objects.filter(at__gte=since), division, of="submission__division")
        .values_list("level")
        .annotate(number=Count("id"))
        .order_by()
    )
    late_releases = _in(
        SubmissionRow.objects.filter(state="received", collect_until__lt=today), division
    ).count()
    ratings = sum(rated.values())
    total = _tally("", "", running, finished)
    return SupervisionPage(
        unit=unit,
        division=name_of_division(division),
        on=today,
        open=total.open,
        today=total.today,
        tomorrow=sum(row["tomorrow"] for row in running),
        three_days=total.soon,
        late=total.late,
        stopped=sum(row["number"] for row in running if row["state"] == State.SUSPENDED),
        waiting_for_applicant=sum(
            row["number"] for row in running if row["state"] == State.AWAITING_CORRECTION
        ),
        to_release_late=late_releases,
        finished=total.finished,
        average_days=total.average_days,
        departments=_tallies(running, finished, by=lambda row: row["unit"], name=name_of_unit),
        bundles=_tallies(running, finished, by=_bundle_of, name=_bundle_name(running, finished)),
        rating=round(sum(level * number for level, number in rated.items()) / ratings, 2)
        if ratings
        else None,
        ratings=ratings,
        levels={level: rated.get(level, 0) for level in (5, 4, 3, 2, 1)},
    )


def read_drill(*, actor: Actor, drill: Drill, at: datetime) -> DrillPage:
    """
    Return the cases behind a figure, the longest due first.

    :raises NotPermitted: if the actor supervises nothing.
    """
    unit, division = _place(actor)
    today, calendar = legal_day(at), outside().calendar
    tomorrow, third = calendar.add(today, 1).day, calendar.add(today, 3).day
    cases = _in(CaseRow.objects.all(), division)
    digits = "".join(sign for sign in drill.number if sign.isdigit())
    if len(digits) == 23:
        rows = cases.filter(Q(number=digits) | Q(submission__number=digits))
    else:
        rows = cases.filter(state__in=OPEN)
        if digits:
            rows = rows.filter(number__endswith=digits)
        elif drill.number:
            rows = rows.none()
    queues = {
        "late": _RUNS & Q(due_on__lt=today),
        "today": _RUNS & Q(due_on=today),
        "tomorrow": _RUNS & Q(due_on__gt=today, due_on__lte=tomorrow),
        "three": _RUNS & Q(due_on__gt=today, due_on__lte=third),
        "stopped": Q(state=State.SUSPENDED),
        "correction": Q(state=State.AWAITING_CORRECTION),
        "received": Q(state=State.RECEIVED),
        "waiting": Q(state=State.WAITING),
    }
    if drill.queue in queues:
        rows = rows.filter(queues[drill.queue])
    if drill.unit:
        rows = rows.filter(unit=drill.unit)
    if drill.bundle:
        editions = EditionRow.objects.filter(bundle=drill.bundle).values_list("id", flat=True)
        rows = rows.filter(submission__edition__in=list(editions))
    total = rows.count()
    last_page = max(1, -(-total // PER_PAGE))
    page = min(max(1, drill.page), last_page)
    # The page's keys first: what is sorted is then as narrow as it can be.
    keys = rows.order_by("due_on", "id").values_list("id", flat=True)[(page - 1) * PER_PAGE : page * PER_PAGE]
    shown = CaseRow.objects.filter(pk__in=list(keys)).select_related("submission").only(
        "number", "item", "unit", "state", "due_on", "stopped_on", "received_at", "division",
        "submission__number", "submission__edition_id",
    ).order_by("due_on", "id")  # fmt: skip
    units = cases.filter(state__in=OPEN).values_list("unit", flat=True).distinct().order_by("unit")
    return DrillPage(
        unit=unit,
        cases=tuple(_case(row, today) for row in shown),
        total=total,
        page=page,
        last_page=last_page,
        units=tuple((one, name_of_unit(one)) for one in units),
    )


def _case(row: CaseRow, today: date) -> SupervisedCase:
    edition = edition_by_id(row.submission.edition_id)
    calendar = outside().calendar
    left = 0
    if row.due_on:
        left = (
            calendar.between(today, row.due_on)
            if row.due_on >= today
            else -calendar.between(row.due_on, today)
        )
    return SupervisedCase(
        id=row.id,
        number=row.number,
        submission_number=row.submission.number,
        item=edition.item(ItemCode(row.item)).plain_name,
        bundle=edition.bundle.title,
        unit_name=name_of_unit(row.unit),
        division=name_of_division(row.division),
        state=State(row.state),
        due_on=row.due_on,
        left=left,
        received_on=legal_day(row.received_at),
        stopped=row.stopped_on is not None,
    )


def _place(actor: Actor) -> tuple[str, str]:
    posts = posts_for(actor, Act.SUPERVISE, Role.SUPERVISOR)
    return str(posts[0].unit), posts[0].unit.division


def _in(rows: QuerySet[Any], division: str, *, of: str = "division") -> QuerySet[Any]:
    prefix = stem_of(division)
    return rows.filter(**{of: division} if prefix == division else {f"{of}__startswith": prefix})


def _tallies(
    running: list[dict[str, Any]], finished: list[dict[str, Any]], *, by: Any, name: Any
) -> tuple[Tally, ...]:
    grouped: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = defaultdict(lambda: ([], []))
    for row in running:
        grouped[by(row)][0].append(row)
    for row in finished:
        grouped[by(row)][1].append(row)
    tallies = [_tally(key, name(key), *rows) for key, rows in grouped.items()]
    return tuple(sorted(tallies, key=lambda tally: (-tally.late, -tally.open, tally.name)))


def _tally(key: str, name: str, running: list[dict[str, Any]], finished: list[dict[str, Any]]) -> Tally:
    number = sum(row["number"] for row in finished)
    days = sum(row["took"].total_seconds() / 86400 * row["number"] for row in finished)
    return Tally(
        key=key,
        name=name,
        open=sum(row["number"] for row in running),
        today=sum(row["today"] for row in running),
        soon=sum(row["three"] for row in running),
        late=sum(row["late"] for row in running),
        finished=number,
        average_days=round(days / number, 1) if number else None,
    )


def _bundle_of(row: dict[str, Any]) -> str:
    return edition_by_id(row["submission__edition_id"]).bundle.code


def _bundle_name(running: list[dict[str, Any]], finished: list[dict[str, Any]]) -> Any:
    bundles = (edition_by_id(row["submission__edition_id"]).bundle for row in (*running, *finished))
    names = {bundle.code: bundle.title for bundle in bundles}
    return lambda key: names[BundleCode(key)]
