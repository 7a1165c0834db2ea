"""Which papers would fill fields of a draft, or could be handed in for it, as photographs."""

from collections.abc import Iterable
from dataclasses import dataclass

from yijianshi.domain.codes import ElementCode, MaterialCode
from yijianshi.domain.drafts import Form, FormField
from yijianshi.domain.editions import Edition
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.paper_elements import Fillable, fillable, paper_of_material
from yijianshi.domain.paper_marks import PaperKind
from yijianshi.domain.plans import Plan
from yijianshi.domain.sharing import MaterialWay


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A paper to be photographed: of which kind, which fields it fills, as which document it could be handed in."""

    kind: PaperKind
    title: str
    fills: Fillable | None = None
    material: MaterialCode | None = None


def papers_filling(
    form: Form, edition: Edition, *, among: Iterable[FormField] | None = None
) -> tuple[Fillable, ...]:
    """Return the papers that would fill what is asked in the form, or in some fields of it."""
    elements = {field.element: edition.elements[field.element] for field in form.fields}
    asked = [field.element for field in (form.fields if among is None else among) if field.turn == "ask"]
    return fillable(elements, asked)


def paper_by_key(form: Form, plan: Plan, key: str) -> PaperAsked | None:
    """Return the paper of the form under its key, with the document as which it could be handed in, or None."""
    found = next((one for one in papers_filling(form, plan.edition) if one.key == key), None)
    if found is None:
        return None
    material = next(
        (merged.material for merged in plan.materials if _is_of(merged, plan.edition, found)), None
    )
    return PaperAsked(found.kind, found.title, found, material)


def paper_by_material(form: Form, plan: Plan, material: str) -> PaperAsked | None:
    """Return the paper that a document is, with the fields of the form that it fills besides, or None."""
    merged = next((one for one in plan.materials if one.material == material), None)
    if merged is None or merged.way in (MaterialWay.GENERATED, MaterialWay.PRODUCED):
        return None
    wanted = plan.edition.materials[merged.material]
    kind = paper_of_material(wanted.licence, wanted.name)
    if kind is None:
        return None
    every = papers_filling(form, plan.edition)
    fills = next((one for one in every if _is_of(merged, plan.edition, one)), None)
    return PaperAsked(kind, fills.title if fills else wanted.name, fills, merged.material)


def elements_of(fills: Fillable, form: Form) -> tuple[tuple[str, ElementCode, FormField], ...]:
    """Return the fields of a paper beside those of the form, in the order of the paper."""
    there = {field.element: field for field in form.fields}
    return tuple((key, code, there[code]) for key, code in fills.elements.items() if code in there)


def _is_of(merged: MergedMaterial, edition: Edition, paper: Fillable) -> bool:
    """Whether a document is this very paper: of its kind, and of the same person where there are several."""
    material = edition.materials[merged.material]
    if paper_of_material(material.licence, material.name) is not paper.kind:
        return False
    if paper.kind is not PaperKind.ID_CARD:
        return True
    return merged.material.startswith(f"{paper.whose}-")
