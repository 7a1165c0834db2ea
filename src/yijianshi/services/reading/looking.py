"""The names of who has the page of a case open besides the reader (谁正在看)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Actor

from ..handling.look import look_at_case, note_looking
from .case_history import names_of


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who looks at the case now."""

    name: str
    seen_at: datetime


def others_looking(*, case: UUID, actor: Actor, at: datetime, was_let_in: bool = False) -> tuple[Looker, ...]:
    """
    Note that the actor looks, and return who else does.

    :param was_let_in: whether the right was asked for just now, with the page itself.
    :raises NotPermitted: if the case is not his unit's.
    """
    note = note_looking if was_let_in else look_at_case
    return _named(note(case=case, actor=actor, at=at))


def _named(found: Iterable[tuple[UUID, datetime]]) -> tuple[Looker, ...]:
    kept = tuple(found)
    names = names_of(key for key, _ in kept) if kept else {}
    return tuple(Looker(names.get(key, "同事"), seen_at) for key, seen_at in kept)
