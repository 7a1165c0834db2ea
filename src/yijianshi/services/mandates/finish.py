"""
End a mandate (收回授权): one press, at once; what was begun by it goes back into the giver's hands with nothing lost.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.mandates import MandateNotPossible, MandateState, end
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, may, require
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.mandates.models import MandateRow

from ..people.telling import accounts_of, tell_account, tell_party
from .keeping import open_mandate


def thing_of(row: MandateRow) -> Thing:
    """Return what rights are asked about: who gave it, and who holds it."""
    return Thing(party=str(row.giver_id), owner=str(row.holder_id or ""))


def end_mandate(*, mandate: UUID, actor: Actor, at: datetime) -> None:
    """
    Take it back as the giver, or give it back as the holder; both are told.

    :raises NotPermitted: if the actor is neither, or there is none; the answer is the same.
    :raises MandateNotPossible: if it has ended already.
    """
    with transaction.atomic():
        row = MandateRow.objects.select_for_update().filter(pk=mandate).first()
        if row is None:
            raise NotPermitted(Act.END_MANDATE)
        require(actor, Act.END_MANDATE, thing_of(row))
        _close(row, actor, at=at)
    _tell(row)


def end_at_window(*, mandate: UUID, actor: Actor, at: datetime) -> None:
    """
    Take it back for a giver who stands at the window.

    :raises NotPermitted: if the actor works at no window, or it was not given there.
    """
    with transaction.atomic():
        row = MandateRow.objects.select_for_update().filter(pk=mandate).first()
        posts = actor.holds(Role.WINDOW)
        if row is None or not any(str(post.unit) == row.unit for post in posts):
            raise NotPermitted(Act.ATTEST_MANDATE)
        require(actor, Act.ATTEST_MANDATE, Thing(division=posts[0].unit.division))
        row.state = end(open_mandate(row), MandateState.REVOKED).state
        _write_end(row, actor, at=at)
    _tell(row)


def end_with_matter(*, submission: UUID, at: datetime) -> int:
    """End what helpers were given for one matter, once it is closed; return how many."""
    rows = MandateRow.objects.filter(matters__contains=[submission], state="active", kind="helper")
    return rows.update(state=MandateState.GIVEN_BACK, ended_at=at)


def _close(row: MandateRow, actor: Actor, *, at: datetime) -> None:
    by_giver = bool(actor.party) and actor.party == str(row.giver_id)
    if not by_giver and row.state == MandateState.OFFERED:
        raise MandateNotPossible("还没有接受，不用交还")
    row.state = end(open_mandate(row), MandateState.REVOKED if by_giver else MandateState.GIVEN_BACK).state
    _write_end(row, actor, at=at)


def _write_end(row: MandateRow, actor: Actor, *, at: datetime) -> None:
    row.ended_at, row.ended_by, row.link_hash = at, UUID(actor.account), None
    row.save(update_fields=["state", "ended_at", "ended_by", "link_hash"])
    own = accounts_of(row.giver_id)
    if row.holder_id and own:
        DraftRow.objects.filter(party=row.giver_id, account=row.holder_id, filed_as=None).exclude(
            channel="window"
        ).update(account=own[0])


def _tell(row: MandateRow) -> None:
    link = f"/my/mandates/{row.id}"
    if row.holder_id:
        tell_account(row.holder_id, "mandate.ended", link=link, once=f"{row.id}:ended")
    tell_party(row.giver_id, "mandate.back", link=link, once=f"{row.id}:back")


def may_end(row: MandateRow, actor: Actor) -> bool:
    """Return whether the reader may end it now."""
    return row.state in ("offered", "active") and may(actor, Act.END_MANDATE, thing_of(row))
