"""
What has changed between two editions of a one-thing, in words and item by item (版本差异).

Each difference also says for whom it is good: inheritance allows nothing that is worse for the applicant.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from .catalogue import ASKED, Bundle, Field, Limit, MaterialNeed, Question, ServiceItem
from .codes import ItemCode
from .conditions import explain
from .editions import Edition
from .improvements import length


class Effect(StrEnum):
    """What a difference means for the applicant (对申请人)."""

    BETTER = "better"  # 优化
    WORSE = "worse"  # 加重
    OTHER = "other"  # 不轻不重
    UNCLEAR = "unclear"  # 看不出轻重


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs (差异): of an item, or of the whole one-thing where `item` is empty."""

    item: ItemCode | None
    name: str  # what it is about, as people call it
    words: str
    effect: Effect = Effect.OTHER

    def __str__(self) -> str:
        return f"{self.name}：{self.words}"


#: One change before it is known of which item it is.
Change = tuple[str, Effect]
_B, _W, _O, _U = Effect.BETTER, Effect.WORSE, Effect.OTHER, Effect.UNCLEAR
_FEES = {"no": "不收费", "yes": "收费", "unknown": "是否收费未定"}
#: What is compared as it stands, with its name; the rest is compared by functions of its own below.
_BUNDLE_WORDS = {
    "name": "名称", "plain_name": "通俗名称", "kind": "类别", "audience": "服务对象", "description": "说明",
    "stage": "阶段", "keywords": "搜索词", "rules": "选择规则", "composite_licence": "综合许可证", "preconditions": "前提", "role_hints": "同一人提示",
    "certainty": "把握程度", "sources": "来源", "note": "备注",
}  # fmt: skip
_ITEM_WORDS = {
    "name": "名称", "short": "简称", "type": "类型", "type_code": "类型代码", "base_item": "基本编码", "subtype": "子项",
    "handling": "办理方式", "conditions": "办理条件", "when": "适用说明", "applies_if": "适用情形",
    "default_selected": "是否默认选办", "deferred": "是否以后再办", "joint_operation": "联合勘验",
    "owed_materials_note": "容缺说明", "special_procedures": "特别程序", "public_notice_unit": "公示期单位",
    "regulator": "监管部门", "approval_split_plausible": "审批监管分离", "standalone_form": "单办表", "per": "分别立案",
    "division_from": "按哪个地址定由哪里办", "phase": "阶段", "checklist": "审查要点", "certainty": "把握程度",
    "without_application": "免申即享", "assurance": "要求的身份核验级别", "note": "备注", "department_note": "部门说明", "depends_because": "前置的理由",
}  # fmt: skip
#: What has a function of its own below; whatever is in neither place is told without saying how it differs.
_TOLD_APART = {
    "code", "items", "lead_department", "cooperating_departments", "promised_total", "params", "questions", "limit",
    "visits", "fee", "co_applicants", "materials", "fields", "depends_on", "depends_on_any", "after", "department", "basis", "result",
    "commitment", "public_notice_days", "stop_reasons",
}  # fmt: skip
#: A region that words these otherwise may have changed what is demanded.
_MAY_DEMAND_MORE = {"conditions", "applies_if", "handling", "special_procedures", "division_from", "rules", "preconditions", "audience", "assurance"}  # fmt: skip


def differences(before: Edition, after: Edition) -> tuple[Difference, ...]:
    """Return what differs, the whole one-thing first, then item by item in the order of `after`."""
    old, new = before.bundle, after.bundle
    found = [Difference(None, new.title, *change) for change in _of_bundle(old, new, before, after)]
    old_items = {item.code: item for item in old.items}
    for item in new.items:
        was = old_items.pop(item.code, None)
        if was is None:
            found.append(Difference(item.code, item.plain_name, "新增这个事项", _U))
        else:
            changes = _of_item(was, item, before, after)
            found += [Difference(item.code, item.plain_name, *change) for change in changes]
    for item in old_items.values():
        found.append(Difference(item.code, item.plain_name, "不再包含这个事项", _W))
    found += [Difference(None, name, *change) for name, change in _of_definitions(before, after)]
    return tuple(found)


def by_item(found: Iterable[Difference]) -> dict[str, tuple[Difference, ...]]:
    """Return the differences under the name of what they are about, in their order."""
    grouped: dict[str, list[Difference]] = {}
    for difference in found:
        grouped.setdefault(difference.name, []).append(difference)
    return {name: tuple(ones) for name, ones in grouped.items()}


