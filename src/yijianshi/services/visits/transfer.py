"""Pass an unfinished intake on to another window (转窗口): whoever has it then goes on where it was left."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Q, When

from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Officer
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.keys import new_id
from yijianshi.store.visits.models import TransferRow

from ..contents import open_text
from ..custody.places import name_of_place, window_of

MOST = 200


class TransferNotPossible(Exception):
    """An intake cannot go there; the message says why."""


def intake_of(draft: UUID, *, actor: Actor) -> DraftRow:
    """
    Return an unfinished intake to the clerk who has it.

    :raises NotPermitted: if it is not his, or was filed.
    """
    row = DraftRow.objects.filter(pk=draft, channel="window", filed_as=None).first()
    if row is None:
        raise NotPermitted(Act.TRANSFER_INTAKE)
    require(actor, Act.TRANSFER_INTAKE, Thing(owner=str(row.account_id)))
    return row


def colleagues_of(actor: Actor, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return who stands at a window today, those of the actor's own place first: a key and the words."""
    on, mine = legal_day(at), window_of(actor)
    posts = Officer.objects.filter(role=Role.WINDOW, since__lte=on, account__is_active=True).filter(
        Q(until=None) | Q(until__gte=on)
    )
    own_first = Case(
        When(unit=mine, then=0), default=1
    )  # in a whole province not everybody fits into the list
    rows = (
        posts.exclude(account=UUID(actor.account))
        .select_related("account")
        .order_by(own_first, "unit", "account")[:MOST]
    )
    return tuple(
        (
            f"{row.account_id}|{row.unit}",
            f"{open_text(row.account.name_sealed, purpose='name')} · {name_of_place(row.unit)}",
        )
        for row in rows
    )


def transfer_intake(*, draft: UUID, to: str, actor: Actor, at: datetime) -> str:
    """
    Give the intake to a colleague; return where he works.

    :param to: a key of `colleagues_of`.
    :raises NotPermitted: if it is not the actor's.
    :raises TransferNotPossible: if nobody of that name stands at a window today.
    """
    row = intake_of(draft, actor=actor)
    if to not in dict(colleagues_of(actor, at=at)):
        raise TransferNotPossible("请选一位今天在窗口的同事")
    account, _, place = to.partition("|")
    with transaction.atomic():
        mine = DraftRow.objects.filter(pk=row.pk, account=UUID(actor.account), filed_as=None)
        if not mine.update(account=account, updated_at=at):  # filed or passed on in this very moment
            raise NotPermitted(Act.TRANSFER_INTAKE)
        TransferRow.objects.create(
            id=new_id(), draft=row, sender=UUID(actor.account), receiver=UUID(account),
            place=window_of(actor), to=place, at=at,
        )  # fmt: skip
    return name_of_place(place)
