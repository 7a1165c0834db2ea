"""Keep and drop texts that are written again and again (常用语): an officer's own, or those of his whole unit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.domain.saved import SavedKind, check_saved
from yijianshi.store.desks.models import SavedTextRow
from yijianshi.store.keys import new_id

from ..contents import seal_text

PURPOSE = "saved-text"


def units_of(actor: Actor) -> tuple[str, ...]:
    """Return the units in which the actor holds a post, each once."""
    return tuple(dict.fromkeys(str(post.unit) for post in actor.posts))


def keep_text(*, actor: Actor, kind: SavedKind, text: str, unit: str, at: datetime) -> UUID:
    """
    Keep a text for oneself, or for everybody of a unit of one's own.

    :param unit: the unit, or nothing for oneself.
    :raises NotPermitted: if the actor holds no post, or none in that unit.
    :raises TextNotKept: if nothing is written, too much, or there are enough of the kind.
    """
    require(actor, Act.KEEP_TEXTS, Thing())
    if unit and unit not in units_of(actor):
        raise NotPermitted(Act.KEEP_TEXTS)
    me = UUID(actor.account)
    with transaction.atomic():
        kept = SavedTextRow.objects.filter(kind=kind, unit=unit, account_id=None if unit else me).count()
        check_saved(text, kept=kept)
        row = SavedTextRow.objects.create(
            id=new_id(),
            account_id=None if unit else me,
            unit=unit,
            kind=kind,
            sealed=seal_text(text.strip(), purpose=PURPOSE),
            made_by=me,
            made_at=at,
        )
    return row.id


def drop_text(*, text: UUID, actor: Actor) -> None:
    """
    Drop one's own text, or one of one's own unit.

    :raises NotPermitted: if it is somebody else's, or gone already.
    """
    require(actor, Act.KEEP_TEXTS, Thing())
    row = SavedTextRow.objects.only("account_id", "unit").filter(pk=text).first()
    if row is None or (str(row.account_id) != actor.account and row.unit not in units_of(actor)):
        raise NotPermitted(Act.KEEP_TEXTS)
    row.delete()
