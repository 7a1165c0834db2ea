"""
A helper comes to the home (上门帮办): anybody may ask, special groups come first; a window takes it, says when, notes it done.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.appointments import Half
from yijianshi.domain.mandates import MandateNotPossible
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.mandates.models import VisitRow

from ..contents import seal_words
from ..people.telling import tell_party

LONGEST = 300
#: Who pays visits in a place: its centre's windows and stations.
SERVICES = "government-services"


def ask_for_visit(
    *, actor: Actor, division: str, address: str, phone: str, about: str, bundle: str, first: bool, at: datetime
) -> UUID:  # fmt: skip
    """
    Ask somebody to come; one visit at a time.

    :param first: whether a register says that the person is of a special group.
    :raises MandateNotPossible: if no address or telephone is given, or one visit is open already.
    """
    if not actor.party:
        raise NotPermitted(Act.ASK_FOR_VISIT)
    require(actor, Act.ASK_FOR_VISIT, Thing(party=actor.party))
    if not address.strip():
        raise MandateNotPossible("请写上门的地址：小区、楼、门牌")
    if not phone.strip():
        raise MandateNotPossible("请留一个打得通的电话")
    party = UUID(actor.party)
    with transaction.atomic():
        rows = VisitRow.objects.select_for_update().filter(party=party, state__in=("asked", "taken"))
        if rows.exists():
            raise MandateNotPossible("您已经约了一次上门，办完再约下一次；要改，先取消")
        row = VisitRow.objects.create(
            id=new_id(),
            party_id=party,
            asked_by=UUID(actor.account),
            asked_at=at,
            division=division,
            unit=f"{SERVICES}@{division}",
            first=first,
            bundle=bundle,
            where_sealed=seal_words(
                {
                    "address": address.strip()[:LONGEST],
                    "phone": phone.strip()[:20],
                    "about": about.strip()[:LONGEST],
                },
                purpose="visit",
            ),
        )
    return row.id


def call_off(*, visit: UUID, actor: Actor, at: datetime) -> None:
    """
    Call it off as the one who asked.

    :raises NotPermitted: if it is not his, or is not there; the answer is the same.
    :raises MandateNotPossible: if it is over.
    """
    with transaction.atomic():
        row = VisitRow.objects.select_for_update().filter(pk=visit).first()
        require(actor, Act.ASK_FOR_VISIT, Thing(party=str(row.party_id) if row else ""))
        if row is None or row.state not in ("asked", "taken"):
            raise MandateNotPossible("这次上门已经结束了")
        row.state, row.done_at = "called_off", at
        row.save(update_fields=["state", "done_at"])


def take_visit(*, visit: UUID, actor: Actor, on: date | None, half: str, at: datetime) -> None:
    """
    Take it and say when one comes; the person is told.

    :raises NotPermitted: if the actor works elsewhere.
    :raises MandateNotPossible: if somebody has taken it, or the day has passed.
    """
    with transaction.atomic():
        row = _of_unit(visit, actor)
        if row.state != "asked" and not (row.state == "taken" and row.helper == UUID(actor.account)):
            raise MandateNotPossible("同事已经接了这次上门，请看下一件")
        if on is None or on < legal_day(at) or half not in set(Half):
            raise MandateNotPossible("请选今天以后的一天，上午还是下午")
        row.state, row.helper, row.comes_on, row.half = "taken", UUID(actor.account), on, half
        row.save(update_fields=["state", "helper", "comes_on", "half"])
    day = f"{on.month} 月 {on.day} 日"
    tell_party(
        row.party_id, "visit.taken", link="/my/home-visits", once=f"{visit}:{on}:{half}", values={"day": day}
    )


def finish_visit(*, visit: UUID, actor: Actor, at: datetime) -> None:
    """
    Note that it is done.

    :raises NotPermitted: if the actor works elsewhere.
    :raises MandateNotPossible: if nobody has taken it, or it is over.
    """
    with transaction.atomic():
        row = _of_unit(visit, actor)
        if row.state != "taken" or row.helper != UUID(actor.account):
            raise MandateNotPossible("接这次上门的人才能记“办完了”")
        row.state, row.done_at = "done", at
        row.save(update_fields=["state", "done_at"])


def units_visiting(actor: Actor) -> tuple[str, ...]:
    """Return the units for which the actor pays visits."""
    posts = [post for post in actor.posts if post.role in (Role.HELPER, Role.WINDOW)]
    return tuple(dict.fromkeys(str(post.unit) for post in posts))


def _of_unit(visit: UUID, actor: Actor) -> VisitRow:
    row = VisitRow.objects.select_for_update().filter(pk=visit).first()
    require(actor, Act.TAKE_VISIT, Thing(unit=Unit.parse(row.unit) if row else None))
    if row is None:
        raise NotPermitted(Act.TAKE_VISIT)
    return row
