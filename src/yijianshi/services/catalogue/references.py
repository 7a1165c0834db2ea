"""
Whatever one part of the catalogue names must be there: the rules without which nothing can be planned.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from yijianshi.domain.catalogue import (
    ASKED,
    COMPUTED,
    PRIOR,
    Bundle,
    Catalogue,
    Field,
    MaterialNeed,
    ServiceItem,
)

from .findings import Place, Remark

_SPECIAL_SOURCES = (ASKED, COMPUTED, PRIOR)
_SAID = {
    "element": "数据元",
    "material": "材料",
    "resource": "共享来源",
    "department": "部门",
    "licence": "证照类型",
    "division": "行政区划",
    "bundle": "一件事",
    "item": "事项",
}


def reference_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every code that leads nowhere."""
    yield from _shared_parts(catalogue)
    for bundle in catalogue.bundles.values():
        yield from _bundle(bundle, catalogue)


def unknown(kind: str, code: str, place: Place, known: Iterable[str]) -> Remark:
    """Return the remark that `code` names nothing, with the codes that come nearest."""
    near = _nearest(code, known)
    remedy = f"改成 {near}，或补上这个{_SAID[kind]}" if near else f"补上这个{_SAID[kind]}，或改正编码"
    return Remark(f"unknown-{kind}", place, f"没有编码为“{code}”的{_SAID[kind]}", remedy)


def _nearest(code: str, known: Iterable[str]) -> str:
    return " 或 ".join(get_close_matches(code, list(known), n=2, cutoff=0.75))


def _shared_parts(c: Catalogue) -> Iterator[Remark]:
    items: set[str] = {item.code for bundle in c.bundles.values() for item in bundle.items}
    for element in c.elements.values():
        for source in element.sources:
            if source not in c.resources:
                yield unknown("resource", source, ("elements", element.code, "sources", source), c.resources)
    for material in c.materials.values():
        place: Place = ("materials", material.code)
        if material.licence and material.licence not in c.licences:
            yield unknown("licence", material.licence, (*place, "licence"), c.licences)
        for item in material.produced_by:
            if item not in items:
                yield unknown("item", item, (*place, "produced_by", item), items)
    for resource in c.resources.values():
        if resource.department not in c.departments:
            place = ("resources", resource.code, "department")
            yield unknown("department", resource.department, place, c.departments)
        for code in resource.elements:
            if code not in c.elements:
                yield unknown("element", code, ("resources", resource.code, "elements", code), c.elements)
    for licence in c.licences.values():
        if licence.issuer not in c.departments:
            yield unknown("department", licence.issuer, ("licences", licence.code, "issuer"), c.departments)
    for division in c.divisions.values():
        if division.parent and division.parent not in c.divisions:
            yield unknown("division", division.parent, ("divisions", division.code, "parent"), c.divisions)
    for at, field in enumerate(c.common_fields):
        yield from _field(field, ("common_fields", at), c, frozenset())
    yield from _local_parts(c, items)


def _local_parts(c: Catalogue, items: set[str]) -> Iterator[Remark]:
    for forbidden in c.forbidden:
        place: Place = ("forbidden", forbidden.code)
        if forbidden.item and forbidden.item not in items:
            yield unknown("item", forbidden.item, (*place, "item"), items)
        if forbidden.bundle and forbidden.bundle not in c.bundles:
            yield unknown("bundle", forbidden.bundle, (*place, "bundle"), c.bundles)
        for code in forbidden.material_codes:
            if code not in c.materials:
                yield unknown("material", code, (*place, "material_codes", code), c.materials)
    for at, assignment in enumerate(c.assignments):
        place = ("assignments", at)
        if assignment.division not in c.divisions:
            yield unknown("division", assignment.division, (*place, "division"), c.divisions)
        for key, department in (("to", assignment.to), ("department", assignment.department)):
            if department and department not in c.departments:
                yield unknown("department", department, (*place, key), c.departments)
        if assignment.item and assignment.item not in items:
            yield unknown("item", assignment.item, (*place, "item"), items)
    for at, override in enumerate(c.overrides):
        place = ("overrides", at)
        if override.division not in c.divisions:
            yield unknown("division", override.division, (*place, "division"), c.divisions)
        bundle = c.bundles.get(override.bundle)
        if bundle is None:
            yield unknown("bundle", override.bundle, (*place, "bundle"), c.bundles)
        elif override.item not in (own := {item.code for item in bundle.items}):
            yield unknown("item", override.item, (*place, "item"), own)


