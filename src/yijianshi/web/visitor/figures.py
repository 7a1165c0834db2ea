"""How the four reductions of a plan are drawn: one wording for cards and for the guide."""

from collections.abc import Iterable
from typing import TypeVar

from yijianshi.domain.catalogue import Bundle, ServiceItem
from yijianshi.domain.deadlines import promised_days
from yijianshi.domain.plans import Days, Plan
from yijianshi.domain.reforms import Figures
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.workdays import Day
from yijianshi.web import parts as p
from yijianshi.web.templatetags.yjs import day as day_words
from yijianshi.web.templatetags.yjs import wide, workdays

Line = TypeVar("Line")


def card_cuts(figures: Figures) -> tuple[p.Cut, ...]:
    """Return the three figures of a card; none where hardly anything is for everybody, and the situation decides."""
    if figures.items < 2:
        return ()
    before, after = figures.days
    return (
        p.Cut(name="材料", before=figures.materials[0], after=figures.materials[1], unit="份材料"),
        p.Cut(name="时间", before=before.working, after=after.working, unit="个工作日"),
        p.Cut(name="跑动", before=figures.visits[0], after=figures.visits[1], unit="次跑动"),
    )


def guide_cuts(figures: Figures, plan: Plan, promised: Day, usual: int | None = None) -> tuple[p.Cut, ...]:
    """Return the four figures of the guide, each with its reason."""
    before, after = figures.days
    spared = figures.materials[0] - figures.materials[1]
    joint = "、".join(wide(kind) for kind in plan.joint_operations)
    return (
        p.Cut(
            name="交材料", before=figures.materials[0], after=figures.materials[1], unit="份",
            why=f"少交 {spared} 份：{_why_fewer(plan)}" if spared else _why_not_fewer(figures),
        ),
        p.Cut(
            name="等多久", before=before.working, after=after.working, unit="个工作日",
            why=_when(promised) + _besides(after) + without_limit(plan) + _usually(usual),
        ),
        p.Cut(
            name="跑几次", before=figures.visits[0], after=figures.visits[1], unit="次",
            why=f"{joint}几家一起做，您不用分头跑" if joint else "网上报，结果送到手",
        ),
        p.Cut(
            name="填多少", before=figures.fields[0], after=figures.fields[1], unit="项",
            why="一样的只问一次，证照和登记里有的不问",
        ),
    )  # fmt: skip


def before_after(figures: Figures) -> p.BeforeAfter | None:
    """Return the picture of why it is quick; None where nothing is handled side by side."""
    taking = [s for s in figures.stretches if s.days and s.unit == "working"]
    before, after = figures.days
    if after.working >= before.working:
        return None
    longest = max((s.begins + s.days for s in taking), default=0)
    return p.BeforeAfter(
        before=tuple(p.Stage(name=s.department, days=s.days) for s in taking),
        after=tuple(
            p.Stage(
                name=s.name, days=s.days, begins=s.begins,
                note="承诺制" if s.committed else "最长" if s.begins + s.days == longest and len(taking) > 1 else "",
            )
            for s in taking
        ),
        before_words=f"{before.working:g} 个工作日，跑 {figures.visits[0]} 次",
        after_words=f"{after.working:g} 个工作日，" + (f"跑 {figures.visits[1]} 次" if figures.visits[1] else "不用跑"),
    )  # fmt: skip


def days_of(item: ServiceItem, *, committed: bool) -> str:
    """Return how long an item takes: as promised, else as the law limits it."""
    days = promised_days(item.limit, committed=committed)
    if days is None:
        days = item.limit.statutory
    return "没有规定期限" if days is None else workdays(days, item.limit.unit)


def in_phases(bundle: Bundle, lines: Iterable[tuple[str, Line]]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return lines under the phases of the one-thing, in their order; without phases all stand under one empty name."""
    found: dict[str, list[Line]] = {phase: [] for phase in (*bundle.phases, "")}
    for phase, line in lines:
        found[phase].append(line)
    return tuple((phase, tuple(each)) for phase, each in found.items() if each)


def without_limit(plan: Plan) -> str:
    """Return which items the promised day leaves out, because nobody ever set a limit for them."""
    names = [
        item.plain_name for item in plan.items if item.limit.promised is None and item.limit.statutory is None
    ]
    if not names:
        return ""
    said = f"“{names[0]}”" if len(names) == 1 else f"“{names[0]}”等 {len(names)} 项"
    return f"；{said}没有规定期限，不在其内"


def _why_not_fewer(figures: Figures) -> str:
    return "都要您自己准备" if figures.materials[0] else "这些事项都不要材料"


def _why_fewer(plan: Plan) -> str:
    ways = {material.way for material in plan.materials}
    reasons = []
    if MaterialWay.SHARED in ways:
        reasons.append("部门共享")
    if MaterialWay.GENERATED in ways:
        reasons.append("系统生成")
    if MaterialWay.PRODUCED in ways:
        reasons.append("这次办出来")
    if plan.raw_materials > len(plan.materials):
        reasons.append("重复的只要一份")
    return "、".join(reasons)


def _usually(usual: int | None) -> str:
    return "" if usual is None else f"；这里最近办完的，一般用了 {usual} 个工作日"


def _when(promised: Day) -> str:
    return f"今天受理，{day_words(promised.day)}前办完" + ("（暂定）" if promised.provisional else "")


def _besides(days: Days) -> str:
    return f"；另有 {days.calendar:g} 个自然日" if days.calendar else ""
