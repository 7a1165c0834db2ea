"""Writing down what an administrator does (管理留痕); the database refuses to change or delete it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yijianshi.domain.administering import Deed
from yijianshi.domain.rights import Actor
from yijianshi.store.guards.models import DeedRow


def note_deed(
    deed: Deed,
    *,
    actor: Actor | None,
    at: datetime,
    division: str,
    about: UUID | None = None,
    facts: Mapping[str, str] | None = None,
) -> None:
    """
    Write down one act, in the transaction of what it did.

    :param actor: none at the server's own console; `facts`: codes, units and dates, never names or free text.
    """
    DeedRow.objects.create(
        at=at,
        by=UUID(actor.account) if actor else None,
        deed=deed.value,
        about=about,
        division=division,
        facts={key: value for key, value in (facts or {}).items() if value},
    )
