"""What waits in one's own space (我的空间): ratings that are due, and what each document of the wallet was used for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, own, require
from yijianshi.store.materials.models import ManifestRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id

PER_PAGE = 20
#: How far a document can be trusted, by where it comes from; the surest first.
TRUST = {
    "issued": ("已签发", "发证机关签发的，或证照库里的"),
    "checked": ("窗口核过", "窗口对照原件看过"),
    "uploaded": ("您上传的", "部门审查时核对"),
    "made": ("系统生成", "按您填的内容生成"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRating:
    """One finished submission that nobody has rated yet."""

    submission: UUID
    title: str
    number: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """For what a document was handed in."""

    submission: UUID
    title: str
    at: datetime


def ratings_due(actor: Actor, *, page: int = 1) -> tuple[tuple[DueRating, ...], int]:
    """Return a page of what whom the actor stands for may still rate, newest first, and how many; two queries."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return (), 0
    rows = SubmissionRow.objects.filter(party=UUID(actor.party), state="closed", ratingrow=None)
    rows = rows.order_by("-closed_at", "-id")
    shown = rows.values_list("id", "edition_id", "number", "closed_at")
    return tuple(
        DueRating(submission=key, title=edition_by_id(edition).bundle.title, number=number, closed_at=at)
        for key, edition, number, at in shown[(page - 1) * PER_PAGE : page * PER_PAGE]
        if at is not None
    ), rows.count()


def uses_of(copies: Iterable[UUID]) -> Mapping[UUID, tuple[Use, ...]]:
    """Return for what each of the documents was handed in, newest first; one query however many there are."""
    rows = (
        ManifestRow.objects.filter(copy__in=list(copies))
        .order_by("-revision__made_at")
        .values_list(
            "copy_id", "revision__submission_id", "revision__submission__edition_id", "revision__made_at"
        )
    )
    found: dict[UUID, dict[UUID, Use]] = {}
    for copy, submission, edition, at in rows:
        if copy is not None:
            used = Use(submission, edition_by_id(edition).bundle.title, at)
            found.setdefault(copy, {}).setdefault(submission, used)
    return {copy: tuple(uses.values()) for copy, uses in found.items()}
