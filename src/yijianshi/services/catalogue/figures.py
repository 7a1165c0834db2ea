"""
A plan in figures, counted so that a stranger with the catalogue alone reaches the same ones (办理方案的数字).
"""

from typing import Any

from yijianshi.domain.merging import MergedField, MergedMaterial
from yijianshi.domain.plans import Days, Plan
from yijianshi.domain.sharing import FieldWay, MaterialWay


def figures_of(plan: Plan) -> dict[str, Any]:
    """Return the plan's figures as plain values that can be written as JSON; days are whole where they can be."""
    return {
        "bundle": plan.edition.bundle.code,
        "edition": plan.edition.name,
        "allowed": plan.allowed,
        "problems": [
            {"rule": problem.rule, "items": list(problem.items), "message": problem.message}
            for problem in plan.problems
        ],
        "item_count": len(plan.items),
        "sub_case_count": sum(plan.cases_by_item.values()),
        "fields": _fields(plan),
        "materials": _materials(plan),
        "stages": [list(stage) for stage in plan.stages],
        "promised_days": {
            "serial": _days(plan.serial),
            "critical_path": {**_days(plan.critical), "items": list(plan.critical_items)},
            "undetermined": list(plan.undetermined),
        },
        "public_notice": dict(plan.public_notice),
        "joint_operations": {kind: list(items) for kind, items in plan.joint_operations.items()},
    }


def whole(days: float) -> int | float:
    """Return 5 for 5.0 and 0.5 for 0.5: days are shown as they are promised."""
    return int(days) if float(days).is_integer() else days


def fields_by_way(plan: Plan, way: FieldWay) -> tuple[MergedField, ...]:
    """Return the questions of the one form that are come by in this way, in the order of the form."""
    return tuple(field for field in plan.fields if field.way is way)


def materials_by_way(plan: Plan, way: MaterialWay) -> tuple[MergedMaterial, ...]:
    """Return the documents of the one set that are come by in this way."""
    return tuple(material for material in plan.materials if material.way is way)


def _fields(plan: Plan) -> dict[str, Any]:
    counts: dict[str, Any] = {"raw": plan.raw_fields, "merged": len(plan.fields)}
    named: dict[str, Any] = {}
    for way in (FieldWay.PREFILLED, FieldWay.ASKED, FieldWay.COMPUTED):
        found = fields_by_way(plan, way)
        counts[way.value] = len(found)
        named[f"{way.value}_elements"] = {f.element: plan.edition.elements[f.element].name for f in found}
    return counts | named


def _materials(plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = {"raw": plan.raw_materials, "merged": len(plan.materials)}
    for way in MaterialWay:
        found[way.value] = {
            m.material: plan.edition.materials[m.material].name for m in materials_by_way(plan, way)
        }
    return found


def _days(days: Days) -> dict[str, int | float]:
    return {"working": whole(days.working), "calendar": whole(days.calendar)}