def _bundle(bundle: Bundle, c: Catalogue) -> Iterator[Remark]:
    place: Place = ("bundles", bundle.code)
    codes = frozenset(item.code for item in bundle.items)
    if bundle.lead_department not in c.departments:
        yield unknown("department", bundle.lead_department, (*place, "lead_department"), c.departments)
    for code in bundle.cooperating_departments:
        if code not in c.departments:
            yield unknown("department", code, (*place, "cooperating_departments", code), c.departments)
    for question in bundle.questions:
        if question.element and question.element not in c.elements:
            where = (*place, "questions", question.key, "element")
            yield unknown("element", question.element, where, c.elements)
    for at, precondition in enumerate(bundle.preconditions):
        if precondition.redirect and precondition.redirect not in c.bundles:
            where = (*place, "preconditions", at, "redirect")
            yield unknown("bundle", precondition.redirect, where, c.bundles)
    for at, rule in enumerate(bundle.rules):
        for item_code in rule.items:
            if item_code not in codes:
                yield unknown("item", item_code, (*place, "rules", at, "items", item_code), codes)
        if rule.satisfied_by and rule.satisfied_by not in c.licences:
            yield unknown("licence", rule.satisfied_by, (*place, "rules", at, "satisfied_by"), c.licences)
    for at, one in enumerate(bundle.co_applicants):
        named_in = [("name_element", one.name_element), ("number_element", one.number_element)]
        for key, named in (*named_in, *(("sees", code) for code in one.sees)):
            if named not in c.elements:
                yield unknown("element", named, (*place, "co_applicants", at, key), c.elements)
    for at, hint in enumerate(bundle.role_hints):
        for element in hint.may_equal:
            if element not in c.elements:
                yield unknown(
                    "element", element, (*place, "role_hints", at, "may_equal", element), c.elements
                )
    if (trade := bundle.composite_licence) is not None:
        own = (*place, "composite_licence")
        if trade.licence not in c.licences:
            yield unknown("licence", trade.licence, (*own, "licence"), c.licences)
        for key, gathered in (("items", trade.items), ("necessary", trade.necessary)):
            for part in gathered:
                if part not in codes:
                    yield unknown("item", part, (*own, key, part), codes)
    for item in bundle.items:
        yield from _item(item, (*place, "items", item.code), codes, c)
        if item.phase and bundle.phases and item.phase not in bundle.phases:
            where = (*place, "items", item.code, "phase")
            message = f"“{item.plain_name}”的阶段“{item.phase}”不在这件事的阶段里"
            yield Remark("unknown-phase", where, message, f"改成其中一个：{'、'.join(bundle.phases)}")


def _item(item: ServiceItem, place: Place, codes: frozenset[str], c: Catalogue) -> Iterator[Remark]:
    for key, department in (("department", item.department), ("regulator", item.regulator)):
        if department and department not in c.departments:
            yield unknown("department", department, (*place, key), c.departments)
    for key in ("depends_on", "depends_on_any", "after"):
        for code in getattr(item, key):
            if code not in codes:
                yield unknown("item", code, (*place, key, code), codes)
    if item.earliest_after and item.earliest_after.item not in codes:
        where = (*place, "earliest_after", "item")
        yield unknown("item", item.earliest_after.item, where, codes)
    if item.result.licence and item.result.licence not in c.licences:
        yield unknown("licence", item.result.licence, (*place, "result", "licence"), c.licences)
    if item.division_from and item.division_from not in c.elements:
        yield unknown("element", item.division_from, (*place, "division_from"), c.elements)
    for field in item.fields:
        yield from _field(field, (*place, "fields", field.element), c, codes)
    for need in item.materials:
        yield from _need(need, (*place, "materials", need.material), c, codes)


def _field(field: Field, place: Place, c: Catalogue, codes: frozenset[str]) -> Iterator[Remark]:
    if field.element not in c.elements:
        yield unknown("element", field.element, (*place, "element"), c.elements)
    if field.prefill not in _SPECIAL_SOURCES and field.prefill not in c.resources:
        yield unknown("resource", field.prefill, (*place, "prefill"), [*c.resources, *_SPECIAL_SOURCES])
    if field.prefill == PRIOR and not field.prior:
        remedy = "写上 prior: [事项编码]"
        yield Remark("prior-without-item", place, f"“{field.element}”取自前序事项，却没有写是哪一项", remedy)
    for code in field.prior:
        if code not in codes:
            yield unknown("item", code, (*place, "prior", code), codes)


def _need(need: MaterialNeed, place: Place, c: Catalogue, codes: frozenset[str]) -> Iterator[Remark]:
    if need.material not in c.materials:
        yield unknown("material", need.material, (*place, "material"), c.materials)
    for code in need.produced_by:
        if code not in codes:
            yield unknown("item", code, (*place, "produced_by", code), codes)
