"""Opening and saving drafts (草稿): one load and one save for every verb of applying."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.drafts import Form, fill_form
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan, make_plan
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, may, require
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.materials.models import DraftMaterialRow

from ..catalogue.published import edition_by_id
from ..contents import Content, open_content, seal_content
from ..mandates.keeping import hold_mandate
from ..outside import outside
from ..visits.standing import DRAFT, note_look, visit_for
from .frozen import let_fall


class DraftFiled(Exception):
    """The draft was filed already; nothing in it can change any more."""

    def __init__(self, submission: UUID) -> None:
        super().__init__("这份申报已经提交过了，不会重复提交。请到“我的办件”看进度")
        self.submission = submission


@dataclass(slots=True)
class OpenDraft:
    """A draft in hand: its row, its content, and what follows from them."""

    row: DraftRow
    edition: Edition
    content: Content
    uploaded: frozenset[MaterialCode] = field(default_factory=frozenset)
    visited: bool = False  # whether its owner shows it to the clerk who has it in hand

    @property
    def at_window(self) -> bool:
        """Whether a window fills it in: begun there, or shown there by its owner."""
        return self.row.channel == "window" or self.visited

    def plan(self) -> Plan:
        """Return the plan as far as it can be made; what is unanswered stays open."""
        return make_plan(self.edition, self.content.situation(), strict=False)

    def form(self) -> Form:
        return fill_form(self.plan(), self.content.known())


def open_draft(draft: UUID, *, actor: Actor, for_update: bool = False) -> OpenDraft:
    """
    Return the draft to whoever may edit it.

    :raises NotPermitted: if it is not the actor's, or is not there; the answer is the same.
    """
    rows = DraftRow.objects.select_for_update() if for_update else DraftRow.objects
    row = rows.filter(pk=draft).first()
    if row is None:
        raise NotPermitted(Act.EDIT_DRAFT)
    thing = thing_of_draft(row)
    at = outside().clock.now()
    visit = None if may(actor, Act.EDIT_DRAFT, thing) else visit_for(row, actor=actor, at=at)
    require(actor, Act.EDIT_DRAFT, replace(thing, visited_by=str(visit.clerk) if visit else ""))
    if visit:
        note_look(visit, DRAFT, row.pk, at=at)
    return opened_draft(row, visited=visit is not None)


def opened_draft(row: DraftRow, *, visited: bool = False) -> OpenDraft:
    """Return a draft in hand; whoever calls has made sure that it may be looked at."""
    uploaded = DraftMaterialRow.objects.filter(draft=row).values_list("material", flat=True)
    return OpenDraft(
        row=row,
        edition=edition_by_id(row.edition_id),
        content=open_content(row.sealed, purpose="draft", under=row.wrapped_key),
        uploaded=frozenset(MaterialCode(code) for code in uploaded),
        visited=visited,
    )


def thing_of_draft(row: DraftRow) -> Thing:
    """Return what rights are asked about: whose it is; only a clerk who types for others is its owner beside him."""
    return Thing(
        party=str(row.party_id),
        owner=str(row.account_id) if row.channel == "window" else "",
        bundle=edition_by_id(row.edition_id).bundle.code,
        key=str(row.id),
    )


@contextmanager
def changing_draft(draft: UUID, *, actor: Actor, at: datetime) -> Iterator[OpenDraft]:
    """
    Give the draft to change, and save it as a whole at the end; of two at once the second waits.

    :raises NotPermitted: if it is not the actor's to edit.
    :raises DraftFiled: if it was filed already.
    """
    with transaction.atomic():
        opened = open_draft(draft, actor=actor, for_update=True)
        if opened.row.filed_as:
            raise DraftFiled(opened.row.filed_as)
        hold_mandate(actor, Act.EDIT_DRAFT, thing_of_draft(opened.row), at=at)
        yield opened
        save_draft(opened, at=at)


def save_draft(opened: OpenDraft, *, at: datetime) -> None:
    """Seal and write the draft; what others confirmed of it falls if it is no longer the same."""
    opened.row.sealed = seal_content(opened.content, purpose="draft", under=bytes(opened.row.wrapped_key))
    opened.row.version += 1
    opened.row.updated_at = at
    opened.row.save(update_fields=["sealed", "version", "updated_at"])
    let_fall(opened.row, opened.content, opened.plan, at=at)


def touch_draft(draft: UUID, *, actor: Actor, at: datetime) -> None:
    """Note that something was laid into the draft, without rewriting what others may be filling in."""
    with transaction.atomic():
        DraftRow.objects.filter(pk=draft).update(updated_at=at)
        opened = open_draft(draft, actor=actor)
        hold_mandate(actor, Act.EDIT_DRAFT, thing_of_draft(opened.row), at=at)
        let_fall(opened.row, opened.content, opened.plan, at=at)
