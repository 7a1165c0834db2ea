"""Which papers would fill fields of a draft, or could be handed in for it, as photographs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from yijianshi.domain.codes import ElementCode, MaterialCode
from yijianshi.domain.drafts import Form, FormField
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.paper_elements import Fillable, fillable, paper_called
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
    form: Form, plan: Plan, *, among: Iterable[FormField] | None = None
) -> tuple[Fillable, ...]:
    """Return the papers that would fill what is asked in the form, or in some fields of it; what this very thing issues is none."""
    elements = {field.element: plan.edition.elements[field.element] for field in form.fields}
    asked = [field.element for field in (form.fields if among is None else among) if field.turn == "ask"]
    licences = (item.result.licence for item in plan.items if item.result.licence)
    issued = {paper_called(plan.edition.licences[licence].name) for licence in licences}
    return tuple(paper for paper in fillable(elements, asked) if paper.kind not in issued)


def paper_by_key(form: Form, plan: Plan, key: str, *, claimed: Collection[str] = ()) -> PaperAsked | None:
    """
    Return the paper of the form under its key, with the document as which it could be handed in, or None.

    :param claimed: licences that the applicant says he holds and no store knows: their paper is to be handed in.
    """
    found = next((one for one in papers_filling(form, plan) if one.key == key), None)
    if found is None:
        return None
    wanted = (merged.material for merged in plan.materials if _is_wanted(merged, plan, claimed))
    return PaperAsked(
        found.kind, found.title, found, next((one for one in wanted if _is_of(one, plan, found)), None)
    )


def paper_by_material(
    form: Form, plan: Plan, material: str, *, claimed: Collection[str] = ()
) -> PaperAsked | None:
    """Return the paper that a document to be handed in is, with the fields of the form that it fills besides, or None."""
    merged = next((one for one in plan.materials if one.material == material), None)
    if merged is None or not _is_wanted(merged, plan, claimed):
        return None
    name = plan.edition.materials[merged.material].name
    kind = paper_called(name)
    if kind is None:
        return None
    fills = next((one for one in papers_filling(form, plan) if _is_of(merged.material, plan, one)), None)
    return PaperAsked(kind, fills.title if fills else name, fills, merged.material)


def elements_of(fills: Fillable, form: Form) -> tuple[tuple[str, ElementCode, FormField], ...]:
    """Return the fields of a paper beside those of the form, in the order of the paper."""
    there = {field.element: field for field in form.fields}
    return tuple((key, code, there[code]) for key, code in fills.elements.items() if code in there)


def _is_wanted(merged: MergedMaterial, plan: Plan, claimed: Collection[str]) -> bool:
    """Whether the applicant hands the document in: nobody is led to give what the departments share."""
    if merged.way is MaterialWay.SHARED:
        return plan.edition.materials[merged.material].licence in claimed
    return merged.way is MaterialWay.UPLOAD


def _is_of(material: MaterialCode, plan: Plan, paper: Fillable) -> bool:
    """Whether a document is this very paper: of its kind, and of the same person where there are several."""
    if paper_called(plan.edition.materials[material].name) is not paper.kind:
        return False
    return paper.kind is not PaperKind.ID_CARD or material.startswith(f"{paper.whose}-")
