"""
Who leads, who cooperates and who does what (任务分工).

Basis: 苏政办发〔2022〕87号, 附件 “一件事一次办”任务分工.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yijianshi.domain.codes import DepartmentCode
from yijianshi.domain.editions import Edition

from .demand import is_shared
from .lists import Column, Listing, once

KINDS = {"standard": "标准件", "premium": "示范件", "future": "后续目标"}
AUDIENCES = {"individual": "个人", "enterprise": "企业"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One row: a one-thing with its lead department, the others, and the items (一件事的分工)."""

    name: str
    audience: str
    kind: str
    lead: str
    cooperating: tuple[str, ...]
    items: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What one department has to do for a one-thing (一个部门的职责)."""

    department: str
    role: str  # 牵头 | 配合 | 提供数据
    items: tuple[str, ...]
    provides: tuple[str, ...]  # registers that it must open
    department_code: str


COLUMNS = (
    Column("name", "一件事", 1.6),
    Column("audience", "服务对象", 0.6),
    Column("kind", "类别", 0.7),
    Column("lead", "牵头部门", 1.3),
    Column("cooperating", "配合部门", 2.2),
    Column("items", "事项（责任部门）", 4.0),
)


def labour_list(editions: Sequence[Edition], *, title: str = "") -> Listing:
    """Return the division of labour of one one-thing or of many, in the order given."""
    name = title or (f"{editions[0].bundle.title}“一件事”" if len(editions) == 1 else "“一件事一次办”")
    return Listing(
        kind="labour",
        title=f"{name}任务分工",
        about="牵头部门和事项取自目录；配合部门是清单所列的，加上其余事项的责任部门。",
        columns=COLUMNS,
        rows=tuple(map(share_of, editions)),
        empty="还没有一件事。",
    )


def share_of(edition: Edition) -> Share:
    """Return the row of one one-thing."""
    bundle, departments = edition.bundle, edition.departments
    return Share(
        name=bundle.name,
        audience=AUDIENCES.get(bundle.audience, bundle.audience),
        kind=KINDS.get(bundle.kind, bundle.kind),
        lead=departments[bundle.lead_department].name,
        cooperating=tuple(departments[code].name for code in cooperating(edition)),
        items=tuple(f"{item.name}（{departments[item.department].short_name}）" for item in bundle.items),
        code=bundle.code,
    )


def cooperating(edition: Edition) -> tuple[DepartmentCode, ...]:
    """Return the departments named as cooperating, then those that handle items without being named."""
    bundle = edition.bundle
    wanted = (*bundle.cooperating_departments, *(item.department for item in bundle.items))
    return tuple(code for code in dict.fromkeys(wanted) if code != bundle.lead_department)


def duties_of(edition: Edition) -> tuple[Duty, ...]:
    """Return what each department does: the lead first, then who handles items, then who only provides data."""
    bundle = edition.bundle
    providers = (edition.resources[code].department for code in _resources(edition))
    codes = dict.fromkeys((bundle.lead_department, *cooperating(edition), *providers))
    partners = {bundle.lead_department, *cooperating(edition)}
    return tuple(
        Duty(
            department=edition.departments[code].name,
            role="牵头" if code == bundle.lead_department else "配合" if code in partners else "提供数据",
            items=tuple(item.plain_name for item in bundle.items if item.department == code),
            provides=once(
                edition.resources[resource].name
                for resource in _resources(edition)
                if edition.resources[resource].department == code
            ),
            department_code=str(code),
        )
        for code in codes
    )


def _resources(edition: Edition) -> Iterator[str]:
    return (code for code in _used(edition) if code in edition.resources)


def _used(edition: Edition) -> Iterable[str]:
    return dict.fromkeys(
        field.prefill for item in edition.bundle.items for field in item.fields if is_shared(field)
    )
