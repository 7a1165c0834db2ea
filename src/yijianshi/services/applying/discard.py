"""Throw a draft away (删草稿): what was handed in for it stays in the applicant's wallet."""

from uuid import UUID

from django.db import transaction

from yijianshi.domain.rights import Actor

from .drafting import DraftFiled, open_draft


def discard_draft(*, draft: UUID, actor: Actor) -> None:
    """
    Delete the draft for good.

    :raises NotPermitted: if it is not the actor's to edit.
    :raises DraftFiled: if it was filed; what was filed can only be withdrawn.
    """
    with transaction.atomic():
        opened = open_draft(draft, actor=actor, for_update=True)
        if opened.row.filed_as:
            raise DraftFiled(opened.row.filed_as)
        opened.row.delete()
