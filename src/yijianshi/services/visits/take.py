"""Take a code that a citizen shows (验码): once, by one clerk; from then on he sees identity, documents and open drafts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.visits import (
    TRIES_WITHIN,
    VISIT_LASTS,
    CodeNotTaken,
    ShownCode,
    check_taken,
    check_tries,
    read_code,
)
from yijianshi.store.keys import new_id
from yijianshi.store.visits.models import CodeRow, VisitRow, WaitingRow, WrongCodeRow

from ..custody.places import window_of
from .show import mark_of_code
from .standing import PERSON, note_look


def take_code(*, actor: Actor, text: str, at: datetime) -> UUID:
    """
    Open a visit with what a scanner, a camera or a citizen's voice gave, and return it.

    :raises NotPermitted: if the actor works at no window.
    :raises CodeNotTaken: if it is no code of ours, is unknown, used or too old, or too many were wrong.
    """
    require(actor, Act.TAKE_CODE, Thing())
    place, clerk = window_of(actor), UUID(actor.account)
    check_tries(WrongCodeRow.objects.filter(account=clerk, at__gt=at - TRIES_WITHIN).count())
    digits = read_code(text)
    try:
        return _take(digits, place=place, clerk=clerk, at=at)
    except CodeNotTaken:
        WrongCodeRow.objects.filter(account=clerk, at__lte=at - TRIES_WITHIN).delete()
        WrongCodeRow.objects.create(account=clerk, at=at)
        raise


def _take(digits: str, *, place: str, clerk: UUID, at: datetime) -> UUID:
    with transaction.atomic():
        code = CodeRow.objects.select_for_update().filter(mark=mark_of_code(digits)).first()
        check_taken(ShownCode(code.until, code.used_at) if code else None, at=at)
        assert code is not None  # what is None was refused
        code.used_at = at
        code.save(update_fields=["used_at"])
        same = VisitRow.objects.filter(party=code.party_id, account=code.account_id, ended_at=None)
        same.filter(until__gt=at).update(ended_at=at, ended_by=clerk)  # shown to one clerk at a time
        visit = VisitRow.objects.create(
            id=new_id(), party_id=code.party_id, account_id=code.account_id, draft_id=code.draft_id,
            clerk=clerk, place=place, opened_at=at, until=at + VISIT_LASTS,
        )  # fmt: skip
        waits = WaitingRow.objects.filter(party=code.party_id, account=code.account_id, place=place)
        waits.filter(left_at=None, served_at=None, until__gt=at).update(served_at=at)
        note_look(visit, PERSON, code.party_id, at=at)
    return visit.id
