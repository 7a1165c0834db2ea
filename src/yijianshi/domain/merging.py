"""
Many forms become one, and its answers are cut back into exactly what each item asked for (多表合一).

`merge_fields` and `split_answers` are inverse: asked once, nothing lost, nobody gets what he did not ask for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .catalogue import Field, MaterialNeed, Owing, ServiceItem
from .codes import ElementCode, ItemCode, LicenceCode, MaterialCode
from .conditions import Circumstances, Condition, evaluate
from .editions import Edition
from .sharing import FieldWay, MaterialWay, way_of_field, way_of_material

Answers = Mapping[ElementCode, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedField:
    """One question of the one form, and the items whose own forms it serves."""

    element: ElementCode
    way: FieldWay
    source: str  # the `prefill` of the field that decided the way
    required: bool
    asked_by: tuple[ItemCode, ...]
    repeat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedMaterial:
    """One document of the one set, and the items that use it."""

    material: MaterialCode
    way: MaterialWay
    needed_by: tuple[ItemCode, ...]
    produced_by: tuple[ItemCode, ...] = ()
    replaceable_by_commitment: bool = False
    owable: Owing | None = (
        None  # whether it may be handed in later, and then within the shortest of its items' limits
    )


def fields_in_force(item: ServiceItem, edition: Edition, circumstances: Circumstances) -> tuple[Field, ...]:
    """Return the fields that the item asks for in these circumstances; the common ones are the form's own."""
    common = {field.element for field in edition.common_fields}
    return tuple(
        field
        for field in item.fields
        if field.element not in common
        and (field.required_if is None or evaluate(field.required_if, circumstances) is True)
    )


def merge_fields(
    items: Sequence[ServiceItem],
    edition: Edition,
    circumstances: Circumstances,
    *,
    held: Collection[LicenceCode] = (),
) -> tuple[MergedField, ...]:
    """
    Return the one form of `items`, given in processing order.

    The first item that asks for an element decides how it is come by; later ones are served along with it.
    """
    chosen = frozenset(item.code for item in items)
    asked: dict[ElementCode, list[tuple[ItemCode, Field]]] = {}
    for item in items:
        for field in fields_in_force(item, edition, circumstances):
            asked.setdefault(field.element, []).append((item.code, field))
    return tuple(
        MergedField(
            element=element,
            way=way_of_field(first, edition, chosen=chosen, held=held),
            source=first.prefill,
            required=any(field.required for _, field in uses),
            asked_by=tuple(dict.fromkeys(code for code, _ in uses)),
            repeat=first.repeat,
        )
        for element, uses in asked.items()
        for _, first in uses[:1]
    )


def split_answers(
    items: Sequence[ServiceItem], edition: Edition, circumstances: Circumstances, answers: Answers
) -> dict[ItemCode, dict[ElementCode, Any]]:
    """Return, for each item, the answers to the fields it asked for and nothing else."""
    return {
        item.code: {
            field.element: answers[field.element]
            for field in fields_in_force(item, edition, circumstances)
            if field.element in answers
        }
        for item in items
    }


def merge_materials(
    items: Sequence[ServiceItem], edition: Edition, circumstances: Circumstances
) -> tuple[MergedMaterial, ...]:
    """
    Return the one set of materials of `items`, each document once, given in processing order.

    The first item that needs a document says how it is come by: what an item of this choice produces for it is
    requested from nobody, and what it needs before anybody could produce it is an earlier document, such as the
    seller's property certificate.
    """
    chosen = frozenset(item.code for item in items)
    merged: dict[MaterialCode, MergedMaterial] = {}
    for item in items:
        for need in item.materials:
            if not _holds(need.required_if, circumstances, otherwise=need.required):
                continue
            seen = merged.get(need.material)
            way = seen.way if seen else way_of_material(need, edition.materials[need.material], chosen=chosen)
            producers = (*(seen.produced_by if seen else ()), *(p for p in need.produced_by if p in chosen))
            merged[need.material] = MergedMaterial(
                material=need.material,
                way=way,
                needed_by=(*seen.needed_by, item.code) if seen else (item.code,),
                produced_by=tuple(dict.fromkeys(producers)),
                replaceable_by_commitment=need.replaceable_by_commitment
                and (not seen or seen.replaceable_by_commitment),
                owable=_owable(need, item, way, seen),
            )
    return tuple(merged.values())


def count_raw(
    items: Sequence[ServiceItem], edition: Edition, circumstances: Circumstances
) -> tuple[int, int]:
    """Return how many fields and how many materials the same items ask for one by one."""
    fields = sum(len(fields_in_force(item, edition, circumstances)) for item in items)
    materials = sum(
        _holds(need.required_if, circumstances, otherwise=need.required)
        for item in items
        for need in item.materials
    )
    return fields, materials


def _owable(
    need: MaterialNeed, item: ServiceItem, way: MaterialWay, seen: MergedMaterial | None
) -> Owing | None:
    """A document may be owed only if every item that needs it lets it be, and an officer decides about each."""
    if need.owable is None or way is not MaterialWay.UPLOAD or item.is_automatic:
        return None
    if seen is None:
        return need.owable
    return min(seen.owable, need.owable, key=lambda owing: owing.within) if seen.owable else None


def _holds(condition: Condition | None, circumstances: Circumstances, *, otherwise: bool) -> bool:
    """An unanswered condition does not hold yet: what depends on it appears once its question is answered."""
    return otherwise if condition is None else evaluate(condition, circumstances) is True
