"""A draft as its pages show it (草稿): the one form in groups, what is laid into it, and what still stands in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.codes import DivisionCode, ElementCode, LicenceCode, MaterialCode
from yijianshi.domain.deadlines import promised_day
from yijianshi.domain.drafts import Form, FormField, Trouble, fill_form, troubles_of
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Offer, Plan, offers
from yijianshi.domain.rights import Actor
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.workdays import Day
from yijianshi.store.materials.models import CopyRow, DraftMaterialRow

from ..applying.drafting import DraftFiled, OpenDraft, open_draft
from ..applying.members import troubles_of_members
from ..applying.owe import broken_promises, promised
from ..applying.seal import missing_papers
from ..contents import open_text
from ..outside import outside
from ..people.credit import why_left_out
from ..people.parties import PartyKnown, know_party
from .members import MemberList, member_lists
from .together import SignerSeen, signers_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidFile:
    """A file in the draft, or one in the wallet that could be laid into it."""

    copy: UUID
    material: str
    name: str
    size: int
    at: datetime
    is_clean: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One heading of the form: how many of its fields are done, counting only what must or may still be given."""

    name: str
    fields: tuple[FormField, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """An answer to the situation that a register contradicts: the register wins, and it is said."""

    name: str
    said: Any
    registered: Any
    element: str
    question: str
    unit: str
    objected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRead:
    """Everything the pages of a draft need."""

    id: UUID
    saved_at: datetime
    at_window: bool
    party: PartyKnown
    division: DivisionCode
    plan: Plan
    form: Form
    groups: tuple[Group, ...]
    offers: tuple[Offer, ...]
    answers: Mapping[str, Any]
    held: tuple[LicenceCode, ...]
    claimed: tuple[LicenceCode, ...]
    replaced: tuple[Replaced, ...]
    unavailable: tuple[str, ...]
    laid: tuple[LaidFile, ...]
    troubles: tuple[Trouble, ...]  # of the fields
    missing: tuple[Trouble, ...]  # of the materials
    promised: Day
    owed: Mapping[str, date]  # documents promised for later, with the day
    left_out: str  # why the applicant may not commit himself, if so
    signers: tuple[SignerSeen, ...]  # who signs, and who has confirmed
    lists: tuple[MemberList, ...]  # of the members of each group
    visited: bool = False  # whether its owner shows it to the clerk who reads it

    @property
    def edition(self) -> Edition:
        return self.plan.edition

    @property
    def cases(self) -> int:
        """Return how many cases come of it, one per item and member of a list."""
        return sum(self.plan.cases_by_item.values())

    @property
    def title(self) -> str:
        return self.edition.bundle.title

    def files_for(self, material: str) -> tuple[LaidFile, ...]:
        return tuple(file for file in self.laid if file.material == material)

    @property
    def first_unfinished(self) -> int | None:
        """Return the number of the first group with something missing or wrong, or None."""
        wanting = {trouble.key for trouble in self.troubles}
        for n, group in enumerate(self.groups):
            if any(field.element in wanting for field in group.fields):
                return n
        return None


def read_draft(draft: UUID, *, actor: Actor, on: date) -> DraftRead:
    """
    Return the draft to whoever may edit it; five queries.

    :raises NotPermitted: if it is not the actor's, or is not there.
    :raises DraftFiled: if it was filed; nothing in it can change any more.
    """
    opened = open_draft(draft, actor=actor)
    if opened.row.filed_as:
        raise DraftFiled(opened.row.filed_as)
    return read_opened(opened, on=on)


def read_opened(opened: OpenDraft, *, on: date) -> DraftRead:
    """Return a draft that is in hand as its pages show it."""
    draft = opened.row.pk
    content, plan = opened.content, opened.plan()
    form = fill_form(plan, content.known())
    troubles = (*troubles_of(form, plan.edition), *troubles_of_members(content, plan))
    laid = _laid(draft)
    return DraftRead(
        id=draft,
        saved_at=opened.row.updated_at,
        at_window=opened.at_window,
        party=know_party(opened.row.party_id),
        division=DivisionCode(content.division),
        plan=plan,
        form=form,
        groups=_groups(form, {trouble.key for trouble in troubles}),
        offers=offers(plan.edition, plan.situation),
        answers=content.answers,
        held=tuple(LicenceCode(code) for code in content.held),
        claimed=tuple(LicenceCode(code) for code in content.claimed),
        replaced=_replaced(opened),
        unavailable=_names_of_registers(content.unavailable, plan.edition),
        laid=laid,
        troubles=troubles,
        missing=_missing(opened, plan, {file.material for file in laid}, on=on),
        promised=promised_day(plan, outside().calendar, start=on),
        owed={
            merged.material: day
            for merged, day in promised(plan, content.owed, laid={file.material for file in laid}).items()
        },
        left_out=why_left_out(opened.row.party_id),
        signers=signers_seen(opened.row, content, plan),
        lists=member_lists(plan, content),
        visited=opened.visited,
    )


def wallet_for(
    actor_party: UUID, materials: Iterable[str], *, without: Iterable[UUID] = ()
) -> dict[str, LaidFile]:
    """Return the newest file in the party's wallet for each of the documents; one query."""
    rows = CopyRow.objects.filter(holder=actor_party, material__in=list(materials)).exclude(
        pk__in=list(without)
    )
    found: dict[str, LaidFile] = {}
    for row in rows.select_related("blob").order_by("-obtained_at", "-id")[:200]:
        found.setdefault(row.material, _file(row))
    return found


def _groups(form: Form, wanting: set[str]) -> tuple[Group, ...]:
    groups = []
    for name, fields in form.groups:
        shown = [field for field in fields if field.turn != "later"]
        counted = [field for field in shown if field.required or field.value is not None]
        done = sum(field.element not in wanting for field in counted)
        if shown:
            groups.append(Group(name=name, fields=tuple(fields), done=done, total=len(counted)))
    return tuple(groups)


def _replaced(opened: OpenDraft) -> tuple[Replaced, ...]:
    found = []
    for question in opened.edition.bundle.questions:
        kept = opened.content.values.get(question.element or "")
        if question.key in opened.content.replaced and kept is not None:
            found.append(
                Replaced(
                    name=opened.edition.elements[ElementCode(str(question.element))].name,
                    said=opened.content.replaced[question.key],
                    registered=kept.registered if kept.objected else kept.value,
                    element=str(question.element),
                    question=question.key,
                    unit=question.unit,
                    objected=kept.objected,
                )
            )
    return tuple(found)


def _missing(opened: OpenDraft, plan: Plan, laid: set[str], *, on: date) -> tuple[Trouble, ...]:
    owed = opened.content.owed
    later = {merged.material for merged in promised(plan, owed, laid=laid)}
    found = [
        Trouble(f"material:{m.material}", f"{plan.edition.materials[m.material].name}：还没有上传")
        for m in plan.materials
        if m.way is MaterialWay.UPLOAD and m.material not in laid and m.material not in later
    ]
    found += broken_promises(plan, owed, laid=laid, on=on)
    return (*found, *missing_papers(plan, opened.content, frozenset(laid)))


def _names_of_registers(codes: Iterable[str], edition: Edition) -> tuple[str, ...]:
    known = {str(code): resource.name for code, resource in edition.resources.items()}
    return tuple(known[code] for code in codes if code in known)


def _laid(draft: UUID) -> tuple[LaidFile, ...]:
    rows = DraftMaterialRow.objects.filter(draft=draft).select_related("copy__blob").order_by("id")
    return tuple(_file(row.copy, material=row.material) for row in rows)


def _file(row: CopyRow, *, material: str = "") -> LaidFile:
    return LaidFile(
        copy=row.id,
        material=MaterialCode(material or row.material),
        name=open_text(row.name_sealed, purpose="file-name"),
        size=row.blob.size,
        at=row.obtained_at,
        is_clean=row.blob.scan == "clean",
    )


def field_of(read: DraftRead, element: str) -> FormField | None:
    """Return the field of the form with that element, or None."""
    return next((field for field in read.form.fields if field.element == ElementCode(element)), None)
