"""Pass an unfinished intake on to another window (转窗口): whoever has it then goes on where it was left."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.keys import new_id
from yijianshi.store.visits.models import TransferRow

from ..contents import open_text
from ..custody.places import name_of_place, window_of


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
    posts = Officer.objects.filter(role=Role.WINDOW, since__lte=on).filter(Q(until=None) | Q(until__gte=on))
    rows = list(
        posts.exclude(account=UUID(actor.account)).select_related("account").order_by("unit", "account")[:200]
    )
    rows.sort(key=lambda row: row.unit != mine)
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
        DraftRow.objects.filter(pk=row.pk).update(account=Account.objects.get(pk=account), updated_at=at)
        TransferRow.objects.create(
            id=new_id(), draft=row, sender=UUID(actor.account), receiver=UUID(account),
            place=window_of(actor), to=place, at=at,
        )  # fmt: skip
    return name_of_place(place)
