"""Questions between units over the API (征询): ask another unit of the submission, answer, see what waits for one's own."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from yijianshi.domain.consultations import ANSWER_DAYS
from yijianshi.domain.rights import Act, require
from yijianshi.services.handling.consult import answer_unit, ask_unit
from yijianshi.services.handling.loading import load_case
from yijianshi.services.once import Once, do_once
from yijianshi.services.outside import outside
from yijianshi.services.reading.consultations import QuestionSeen, questions_of_case, read_queue

from .endpoints import Call, endpoint, require_scope


class NewConsultation(msgspec.Struct, forbid_unknown_fields=True):
    """A question to another unit of the same submission, and within how many working days it is to be answered."""

    unit: str
    question: str
    days: int = ANSWER_DAYS


class ConsultationAsked(msgspec.Struct):
    """The question as kept."""

    consultation: UUID


class NewAnswer(msgspec.Struct, forbid_unknown_fields=True):
    """The one answer to a question."""

    answer: str


class ConsultationAnswered(msgspec.Struct):
    """That it is answered."""

    consultation: UUID


class Consultation(msgspec.Struct):
    """A question with its answer, if there is one; it stops no clock of the case."""

    consultation: UUID
    submission: UUID
    case: UUID
    case_number: str
    item: str
    asking_unit: str
    asked_unit: str
    asked_at: datetime
    answer_by: date
    provisional: bool
    overdue: bool
    question: str
    answer: str
    answered_at: datetime | None


class Consultations(msgspec.Struct):
    """Questions in order: what waits for an answer, the most urgent first, or those about one case."""

    consultations: list[Consultation]


@endpoint("GET", "consultations", summary="等本单位答复的征询", gives=Consultations)
def consultations_waiting(call: Call) -> Consultations:
    actor = require_scope(call, Act.ANSWER_UNIT)
    queue = read_queue(actor=actor, at=outside().clock.now())
    return Consultations([_shown(one) for one in queue.waiting])


@endpoint("GET", "cases/<uuid:case>/consultations", summary="一个办件的征询和答复", gives=Consultations)
def consultations_of_case(call: Call, case: UUID) -> Consultations:
    actor = require_scope(call, Act.READ_CASE)
    loaded, found = load_case(case)
    require(actor, Act.READ_CASE, loaded.thing(found))
    at = outside().clock.now()
    seen = questions_of_case(loaded.id, case=case, unit=found.unit, actor=actor, at=at)
    return Consultations([_shown(one) for one in seen])


@endpoint(
    "POST", "cases/<uuid:case>/consultations", summary="征询同一申报的别的单位", takes=NewConsultation,
    gives=ConsultationAsked, status=201, keyed=True,
)  # fmt: skip
def consult(call: Call, case: UUID) -> tuple[ConsultationAsked, bool]:
    assert call.actor is not None
    actor, sent, at = call.actor, call.body, outside().clock.now()

    def ask() -> ConsultationAsked:
        return ConsultationAsked(
            ask_unit(case=case, actor=actor, unit=sent.unit, text=sent.question, days=sent.days, at=at)
        )

    once = Once.of(actor.account, f"consult:{case}", call.key, call.raw)
    return do_once(once, ConsultationAsked, ask, at=at)


@endpoint(
    "POST", "consultations/<uuid:consultation>/answer", summary="答复征询", takes=NewAnswer,
    gives=ConsultationAnswered, keyed=True,
)  # fmt: skip
def answer_consultation(call: Call, consultation: UUID) -> tuple[ConsultationAnswered, bool]:
    assert call.actor is not None
    actor, sent, at = call.actor, call.body, outside().clock.now()

    def answer() -> ConsultationAnswered:
        answer_unit(question=consultation, actor=actor, text=sent.answer, at=at)
        return ConsultationAnswered(consultation)

    once = Once.of(actor.account, f"answer:{consultation}", call.key, call.raw)
    return do_once(once, ConsultationAnswered, answer, at=at)


def _shown(one: QuestionSeen) -> Consultation:
    return Consultation(
        consultation=one.id, submission=one.submission, case=one.case, case_number=one.case_number, item=one.item,
        asking_unit=one.asking_unit, asked_unit=one.asked_unit, asked_at=one.asked_at, answer_by=one.answer_by,
        provisional=one.provisional, overdue=one.is_overdue, question=one.question, answer=one.answer,
        answered_at=one.answered_at,
    )  # fmt: skip
