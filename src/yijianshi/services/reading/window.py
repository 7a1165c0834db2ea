"""
What waits at the window of a division (综合窗口): to be pre-reviewed, half-filled for somebody, to be handed over.

The window sees names and states; contents only on the page of one submission, where the look is written down.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from yijianshi.domain.divisions import stem_of
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, posts_for, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day, start_of
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.custody.models import PickUpRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.results.models import DeliveryRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..custody.places import chosen_pick_up
from .units import name_of_division
from .whose import SEALED, whose

MOST = 40
#: A submission is pre-reviewed while remarks are collected; older ones are out already.
DAYS_BACK = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """One submission of the division."""

    id: UUID
    number: str
    title: str
    applicant: str  # where that is somebody else than the title says
    bundle: str
    channel: str
    state: str
    received_at: datetime
    collect_until: date
    pre_reviewed_at: datetime | None
    items: int
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAtWindow:
    """One draft that the clerk fills in for somebody."""

    id: UUID
    name: str
    bundle: str
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Results that wait to be fetched."""

    submission: UUID
    number: str
    title: str
    applicant: str
    bundle: str
    method: str
    ready_at: datetime
    results: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPage:
    """The page of the window."""

    unit: str
    division: str
    to_review: tuple[WindowLine, ...]
    today: tuple[WindowLine, ...]
    elsewhere: tuple[WindowLine, ...]  # taken in here for another division, not yet fetched
    drafts: tuple[DraftAtWindow, ...]
    found: tuple[WindowLine, ...] | None
    waiting: int
    filed_today: int
    to_hand_over: int


def read_window(*, actor: Actor, number: str = "", party: UUID | None = None, at: datetime) -> WindowPage:
    """
    Return what waits at the actor's window, and what is found under a number or for an applicant.

    :raises NotPermitted: if the actor does not work at a window.
    """
    unit = _unit(actor)
    mine = _of_division(unit)
    today = legal_day(at)
    waiting = mine.filter(
        state="received", pre_reviewed_at=None, received_at__gte=start_of(today - timedelta(days=DAYS_BACK))
    )
    filed = mine.filter(received_at__gte=start_of(today))
    to_review = list(waiting.order_by("received_at")[:MOST])
    filed_today = list(filed.order_by("-received_at")[:MOST])
    digits = "".join(sign for sign in number if sign.isdigit())
    sought = mine.filter(party=party).order_by("-received_at") if party else _under_number(mine, digits)
    found = list(sought[:MOST]) if number or party else []
    elsewhere = list(_taken_in_for_elsewhere(unit)[:MOST])
    lines = _lines({row.id: row for row in (*to_review, *filed_today, *found, *elsewhere)})
    return WindowPage(
        unit=unit,
        division=name_of_division(unit.partition("@")[2]),
        to_review=tuple(lines[row.id] for row in to_review),
        today=tuple(lines[row.id] for row in filed_today),
        elsewhere=tuple(lines[row.id] for row in elsewhere),
        drafts=drafts_at_window(actor),
        found=tuple(lines[row.id] for row in found) if number or party else None,
        waiting=len(to_review) if len(to_review) < MOST else waiting.count(),
        filed_today=len(filed_today) if len(filed_today) < MOST else filed.count(),
        to_hand_over=_waiting_to_be_fetched(unit).count(),
    )


def read_hand_overs(*, actor: Actor) -> tuple[str, tuple[HandOver, ...]]:
    """
    Return the actor's unit and the results that wait to be fetched there, those ready longest first.

    :raises NotPermitted: if the actor does not work at a window.
    """
    unit = _unit(actor)
    rows = _waiting_to_be_fetched(unit).select_related("submission__party").order_by("ready_at")[:MOST]
    numbers = dict(
        CaseRow.objects.filter(submission__in=[row.submission_id for row in rows], state="granted")
        .values_list("submission_id")
        .annotate(number=Count("id"))
    )
    return unit, tuple(
        HandOver(
            submission=row.submission_id,
            number=row.submission.number,
            title=(matter := whose(row.submission)).title,
            applicant=matter.applicant,
            bundle=edition_by_id(row.submission.edition_id).bundle.title,
            method=row.method,
            ready_at=row.ready_at,
            results=numbers.get(row.submission_id, 0),
        )
        for row in rows
    )


