"""End a visit (结束亮码): the citizen on his phone or the clerk at his desk; nothing can be looked at any more."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.store.visits.models import VisitRow

from .standing import thing_of


def end_visit(*, visit: UUID, actor: Actor, at: datetime) -> None:
    """
    End it; what has ended stays as it was.

    :raises NotPermitted: if it is neither the citizen's nor the clerk's own.
    """
    row = VisitRow.objects.filter(pk=visit).first()
    if row is None:
        raise NotPermitted(Act.END_VISIT)
    require(actor, Act.END_VISIT, thing_of(row))
    VisitRow.objects.filter(pk=visit, ended_at=None, until__gt=at).update(
        ended_at=at, ended_by=UUID(actor.account)
    )
