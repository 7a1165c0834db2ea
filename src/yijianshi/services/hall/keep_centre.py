"""Change what is said about a centre (维护大厅信息): its hours, windows, way; what it was before is kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.centres import Centre
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.hall.models import CentreChangeRow, CentreRow

from ..catalogue.centres import check_centre
from ..catalogue.reading import shipped_catalogue
from .install import keep_terminals
from .loading import centre_of, content_of, hall_thing


class CentreChangedMeanwhile(Exception):
    """Somebody else has changed the centre since it was read."""


def keep_centre(*, centre: Centre, seen: int, actor: Actor, at: datetime) -> None:
    """
    Keep a centre as it is to be from now on; what is booked stays as it is.

    :param seen: the sequence of what the actor had before him.
    :raises NotPermitted: if he keeps no centre there.
    :raises CentreMisstated: if what he wrote contradicts itself.
    :raises CentreChangedMeanwhile: if somebody was faster.
    """
    row = CentreRow.objects.get(pk=centre.code)
    require(actor, Act.KEEP_CENTRE, hall_thing(centre_of(row)))
    levels = dict(CentreRow.objects.values_list("code", "level"))
    check_centre(centre, catalogue=shipped_catalogue(), levels=levels)
    with transaction.atomic():
        found = CentreRow.objects.filter(pk=row.pk, seq=seen).update(
            content=content_of(centre), seq=seen + 1, changed_at=at, changed_by=UUID(actor.account)
        )
        if not found:
            raise CentreChangedMeanwhile("别人刚改过这个大厅的信息；请刷新看一遍，再改")
        CentreChangeRow.objects.create(
            centre=row, seq=seen, content=row.content, at=at, by=UUID(actor.account)
        )
        keep_terminals(row, centre)
