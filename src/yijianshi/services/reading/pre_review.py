"""
The list of the one pre-review (预审清单), made from the catalogue: documents with what to look at, items' own points,
and values to which the applicant objects.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ElementCode, ItemCode
from yijianshi.domain.corrections import Target, name_of_target
from yijianshi.domain.plans import Plan
from yijianshi.domain.reforms import basis_of_material
from yijianshi.domain.rights import Act, Actor, Role, require
from yijianshi.domain.submissions import slice_for
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.planning import plan_for
from ..contents import Content, open_text
from ..handling.content import open_revision
from ..handling.loading import Loaded, load_submission
from ..handling.remark import remarks_of
from ..people.parties import PartyKnown, know_party
from .case_materials import FileRead, MaterialRead, read_materials
from .case_values import ValueRead, read_values
from .reading_log import PAGE, note_read, unit_of

#: By these words a point of the list tells the clerk what not to demand.
FORBIDDING = ("不收", "不以此为由", "不要求提供")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a remark on a line may be about."""

    target: Target
    code: str
    name: str

    @property
    def key(self) -> str:
        return f"{self.target}:{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the list: what to look at, where a remark on it would go, on whose law."""

    key: str
    name: str
    about: str
    files: tuple[FileRead, ...]
    places: tuple[Place, ...]
    cases: tuple[UUID, ...]  # the received cases that the place belongs to, for a document or a field
    basis: str
    remarked: str  # the reason, where a remark was made before


@dataclass(frozen=True, slots=True, kw_only=True)
class PreReview:
    """The whole list with what the clerk needs beside it."""

    submission: UUID
    number: str
    title: str
    bundle: str
    state: str
    received_at: datetime
    collect_until: date
    pre_reviewed_at: datetime | None
    applicant: PartyKnown
    items: tuple[tuple[str, str], ...]  # name, state
    lines: tuple[Line, ...]
    by_itself: tuple[str, ...]  # documents that nobody hands in
    values: tuple[ValueRead, ...]
    not_to_ask: tuple[str, ...]  # rules that forbid asking for something: to be known, not to be ticked
    unit: str

    @property
    def is_open(self) -> bool:
        return self.state == "received" and self.pre_reviewed_at is None


def read_pre_review(*, submission: UUID, actor: Actor, at: datetime) -> PreReview:
    """
    Return the list to the window or the coordinator; that he looked is written down.

    :raises NotPermitted: if the submission is not the actor's to pre-review, or is not there.
    """
    loaded = load_submission(submission)
    require(actor, Act.PRE_REVIEW, loaded.thing())
    row = SubmissionRow.objects.only("title_sealed", "collect_until").get(pk=submission)
    content = open_revision(submission)
    plan = plan_for(loaded.edition_id, content.situation())
    remarked = {
        f"{kept.remark.target}:{kept.remark.code}": kept.remark.reason
        for kept in remarks_of(submission, states=("open", "asked", "answered"))
    }
    materials = read_materials(plan, content, [item.code for item in plan.items])
    known = content.known()
    values = read_values(
        {f.element: known[f.element] for f in plan.fields if f.element in known}, loaded.edition
    )
    received = {
        case.now.item: case.now.id for case in reversed(loaded.cases) if case.now.state is State.RECEIVED
    }
    lines = [
        *_of_objections(values, plan, received, remarked),
        *_of_materials([m for m in materials if m.files], plan, received, remarked),
        *_of_items(loaded, plan, content, received),
    ]
    unit = unit_of(actor, Role.WINDOW) or loaded.lead_unit
    note_read(PAGE, submission=submission, actor=actor, unit=unit, at=at)
    return PreReview(
        submission=submission,
        number=loaded.number,
        title=open_text(row.title_sealed, purpose="title"),
        bundle=loaded.edition.bundle.title,
        state=loaded.state,
        received_at=loaded.received_at,
        collect_until=row.collect_until,
        pre_reviewed_at=loaded.pre_reviewed_at,
        applicant=know_party(loaded.party),
        items=tuple((loaded.edition.item(now.item).plain_name, now.state) for now in loaded.nows),
        lines=tuple(lines),
        by_itself=tuple(m.name for m in materials if not m.files),
        values=values,
        not_to_ask=tuple(text for item in plan.items for text in item.checklist if forbids(text)),
        unit=unit,
    )


def forbids(text: str) -> bool:
    """Return whether a point of the list says, in each of its clauses, what must not be asked for."""
    return all(any(word in clause for word in FORBIDDING) for clause in text.split("，"))


def _of_objections(
    values: tuple[ValueRead, ...], plan: Plan, received: dict[ItemCode, UUID], remarked: dict[str, str]
) -> list[Line]:
    asked_by = {field.element: field.asked_by for field in plan.fields}
    lines = []
    for value in values:
        if not value.objected:
            continue
        askers = [code for code in asked_by[ElementCode(value.code)] if code in received]
        place = Place(target=Target.FIELD, code=value.code, name=value.name)
        lines.append(
            Line(
                key=place.key,
                name=f"{value.name}：申请人说登记有误",
                about=f"登记为“{value.registered}”，申请人写“{value.value}”。看证明材料对不对得上",
                files=(),
                places=(place,),
                cases=tuple(received[code] for code in askers),
                basis=str(plan.edition.item(askers[0]).basis[0])
                if askers and plan.edition.item(askers[0]).basis
                else "",
                remarked=remarked.get(place.key, ""),
            )
        )
    return lines


def _of_materials(
    materials: list[MaterialRead], plan: Plan, received: dict[ItemCode, UUID], remarked: dict[str, str]
) -> list[Line]:
    needed_by = {m.material: m.needed_by for m in plan.materials}
    lines = []
    for material in materials:
        items = [code for merged, codes in needed_by.items() if merged == material.code for code in codes]
        place = Place(target=Target.MATERIAL, code=material.code, name=material.name)
        lines.append(
            Line(
                key=place.key,
                name=material.name,
                about="看：" + "；".join(material.checks)
                if material.checks
                else "看：清楚、完整、盖章签字齐",
                files=material.files,
                places=(place,),
                cases=tuple(received[code] for code in items if code in received),
                basis=str(basis_of_material(plan, material.code, items) or ""),  # type: ignore[arg-type]
                remarked=remarked.get(place.key, ""),
            )
        )
    return lines


def _of_items(loaded: Loaded, plan: Plan, content: Content, received: dict[ItemCode, UUID]) -> list[Line]:
    lines = []
    known = content.known()
    for item in plan.items:
        if item.code not in received:
            continue
        places = [
            Place(target=Target.FIELD, code=code, name=loaded.edition.elements[code].name)
            for code in slice_for(plan, item.code, known)
        ] + [
            Place(
                target=Target.MATERIAL,
                code=m.material,
                name=name_of_target(Target.MATERIAL, m.material, loaded.edition),
            )
            for m in plan.materials
            if item.code in m.needed_by
        ]
        lines += [
            Line(
                key=f"item:{item.code}:{number}",
                name=text,
                about=item.plain_name,
                files=(),
                places=tuple(places),
                cases=(received[item.code],),
                basis=str(item.basis[0]) if item.basis else "",
                remarked="",
            )
            for number, text in enumerate(item.checklist)
            if not forbids(text)
        ]
    return lines
