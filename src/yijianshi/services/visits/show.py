"""Show a code at the counter (亮码): eight digits for two minutes, of which only a keyed hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.domain.visits import CODE_LASTS, DIGITS
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.keys import new_id
from yijianshi.store.visits.models import CodeRow

from ..catalogue.published import edition_by_id
from ..outside import outside

_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A code as its owner shows it; the digits are nowhere else."""

    id: UUID
    digits: str
    until: datetime
    title: str  # of the one draft that is shown; empty: all


def mark_of_code(digits: str) -> bytes:
    """Return the keyed hash under which a code is found."""
    return outside().crypto.fingerprint(digits, purpose="visit-code")


def show_code(*, actor: Actor, draft: UUID | None = None, at: datetime) -> Shown:
    """
    Return a fresh code; the one shown before is no longer good.

    :param draft: the only draft that is shown; none shows all that are open.
    :raises NotPermitted: if the actor stands for nobody, or the draft is not his.
    """
    require(actor, Act.SHOW_CODE, Thing(party=actor.party))
    party, account = UUID(actor.party), UUID(actor.account)
    title = ""
    if draft:
        mine = DraftRow.objects.filter(pk=draft, party=party, account=account, filed_as=None)
        edition = mine.values_list("edition_id", flat=True).first()
        if edition is None:
            raise NotPermitted(Act.SHOW_CODE)
        title = edition_by_id(edition).bundle.title
    CodeRow.objects.filter(Q(used_at=None) | Q(until__lt=at - _KEPT), account=account).delete()
    while True:
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        row, is_new = CodeRow.objects.get_or_create(
            mark=mark_of_code(digits),
            defaults={
                "id": new_id(), "party_id": party, "account_id": account, "draft_id": draft,
                "made_at": at, "until": at + CODE_LASTS,
            },
        )  # fmt: skip
        if is_new:  # else somebody shows, or has just used, these very digits
            return Shown(row.id, digits, row.until, title)
