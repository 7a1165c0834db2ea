"""Throw a draft away (删草稿): what was handed in for it stays in the applicant's wallet."""

from uuid import UUID

from django.db import transaction

from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.store.custody.models import PaperRow

from .drafting import DraftFiled, open_draft, thing_of_draft


def discard_draft(*, draft: UUID, actor: Actor) -> None:
    """
    Delete the draft for good.

    :raises NotPermitted: if it is not the actor's to edit.
    :raises DraftFiled: if it was filed; what was filed can only be withdrawn.
    :raises CustodyNotPossible: if a window still holds originals for it.
    """
    with transaction.atomic():
        opened = open_draft(draft, actor=actor, for_update=True)
        if actor.giver:  # to fill in for another is not to throw away what is his
            require(actor, Act.WITHDRAW, thing_of_draft(opened.row))
        if opened.row.filed_as:
            raise DraftFiled(opened.row.filed_as)
        if opened.visited:  # shown to a clerk to work on, not to throw away
            raise NotPermitted(Act.EDIT_DRAFT)
        if PaperRow.objects.filter(draft=draft, submission=None).exclude(holder="").exists():
            raise CustodyNotPossible("为这份草稿收存的原件还没有交还；先把原件交还，再删草稿")
        opened.row.delete()
