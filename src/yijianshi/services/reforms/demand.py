"""
What data each department needs from which other (数据共享需求清单), read off the fields of every item.

Basis: 苏政办发〔2022〕87号, 三(四): 需求部门、提供部门、资源名称、数据项、更新周期、提供方式、数据范围.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yijianshi.domain.catalogue import ASKED, COMPUTED, PRIOR, Field, ServiceItem
from yijianshi.domain.codes import ResourceCode
from yijianshi.domain.editions import Edition

from .lists import Column, Listing, once

UNKNOWN = "待提供部门明确"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which elements one item takes from the register."""

    bundle: str
    bundle_name: str
    item: str
    item_name: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One row: what a department needs from one register (一条共享需求)."""

    needed_by: str
    provided_by: str
    resource: str
    elements: tuple[str, ...]
    update_cycle: str
    access: str
    scope: str
    items: tuple[str, ...]
    sharing: str
    certainty: str
    resource_code: str
    wanted: tuple[Wanted, ...]


#: The seven columns of the document, then what the row was derived from.
COLUMNS = (
    Column("needed_by", "需求部门", 1.2),
    Column("provided_by", "提供部门", 1.2),
    Column("resource", "资源名称", 1.1),
    Column("elements", "数据项", 2.4),
    Column("update_cycle", "更新周期", 0.8),
    Column("access", "提供方式", 1.3),
    Column("scope", "数据范围", 2.2),
)
FURTHER = (
    Column("items", "用于事项", 2.0),
    Column("sharing", "共享属性", 0.8),
    Column("certainty", "把握程度", 0.6),
)


def demand_list(editions: Sequence[Edition], *, title: str = "") -> Listing:
    """Return the demand list of one one-thing or of many; a department asks a register once, for all its items."""
    name = title or (f"{editions[0].bundle.title}“一件事”" if len(editions) == 1 else "“一件事一次办”")
    return Listing(
        kind="demand",
        title=f"{name}数据共享需求清单",
        about="由目录中各事项字段的共享来源逐项生成：一个部门向一个来源要什么，列一行。",
        columns=(*COLUMNS, *FURTHER),
        rows=demands_of(editions),
        empty="没有字段登记了共享来源，所以没有共享需求。",
    )


def demands_of(editions: Iterable[Edition]) -> tuple[Demand, ...]:
    """Return one row per needing department and register, in the order in which they are first needed."""
    found: dict[tuple[str, ResourceCode], list[tuple[Edition, ServiceItem, Field]]] = {}
    for edition in editions:
        for item in edition.bundle.items:
            for field in item.fields:
                if is_shared(field):
                    key = (item.department, ResourceCode(field.prefill))
                    found.setdefault(key, []).append((edition, item, field))
    return tuple(_demand(code, needs) for (_, code), needs in found.items())


def is_shared(field: Field) -> bool:
    """Return whether a register, and nobody else, is to say the value of a field."""
    return field.prefill not in (ASKED, COMPUTED, PRIOR)


def _demand(code: ResourceCode, needs: list[tuple[Edition, ServiceItem, Field]]) -> Demand:
    edition, first, _ = needs[0]
    resource = edition.resources.get(code)
    items = once(item.plain_name for _, item, _ in needs)
    bundles = once(edition.bundle.title for edition, _, _ in needs)
    return Demand(
        needed_by=edition.departments[first.department].name,
        provided_by=edition.departments[resource.department].name if resource else UNKNOWN,
        resource=resource.name if resource else str(code),
        elements=once(edition.elements[field.element].name for edition, _, field in needs),
        update_cycle=(resource.update_cycle if resource else "") or UNKNOWN,
        access=(resource.access if resource else "") or UNKNOWN,
        scope=_scope(bundles, needs),
        items=items,
        sharing=(resource.sharing if resource else "") or UNKNOWN,
        certainty=str(resource.certainty) if resource and resource.certainty else "未评",
        resource_code=str(code),
        wanted=tuple(_wanted(needs)),
    )


def _scope(bundles: tuple[str, ...], needs: list[tuple[Edition, ServiceItem, Field]]) -> str:
    """Nobody asks a register about more people, or about more of them, than his case needs."""
    audiences = {edition.bundle.audience for edition, _, _ in needs}
    whose = {
        frozenset({"individual"}): "申请人本人及同案相关人员",
        frozenset({"enterprise"}): "申请企业及其相关人员",
    }
    who = whose.get(frozenset(audiences), "申请人（个人、企业）及同案相关人员")
    shown = "、".join(bundles[:3]) + (f"等 {len(bundles)} 件" if len(bundles) > 3 else "")
    return f"仅限办理{shown}时，{who}的所列数据项，逐件调取"


def _wanted(needs: list[tuple[Edition, ServiceItem, Field]]) -> Iterable[Wanted]:
    found: dict[tuple[str, str], tuple[Edition, ServiceItem, list[str]]] = {}
    for edition, item, field in needs:
        key = (edition.bundle.code, item.code)
        found.setdefault(key, (edition, item, []))[2].append(field.element)
    for edition, item, elements in found.values():
        yield Wanted(edition.bundle.code, edition.bundle.title, item.code, item.plain_name, tuple(elements))
