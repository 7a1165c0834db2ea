"""Remark on what is missing (提意见): each unit on its own slice, until the one notice goes out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ItemCode, MemberId
from yijianshi.domain.corrections import (
    EVERYBODY,
    TOO_LATE,
    Remark,
    RemarkNotAllowed,
    Target,
    check_remark,
    member_concerned,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.store.cases.looking import touch_while
from yijianshi.store.corrections.models import RemarkRow
from yijianshi.store.keys import new_id
from yijianshi.store.promises.models import OwedRow

from ..catalogue.planning import plan_for
from ..catalogue.published import edition_by_id
from ..contents import open_words, seal_words
from .content import open_revision
from .loading import load_case


@dataclass(frozen=True, slots=True)
class RemarkKept:
    """A remark with its words open."""

    id: UUID
    case: UUID
    remark: Remark
    state: str = "open"
    again: UUID | None = None  # the later correction it was made in; None: the one of the submission


def make_remark(
    *,
    case: UUID,
    actor: Actor,
    target: Target,
    code: str,
    reason: str,
    basis: str,
    remedy: str,
    at: datetime,
) -> UUID:
    """
    Keep a remark until release.

    :raises NotPermitted: if the case is not the actor's unit's to remark on.
    :raises RemarkNotAllowed: if it is too late, nobody asked for the thing, or no reason is given.
    """
    loaded, found = load_case(case)
    require(actor, Act.REMARK, loaded.thing(found))
    content = open_revision(loaded.id)
    remark = Remark(
        item=found.now.item,
        target=target,
        code=code,
        reason=reason,
        basis=basis,
        remedy=remedy,
        unit=_unit_of(actor, found.unit, loaded.lead_unit),
        by=actor.account,
        at=at,
    )
    check_remark(remark, plan_for(loaded.edition_id, content.situation()), state=found.now.state)
    if target is Target.MATERIAL and OwedRow.objects.filter(case=case, material=code).exists():
        raise RemarkNotAllowed("这份材料申请人已经承诺后补，在可以容缺的清单里，不用提补正意见")
    words = {"reason": reason.strip(), "basis": basis.strip(), "remedy": remedy.strip()}
    try:
        with transaction.atomic():
            if not touch_while(case, state=State.RECEIVED):
                raise RemarkNotAllowed(TOO_LATE)
            row = RemarkRow.objects.create(
                id=new_id(),
                submission_id=loaded.id,
                case_id=case,
                target=target,
                code=code,
                sealed=seal_words(words, purpose="remark"),
                unit=remark.unit,
                by=UUID(actor.account),
                at=at,
                state="open",
            )
    except IntegrityError as error:
        raise RemarkNotAllowed("对这一处已经提过意见；要改，请先撤回原来的那条") from error
    return row.id


def withdraw_remark(*, remark: UUID, actor: Actor) -> None:
    """
    Take back an open remark of one's own unit.

    :raises NotPermitted: if it is another unit's, or there is none.
    :raises RemarkNotAllowed: if it went out already.
    """
    row = RemarkRow.objects.filter(pk=remark).first()
    if row is None:
        raise NotPermitted(Act.REMARK)
    loaded, found = load_case(row.case_id)
    require(actor, Act.REMARK, loaded.thing(found))
    if row.unit not in {str(post.unit) for post in actor.posts}:
        raise NotPermitted(Act.REMARK)
    with transaction.atomic():
        # The case is touched first: a dispatch under way sees it as changed and reads the remarks again.
        touched = touch_while(row.case_id, state=State.RECEIVED)
        if not touched or not RemarkRow.objects.filter(pk=remark, state="open").update(state="withdrawn"):
            raise RemarkNotAllowed("这条意见已经告知申请人，不能撤回")


def remarks_of(submission: UUID, *, states: tuple[str, ...] = ("open",)) -> tuple[RemarkKept, ...]:
    """Return the remarks on a submission in one of the states, the earliest first."""
    rows = RemarkRow.objects.filter(submission=submission, state__in=states).order_by("at", "id")
    kept = []
    for row in rows.select_related("case__submission"):
        words = open_words(row.sealed, purpose="remark")
        kept.append(
            RemarkKept(
                row.id,
                row.case_id,
                Remark(
                    item=row.case.item,  # type: ignore[arg-type]
                    target=Target(row.target),
                    code=row.code,
                    member=_member(row),
                    reason=words["reason"],
                    basis=words["basis"],
                    remedy=words["remedy"],
                    unit=row.unit,
                    by=str(row.by),
                    at=row.at,
                ),
                row.state,
                row.again_id,
            )
        )
    return tuple(kept)


def _member(row: RemarkRow) -> MemberId:
    if not row.case.member:
        return EVERYBODY
    item = edition_by_id(row.case.submission.edition_id).item(ItemCode(row.case.item))
    return member_concerned(item, Target(row.target), row.code, MemberId(row.case.member))


def _unit_of(actor: Actor, unit: str, lead_unit: str) -> str:
    """A remark is the case's unit's own, or the coordinator's, or the window's that pre-reviews."""
    units = {str(post.unit) for post in actor.posts}
    for candidate in (unit, lead_unit):
        if candidate in units:
            return candidate
    return next(iter(sorted(units)), unit)
