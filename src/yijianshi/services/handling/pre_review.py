"""
The one pre-review at the window (综合窗口预审), and the answer of a unit that has nothing to remark (没有意见).

Basis: 苏政办发〔2022〕87号, 二(七): one pre-review for all departments; who has answered ends the waiting for him.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import State
from yijianshi.domain.corrections import Target
from yijianshi.domain.rights import Act, Actor, Role, require
from yijianshi.store.corrections.models import RemarkRow
from yijianshi.store.submissions.models import SubmissionRow

from .loading import load_case, load_submission
from .noting import is_noted, note_step
from .remark import make_remark

PRE_REVIEWED, NO_REMARK = "pre_review", "no_remark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the pre-review found about one field or document, for every case that uses it."""

    cases: tuple[UUID, ...]
    target: Target
    code: str
    reason: str
    basis: str
    remedy: str


class AnswerNotPossible(Exception):
    """The collection is over, or it was answered before; the message says which."""


def mark_pre_reviewed(*, submission: UUID, actor: Actor, at: datetime) -> None:
    """
    Note that the window has looked through everything; its remarks are in the one collection already.

    :raises NotPermitted: if it is not a submission of the actor's division.
    :raises AnswerNotPossible: if it was pre-reviewed before, or sent to the departments already.
    """
    loaded = load_submission(submission)
    require(actor, Act.PRE_REVIEW, loaded.thing())
    if loaded.state != "received":
        raise AnswerNotPossible("这份申报已经分办，预审不用再做；请到进度里看各部门办到哪一步")
    posts = actor.holds(Role.WINDOW) or actor.posts
    with transaction.atomic():
        if not SubmissionRow.objects.filter(pk=submission, pre_reviewed_at=None).update(pre_reviewed_at=at):
            raise AnswerNotPossible("这份申报已经预审过了，不用再做一遍")
        note_step(
            submission=submission, action=PRE_REVIEWED, unit=str(posts[0].unit), by=UUID(actor.account), at=at
        )


def finish_pre_review(*, submission: UUID, actor: Actor, findings: Iterable[Finding], at: datetime) -> int:
    """
    Put the findings into the one collection and note that the pre-review is done; return how many remarks that made.

    What a department has remarked on already is left to its words.

    :raises NotPermitted: if it is not a submission of the actor's division.
    :raises RemarkNotAllowed: if a finding is about something nobody asked for, or gives no reason.
    :raises AnswerNotPossible: if it was pre-reviewed before, or sent to the departments already.
    """
    made = 0
    with transaction.atomic():
        mark_pre_reviewed(submission=submission, actor=actor, at=at)
        for finding in findings:
            same = RemarkRow.objects.filter(submission=submission, target=finding.target, code=finding.code)
            already = set(same.exclude(state="withdrawn").values_list("case_id", flat=True))
            for case in finding.cases:
                if case in already:
                    continue
                make_remark(
                    case=case, actor=actor, target=finding.target, code=finding.code, reason=finding.reason,
                    basis=finding.basis, remedy=finding.remedy, at=at,
                )  # fmt: skip
                made += 1
    return made


def say_no_remark(*, case: UUID, actor: Actor, at: datetime) -> None:
    """
    Note that the case's unit has read its slice and has nothing to remark; saying it twice changes nothing.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises AnswerNotPossible: if the collection is over, or the unit has an open remark.
    """
    loaded, found = load_case(case)
    require(actor, Act.READ_CASE, loaded.thing(found))
    if found.now.state is not State.RECEIVED:
        raise AnswerNotPossible("收件审查期已过，这份申报已经分办")
    if RemarkRow.objects.filter(submission=loaded.id, unit=found.unit, state="open").exists():
        raise AnswerNotPossible("您的单位对这份申报提过意见；没有意见的话，请先撤回那几条")
    if is_noted(submission=loaded.id, action=NO_REMARK, unit=found.unit):
        return
    with transaction.atomic():
        note_step(submission=loaded.id, action=NO_REMARK, unit=found.unit, by=UUID(actor.account), at=at)
