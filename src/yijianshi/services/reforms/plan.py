"""
The reform plan of a one-thing (实施方案), written out of its edition: parts with paragraphs, tables and pictures.

Page, paper and command read the same value; there is no figure in it that the plan does not give.

Basis: 苏政办发〔2022〕87号, 三(一): the lead department and the others set out form, materials, process and data standard.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yijianshi.domain.choices import left_out, widest_choice
from yijianshi.domain.conditions import explain
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Situation, make_plan, wording
from yijianshi.domain.reforms import Reform, reform_of
from yijianshi.domain.routing import Unit, unit_name

from ..catalogue.figures import whole
from ..letters.official import Annex, Block, Part
from ..punctuation import wide
from .contents import annexes, confirmations, duties, form_and_materials, sharing
from .labour import AUDIENCES, cooperating
from .pictures import Picture, days_said, drawn, picture_of, span

ORDER = "江苏省政府办公厅关于加快推进“一件事一次办”打造政务服务升级版的实施意见"
ORDER_NUMBER = "苏政办发〔2022〕87号"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReformPlan:
    """The plan as it is read: its title, who would issue it, its figures, its parts and its annexes."""

    title: str
    authority: str
    reform: Reform
    picture: Picture
    situation: tuple[tuple[str, str], ...]  # what was asked and what was answered
    parts: tuple[Part, ...]
    annexes: tuple[Annex, ...]
    source: str

    @property
    def edition(self) -> Edition:
        return self.reform.plan.edition


def write_plan(edition: Edition, *, situation: Situation | None = None) -> ReformPlan:
    """Return the plan for a situation; without one, for the widest choice of items that is lawful."""
    chosen = situation or widest_choice(edition)
    reform = reform_of(make_plan(edition, chosen, strict=False))
    picture = picture_of(reform)
    lead = Unit(edition.bundle.lead_department, edition.division.code)
    title = wide(edition.bundle.title)
    return ReformPlan(
        title=f"{edition.division.name}“{title}一件事”实施方案",
        authority=unit_name(lead, edition.departments, edition.divisions),
        reform=reform,
        picture=picture,
        situation=tuple(_answered(edition, chosen.answers)),
        parts=(
            Part(heading="目标", blocks=tuple(_aims(reform))),
            Part(heading="适用范围和事项构成", blocks=tuple(_composition(reform))),
            Part(heading="流程再造", blocks=tuple(_process(reform, picture))),
            Part(heading="表单和材料", blocks=tuple(form_and_materials(reform))),
            Part(heading="办理时限", blocks=tuple(_limits(reform))),
            Part(heading="数据共享需求", blocks=tuple(sharing(edition))),
            Part(heading="责任分工", blocks=tuple(duties(edition))),
            Part(heading="需要确认的事项", blocks=tuple(confirmations(edition))),
        ),
        annexes=annexes(reform),
        source=f"由{edition.division.name}“{edition.bundle.title}”目录生成，版本 {edition.digest[:8]}，"
        f"自 {edition.valid_from:%Y-%m-%d} 起。数字均由目录算出，目录改了，方案随之改变。",
    )


def _answered(edition: Edition, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for question in edition.bundle.questions:
        value = answers.get(question.key)
        if value in (None, "", []):
            continue
        if isinstance(value, bool):
            said = question.yes if value else question.no
        elif isinstance(value, list | tuple):
            said = "、".join(map(str, value))
        else:
            unit = {"m²": "平方米"}.get(question.unit, question.unit)
            said = f"{whole(value) if isinstance(value, float) else value} {unit}".strip()
        yield question.text.rstrip("?？"), said


def _aims(reform: Reform) -> Iterator[Block]:
    edition = reform.plan.edition
    items = reform.plan.items
    departments = {item.department for item in items}
    yield Block(
        text=f"为落实《{ORDER}》（{ORDER_NUMBER}），把办理“{wide(edition.bundle.title)}”涉及的 {len(items)} 个事项、"
        f"{len(departments)} 个部门整合为“一件事”，做到一次告知、一表申请、一套材料、一次受理、一次分办、一次送达。具体目标如下。"
    )
    yield Block(
        caption="改革前后对照",
        heads=("项目", "改革前", "改革后", "减少", "怎样计数"),
        widths=(1.0, 1.1, 1.1, 0.9, 3.2),
        rows=tuple(
            (
                r.name,
                f"{whole(r.before)} {r.unit}",
                f"{whole(r.after)} {r.unit}",
                f"{whole(r.saved)} {r.unit}" if r.saved else "不变",
                r.counted,
            )
            for r in reform.reductions
        ),
    )
    if reform.without_promise:
        yield Block(
            text=f"没有承诺时限的事项：{_names(reform, reform.without_promise)}。它们要办多久目录里没有，不计入时间，也不按零天算。"
        )
    yield Block(text=_statutory_words(reform))


def _statutory_words(reform: Reform) -> str:
    """What no law lays down is not called statutory."""
    known = len(reform.alone) - len(reform.without_statutory)
    none = (
        f"{_names(reform, reform.without_statutory)}没有法定时限，不列为法定时限。"
        if reform.without_statutory
        else ""
    )
    if not known:
        return f"本件事的事项都没有法定时限：{none}"
    total = span(reform.statutory.working, reform.statutory.calendar)
    return f"有法定时限的 {known} 个事项，法定时限逐项相加为 {total}。{none}"


def _composition(reform: Reform) -> Iterator[Block]:
    edition, plan = reform.plan.edition, reform.plan
    bundle = edition.bundle
    says = bundle.description or bundle.title
    yield Block(
        text=f"适用于：{wide(says).rstrip('。')}。服务对象：{AUDIENCES.get(bundle.audience, '申请人')}。"
        f"牵头部门为{wide(edition.departments[bundle.lead_department].name)}，"
        f"配合部门为{'、'.join(wide(edition.departments[code].name) for code in cooperating(edition)) or '无'}。"
    )
    for precondition in bundle.preconditions:
        said = precondition.message or explain(precondition.condition, name_of=wording(edition))
        yield Block(text=f"前提：{said}。")
    answered = "；".join(f"{asked}：{said}" for asked, said in _answered(edition, plan.situation.answers))
    if answered:
        yield Block(text=f"本方案按下列情形测算：{answered}。")
    for problem in plan.problems:
        yield Block(text=f"这样选还不能一起申请：{problem.message}。")
    yield Block(
        caption=f"事项构成（{len(plan.items)} 个）",
        heads=("序号", "事项", "类型", "责任部门", "适用情形", "办理结果"),
        widths=(0.5, 2.2, 0.9, 1.1, 1.8, 1.5),
        rows=tuple(
            (
                str(number),
                wide(item.name),
                item.type,
                edition.departments[item.department].short_name,
                item.when or "都适用",
                wide(item.result.name),
            )
            for number, item in enumerate(plan.items, 1)
        ),
    )
    others = left_out(edition, plan.situation)
    if others:
        yield Block(
            caption="未列入测算的事项",
            heads=("事项", "责任部门", "原因"),
            widths=(2.4, 1.1, 3.0),
            rows=tuple(
                (
                    wide(item.name),
                    edition.departments[item.department].short_name,
                    why or "由申请人自选；与已选事项不能同时办",
                )
                for item, why in others
            ),
        )


def _process(reform: Reform, picture: Picture) -> Iterator[Block]:
    plan = reform.plan
    yield Block(heading="改革前：一项一项办")
    yield Block(
        caption="各事项单办时",
        heads=("事项", "环节", "字段", "材料", "承诺时限", "跑动"),
        widths=(2.0, 2.2, 0.7, 0.7, 1.3, 0.7),
        rows=(
            *(
                (
                    wide(one.item.plain_name), "、".join(one.steps), f"{one.fields} 项", f"{one.materials} 份",
                    "没有承诺" if one.promised is None else days_said(one.promised, one.unit), f"{one.visits} 次",
                )
                for one in reform.alone
            ),
            (
                "合计", f"{reform.steps_before} 个", f"{reform.figures.fields[0]} 项", f"{reform.figures.materials[0]} 份",
                picture.before_words, f"{reform.figures.visits[0]} 次",
            ),
        ),
    )  # fmt: skip
    yield Block(heading="改革后：一次办")
    names = {item.code: wide(item.plain_name) for item in plan.items}
    for number, stage in enumerate(plan.stages, 1):
        side_by_side = "，同时办理" if len(stage) > 1 else ""
        yield Block(text=f"第 {number} 步：{'、'.join(names[code] for code in stage)}{side_by_side}。")
    for kind, codes in plan.joint_operations.items():
        yield Block(text=f"{kind}：{'、'.join(names[code] for code in codes)}合并为一次。")
    if committed := sorted(plan.situation.commitments):
        yield Block(text=f"采用告知承诺：{'、'.join(names[code] for code in committed)}，先办结、后核查。")
    yield Block(text=f"申请人经过 {len(reform.steps)} 个环节：{'、'.join(reform.steps)}。")
    critical = "、".join(names[code] for code in reform.figures.critical)
    yield Block(text=f"关键路径：{critical}，{picture.after_words}。")
    yield Block(heading="前后对照图")
    yield Block(svg=drawn(picture), alt=picture.says, caption=picture.note)
    yield Block(text="改革前、后由谁办哪一步、先后怎样，见附件 3 的流程图。")


def _limits(reform: Reform) -> Iterator[Block]:
    edition = reform.plan.edition
    total = edition.bundle.promised_total
    yield Block(
        caption="各事项办理时限",
        heads=("事项", "法定时限", "承诺时限", "采用告知承诺", "关键路径"),
        widths=(2.2, 1.3, 1.3, 1.5, 0.8),
        rows=tuple(_limit_row(reform, at) for at in range(len(reform.alone))),
    )
    yield Block(
        text=f"一项一项办，承诺时限逐项相加为 {span(*reform.figures.days[0])}；一次办，从受理到全部办结最长 "
        f"{span(*reform.figures.days[1])}。工作日与自然日分别计算，不换算；依法停止计时的时间不计入。"
    )
    if total is not None and total.promised is not None:
        yield Block(text=f"目录所载整件事的对外承诺为 {days_said(total.promised, total.unit)}。")
    for item in reform.plan.items:
        if item.public_notice_days:
            unit = "自然日" if item.public_notice_unit == "calendar" else "工作日"
            yield Block(text=f"“{item.plain_name}”另有公示 {item.public_notice_days} 个{unit}。")


def _limit_row(reform: Reform, at: int) -> tuple[str, ...]:
    one = reform.alone[at]
    limit = one.item.limit
    if limit.without_commitment is not None:
        committed = days_said(limit.promised, one.unit)
    else:
        committed = "可以，时限相同" if one.item.commitment.allowed else "不适用"
    return (
        wide(one.item.plain_name),
        "没有法定时限" if one.statutory is None else days_said(one.statutory, one.unit),
        "没有承诺" if one.promised is None else days_said(one.promised, one.unit),
        committed,
        "是" if one.item.code in reform.figures.critical else "",
    )


def _names(reform: Reform, codes: tuple[str, ...]) -> str:
    named = {one.item.code: wide(one.item.plain_name) for one in reform.alone}
    return "、".join(f"“{named[code]}”" for code in codes)  # type: ignore[index]
