"""Requests that a person look at what was decided automatically, as the unit and as the applicant see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, posts_for, require
from yijianshi.store.reviews.models import ReviewRow

from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..handling.loading import load_case
from ..handling.review import REPLY, WORDS
from .units import name_of_unit

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSeen:
    """One request."""

    id: UUID
    case: UUID
    case_number: str
    item: str
    title: str
    words: str
    asked_at: datetime
    answer_by: date
    provisional: bool
    is_overdue: bool
    answered_at: datetime | None
    answer: str
    is_taken_up: bool


def reviews_waiting(*, actor: Actor, on: date) -> tuple[ReviewSeen, ...]:
    """Return what waits for the actor's units, the most urgent first. :raises NotPermitted: if he reviews for none."""
    units = [str(post.unit) for post in posts_for(actor, Act.DECIDE, Role.REVIEWER)]
    rows = ReviewRow.objects.filter(unit__in=units, answered_at=None).select_related("case__submission")
    return tuple(_seen(row, on) for row in rows.order_by("answer_by", "asked_at")[:MOST_SHOWN])


def read_review(review: UUID, *, actor: Actor, on: date) -> ReviewSeen:
    """
    Return a request to the unit whose case it is.

    :raises NotPermitted: if it is not the actor's, or there is none.
    """
    row = ReviewRow.objects.filter(pk=review).select_related("case__submission").first()
    if row is None:
        raise NotPermitted(Act.DECIDE)
    loaded, found = load_case(row.case_id)
    require(actor, Act.DECIDE, loaded.thing(found))
    return _seen(row, on)


def newest_review(case: UUID, *, on: date) -> ReviewSeen | None:
    """Return the newest request about a case, for a reader who was let see it; one query."""
    rows = ReviewRow.objects.filter(case=case).select_related("case__submission")
    row = rows.order_by("-asked_at").first()
    return _seen(row, on) if row else None


def _seen(row: ReviewRow, on: date) -> ReviewSeen:
    submission = row.case.submission
    return ReviewSeen(
        id=row.id,
        case=row.case_id,
        case_number=row.case.number,
        item=edition_by_id(submission.edition_id).item(ItemCode(row.case.item)).plain_name,
        title=f"{open_text(submission.title_sealed, purpose='title')} · {name_of_unit(row.unit)}",
        words=open_text(row.words_sealed, purpose=WORDS),
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        provisional=row.provisional,
        is_overdue=row.answered_at is None and row.answer_by < on,
        answered_at=row.answered_at,
        answer=open_text(row.answer_sealed, purpose=REPLY),
        is_taken_up=row.is_taken_up,
    )
