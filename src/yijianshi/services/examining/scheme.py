"""
The draft of an implementation scheme (实施方案) for one one-thing in one place, from what its own list says.

Basis: 苏政办发〔2022〕87号, 二(二): each one-thing has a scheme of its own, drawn up by the lead department.
"""

from ..catalogue.figures import whole
from .gains import Gain, GainMaterial, Reduction

Scheme = tuple[tuple[str, tuple[str, ...]], ...]
_NUMERALS = "一二三四五六七八九十"


def draft_scheme(gain: Gain) -> Scheme:
    """Return the draft, heading by heading; nothing is in it that the list and the catalogue do not say."""
    if not gain.is_one_thing:
        return ()
    parts = [
        ("工作目标", _aims(gain)),
        ("事项范围和分工", _division_of_labour(gain)),
        ("流程", _flow(gain)),
        ("一张表、一套材料", _form_and_materials(gain)),
        ("共享和电子证照", _sharing(gain)),
        ("清理", _clearing(gain)),
        ("还要确认的", _open_questions(gain)),
    ]
    kept = [(heading, lines) for heading, lines in parts if lines]
    return tuple((f"{_NUMERALS[at]}、{heading}", lines) for at, (heading, lines) in enumerate(kept))


def _aims(gain: Gain) -> tuple[str, ...]:
    said = "，".join(words for r in gain.reductions if (words := reduction_words(r)))
    where = f"在{gain.place}，" if gain.place else ""
    return (f"{where}“{gain.title}”一件事由 {gain.found} 个事项逐项办理改为一次申请、一次办成：{said}。",)


def reduction_words(reduction: Reduction) -> str:
    """Return 申请材料由 12 份减到 5 份, or nothing where the list does not say."""
    if reduction.before is None or reduction.after is None or reduction.before == reduction.after:
        return ""
    return f"{reduction.name}由 {whole(reduction.before)} {reduction.unit}减到 {whole(reduction.after)} {reduction.unit}"


def _division_of_labour(gain: Gain) -> tuple[str, ...]:
    lines = [f"牵头：{gain.lead}部门。负责一次分办、汇总意见、一次补正告知和统一送达。"]
    for item in gain.items:
        if item.is_there:
            days = f"，{item.days}" if item.days else ""
            lines.append(f"{item.name}：{item.department}承办{days}。")
    return tuple(lines)


def _flow(gain: Gain) -> tuple[str, ...]:
    lines = []
    for number, stage in enumerate(gain.stages, 1):
        how = "同时办" if len(stage) > 1 else "办"
        lines.append(f"第 {number} 步：{'、'.join(stage)}，{how}。")
    lines += [f"{wait.why}。" for wait in gain.waits]
    return tuple(lines)


def _names(materials: tuple[GainMaterial, ...]) -> str:
    return "、".join(material.name for material in materials)


def _form_and_materials(gain: Gain) -> tuple[str, ...]:
    lines = []
    if gain.fields_twice:
        names = "、".join(name for name, _ in gain.fields_twice[:12])
        more = f"等 {len(gain.fields_twice)} 项" if len(gain.fields_twice) > 12 else ""
        lines.append(f"各事项的表合成一张，只问一次：{names}{more}。")
    if kept := gain.materials_by("upload"):
        lines.append(f"仍要申请人提交 {len(kept)} 份：{_names(kept)}。")
    if gain.repeated:
        names = "、".join(f"{m.name}（{len(m.asked_by)} 个事项要）" for m in gain.repeated)
        lines.append(f"几个事项重复要的只收一次：{names}。")
    return tuple(lines)


def _sharing(gain: Gain) -> tuple[str, ...]:
    lines = []
    for way, said in (("shared", "由共享或电子证照取得，不再提交"), ("produced", "本次办理中产出，直接流转"), ("generated", "由系统按所填内容生成")):  # fmt: skip
        if spared := gain.materials_by(way):
            lines.append(f"{said}：{_names(spared)}。")
    return tuple(lines)


def _clearing(gain: Gain) -> tuple[str, ...]:
    lines = []
    if forbidden := gain.materials_by("forbidden"):
        lines.append(f"不得索要，立即取消：{_names(forbidden)}。")
    if baseless := tuple(m for m in gain.materials if m.without_basis and m.way != "forbidden"):
        lines.append(f"没有写依据，由承办部门补依据或者取消：{_names(baseless)}。")
    return tuple(lines)


def _open_questions(gain: Gain) -> tuple[str, ...]:
    lines = []
    if gain.lacking:
        lines.append(f"清单里没有找到：{'、'.join(gain.lacking)}。请确认本地由谁办、叫什么名称。")
    if gain.unsure:
        names = "、".join(f"“{item.listed}”是不是“{item.name}”" for item in gain.unsure)
        lines.append(f"名称相近、还要核对：{names}。")
    if gain.undetermined:
        lines.append(f"没有写办结时限：{'、'.join(gain.undetermined)}。")
    return tuple(lines)
