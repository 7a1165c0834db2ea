"""
Nothing that nobody can ever reach: items, fields and materials whose conditions can be met (用得到).
"""

from collections.abc import Iterator

from yijianshi.domain.catalogue import COMPUTED, Bundle, Catalogue
from yijianshi.domain.conditions import Condition, MalformedCondition, keys_of

from .findings import Place, Remark
from .possibility import Possibility
from .reasoning import conditions_of


def reaching_remarks(bundle: Bundle, catalogue: Catalogue, possibility: Possibility) -> Iterator[Remark]:
    """Yield a remark for every condition that can never hold, always holds, or looks at what nobody is asked."""
    place: Place = ("bundles", bundle.code)
    for item in bundle.items:
        own = (*place, "items", item.code)
        applies = [] if item.applies_if is None else [item.applies_if]
        if applies and not possibility.of(*applies):
            yield _unreachable((*own, "applies_if"), f"事项“{item.plain_name}”")
            continue
        if applies and not possibility.of_not(item.applies_if or {}):
            yield _always((*own, "applies_if"), f"事项“{item.plain_name}”")
        for field in item.fields:
            element = catalogue.elements.get(field.element)
            name = f"字段“{element.name if element else field.element}”"
            if field.required_if is not None:
                where = (*own, "fields", field.element, "required_if")
                yield from _part(field.required_if, where, name, applies, possibility)
        for need in item.materials:
            material = catalogue.materials.get(need.material)
            name = f"材料“{material.name if material else need.material}”"
            if need.required_if is not None:
                where = (*own, "materials", need.material, "required_if")
                yield from _part(need.required_if, where, name, applies, possibility)
    for at, precondition in enumerate(bundle.preconditions):
        if not possibility.of(precondition.condition):
            yield _unreachable((*place, "preconditions", at, "condition"), f"“{bundle.title}”")
    yield from _asked(bundle, catalogue)


def _part(
    condition: Condition, place: Place, name: str, applies: list[Condition], possibility: Possibility
) -> Iterator[Remark]:
    if not possibility.of(condition, *applies):
        yield _unreachable(place, name)
    elif not possibility.of_not(condition):
        yield _always(place, name)


def _unreachable(place: Place, name: str) -> Remark:
    message = f"{name}永远用不到：没有哪种情形能满足它的条件"
    return Remark("unreachable", place, message, "改条件，或删去")


def _always(place: Place, name: str) -> Remark:
    message = f"{name}的条件在什么情形下都成立"
    return Remark("condition-always-met", place, message, "删去条件，或改正")


def _asked(bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for each condition that looks at an element which no form asks, or only if one likes."""
    fields = [field for item in bundle.items for field in item.fields] + [*catalogue.common_fields]
    certain = {f.element for f in fields if f.required or f.required_if is not None or f.prefill == COMPUTED}
    certain |= {question.element for question in bundle.questions if question.element}
    asked = certain | {field.element for field in fields}
    for place, condition in conditions_of(bundle):
        try:
            keys = keys_of(condition)
        except (MalformedCondition, TypeError, AttributeError, ValueError, KeyError):
            continue  # told by the rules of reasoning
        for key in sorted(keys):
            code = key.removeprefix("element:")
            element = catalogue.elements.get(code)  # type: ignore[call-overload]
            if code == key or element is None:
                continue
            if code not in asked:
                message = f"条件要看“{element.name}”，这件事里没有哪张表问它"
                yield Remark("never-asked", place, message, "在某个事项的 fields 里问它，或改条件")
            elif code not in certain:
                message = f"条件要看“{element.name}”，它却是选填的，没有填就定不下来"
                yield Remark("condition-on-optional", place, message, "改成必填，或改成情形问题")