def worsenings(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Return what a region may not do to the standard: make it worse, or change it so that nobody can tell."""
    return tuple(d for d in found if d.effect in (Effect.WORSE, Effect.UNCLEAR))


def _of_bundle(old: Bundle, new: Bundle, before: Edition, after: Edition) -> Iterator[Change]:
    yield from _plain(old, new, _BUNDLE_WORDS, before, after)
    names = {**before.departments, **after.departments}
    if old.lead_department != new.lead_department:
        yield (
            f"牵头部门 {names[old.lead_department].short_name} → {names[new.lead_department].short_name}",
            _O,
        )
    came, went = _came_and_went(old.cooperating_departments, new.cooperating_departments)
    yield from ((f"新增配合部门 {names[code].short_name}", _O) for code in came)
    yield from ((f"配合部门不再有 {names[code].short_name}", _O) for code in went)
    yield from _of_co_applicants(old, new, after)
    if old.promised_total != new.promised_total:
        yield from _of_limit(old.promised_total or Limit(), new.promised_total or Limit(), "总")
    yield from _of_parameters(old, new)
    yield from _of_questions(old.questions, new.questions)


def _of_co_applicants(old: Bundle, new: Bundle, after: Edition) -> Iterator[Change]:
    were = {one.code: one for one in old.co_applicants}
    for one in new.co_applicants:
        was = were.pop(one.code, None)
        if was is None:
            yield f"新增要{one.name}确认", _W
        elif was.applies_if != one.applies_if:
            when = explain(one.applies_if, name_of=_namer(after)) if one.applies_if else "任何情形"
            yield f"要{one.name}确认的情形改成“{when}”", _W if one.applies_if is None else _U
        elif was != one:
            yield f"要{one.name}确认，写法有改动", _O
    yield from ((f"不再要{one.name}确认", _B) for one in were.values())


def _of_parameters(old: Bundle, new: Bundle) -> Iterator[Change]:
    were, are = old.params or {}, new.params or {}
    for key in {**were, **are}:
        if key not in were:
            yield f"新增地方参数 {key}：{are[key].value}{are[key].unit}", _O
        elif key not in are:
            yield f"不再有地方参数 {key}", _O
        elif were[key] != are[key]:
            yield f"地方参数 {key}：{were[key].value} → {are[key].value}{are[key].unit}", _O


def _of_questions(old: tuple[Question, ...], new: tuple[Question, ...]) -> Iterator[Change]:
    were = {question.key: question for question in old}
    for question in new:
        was = were.pop(question.key, None)
        if was is None:
            yield f"新增问题“{question.text}”", _W
        elif was.text != question.text:
            yield f"问题“{was.text}”改成“{question.text}”", _O
        elif was != question:
            yield f"问题“{question.text}”的选项或说明有改动", _O
    yield from ((f"不再问“{question.text}”", _B) for question in were.values())


def _of_item(old: ServiceItem, new: ServiceItem, before: Edition, after: Edition) -> Iterator[Change]:
    yield from _of_limit(old.limit, new.limit)
    if old.visits.after != new.visits.after:
        fewer = new.visits.after < old.visits.after
        yield f"跑动 {old.visits.after} → {new.visits.after} 次", _B if fewer else _W
    elif old.visits != new.visits:
        yield f"改革前跑动 {old.visits.before} → {new.visits.before} 次", _O
    yield from _of_fee(old, new)
    yield from _of_materials(old, new, before, after)
    yield from _of_fields(old, new, before, after)
    yield from _of_order(old, new, before, after)
    if old.department != new.department:
        names = {**before.departments, **after.departments}
        yield f"部门 {names[old.department].short_name} → {names[new.department].short_name}", _O
    came, went = _came_and_went([str(basis) for basis in old.basis], [str(basis) for basis in new.basis])
    yield from ((f"新增依据 {basis}", _O) for basis in came)
    yield from ((f"不再引用依据 {basis}", _O) for basis in went)
    if not came and not went and old.basis != new.basis:
        yield "依据的说明有改动", _O
    if old.result != new.result:
        yield f"结果 {old.result.name} → {new.result.name}", _O
    if old.commitment != new.commitment:
        yield from _of_commitment(old, new)
    if old.public_notice_days != new.public_notice_days:
        longer = (new.public_notice_days or 0) > (old.public_notice_days or 0)
        yield f"公示 {old.public_notice_days or 0} → {new.public_notice_days or 0} 天", _W if longer else _B
    came, went = _came_and_went([r.name for r in old.stop_reasons], [r.name for r in new.stop_reasons])
    yield from ((f"新增停止计时的情形：{name}", _W) for name in came)
    yield from ((f"不再因“{name}”停止计时", _B) for name in went)
    if not came and not went and old.stop_reasons != new.stop_reasons:
        yield "停止计时的情形有改动", _U
    yield from _plain(old, new, _ITEM_WORDS, before, after)


def _of_limit(old: Limit, new: Limit, whose: str = "") -> Iterator[Change]:
    for key, name in (
        ("promised", "承诺"),
        ("without_commitment", "不承诺时"),
        ("statutory", "法定"),
        ("extension", "可延长"),
    ):
        was, now = getattr(old, key), getattr(new, key)
        if (was is None and now is None) or (was == now and old.unit == new.unit):
            continue
        unit = _unit(new.unit)
        if was is None:
            yield f"{whose}{name} {now:g} {unit}，原来没有写", _W if key == "extension" else _B
        elif now is None:
            yield f"{whose}不再有{name}（原 {was:g} {_unit(old.unit)}）", _B if key == "extension" else _W
        else:
            from_ = f"{was:g}" + ("" if old.unit == new.unit else f" {_unit(old.unit)}")
            shorter = length(now, new.unit) < length(was, old.unit)
            yield f"{whose}{name} {from_} → {now:g} {unit}", _B if shorter else _W
    if old.note != new.note:
        yield f"{whose}时限的说明有改动", _O


def _of_fee(old: ServiceItem, new: ServiceItem) -> Iterator[Change]:
    if old.fee.charged != new.fee.charged:
        effect = _B if new.fee.charged == "no" else _W
        yield f"{_FEES[old.fee.charged]} → {_FEES[new.fee.charged]}", effect
    elif old.fee != new.fee:
        yield f"收费标准改成：{new.fee.note or '没有写'}", _U


def _of_materials(old: ServiceItem, new: ServiceItem, before: Edition, after: Edition) -> Iterator[Change]:
    were = {need.material: need for need in old.materials}
    for need in new.materials:
        name = after.materials[need.material].name
        was = were.pop(need.material, None)
        if was is None:
            yield f"新增材料 {name}", _W
        else:
            yield from _of_need(was, need, name, after)
    yield from ((f"不再要求 {before.materials[code].name}", _B) for code in were)


def _of_need(old: MaterialNeed, new: MaterialNeed, name: str, after: Edition) -> Iterator[Change]:
    if old.replaceable_by_commitment != new.replaceable_by_commitment:
        yield (
            (f"{name} 可以用承诺书代替", _B) if new.replaceable_by_commitment else (f"{name} 不再能用承诺书代替", _W)
        )  # fmt: skip
    if old.owable != new.owable:
        yield (f"{name} 可以后补", _B) if new.owable else (f"{name} 不再能后补", _W)
    yield from _of_demand(old, new, name, after)
    if old.condition_text != new.condition_text:
        yield f"{name} 的条件改成“{new.condition_text or '没有写'}”", _U
    if old.copies != new.copies:
        yield f"{name} 的份数有改动", _U
    if old.basis != new.basis:
        yield f"{name} 的依据改成 {new.basis or '没有写'}", _O
    if old.produced_by != new.produced_by:
        yield f"{name} 由哪一项产出有改动", _U


def _of_demand(
    old: MaterialNeed | Field, new: MaterialNeed | Field, name: str, after: Edition
) -> Iterator[Change]:
    if old.required and not new.required:
        yield f"{name} 改为可以不给", _B
    elif new.required and not old.required:
        yield f"{name} 改为必须给", _W
    if old.required_if != new.required_if:
        said = explain(new.required_if, name_of=_namer(after)) if new.required_if else "任何情形"
        effect = _W if new.required_if is None else _B if old.required_if is None else _U
        yield f"{name} 改为在“{said}”时才要" if new.required_if else f"{name} 改为任何情形都要", effect


def _of_fields(old: ServiceItem, new: ServiceItem, before: Edition, after: Edition) -> Iterator[Change]:
    were = {field.element: field for field in old.fields}
    for field in new.fields:
        name = after.elements[field.element].name
        was = were.pop(field.element, None)
        if was is None:
            yield f"新增字段 {name}", _W
            continue
        yield from _of_demand(was, field, name, after)
        if (was.prefill, was.prior) != (field.prefill, field.prior):
            if field.prefill == ASKED:
                yield f"{name} 改为请申请人填", _W
            else:
                yield f"{name} 改为从{_source(field, after)}取", _B if was.prefill == ASKED else _O
        if (was.label, was.repeat) != (field.label, field.repeat):
            yield f"{name} 的写法有改动", _O
    yield from ((f"不再问 {before.elements[code].name}", _B) for code in were)


def _source(field: Field, edition: Edition) -> str:
    resource = edition.resources.get(field.prefill)  # type: ignore[call-overload]
    if resource is not None:
        return str(resource.name)
    return "系统计算" if field.prefill == "system" else "前序事项的结果"


def _of_order(old: ServiceItem, new: ServiceItem, before: Edition, after: Edition) -> Iterator[Change]:
    names = {i.code: i.plain_name for edition in (before, after) for i in edition.bundle.items}
    for key, said in (("depends_on", "前置"), ("depends_on_any", "前置之一"), ("after", "先后")):
        came, went = _came_and_went(getattr(old, key), getattr(new, key))
        worse, better = (_U, _U) if key == "depends_on_any" else (_W, _B)
        yield from ((f"新增{said} {names.get(code, code)}", worse) for code in came)
        yield from ((f"不再有{said} {names.get(code, code)}", better) for code in went)


def _of_commitment(old: ServiceItem, new: ServiceItem) -> Iterator[Change]:
    if old.commitment.allowed != new.commitment.allowed:
        yield ("可以告知承诺办理", _B) if new.commitment.allowed else ("不再能告知承诺办理", _W)
    else:
        yield "告知承诺的说明有改动", _O


def _of_definitions(before: Edition, after: Edition) -> Iterator[tuple[str, Change]]:
    """Yield what changed in the shared things that both editions speak of, other than how sure one is of them."""
    for part, kind in (
        ("elements", "字段"),
        ("materials", "材料"),
        ("licences", "证照"),
        ("resources", "来源"),
    ):
        were, are = getattr(before, part), getattr(after, part)
        for code in were.keys() & are.keys():
            if were[code] == are[code]:
                continue
            if were[code].name != are[code].name:
                yield are[code].name, (f"{kind}“{were[code].name}”改名为“{are[code].name}”", _O)
            else:
                yield are[code].name, (f"{kind}的定义有改动：{_which(were[code], are[code])}", _O)
    if before.common_fields != after.common_fields:
        yield after.bundle.title, ("每张表都有的字段有改动", _U)
    if before.assignments != after.assignments:
        yield after.bundle.title, ("由哪个单位办的分派有改动", _O)


_PARTS = {
    "ask": "问法", "hint": "提示", "kind": "类型", "group": "分组", "unit": "单位", "values": "可选值", "columns": "栏目",
    "sources": "来源", "aliases": "别名", "checks": "审查要点", "sample": "样表", "blank": "空白表", "basis": "依据",
    "acquisition": "怎么取得", "copies": "份数", "description": "说明", "licence": "证照", "produced_by": "由谁产出",
}  # fmt: skip


def _which(old: Any, new: Any) -> str:
    changed = [
        _PARTS.get(f.name, "其他") for f in fields(old) if getattr(old, f.name) != getattr(new, f.name)
    ]
    return "、".join(dict.fromkeys(changed))


def _plain(old: Any, new: Any, words: Mapping[str, str], before: Edition, after: Edition) -> Iterator[Change]:
    for key in (one.name for one in fields(old) if one.name not in _TOLD_APART):
        name, was, now = words.get(key, "其他内容"), getattr(old, key), getattr(new, key)
        if was == now:
            continue
        effect = _U if key in _MAY_DEMAND_MORE else _O
        if key == "applies_if":
            said = [
                explain(c, name_of=_namer(e)) if c else "任何情形" for c, e in ((was, before), (now, after))
            ]
            yield f"{name} {said[0]} → {said[1]}", effect
        elif isinstance(was, str) and isinstance(now, str) and len(was + now) <= 60:
            yield f"{name}“{was or '没有写'}”改成“{now or '没有写'}”", effect
        elif isinstance(was, tuple) and all(isinstance(one, str) for one in (*was, *now)):
            came, went = _came_and_went(was, now)
            parts = [f"加上 {'、'.join(came)}"] * bool(came) + [f"去掉 {'、'.join(went)}"] * bool(went)
            yield f"{name}{'，'.join(parts) or '换了次序'}", effect
        else:
            yield f"{name}有改动", effect


def _namer(edition: Edition) -> Callable[[str], str]:
    questions = {question.key: question.text.rstrip("?？") for question in edition.bundle.questions}
    items = {item.code: item.plain_name for item in edition.bundle.items}

    def name_of(key: str) -> str:
        element = edition.elements.get(key.removeprefix("element:"))  # type: ignore[call-overload]
        return questions.get(key) or (element.name if element else items.get(key, key))  # type: ignore[call-overload]

    return name_of


def _came_and_went(old: Iterable[Any], new: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    were, are = list(old), list(new)
    return [one for one in are if one not in were], [one for one in were if one not in are]


def _unit(unit: str) -> str:
    return "个工作日" if unit == "working" else "天"
