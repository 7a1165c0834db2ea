"""What has to be typed into the other system for one case (转录字段): the item's own form, box by box, in its order and wording."""

from collections.abc import Mapping
from typing import Any

from yijianshi.domain.catalogue import Field, ServiceItem
from yijianshi.domain.codes import ElementCode
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.drafts import Value
from yijianshi.domain.editions import Edition
from yijianshi.domain.merging import fields_in_force
from yijianshi.domain.plans import Plan
from yijianshi.domain.rekeying import FieldToType
from yijianshi.domain.submissions import slice_for

from ..catalogue.planning import plan_for
from ..contents import Content
from ..handling.content import open_revision
from ..handling.loading import CaseLoaded, Loaded
from ..reading.case_values import value_in_words

_AS_TYPED = (Kind.INT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.MONTH, Kind.YEAR, Kind.DATETIME)


def fields_to_type(loaded: Loaded, found: CaseLoaded) -> tuple[tuple[FieldToType, ...], Plan, Content]:
    """Return the boxes of the other system's form for a case, with the plan and the content they were taken from."""
    content = open_revision(loaded.id)
    plan = plan_for(loaded.edition_id, content.situation())
    item = loaded.edition.item(found.now.item)
    values = slice_for(plan, item.code, content.known(member=found.now.member))
    return _boxes(item, plan, values), plan, content


def _boxes(item: ServiceItem, plan: Plan, values: Mapping[ElementCode, Value]) -> tuple[FieldToType, ...]:
    edition = plan.edition
    asked: tuple[Field, ...] = tuple(fields_in_force(item, edition, plan.circumstances))
    boxes = []
    for field in asked:
        element, value = edition.elements[field.element], values.get(field.element)
        boxes.append(
            FieldToType(
                code=field.element,
                label=field.label or element.name,
                value=_as_typed(value.value, element, edition) if value else "",
                unit=element.unit if element.kind in _AS_TYPED else "",
            )
        )
    return tuple(boxes)


def _as_typed(value: Any, element: DataElement, edition: Edition) -> str:
    """Return a value as one types it: a number without its unit, everything else as one reads it."""
    if value in (None, "", [], ()):
        return ""
    return str(value) if element.kind in _AS_TYPED else value_in_words(value, element, edition)
