"""A photograph as its page shows it: how far the reading is, what was read beside what is known, and what is wrong with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from yijianshi.domain.codes import ElementCode
from yijianshi.domain.drafts import FormField
from yijianshi.domain.paper_elements import in_form
from yijianshi.domain.paper_marks import PaperKind
from yijianshi.domain.photograph_faults import Fault, faults_of, other_side_missing
from yijianshi.domain.reading_lines import Photograph
from yijianshi.domain.reading_papers import PaperField, Standing, read_paper
from yijianshi.domain.rights import Act, Actor, NotPermitted
from yijianshi.store.photographs.models import PhotographRow

from ..applying.drafting import DraftFiled, OpenDraft, open_draft
from ..outside import outside
from .asked import PaperAsked, elements_of
from .take import PREVIEW, SEEN, asked_of

#: After so long nobody waits any more; the form is filled in by hand.
PATIENCE = timedelta(seconds=100)
_decoder = msgspec.json.Decoder(Photograph)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRead:
    """One field of the form beside what the paper says of it."""

    element: ElementCode
    field: FormField
    standing: Standing
    value: Any = None  # in the words of the form; None where nothing is taken
    why: str = ""  # of what was not taken
    differs: bool = False  # from what a register already says


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotographRead:
    """One photograph and everything that its page needs."""

    id: UUID
    draft: UUID
    asked: PaperAsked
    state: str  # waiting | running | done | failed | late
    why_failed: str
    faults: tuple[Fault, ...] = ()
    fields: tuple[FieldRead, ...] = ()
    may_hand_in: bool = False
    has_content: bool = True  # an unreadable one has gone already
    from_materials: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in (PhotographRow.WAITING, PhotographRow.RUNNING)

    @property
    def open_fields(self) -> tuple[FieldRead, ...]:
        """Return the fields that the applicant is asked for."""
        return tuple(one for one in self.fields if one.field.turn == "ask")


def look_at_photograph(photograph: UUID, *, actor: Actor, at: datetime, on: date) -> PhotographRead:
    """
    Return a photograph to whoever may edit its draft.

    :raises NotPermitted: if it is not the actor's, or is gone; the answer is the same.
    :raises DraftFiled: if the draft was filed meanwhile.
    """
    row, opened = open_photograph(photograph, actor=actor)
    return read_row(row, opened, at=at, on=on)


def open_photograph(
    photograph: UUID, *, actor: Actor, for_update: bool = False
) -> tuple[PhotographRow, OpenDraft]:
    """Return a photograph and its draft. :raises NotPermitted: and :raises DraftFiled: as above."""
    rows = PhotographRow.objects.select_for_update() if for_update else PhotographRow.objects
    row = rows.defer("content_sealed", "preview_sealed").filter(pk=photograph).first()
    if row is None:
        raise NotPermitted(Act.EDIT_DRAFT)
    opened = open_draft(row.draft_id, actor=actor)
    if opened.row.filed_as:
        raise DraftFiled(opened.row.filed_as)
    return row, opened


def read_row(row: PhotographRow, opened: OpenDraft, *, at: datetime, on: date) -> PhotographRead:
    """Return what a photograph says of the draft as it stands now."""
    asked = asked_of(opened, paper=row.paper, material=row.material if row.from_materials else "")
    state = row.state
    if state in (PhotographRow.WAITING, PhotographRow.RUNNING) and row.at + PATIENCE < at:
        state = "late"
    read = PhotographRead(
        id=row.id, draft=row.draft_id, asked=asked, state=state, why_failed=row.why_failed,
        may_hand_in=asked.material is not None, from_materials=row.from_materials,
        has_content=row.is_picture,
    )  # fmt: skip
    if state != PhotographRow.DONE:
        return read
    photograph = seen_on(row, opened)
    paper = read_paper(photograph, asked.kind)
    faults = list(faults_of(photograph, paper, asked=asked.kind, on=on))
    if asked.material and asked.kind is PaperKind.ID_CARD and (other := other_side_missing([asked.kind])):
        faults.append(other)
    by_key = {field.key: field for field in paper.fields}
    fields: tuple[FieldRead, ...] = ()
    if asked.fills is not None:
        fields = tuple(
            _field_read(by_key[key], code, field, opened)
            for key, code, field in elements_of(asked.fills, opened.form())
            if key in by_key and field.turn != "later"
        )
    return replace(read, faults=tuple(faults), fields=fields)


def preview_of(photograph: UUID, *, actor: Actor) -> bytes:
    """Return the small upright picture. :raises NotPermitted: if it is not the actor's, or is gone."""
    row, opened = open_photograph(photograph, actor=actor)
    if not row.preview_sealed:
        raise NotPermitted(Act.EDIT_DRAFT)
    return outside().crypto.unseal(
        bytes(row.preview_sealed), purpose=PREVIEW, under=bytes(opened.row.wrapped_key)
    )


def seen_on(row: PhotographRow, opened: OpenDraft) -> Photograph:
    """Return what the reader saw."""
    return _decoder.decode(
        outside().crypto.unseal(bytes(row.seen_sealed), purpose=SEEN, under=bytes(opened.row.wrapped_key))
    )


def _field_read(paper: PaperField, code: ElementCode, field: FormField, opened: OpenDraft) -> FieldRead:
    element = opened.edition.elements[code]
    value = None if paper.standing is Standing.DECLINED else in_form(paper.value, element)
    standing, why = paper.standing, paper.why
    if paper.standing is not Standing.DECLINED and value is None:
        standing, why = Standing.DECLINED, "表里没有这一项可选，请自己选"
    known = field.value.value if field.value and field.turn != "ask" else None
    return FieldRead(
        element=code, field=field, standing=standing, value=value, why=why,
        differs=known is not None and value is not None and str(known) != str(value),
    )  # fmt: skip
