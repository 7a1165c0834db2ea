"""
What waits for what, and what takes what from where: no wait without use, nothing taken before it is there (先后).

Basis: 苏政办发〔2022〕87号: what can be handled side by side is not handled one after the other.
"""

import re
from collections.abc import Iterator, Mapping

from yijianshi.domain.catalogue import ASKED, COMPUTED, PRIOR, Bundle, Catalogue, Field, ServiceItem
from yijianshi.domain.codes import ItemCode, LicenceCode
from yijianshi.domain.definitions import Acquisition

from .findings import Place, Remark

_BRACKETS = re.compile(r"[（(].*?[)）]")

Before = Mapping[ItemCode, frozenset[ItemCode]]


def ordering_remarks(bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every needless wait, and for whatever is taken from an item that comes too late."""
    before = before_of(bundle)
    items = {item.code: item for item in bundle.items}
    for item in bundle.items:
        place: Place = ("bundles", bundle.code, "items", item.code)
        yield from _waits(item, place, items, bundle, catalogue)
        yield from _produced(item, place, items, before, catalogue)
        for field in item.fields:
            yield from _taken(field, (*place, "fields", field.element), item, items, before, catalogue)


def before_of(bundle: Bundle) -> Before:
    """Return, for each item, all those that come before it, near and far; of a circle, all who are in it."""
    direct = {i.code: (*i.depends_on, *i.depends_on_any, *i.after) for i in bundle.items}
    found: dict[ItemCode, frozenset[ItemCode]] = {}
    for code in direct:
        seen: set[ItemCode] = set()
        queue = list(direct[code])
        while queue:
            prior = queue.pop()
            if prior not in seen:
                seen.add(prior)
                queue += direct.get(prior, ())
        found[code] = frozenset(seen)
    return found


def _waits(
    item: ServiceItem, place: Place, items: Mapping[ItemCode, ServiceItem], bundle: Bundle, c: Catalogue
) -> Iterator[Remark]:
    said = {*(item.depends_because or {})}
    for rule in bundle.rules:
        if rule.kind == "tied-by-law" and item.code in rule.items:
            said |= {*rule.items}
    for code in item.depends_on:
        prior = items.get(code)
        if prior is not None and code not in said and not _uses(item, prior, c):
            message = f"“{item.plain_name}”要等“{prior.plain_name}”办结，却不用它的结果"
            remedy = f"改成 after 或去掉；确要等的写 depends_because: {{{code}: 依据或理由}}"
            yield Remark("needless-wait", (*place, "depends_on", code), message, remedy)
    for code in {*(item.depends_because or {})} - {*item.depends_on, *item.depends_on_any}:
        message = f"写了为什么等“{code}”，前置里却没有它"
        yield Remark("unknown-item", (*place, "depends_because", code), message, "补进 depends_on，或删去")


def _uses(item: ServiceItem, prior: ServiceItem, c: Catalogue) -> bool:
    """
    Return whether `item` takes anything that `prior` brings about: a value, a document or a licence.

    A register that answers by itself costs no wait, and a condition that names the prior result says why it waits.
    """
    if prior.is_automatic or any(prior.code in field.prior for field in item.fields):
        return True
    if any(name in item.conditions for name in _called(prior, c)):
        return True
    issued = prior.result.licence
    for need in item.materials:
        material = c.materials.get(need.material)
        made_by = (*need.produced_by, *(material.produced_by if material else ()))
        if prior.code in made_by:
            return True
        if material and (issued is not None and material.licence == issued):
            return True
        if material and material.name == prior.result.name:
            return True
    return issued is not None and any(field.prefill == issued for field in item.fields)


def _called(prior: ServiceItem, c: Catalogue) -> set[str]:
    """Return what a condition may call an item or its result, without what brackets add."""
    licence = c.licences.get(prior.result.licence) if prior.result.licence else None
    names = (prior.name, prior.short, prior.result.name, licence.name if licence else "")
    return {called for name in names if len(called := _BRACKETS.sub("", name)) > 2}


def _produced(
    item: ServiceItem, place: Place, items: Mapping[ItemCode, ServiceItem], before: Before, c: Catalogue
) -> Iterator[Remark]:
    for need in item.materials:
        material = c.materials.get(need.material)
        if material is None:
            continue
        where = (*place, "materials", need.material)
        makers = {*need.produced_by, *material.produced_by} & {*items}
        if material.acquisition is Acquisition.PRODUCED and not makers:
            message = f"“{material.name}”写的是同案产出，这件事里却没有哪一项产出它"
            yield Remark("produced-by-nobody", where, message, "写 produced_by，或改变材料的 acquisition")
        if item.code in need.produced_by:
            message = f"“{material.name}”不能由要它的事项自己产出"
            yield Remark("produced-by-itself", where, message, "从 produced_by 里去掉本事项")
        for code in need.produced_by:
            maker = items.get(code)
            if maker is None or maker is item:
                continue
            if item.code in before[code]:
                message = f"“{material.name}”由“{maker.plain_name}”产出，它却排在“{item.plain_name}”后面"
                yield Remark("produced-too-late", where, message, "改先后，或改由申请人提供")
            elif code not in before[item.code]:
                message = f"“{material.name}”由“{maker.plain_name}”产出，两项却没有排先后"
                remedy = f"把 {code} 写进 depends_on 或 after"
                yield Remark("produced-without-order", where, message, remedy)


def _taken(
    field: Field,
    place: Place,
    item: ServiceItem,
    items: Mapping[ItemCode, ServiceItem],
    before: Before,
    c: Catalogue,
) -> Iterator[Remark]:
    element = c.elements.get(field.element)
    name = element.name if element else field.element
    if field.prefill == PRIOR:
        for code in field.prior:
            prior = items.get(code)
            if prior is None:
                continue
            if code == item.code:
                message = f"“{name}”取自本事项自己的结果，填表时还没有"
                yield Remark("prior-from-itself", place, message, "改由申请人填，或取自别的来源")
            elif item.code in before[code]:
                message = f"“{name}”取自“{prior.plain_name}”，它却排在“{item.plain_name}”后面"
                yield Remark("prior-too-late", place, message, "改先后，或改由申请人填")
            elif code not in before[item.code]:
                message = f"“{name}”取自“{prior.plain_name}”，两项却没有排先后"
                yield Remark("prior-without-order", place, message, f"把 {code} 写进 depends_on 或 after")
        return
    if field.prefill in (ASKED, COMPUTED):
        return
    issued = item.result.licence
    if issued is not None and field.prefill == issued and not _holds_already(item, issued, items, c):
        message = (
            f"“{name}”从{c.licences[issued].name if issued in c.licences else issued}取，而它正是本事项要发的"
        )
        yield Remark("prefill-from-own-result", place, message, "改由申请人填，或取自别的来源")
    resource = c.resources.get(field.prefill)  # type: ignore[call-overload]
    if resource is not None and field.element not in resource.elements:
        message = f"“{name}”说是从{resource.name}取，那里并不提供"
        remedy = f"在 resources.yaml 的 {resource.code} 里补上 {field.element}，或改由申请人填"
        yield Remark("prefill-not-offered", (*place, "prefill"), message, remedy)


def _holds_already(
    item: ServiceItem, licence: LicenceCode, items: Mapping[ItemCode, ServiceItem], c: Catalogue
) -> bool:
    """Return whether an item changes or renews a licence that its applicant already has, or was just given."""
    asked_for = any(
        material.licence == licence
        for need in item.materials
        if (material := c.materials.get(need.material)) is not None
    )
    priors = (*item.depends_on, *item.depends_on_any, *item.after)
    return asked_for or any(p in items and items[p].result.licence == licence for p in priors)