def submission_numbered(number: str, *, actor: Actor) -> UUID:
    """
    Return the submission under a full number that the clerk's window may hand results of over.

    :raises NotPermitted: if there is none that the actor may hand results over for.
    """
    digits = "".join(sign for sign in number if sign.isdigit())
    row = SubmissionRow.objects.filter(number=digits).only("id", "division").first()
    if row is None:
        raise NotPermitted(Act.HAND_OVER)
    pick_up = chosen_pick_up(row.id)
    thing = Thing(division=row.division, pick_up=Unit.parse(pick_up) if pick_up else None)
    require(actor, Act.HAND_OVER, thing)
    return row.id


def _unit(actor: Actor) -> str:
    return str(posts_for(actor, Act.FILE_FOR_OTHERS, Role.WINDOW)[0].unit)


def _in_division(unit: str, *, of: str = "division") -> Q:
    division = unit.partition("@")[2]
    prefix = stem_of(division)
    return Q(**{of: division}) if prefix == division else Q(**{f"{of}__startswith": prefix})


def _of_division(unit: str) -> QuerySet[SubmissionRow]:
    return _whole(SubmissionRow.objects.filter(_in_division(unit)))


def _taken_in_for_elsewhere(unit: str) -> QuerySet[SubmissionRow]:
    """Return what a window took in for another division, the newest first."""
    rows = SubmissionRow.objects.filter(intakerow__place=unit).exclude(_in_division(unit))
    return _whole(rows.order_by("-intakerow__at"))


def _whole(rows: QuerySet[SubmissionRow]) -> QuerySet[SubmissionRow]:
    return rows.select_related("party").only(
        "number", "edition_id", "channel", "state", "received_at", "collect_until", "pre_reviewed_at",
        "open_cases", *SEALED,
    )  # fmt: skip


def _under_number(rows: QuerySet[SubmissionRow], digits: str) -> QuerySet[SubmissionRow]:
    if len(digits) == 23:
        return rows.filter(number=digits)
    return rows.filter(number__endswith=digits).order_by("-received_at") if len(digits) >= 4 else rows.none()


def _waiting_to_be_fetched(unit: str) -> QuerySet[DeliveryRow]:
    """Return what waits at a window: where it was chosen, else of the window's own division."""
    chosen = PickUpRow.objects.filter(submission=OuterRef("submission")).order_by("-id").values("place")[:1]
    near = _in_division(unit, of="submission__division")
    named = Q(submission__in=PickUpRow.objects.filter(place=unit).values("submission"))
    rows = DeliveryRow.objects.filter(near | named, delivered_at=None).annotate(place=Subquery(chosen))
    return rows.filter(Q(place=unit) | Q(place=None) & near)


def _lines(rows: dict[UUID, SubmissionRow]) -> dict[UUID, WindowLine]:
    counted = CaseRow.objects.filter(submission_id__in=list(rows)).values_list("submission_id")
    items = dict(counted.annotate(number=Count("id")).order_by())
    return {
        key: WindowLine(
            id=key,
            number=row.number,
            title=(matter := whose(row)).title,
            applicant=matter.applicant,
            bundle=edition_by_id(row.edition_id).bundle.title,
            channel=row.channel,
            state=row.state,
            received_at=row.received_at,
            collect_until=row.collect_until,
            pre_reviewed_at=row.pre_reviewed_at,
            items=items.get(key, 0),
            closed=items.get(key, 0) - row.open_cases,
        )
        for key, row in rows.items()
    }


def drafts_at_window(actor: Actor) -> tuple[DraftAtWindow, ...]:
    """Return what a clerk has begun for others and not filed, the newest first; one query."""
    rows = (
        DraftRow.objects.filter(account=UUID(actor.account), channel="window", filed_as=None)
        .select_related("party")
        .only("edition_id", "updated_at", "party__name_sealed")
        .order_by("-updated_at")
    )
    return tuple(
        DraftAtWindow(
            id=row.id,
            name=open_text(row.party.name_sealed, purpose="name"),
            bundle=edition_by_id(row.edition_id).bundle.title,
            updated_at=row.updated_at,
        )
        for row in rows[:MOST]
    )
