"""The texts an officer may insert (常用语): his own first, then those of his units."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.saved import SavedKind
from yijianshi.store.desks.models import SavedTextRow

from ..contents import open_text
from ..handling.saved_texts import PURPOSE, units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedText:
    """One text."""

    id: UUID
    kind: SavedKind
    text: str
    unit: str  # empty: the officer's own


def read_saved_texts(
    *, actor: Actor, kinds: Collection[SavedKind] = tuple(SavedKind)
) -> tuple[SavedText, ...]:
    """
    Return the texts of these kinds that the actor may insert; one query.

    :raises NotPermitted: if the actor holds no post.
    """
    require(actor, Act.KEEP_TEXTS, Thing())
    whose = Q(account_id=UUID(actor.account)) | Q(unit__in=units_of(actor))
    rows = SavedTextRow.objects.filter(whose, kind__in=list(kinds)).order_by("unit", "made_at", "id")
    return tuple(
        SavedText(
            id=row.id, kind=SavedKind(row.kind), text=open_text(row.sealed, purpose=PURPOSE), unit=row.unit
        )
        for row in rows
    )
