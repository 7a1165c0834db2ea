"""Answer a practice case (答练习题): marked at once, and kept as codes of the catalogue with the number of the case."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.practice import LARGEST_SEED, NothingToPractise, PracticeCase, Task, mark, practice_case
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.practice.models import AttemptRow

from ..catalogue.published import Published, current
from ..catalogue.reading import shipped_catalogue


def case_for(
    *, task: str, bundle: BundleCode, seed: int, actor: Actor, at: datetime
) -> tuple[Published, PracticeCase]:
    """
    Return the case of a number, with the edition that holds where the actor works.

    :raises NotPermitted: if the actor handles no matters.
    :raises UnknownBundle: if the one-thing is not published there.
    :raises NothingToPractise: if there is no such task, or none for this one-thing.
    """
    require(actor, Act.PRACTISE, Thing())
    if task not in tuple(Task) or not 0 <= seed < LARGEST_SEED:
        raise NothingToPractise("没有这道题，请从“练习”里选")
    division = division_of(actor)
    published = current(bundle, division, legal_day(at))
    return published, remade(task, published, division=division, seed=seed)


def remade(task: str, published: Published, *, division: DivisionCode, seed: int) -> PracticeCase:
    """Return the case again, as it was when it was answered."""
    forbidden = shipped_catalogue().forbidden
    return practice_case(Task(task), published.edition, division=division, seed=seed, forbidden=forbidden)


def answer_case(
    *, task: str, bundle: BundleCode, seed: int, answers: Mapping[str, str], actor: Actor, at: datetime
) -> UUID:
    """
    Mark the answers and keep them; return the key of the attempt.

    :raises NotPermitted: if the actor handles no matters.
    :raises NothingToPractise: if there is no such case.
    """
    published, case = case_for(task=task, bundle=bundle, seed=seed, actor=actor, at=at)
    offered = {one.key: {value for value, _ in one.options} for one in case.questions}
    kept = {key: said for key, said in answers.items() if said in offered.get(key, ())}
    marks = mark(case, kept)
    unit = unit_of_practice(actor)
    return AttemptRow.objects.create(
        id=new_id(), account=UUID(actor.account), unit=unit, division=unit.partition("@")[2], task=task,
        bundle=bundle, edition=published.id, seed=seed, answered=kept, right=marks.right, total=marks.total,
        at=at,
    ).id  # fmt: skip


def unit_of_practice(actor: Actor) -> str:
    """Return for which unit the actor practises: the first one where he handles matters."""
    return str(actor.posts[0].unit)


def division_of(actor: Actor) -> DivisionCode:
    """Return whose edition is practised."""
    return actor.posts[0].unit.division
