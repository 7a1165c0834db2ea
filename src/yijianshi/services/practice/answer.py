"""Answer a practice case (答练习题): marked at once, and kept as codes of the catalogue with the number of the case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.divisions import county_of
from yijianshi.domain.practice import LARGEST_SEED, NothingToPractise, PracticeCase, Task, mark, practice_case
from yijianshi.domain.rights import Act, Actor, Thing, posts_for, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.practice.models import AttemptRow

from ..catalogue.published import Published, current
from ..catalogue.reading import shipped_catalogue
from ..custody.places import AT_WORK


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
    division = unit_of_practice(actor).division
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
        id=new_id(), account=UUID(actor.account), unit=str(unit), division=unit.division, task=task,
        bundle=bundle, edition=published.id, seed=seed, answered=kept, right=marks.right, total=marks.total,
        at=at,
    ).id  # fmt: skip


def unit_of_practice(actor: Actor) -> Unit:
    """
    Return for which unit the actor practises: the first one where he handles matters; a station hands in for its county.

    :raises NotPermitted: if he handles none.
    """
    unit = posts_for(actor, Act.PRACTISE, *AT_WORK)[0].unit
    return replace(unit, division=county_of(unit.division))
