"""Questions between units (征询): on the pages of a case and of a submission, and in the queue of the unit that is asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.cases import CLOSED
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.consultations import Consultation
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, may, posts_for, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.desks.models import QuestionRow

from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..handling.consult import ANSWER, QUESTION, speaks_for
from ..handling.loading import load_submission
from .case_history import names_of
from .units import name_of_unit
from .whose import whose, whose_submission

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSeen:
    """One question with its answer, if there is one."""

    id: UUID
    submission: UUID
    case: UUID
    asking_unit: str
    asked_unit: str
    case_number: str
    item: str
    title: str
    asking: str
    asked: str
    asked_by: str
    asked_at: datetime
    answer_by: date
    provisional: bool
    question: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    is_overdue: bool
    can_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionQueue:
    """What a unit is asked: what waits for an answer, the most urgent first, and what was answered lately."""

    unit_name: str
    waiting: tuple[QuestionSeen, ...]
    answered: tuple[QuestionSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPreview:
    """What the form of a question shows: about which cases, who asks, and who may be asked."""

    submission: UUID
    number: str
    whose: str
    unit_name: str
    cases: tuple[tuple[str, str, str], ...]  # key, item, unit
    units: tuple[tuple[str, str], ...]


def questions_of_submission(submission: UUID, *, actor: Actor, at: datetime) -> tuple[QuestionSeen, ...]:
    """Return every question about a submission, for who sees the whole of it; the caller has asked for the right."""
    return _seen(_rows(Q(submission=submission)), actor, at)


def questions_of_case(
    submission: UUID, *, case: UUID, unit: str, actor: Actor, at: datetime
) -> tuple[QuestionSeen, ...]:
    """Return the questions about a case, and those that its unit asked or was asked; the caller has asked for the right."""
    concerns = Q(case=case) | Q(asking_unit=unit) | Q(asked_unit=unit)
    return _seen(_rows(concerns & Q(submission=submission)), actor, at)


def read_queue(*, actor: Actor, at: datetime) -> QuestionQueue:
    """
    Return what the actor's units are asked.

    :raises NotPermitted: if the actor reviews for no unit.
    """
    units = [str(post.unit) for post in posts_for(actor, Act.ANSWER_UNIT, Role.REVIEWER)]
    if not units:
        raise NotPermitted(Act.ANSWER_UNIT)
    rows = _rows(Q(asked_unit__in=units, answered_at=None), order=("answer_by", "asked_at"))
    lately = _rows(Q(asked_unit__in=units, answered_at__isnull=False), order=("-answered_at",))
    return QuestionQueue(
        unit_name=name_of_unit(units[0]), waiting=_seen(rows, actor, at), answered=_seen(lately, actor, at)
    )


def questions_waiting(*, actor: Actor) -> int:
    """Return how many questions wait for an answer of the actor's units; one query."""
    return QuestionRow.objects.filter(asked_unit__in=_units(actor), answered_at=None).count()


def read_question(*, question: UUID, actor: Actor, at: datetime) -> QuestionSeen:
    """
    Return one question to the unit that is asked.

    :raises NotPermitted: if that is not the actor's, or there is no such question.
    """
    found = _seen(_rows(Q(pk=question)), actor, at)
    if not found or not found[0].can_answer:
        raise NotPermitted(Act.ANSWER_UNIT)
    return found[0]


def preview_question(*, submission: UUID, actor: Actor) -> AskPreview:
    """
    Return what stands ready for a question about a case of a submission.

    :raises NotPermitted: if the actor has no part in it.
    """
    loaded = load_submission(submission)
    require(actor, Act.ASK_UNIT, loaded.thing())
    asking = speaks_for(actor, loaded)
    open_cases = [one for one in loaded.cases if one.now.state not in CLOSED]
    return AskPreview(
        submission=submission,
        number=loaded.number,
        whose=whose_submission(submission).words,
        unit_name=name_of_unit(asking),
        cases=tuple(
            (str(one.now.id), loaded.edition.item(one.now.item).plain_name, name_of_unit(one.unit))
            for one in open_cases
        ),
        units=tuple(
            (unit, name_of_unit(unit))
            for unit in dict.fromkeys(one.unit for one in loaded.cases)
            if unit != asking
        ),
    )


def _units(actor: Actor) -> list[str]:
    return [str(post.unit) for post in actor.holds(Role.REVIEWER)]


def _rows(which: Q, *, order: Collection[str] = ("asked_at", "id")) -> list[QuestionRow]:
    rows = QuestionRow.objects.filter(which).select_related("case", "submission__party").order_by(*order)
    return list(rows[:MOST])


def _seen(rows: Iterable[QuestionRow], actor: Actor, at: datetime) -> tuple[QuestionSeen, ...]:
    kept = list(rows)
    names = names_of(key for row in kept for key in (row.asked_by, row.answered_by)) if kept else {}
    on = legal_day(at)
    found = []
    for row in kept:
        answered_on = legal_day(row.answered_at) if row.answered_at else None
        stands = Consultation(row.asking_unit, row.asked_unit, row.answer_by, answered_on)
        edition = edition_by_id(row.submission.edition_id)
        found.append(
            QuestionSeen(
                id=row.id,
                submission=row.submission_id,
                case=row.case_id,
                asking_unit=row.asking_unit,
                asked_unit=row.asked_unit,
                case_number=row.case.number,
                item=edition.item(ItemCode(row.case.item)).plain_name,
                title=whose(row.submission).title,
                asking=name_of_unit(row.asking_unit),
                asked=name_of_unit(row.asked_unit),
                asked_by=names.get(row.asked_by, ""),
                asked_at=row.asked_at,
                answer_by=row.answer_by,
                provisional=row.provisional,
                question=open_text(row.question_sealed, purpose=QUESTION),
                answer=open_text(row.answer_sealed, purpose=ANSWER),
                answered_by=names.get(row.answered_by, "") if row.answered_by else "",
                answered_at=row.answered_at,
                is_overdue=stands.is_overdue(on),
                can_answer=may(actor, Act.ANSWER_UNIT, Thing(unit=Unit.parse(row.asked_unit))),
            )
        )
    return tuple(found)
