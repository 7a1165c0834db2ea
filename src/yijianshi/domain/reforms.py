"""
The four reductions (四减) and how each is counted: every item alone against all of them as one thing.

Before, each item has its own form, materials, days and visits, one after the other; afterwards there is the plan.
Working and calendar days are never converted into each other, and what nobody laid down is unknown, not nought.

Basis: 苏政办发〔2022〕87号, 二(三)(四): fewer steps, materials, days and visits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .catalogue import ServiceItem
from .codes import ItemCode, MaterialCode
from .deadlines import promised_days
from .definitions import Basis
from .merging import MergedMaterial, count_raw
from .plans import Days, Plan
from .sharing import FieldWay, MaterialWay


@dataclass(frozen=True, slots=True)
class Stretch:
    """One item on the picture of why it is quick: when it begins and how long it takes."""

    item: ItemCode
    name: str
    department: str
    begins: float
    days: float
    unit: str
    committed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The four reductions (四减) of a plan, before one by one and after all at once."""

    items: int
    materials: tuple[int, int]
    days: tuple[Days, Days]
    visits: tuple[int, int]
    fields: tuple[int, int]
    stretches: tuple[Stretch, ...]
    critical: tuple[ItemCode, ...] = ()


def figures_for(plan: Plan) -> Figures:
    """Return the four reductions; a limit that holds only on a commitment counts only with the commitment."""
    stretches = _walk(plan)
    asked = sum(field.way is FieldWay.ASKED for field in plan.fields)
    uploads = sum(material.way is MaterialWay.UPLOAD for material in plan.materials)
    longest, critical = _longest(plan, stretches)
    return Figures(
        items=len(plan.items),
        materials=(plan.raw_materials, uploads),
        days=(total_of(stretches), longest),
        visits=(sum(i.visits.before for i in plan.items), sum(i.visits.after for i in plan.items)),
        fields=(plan.raw_fields, asked),
        stretches=stretches,
        critical=critical,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """One item handled by itself, as it was before (单办)."""

    item: ServiceItem
    steps: tuple[str, ...]
    fields: int
    materials: int
    statutory: float | None  # None: no law lays one down
    promised: float | None  # None: nobody promised anything
    unit: str
    visits: int


class CutReason(StrEnum):
    """Why a material need not be handed in any more (精简理由)."""

    SHARED = "shared"  # 部门共享
    PRODUCED = "produced"  # 本次办理产出
    GENERATED = "generated"  # 系统生成
    DUPLICATE = "duplicate"  # 重复的只交一份


@dataclass(frozen=True, slots=True)
class MaterialCut:
    """A material that is spared, how many times, and why (精简的材料)."""

    material: MaterialCode
    reason: CutReason
    spared: int
    items: tuple[ItemCode, ...]
    produced_by: tuple[ItemCode, ...] = ()


class Reduction(NamedTuple):
    """One figure before and after, and the way it was counted (一项精简)."""

    key: str  # steps | materials | working | calendar | visits | fields
    name: str
    unit: str
    before: float
    after: float
    counted: str

    @property
    def saved(self) -> float:
        return self.before - self.after


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reform:
    """A one-thing before and after, in figures that can be told one by one (改革前后)."""

    plan: Plan
    figures: Figures
    alone: tuple[Alone, ...]
    steps_before: int
    steps: tuple[str, ...]  # what the applicant goes through once it is one thing
    statutory: Days  # of the items for which a law lays down a limit
    without_statutory: tuple[ItemCode, ...]
    without_promise: tuple[ItemCode, ...]
    cuts: tuple[MaterialCut, ...]

    @property
    def reductions(self) -> tuple[Reduction, ...]:
        return tuple(_reductions(self))


def reform_of(plan: Plan) -> Reform:
    """Return the plan beside what the same items take one by one."""
    alone = tuple(_alone(item, plan) for item in plan.items)
    return Reform(
        plan=plan,
        figures=figures_for(plan),
        alone=alone,
        steps_before=sum(len(one.steps) for one in alone),
        steps=_steps_together(plan),
        statutory=_in_days((one.statutory or 0, one.unit) for one in alone),
        without_statutory=tuple(one.item.code for one in alone if one.statutory is None),
        without_promise=tuple(one.item.code for one in alone if one.promised is None),
        cuts=tuple(_cuts(plan)),
    )


def basis_of_material(plan: Plan, material: MaterialCode, items: Iterable[ItemCode]) -> Basis | None:
    """Return the law that demands a document: the item's own, the document's, else the item's first."""
    fallback: Basis | None = plan.edition.materials[material].basis
    for code in items:
        item = plan.edition.item(code)
        for need in item.materials:
            if need.material == material and need.basis:
                return need.basis
        fallback = fallback or (item.basis[0] if item.basis else None)
    return fallback


def total_of(stretches: Iterable[Stretch]) -> Days:
    """Return the days of all stretches one after the other."""
    return _in_days((stretch.days, stretch.unit) for stretch in stretches)


APPLYING, COLLECTING, VERIFYING = "申请", "领取结果", "核验"


def _alone(item: ServiceItem, plan: Plan) -> Alone:
    fields, materials = count_raw((item,), plan.edition, plan.circumstances)
    committed = item.code in plan.situation.commitments
    return Alone(
        item=item,
        steps=(VERIFYING,) if item.is_automatic else (APPLYING, *item.special_procedures, COLLECTING),
        fields=fields,
        materials=materials,
        statutory=item.limit.statutory,
        promised=promised_days(item.limit, committed=committed),
        unit=item.limit.unit,
        visits=item.visits.before,
    )


def _steps_together(plan: Plan) -> tuple[str, ...]:
    """One application, each joint operation once, one delivery; after a commitment the visit comes after the grant."""
    steps: list[str] = []
    joint: set[tuple[str, str]] = set()
    for item in plan.items:
        if item.is_automatic or item.code in plan.situation.commitments:
            continue
        together = item.code in plan.joint_operations.get(item.joint_operation, ())
        for procedure in item.special_procedures:
            if not together:
                steps.append(f"{procedure}（{item.plain_name}）")
            elif (item.joint_operation, procedure) not in joint:
                joint.add((item.joint_operation, procedure))
                steps.append(f"{item.joint_operation}（{procedure}）")
    if not plan.items:
        return ()
    if all(item.is_automatic for item in plan.items):
        return (VERIFYING,)
    return (APPLYING, *steps, COLLECTING)


def _cuts(plan: Plan) -> Iterator[MaterialCut]:
    reasons = {
        MaterialWay.SHARED: CutReason.SHARED,
        MaterialWay.PRODUCED: CutReason.PRODUCED,
        MaterialWay.GENERATED: CutReason.GENERATED,
    }
    for merged in plan.materials:
        times = len(merged.needed_by)
        if merged.way in reasons:
            yield _cut(merged, reasons[merged.way], times)
        elif times > 1:
            yield _cut(merged, CutReason.DUPLICATE, times - 1)


def _cut(merged: MergedMaterial, reason: CutReason, spared: int) -> MaterialCut:
    return MaterialCut(merged.material, reason, spared, merged.needed_by, merged.produced_by)


def _reductions(reform: Reform) -> Iterator[Reduction]:
    figures = reform.figures
    before, after = figures.days
    yield Reduction(
        "steps", "办理环节", "个", reform.steps_before, len(reform.steps),
        "申请人要经过的环节。改革前逐项相加：每项申请、法定特别程序、领取结果各计一个，自动核验计一个；改革后一次申请、"
        "联合的程序只计一次、一次送达，采用告知承诺的核查在许可之后，不计",
    )  # fmt: skip
    yield Reduction(
        "materials", "申请材料", "份", *figures.materials,
        "改革前是各事项材料逐项相加；改革后是合并后仍要申请人自己准备并上传的",
    )  # fmt: skip
    if before.working or not before.calendar:
        yield Reduction(
            "working", "办理时间", "个工作日", before.working, after.working,
            "改革前是各事项承诺时限逐项相加；改革后是先后顺序里最长的一条（关键路径）。没有承诺时限的不计",
        )  # fmt: skip
    if before.calendar:
        yield Reduction(
            "calendar", "办理时间", "个自然日", before.calendar, after.calendar,
            "按自然日承诺的另行相加，与工作日不换算",
        )  # fmt: skip
    yield Reduction(
        "visits", "跑动次数", "次", *figures.visits, "改革前、后各事项要到现场的次数相加，以目录登记为准"
    )
    yield Reduction(
        "fields", "填写字段", "项", *figures.fields,
        "改革前是各事项申请表字段逐项相加；改革后是一张表里仍要申请人填写的，共享取得和系统算出的不计",
    )  # fmt: skip


def _in_days(each: Iterable[tuple[float, str]]) -> Days:
    working = calendar = 0.0
    for days, unit in each:
        if unit == "calendar":
            calendar += days
        else:
            working += days
    return Days(working, calendar)


def _walk(plan: Plan) -> tuple[Stretch, ...]:
    ends: dict[ItemCode, float] = {}
    stretches = []
    for item in plan.items:
        committed = item.code in plan.situation.commitments
        days = promised_days(item.limit, committed=committed) or 0
        begins = max((ends[code] for code in _waits_for(item) if code in ends), default=0.0)
        ends[item.code] = begins + days
        word = plan.edition.departments[item.department].short_name
        stretches.append(Stretch(item.code, item.plain_name, word, begins, days, item.limit.unit, committed))
    return tuple(stretches)


def _longest(plan: Plan, stretches: Iterable[Stretch]) -> tuple[Days, tuple[ItemCode, ...]]:
    """Return the longest way through the items and who is on it, working and calendar days kept apart."""
    reached: dict[ItemCode, tuple[Days, tuple[ItemCode, ...]]] = {}
    by_item = {stretch.item: stretch for stretch in stretches}
    for item in plan.items:
        own = _in_days([(by_item[item.code].days, by_item[item.code].unit)])
        priors = [reached[code] for code in _waits_for(item) if code in reached]
        before, way = max(priors, key=lambda path: path[0].length, default=(Days(), ()))
        days = Days(before.working + own.working, before.calendar + own.calendar)
        reached[item.code] = (days, (*way, item.code))
    return max(reached.values(), key=lambda path: path[0].length, default=(Days(), ()))


def _waits_for(item: ServiceItem) -> tuple[ItemCode, ...]:
    return (*item.depends_on, *item.depends_on_any, *item.after)
