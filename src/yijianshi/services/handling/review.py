"""
Ask that a person look at what was decided automatically, and answer (请工作人员重新审查).

Basis: Personal Information Protection Law, art. 24(3).
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.cases import Action, State, Step
from yijianshi.domain.reviews import LONGEST, ReviewNotPossible, is_decided_by_machine, review_day
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow
from yijianshi.store.keys import new_id
from yijianshi.store.reviews.models import ReviewRow

from ..contents import seal_text
from ..outside import outside
from ..ports import Message
from ..reading.units import name_of_unit
from .hand import claim_case
from .loading import CaseLoaded, Loaded, load_case
from .take_up import reopen_case

#: What the two texts are sealed for.
WORDS, REPLY = "review", "review-reply"


def reviewable_case(case: UUID, *, actor: Actor) -> tuple[Loaded, CaseLoaded]:
    """
    Return a case whose applicant may ask for a person.

    :raises NotPermitted: if it is not his.
    :raises ReviewNotPossible: if an officer decided it, or it is not decided.
    """
    loaded, found = load_case(case)
    require(actor, Act.WITHDRAW, loaded.thing(found))
    if found.now.state is not State.GRANTED or not decided_by_machine(case):
        raise ReviewNotPossible("这一项是工作人员办的，或者还没有办结；有意见的，请拨打 12345 或者申请复议")
    return loaded, found


def decided_by_machine(case: UUID) -> bool:
    """Return whether no officer has looked at what the case's last grant says; one query."""
    rows = StepRow.objects.filter(case_id=case, action=Action.GRANT).order_by("at", "id")
    return is_decided_by_machine(Step(Action(row.action), row.at, str(row.by or "")) for row in rows)


def ask_review(*, case: UUID, actor: Actor, words: str, at: datetime) -> UUID:
    """
    Ask for a person and return the key of the request; the result holds until he has answered.

    :raises NotPermitted: if the case is not the actor's.
    :raises ReviewNotPossible: if no machine decided it, or a request is open.
    """
    _, found = reviewable_case(case, actor=actor)
    until = review_day(legal_day(at), outside().calendar)
    try:
        with transaction.atomic():
            row = ReviewRow.objects.create(
                id=new_id(), case_id=case, unit=found.unit, asked_at=at, asked_by=UUID(actor.account),
                words_sealed=seal_text(words.strip()[:LONGEST], purpose=WORDS), answer_by=until.day,
                provisional=until.provisional,
            )  # fmt: skip
    except IntegrityError as again:
        raise ReviewNotPossible("已经请工作人员看了，答复会通知您") from again
    return row.id


def answer_review(*, review: UUID, actor: Actor, anew: bool, words: str, at: datetime) -> None:
    """
    Answer a request: the result stays, or the case is handled anew in the officer's own hands.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ReviewNotPossible: if no reason is given, or it was answered before.
    """
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise ReviewNotPossible(f"请写明看了什么、结论是什么，{LONGEST} 个字以内；申请人会看到")
    with transaction.atomic():
        row = ReviewRow.objects.select_for_update().get(pk=review)
        loaded, found = load_case(row.case_id)
        require(actor, Act.DECIDE, loaded.thing(found))
        if row.answered_at is not None:
            raise ReviewNotPossible("已经答复过了；请刷新看最新情况")
        if anew:
            reopen_case(
                case=row.case_id, actor=actor, authority=f"{name_of_unit(found.unit)}（申请人要求人工审查）",
                document="个人信息保护法第二十四条", at=at,
            )  # fmt: skip
            claim_case(case=row.case_id, actor=actor, at=at)  # no register decides what a person has in hand
        ReviewRow.objects.filter(pk=review).update(
            answered_at=at, answered_by=UUID(actor.account), is_taken_up=anew,
            answer_sealed=seal_text(said, purpose=REPLY),
        )  # fmt: skip
    if loaded.channel != "api":
        values = {"number": loaded.number, "item": loaded.edition.item(found.now.item).plain_name}
        message = Message(
            account=str(row.asked_by), key="review.answered", values=values, link=f"/my/{loaded.id}/review/{row.case_id}"
        )  # fmt: skip
        outside().messenger.send([message], once=f"{row.id}:answered")
