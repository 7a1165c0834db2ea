"""What has been practised (练习成绩): one's own attempts, one attempt with what was right and why, and everybody's for the trainer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.practice import TASK_WORDS, Marks, PracticeCase, PracticeQuestion, Task
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.practice.models import AttemptRow

from ..catalogue.published import Published, bundles_of, edition_by_id
from ..practice.answer import remade, unit_of_practice
from .case_history import names_of
from .units import name_of_unit

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """One attempt in a list."""

    id: UUID
    task: str
    bundle: str
    marks: Marks
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage:
    """What may be practised, and how it went so far."""

    things: tuple[tuple[BundleCode, str], ...]
    attempts: tuple[AttemptLine, ...]
    marks: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptPage:
    """One attempt: each question with what was said and what is right."""

    case: PracticeCase
    bundle: BundleCode
    title: str
    marks: Marks
    answers: tuple[tuple[PracticeQuestion, str, bool], ...]
    is_mine: bool
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerLine:
    """How somebody practises one task."""

    who: str
    unit: str
    task: str
    attempts: int
    marks: Marks
    last: datetime


def read_practice(*, actor: Actor, at: datetime) -> PracticePage:
    """
    Return what the actor may practise and his last attempts; three queries.

    :raises NotPermitted: if he handles no matters.
    """
    require(actor, Act.PRACTISE, Thing())
    rows = list(AttemptRow.objects.filter(account=UUID(actor.account)).order_by("-at")[:MOST])
    return PracticePage(
        things=tuple(
            (one.edition.bundle.code, one.edition.bundle.title)
            for one in bundles_of(unit_of_practice(actor).division, legal_day(at))
        ),
        attempts=tuple(_line(row) for row in rows),
        marks=Marks(sum(row.right for row in rows), sum(row.total for row in rows)),
    )


def read_attempt(attempt: UUID, *, actor: Actor) -> AttemptPage:
    """
    Return one attempt to whoever made it, and to the trainer of his division.

    :raises NotPermitted: if it is somebody else's, or not there.
    """
    row = AttemptRow.objects.filter(pk=attempt).first()
    if row is None:
        raise NotPermitted(Act.READ_PRACTICE)
    require(actor, Act.READ_PRACTICE, Thing(owner=str(row.account), division=row.division))
    published = Published(row.edition, edition_by_id(row.edition))
    case = remade(row.task, published, division=DivisionCode(row.division), seed=row.seed)
    given = dict(row.answered)
    return AttemptPage(
        case=case,
        bundle=published.edition.bundle.code,
        title=published.edition.bundle.title,
        marks=Marks(row.right, row.total),
        answers=tuple(
            (one, one.says(given.get(one.key, "")), given.get(one.key) == one.right) for one in case.questions
        ),
        is_mine=str(row.account) == actor.account,
        who=names_of([row.account]).get(row.account, "—"),
    )


def read_trainer(*, actor: Actor) -> tuple[TrainerLine, ...]:
    """
    Return how everybody in the trainer's divisions practises, the weakest first; two queries.

    :raises NotPermitted: if the actor trains nobody.
    """
    posts = actor.holds(Role.SUPERVISOR)
    if not posts:
        raise NotPermitted(Act.READ_PRACTICE)
    mine = Q()
    for post in posts:
        require(actor, Act.READ_PRACTICE, Thing(division=post.unit.division))
        mine |= Q(division__startswith=stem_of(post.unit.division))
    rows = list(
        AttemptRow.objects.filter(mine)
        .values("account", "unit", "task")
        .annotate(attempts=Count("id"), gained=Sum("right"), asked=Sum("total"), last=Max("at"))
        .order_by("unit", "account")[:500]
    )
    names = names_of(row["account"] for row in rows)
    lines = [
        TrainerLine(
            who=names.get(row["account"], "—"), unit=name_of_unit(row["unit"]),
            task=TASK_WORDS[Task(row["task"])][0], attempts=row["attempts"],
            marks=Marks(row["gained"], row["asked"]), last=row["last"],
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.marks.percent))


def _line(row: AttemptRow) -> AttemptLine:
    return AttemptLine(
        id=row.pk, task=TASK_WORDS[Task(row.task)][0], bundle=edition_by_id(row.edition).bundle.title,
        marks=Marks(row.right, row.total), at=row.at,
    )  # fmt: skip
