"""
Ask another unit of the same submission about one case, and answer (征询): no clock of the case stops for it.

Basis: 苏政办发〔2022〕87号, 二(三)(八).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.consultations import (
    ANSWER_DAYS,
    ConsultationNotPossible,
    answer_day,
    check_answer,
    check_question,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, covers, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.desks.models import QuestionRow
from yijianshi.store.keys import new_id

from ..contents import seal_text
from ..outside import outside
from .loading import CaseLoaded, Loaded, load_case
from .noting import note_step

ASKED, ANSWERED = "consult", "consult_answer"
#: What the two texts are sealed for.
QUESTION, ANSWER = "question", "answer"


def ask_unit(
    *, case: UUID, actor: Actor, unit: str, text: str, at: datetime, days: int = ANSWER_DAYS
) -> UUID:
    """
    Ask a unit of the submission about one of its cases; return the key of the question.

    :param days: working days for the answer.
    :raises NotPermitted: if the actor has no part in the submission.
    :raises ConsultationNotPossible: if nothing is asked, the unit has no part in it, or the case is closed.
    """
    loaded, found = load_case(case)
    require(actor, Act.ASK_UNIT, loaded.thing(found))
    asking = speaks_for(actor, loaded, found)
    units = {one.unit for one in loaded.cases}
    state, number = found.now.state, found.now.number
    check_question(text, asking=asking, asked=unit, units=units, state=state, number=number)
    until = answer_day(legal_day(at), outside().calendar, days=days)
    with transaction.atomic():
        row = QuestionRow.objects.create(
            id=new_id(),
            submission_id=loaded.id,
            case_id=case,
            asking_unit=asking,
            asked_unit=unit,
            asked_by=UUID(actor.account),
            asked_at=at,
            answer_by=until.day,
            provisional=until.provisional,
            question_sealed=seal_text(text.strip(), purpose=QUESTION),
        )
        note_step(submission=loaded.id, action=ASKED, unit=unit, by=UUID(actor.account), at=at)
    return row.id


def answer_unit(*, question: UUID, actor: Actor, text: str, at: datetime) -> None:
    """
    Answer a question that one's own unit was asked; it is answered once.

    :raises NotPermitted: if the actor's unit was not asked, or there is no such question.
    :raises ConsultationNotPossible: if nothing is said, or it was answered already.
    """
    row = QuestionRow.objects.only("submission_id", "asked_unit").filter(pk=question).first()
    if row is None:
        raise NotPermitted(Act.ANSWER_UNIT)
    require(actor, Act.ANSWER_UNIT, Thing(unit=Unit.parse(row.asked_unit)))
    check_answer(text)
    by = UUID(actor.account)
    with transaction.atomic():
        answered = QuestionRow.objects.filter(pk=question, answered_at=None).update(
            answered_at=at, answered_by=by, answer_sealed=seal_text(text.strip(), purpose=ANSWER)
        )
        if not answered:
            raise ConsultationNotPossible("这条征询已经答复过了，只答复一次；要补充，请打电话告诉对方")
        note_step(submission=row.submission_id, action=ANSWERED, unit=row.asked_unit, by=by, at=at)


def speaks_for(actor: Actor, loaded: Loaded, found: CaseLoaded | None = None) -> str:
    """
    Return for which unit the actor asks: that of the case, the leading one, another of the submission, or the window's.

    :raises NotPermitted: if he has no part in the submission.
    """
    reviews = {str(post.unit) for post in actor.holds(Role.REVIEWER)}
    if found and found.unit in reviews:
        return found.unit
    if any(str(post.unit) == loaded.lead_unit for post in actor.holds(Role.COORDINATOR)):
        return loaded.lead_unit
    for one in loaded.cases:
        if one.unit in reviews:
            return one.unit
    for post in actor.holds(Role.WINDOW):
        if covers(post.unit.division, loaded.division):
            return str(post.unit)
    raise NotPermitted(Act.ASK_UNIT)
