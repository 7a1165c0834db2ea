"""
The one notice (一次告知书): what, on what basis, with what, how long, at what cost - told once, before applying.

Basis: Administrative License Law, art. 30; 苏政办发〔2022〕87号, 二(三). Anyone may have it, without saying who he is.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from yijianshi.domain.catalogue import Question, ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, MaterialCode
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.plans import Days, Plan
from yijianshi.domain.reforms import basis_of_material
from yijianshi.domain.routing import Unit, unit_for
from yijianshi.domain.sharing import FieldWay, MaterialWay
from yijianshi.domain.workdays import Day, legal_day

from .. import letters
from ..applying.seal import unit_for_lead
from ..catalogue.figures import fields_by_way, materials_by_way
from ..outside import outside
from ..reading.guide import Guide, read_guide
from .paper import Printed, print_letter
from .words import (
    authority_of,
    days_words,
    desks_at,
    due_words,
    fee_words,
    promise_words,
    statutory_words,
    title_of,
)

_NUMERALS = "一二三四五六七八九十"


def notice_pdf(
    *,
    bundle: BundleCode,
    division: DivisionCode,
    given: Mapping[str, Any],
    also: Iterable[str] = (),
    commit: Iterable[str] = (),
    at: datetime,
) -> Printed:
    """
    Return the notice that says what the guide page says for the same answers, items and commitments.

    :raises UnknownBundle: if the one-thing is not published in the division.
    :raises GlyphsMissing: if a character cannot be printed.
    """
    day = legal_day(at)
    guide = read_guide(bundle=bundle, division=division, given=given, also=also, commit=commit, on=day)
    return _printed(notice_of(guide, division=division, on=day))


def notice_of(guide: Guide, *, division: DivisionCode, on: date) -> letters.Notice:
    """Return the notice of a guide, as everything in it would be handled in `division` from a day on."""
    plan = guide.plan
    edition = plan.edition
    lead = Unit.parse(unit_for_lead(plan, home=division))
    return letters.Notice(
        authority=authority_of(lead),
        on=on,
        demo=outside().demo_seal,
        bundle=title_of(edition),
        items=tuple(_item(item, plan, division) for item in plan.items),
        stages=_stages(plan),
        to_provide=tuple(_to_provide(m, plan) for m in materials_by_way(plan, MaterialWay.UPLOAD)),
        exempt=tuple(
            _exempt(m, plan)
            for way in (MaterialWay.SHARED, MaterialWay.PRODUCED, MaterialWay.GENERATED)
            for m in materials_by_way(plan, way)
        ),
        total=_total(guide.figures.days[1]),
        due=_due(plan, guide.promised, on),
        visits=f"{sum(item.visits.after for item in plan.items)} 次",
        fee="不收费" if all(item.fee.charged == "no" for item in plan.items) else "见各事项",
        desks=desks_at(lead),
        situation=tuple(
            letters.Line(label=question.text, value=_answer(question, plan.situation.answers[question.key]))
            for question in edition.bundle.questions
            if plan.situation.answers.get(question.key) not in (None, "", [])
        ),
        supplied=_supplied(plan),
        warnings=_warnings(guide),
        edition=f"{edition.division.name}“{edition.bundle.name}”，自 {edition.valid_from:%Y-%m-%d} 起施行，版本 {edition.digest[:8]}",
        qr=f"{outside().address}/guide/{edition.bundle.code}?{guide.query()}".rstrip("?"),
    )


@lru_cache(maxsize=64)
def _printed(letter: letters.Notice) -> Printed:
    """The same notice is asked for again and again by people who are nobody in particular."""
    return print_letter(letter, name=f"{letter.bundle}一次告知书")


def _item(item: ServiceItem, plan: Plan, division: DivisionCode) -> letters.NoticeItem:
    committed = item.code in plan.situation.commitments
    return letters.NoticeItem(
        name=item.name,
        department=authority_of(unit_for(item, plan.edition, division=division)),
        type=item.type,
        basis=tuple(f"{basis}（{basis.note}）" if basis.note else str(basis) for basis in item.basis),
        conditions=item.conditions,
        promised_limit=promise_words(item, committed=committed) + ("（告知承诺）" if committed else ""),
        statutory_limit=statutory_words(item.limit),
        fee=fee_words(item.fee),
        result=item.result.name,
        visits=f"{item.visits.after} 次" if item.visits.after else "",
        note="".join(_notes(item, plan, committed)),
    )


def _notes(item: ServiceItem, plan: Plan, committed: bool) -> list[str]:
    notes = []
    name_of = {one.code: one.plain_name for one in plan.items}
    if priors := [name_of[code] for code in plan.priors_of(item)]:
        notes.append(f"等“{'”“'.join(priors)}”办好后开始。")
    together = next((items for items in plan.joint_operations.values() if item.code in items), ())
    if together:
        others = "、".join(name_of[code] for code in together if code != item.code)
        notes.append(f"{item.joint_operation}与{others}一次上门。")
    if committed:
        notes.append("采用告知承诺，办结后核查。")
    elif item.commitment.allowed:
        notes.append("可以自愿选择告知承诺办理。")
    if item.public_notice_days:
        unit = "个工作日" if item.public_notice_unit == "working" else "日"
        notes.append(f"另有公示 {item.public_notice_days} {unit}。")
    if item.division_from:
        asked = plan.edition.elements[item.division_from].name
        notes.append(f"由“{asked}”所在县（市、区）办理。")
    return notes


def _stages(plan: Plan) -> tuple[letters.Stage, ...]:
    stages = []
    for at, codes in enumerate(plan.stages):
        items = [plan.edition.item(code) for code in codes]
        longest = max((item.limit.promised or 0, item.limit.unit) for item in items)
        side_by_side = " · 同时办理" if len(items) > 1 else ""
        stages.append(
            letters.Stage(
                title=f"第{_numeral(at)}步{side_by_side}",
                items=tuple(item.plain_name for item in items),
                when="提交后自动完成"
                if all(i.is_automatic for i in items)
                else f"最长 {days_words(*longest)}".replace("最长 当场", "当场"),
            )
        )
    stages.append(
        letters.Stage(title=f"第{_numeral(len(stages))}步", items=("全部结果一并送达",), when="全部办结后")
    )
    return tuple(stages)


def _numeral(at: int) -> str:
    return _NUMERALS[at] if at < len(_NUMERALS) else str(at + 1)


def _to_provide(merged: MergedMaterial, plan: Plan) -> letters.NeededMaterial:
    how = "上传照片或 PDF"
    if merged.replaceable_by_commitment:
        how += "；可以用承诺书代替"
    if merged.owable:
        how += f"；可以容缺，受理后 {merged.owable.within} 个工作日内补齐"
    return letters.NeededMaterial(
        name=plan.edition.materials[merged.material].name,
        needed_by=_needed_by(merged, plan),
        basis=_basis(merged, plan),
        how=how,
    )


def _exempt(merged: MergedMaterial, plan: Plan) -> letters.NeededMaterial:
    material = plan.edition.materials[merged.material]
    if merged.way is MaterialWay.PRODUCED:
        names = "”“".join(plan.edition.item(code).plain_name for code in merged.produced_by)
        how = f"由本次办理的“{names}”产出"
    elif merged.way is MaterialWay.GENERATED:
        how = "由您的填报生成"
    else:
        how = "电子证照，系统调取" if material.licence else "共享数据，系统调取"
    return letters.NeededMaterial(
        name=material.name, needed_by=_needed_by(merged, plan), basis=_basis(merged, plan), how=how
    )


def _needed_by(merged: MergedMaterial, plan: Plan) -> tuple[str, ...]:
    if len(merged.needed_by) == len(plan.items) > 2:
        return ("全部事项",)
    return tuple(plan.edition.item(code).plain_name for code in merged.needed_by)


def _basis(merged: MergedMaterial, plan: Plan) -> str:
    basis = basis_of_material(plan, MaterialCode(merged.material), merged.needed_by)
    return str(basis) if basis else ""


def _supplied(plan: Plan) -> tuple[letters.SuppliedValues, ...]:
    found: dict[str, list[str]] = {}
    for merged in fields_by_way(plan, FieldWay.PREFILLED):
        element = plan.edition.elements[merged.element]
        codes = [code for code in (merged.source, *element.sources) if code in plan.edition.resources]
        if codes:
            found.setdefault(plan.edition.resources[codes[0]].name, []).append(element.name)  # type: ignore[index]
    return tuple(
        letters.SuppliedValues(register=name, values=tuple(values)) for name, values in found.items()
    )


def _total(days: Days) -> str:
    parts = [days_words(days.working)] if days.working else []
    parts += [days_words(days.calendar, "calendar")] if days.calendar else []
    return " + ".join(parts) or "当场办结"


def _due(plan: Plan, promised: Day, on: date) -> str:
    said = f"今日受理的，{due_words(promised, start=on)}办结（以受理日起算）"
    if plan.undetermined:
        said += "；没有规定期限的事项不在其内"
    return said


def _answer(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return question.yes if value else question.no
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    unit = "平方米" if question.unit == "m²" else question.unit
    return f"{value:g} {unit}".strip() if isinstance(value, int | float) else str(value)


def _warnings(guide: Guide) -> tuple[str, ...]:
    plan = guide.plan
    warnings = [f"现在还不能一起申请：{problem.message}。" for problem in guide.problems]
    if guide.unanswered:
        asked = "；".join(question.text.rstrip("？?") for question in guide.unanswered)
        warnings.append(f"还没有回答：{asked}。回答不同，事项、材料和期限会有变化。")
    for item in plan.items:
        if item.limit.without_commitment is not None and item.code in plan.situation.commitments:
            general = days_words(item.limit.without_commitment, item.limit.unit)
            warnings.append(f"“{item.plain_name}”的期限以您选择告知承诺为前提；不选择的，{general}。")
        if item.limit.promised is None and item.limit.statutory is None:
            warnings.append(f"“{item.plain_name}”没有规定办理期限，不计入“最长多久”。")
    if guide.promised.provisional:
        warnings.append("办结日期遇到尚未公布放假安排的年份，是暂定的，公布以后重新计算。")
    return tuple(warnings)
