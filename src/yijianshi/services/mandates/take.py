"""
Accept or decline (接受、不接受): whoever opens the link signs in, reads what he is asked to do and for whom, and says so.

A link that is used, too old, made up or meant for another person leads to one and the same answer.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.mandates import CEILING, MandateKind, MandateState, Power
from yijianshi.domain.rights import Actor, Role
from yijianshi.store.accounts.models import Account
from yijianshi.store.mandates.models import MandateRow

from ..contents import open_text
from ..people.telling import tell_account, tell_party
from .give import hash_of


class LinkNotValid(Exception):
    """The link cannot be used: by this person, any more, or at all; the answer never says which."""

    def __init__(self) -> None:
        super().__init__(
            "链接只能由被请的人本人在 24 小时内用一次；过期、用过、抄错，或者请的不是您，都打不开"
        )


def row_behind(token: str, *, actor: Actor, at: datetime, lock: bool = False) -> MandateRow:
    """
    Return what a link asks of whoever is signed in.

    :raises LinkNotValid: if he is not meant, or it was used, taken back, or is too old.
    """
    rows = MandateRow.objects.select_for_update() if lock else MandateRow.objects
    row = rows.filter(link_hash=hash_of(token[:64]), state=MandateState.OFFERED, link_until__gt=at).first()
    account = Account.objects.filter(pk=actor.account).first()
    if row is None or account is None or account.party_id == row.giver_id:
        raise LinkNotValid
    if account.party_id is None and not actor.holds(Role.HELPER):  # whoever acts for others is a known person
        raise LinkNotValid
    if open_text(row.asked_sealed, purpose="name") != open_text(account.name_sealed, purpose="name"):
        raise LinkNotValid
    return row


def accept_mandate(*, token: str, actor: Actor, at: datetime) -> UUID:
    """
    Accept, and return for whom one may act from now on; the link is used up.

    :raises LinkNotValid: see above.
    """
    with transaction.atomic():
        row = row_behind(token, actor=actor, at=at, lock=True)
        row.state, row.holder_id, row.taken_at = MandateState.ACTIVE, UUID(actor.account), at
        row.link_hash = None
        if (posts := actor.holds(Role.HELPER)) and row.matters:
            row.kind, row.unit = MandateKind.HELPER, str(posts[0].unit)
            row.powers = sorted(CEILING[MandateKind.HELPER] & {Power(one) for one in row.powers})
        row.save(update_fields=["state", "holder", "taken_at", "link_hash", "kind", "unit", "powers"])
    _tell(row, "mandate.accepted")
    tell_account(UUID(actor.account), "mandate.held", link=f"/my/mandates/{row.id}", once=f"{row.id}:held")
    return row.giver_id


def decline_mandate(*, token: str, actor: Actor, at: datetime) -> None:
    """
    Decline; the link is used up and whoever asked is told.

    :raises LinkNotValid: see above.
    """
    with transaction.atomic():
        row = row_behind(token, actor=actor, at=at, lock=True)
        row.state, row.ended_at, row.ended_by = MandateState.DECLINED, at, UUID(actor.account)
        row.link_hash = None
        row.save(update_fields=["state", "ended_at", "ended_by", "link_hash"])
    _tell(row, "mandate.declined")


def _tell(row: MandateRow, key: str) -> None:
    link = "/account/agents" if row.kind == MandateKind.AGENT else f"/my/mandates/{row.id}"
    tell_party(row.giver_id, key, link=link, once=f"{row.id}:{key}")
