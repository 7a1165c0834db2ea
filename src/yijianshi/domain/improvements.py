"""
How a place may differ from the standard above it: only for the better (本地优化).

Basis: 苏政办发〔2022〕87号, 三(一): 全省无差别受理、同标准办理; a region may promise more, never demand more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .catalogue import Bundle, Fee, Improvement, Limit, ServiceItem
from .codes import DivisionCode, ElementCode, ItemCode
from .conditions import Condition, keys_of

#: A calendar week holds five working days.
_CALENDAR_PER_WORKING = 7 / 5


@dataclass(frozen=True, slots=True)
class NotBetter:
    """One thing of an improvement that would not be one, and why; it is left out, and the standard holds."""

    improvement: Improvement
    key: str  # which entry of it: promised, visits, without_materials …
    reason: str


def improve(bundle: Bundle, improvements: Iterable[Improvement]) -> tuple[Bundle, tuple[NotBetter, ...]]:
    """Return the bundle with what really is better, and everything else with the reason why it was left out."""
    items = {item.code: item for item in bundle.items}
    refused: list[NotBetter] = []
    for improvement in improvements:
        item = items.get(improvement.item)
        if item is None:
            refused.append(NotBetter(improvement, "item", f"标准里没有事项“{improvement.item}”"))
            continue
        items[item.code], worse = _improved(item, improvement, bundle)
        refused += worse
    return replace(bundle, items=tuple(items[item.code] for item in bundle.items)), tuple(refused)


def improvements_between(
    standard: Bundle, local: Bundle, *, division: DivisionCode
) -> tuple[Improvement, ...]:
    """Return what `local` makes better than `standard`, so that it can be kept when the standard changes."""
    local_items = {item.code: item for item in local.items}
    found = (
        _between(item, local_items[item.code], standard, division)
        for item in standard.items
        if item.code in local_items
    )
    return tuple(improvement for improvement in found if improvement is not None)


def length(days: float, unit: str) -> float:
    """Return a number of days as calendar days, so that 5 working and 7 calendar days are as long."""
    return days * _CALENDAR_PER_WORKING if unit == "working" else days


def _improved(
    item: ServiceItem, improvement: Improvement, bundle: Bundle
) -> tuple[ServiceItem, list[NotBetter]]:
    refused: list[NotBetter] = []

    def refuse(key: str, reason: str) -> None:
        refused.append(NotBetter(improvement, key, f"“{item.plain_name}”{reason}"))

    if improvement.promised is not None:
        reason = _why_not_shorter(improvement.promised, item.limit)
        if reason:
            refuse("promised", reason)
        else:
            item = replace(item, limit=_shortened(item.limit, improvement.promised))
    if improvement.visits is not None:
        if improvement.visits >= item.visits.after:
            refuse("visits", f"标准只要跑 {item.visits.after} 次，{improvement.visits} 次不是更少")
        else:
            item = replace(item, visits=replace(item.visits, after=improvement.visits))
    for material in improvement.without_materials:
        if all(need.material != material for need in item.materials):
            refuse("without_materials", f"标准里本来就不要材料“{material}”")
        else:
            kept = tuple(need for need in item.materials if need.material != material)
            item = replace(item, materials=kept)
    for material in improvement.on_commitment:
        need = next((need for need in item.materials if need.material == material), None)
        if need is None or need.replaceable_by_commitment:
            said = "本来就不要" if need is None else "本来就可以用承诺书代替"
            refuse("on_commitment", f"标准里材料“{material}”{said}")
        else:
            replaced = replace(need, replaceable_by_commitment=True)
            item = replace(item, materials=tuple(replaced if n is need else n for n in item.materials))
    for element in improvement.without_fields:
        reason = _why_still_asked(element, item, bundle)
        if reason:
            refuse("without_fields", reason)
        else:
            item = replace(item, fields=tuple(field for field in item.fields if field.element != element))
    if improvement.free:
        if item.fee.charged == "no":
            refuse("free", "标准里本来就不收费")
        else:
            item = replace(item, fee=Fee(charged="no"))
    return item, refused


def _why_not_shorter(promised: float, limit: Limit) -> str:
    known = [days for days in (limit.promised, limit.statutory) if days is not None]
    if known and promised >= min(known):
        same = "和标准一样" if promised == min(known) else f"比标准的 {min(known):g} 天还长"
        return f"承诺 {promised:g} 天，{same}"
    return ""


def _shortened(limit: Limit, promised: float) -> Limit:
    """Return the limit with the shorter promise; what holds without a commitment stays as the standard says."""
    return replace(limit, promised=promised)


def _why_still_asked(element: ElementCode, item: ServiceItem, bundle: Bundle) -> str:
    if all(field.element != element for field in item.fields):
        return f"标准里本来就不问“{element}”"
    if element in (item.division_from, item.commitment.element):
        return f"要靠“{element}”定由哪里办或怎么办，不能不问"
    if any(question.element == element for question in bundle.questions):
        return f"“{element}”是情形问答的回答，不能不问"
    if f"element:{element}" in _keys_in(bundle):
        return f"别的条件要看“{element}”，不能不问"
    return ""


def _keys_in(bundle: Bundle) -> frozenset[str]:
    return frozenset().union(*(keys_of(condition) for condition in _conditions(bundle)))


def _conditions(bundle: Bundle) -> Iterator[Condition]:
    for precondition in bundle.preconditions:
        yield precondition.condition
    for item in bundle.items:
        yield item.applies
        yield from (field.required_if for field in item.fields if field.required_if)
        yield from (need.required_if for need in item.materials if need.required_if)


def _between(
    standard: ServiceItem, local: ServiceItem, bundle: Bundle, division: DivisionCode
) -> Improvement | None:
    ours, theirs = {need.material: need for need in local.materials}, standard.materials
    is_shorter = (
        local.limit.promised is not None
        and local.limit.unit == standard.limit.unit
        and not _why_not_shorter(local.limit.promised, standard.limit)
    )
    fields = {field.element for field in local.fields}
    found = Improvement(
        division=division,
        bundle=bundle.code,
        item=ItemCode(standard.code),
        promised=local.limit.promised if is_shorter else None,
        visits=local.visits.after if local.visits.after < standard.visits.after else None,
        without_materials=tuple(need.material for need in theirs if need.material not in ours),
        on_commitment=tuple(
            need.material
            for need in theirs
            if not need.replaceable_by_commitment
            and need.material in ours
            and ours[need.material].replaceable_by_commitment
        ),
        without_fields=tuple(
            field.element
            for field in standard.fields
            if field.element not in fields and not _why_still_asked(field.element, standard, bundle)
        ),
        free=local.fee.charged == "no" and standard.fee.charged != "no",
    )
    empty = Improvement(division=division, bundle=bundle.code, item=standard.code)
    return None if found == empty else found
