"""Who has the page of a case open now (正在看): one row for each officer and case, written over, never added to."""

from datetime import datetime, timedelta
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.desks import looking

from .loading import load_case

#: For how long somebody counts as looking, and how long the row may lie.
LOOKING, KEPT = timedelta(minutes=3), timedelta(days=1)


def look_at_case(*, case: UUID, actor: Actor, at: datetime) -> tuple[tuple[UUID, datetime], ...]:
    """
    Note that the actor has the page open, and return who else has, the latest first.

    :raises NotPermitted: if the case is not his unit's.
    """
    loaded, found = load_case(case)
    require(actor, Act.READ_CASE, loaded.thing(found))
    return note_looking(case=case, actor=actor, at=at)


def note_looking(*, case: UUID, actor: Actor, at: datetime) -> tuple[tuple[UUID, datetime], ...]:
    """Do the same for who was let see the case already; one statement."""
    return looking.note_looking(case=case, account=UUID(actor.account), at=at, looking=LOOKING, kept=KEPT)
