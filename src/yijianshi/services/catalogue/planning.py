"""
Plans of published editions, made once per process for each situation that differs in what matters.

Only the answers that some condition mentions tell two situations apart, so most applicants share a plan.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from yijianshi.domain.conditions import keys_of
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan, Situation, make_plan

from .published import edition_by_id


def plan_for(edition: UUID, situation: Situation) -> Plan:
    """
    Return the plan of an edition for a situation.

    :raises UnknownItem: if an item is not in the bundle.
    """
    matters = _keys_that_matter(edition)
    answers = {key: value for key, value in situation.answers.items() if key in matters}
    return _planned(
        edition,
        situation.items,
        msgspec.json.encode(answers, order="sorted"),
        situation.texts_met,
        situation.held,
        situation.commitments,
        msgspec.json.encode(situation.groups, order="sorted"),
    )


@lru_cache(maxsize=2048)
def _planned(
    edition: UUID,
    items: tuple[Any, ...],
    answers: bytes,
    texts_met: frozenset[str],
    held: frozenset[Any],
    commitments: frozenset[Any],
    groups: bytes,
) -> Plan:
    situation = Situation(
        items=items,
        answers=msgspec.json.decode(answers),
        texts_met=texts_met,
        held=held,
        commitments=commitments,
        groups=msgspec.json.decode(groups),
    )
    return make_plan(edition_by_id(edition), situation, strict=False)


@lru_cache(maxsize=512)
def _keys_that_matter(edition: UUID) -> frozenset[str]:
    return keys_that_matter(edition_by_id(edition))


def keys_that_matter(edition: Edition) -> frozenset[str]:
    """Return every answer that a condition of the edition mentions, by its question and by its element."""
    conditions = [p.condition for p in edition.bundle.preconditions]
    conditions += [f.required_if for f in edition.common_fields if f.required_if]
    for item in edition.bundle.items:
        conditions.append(item.applies)
        conditions += [f.required_if for f in item.fields if f.required_if]
        conditions += [m.required_if for m in item.materials if m.required_if]
    keys = frozenset().union(*(keys_of(condition) for condition in conditions))
    for question in edition.bundle.questions:
        if question.element and (question.key in keys or f"element:{question.element}" in keys):
            keys |= {question.key, f"element:{question.element}"}
    return keys
