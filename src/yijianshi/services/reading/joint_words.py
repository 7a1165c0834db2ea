"""What happened to a joint operation, in a sentence for the history (经过); steps carry codes and times only."""

from collections.abc import Mapping
from typing import Any

from yijianshi.domain.appointments import Slot
from yijianshi.domain.joint import OUTCOME_WORDS, VERDICT_WORDS, JointKind, Outcome, Verdict

from .units import short_name_of_unit


def joint_words(action: str, unit: str, detail: Mapping[str, Any]) -> str:
    """Return the sentence of one step."""
    kind = str(detail.get("kind", "")).upper()
    what = JointKind[kind].value if kind in JointKind.__members__ else "联合行动"
    when = Slot.parse(detail["slot"]).words if detail.get("slot") else ""
    who = short_name_of_unit(unit) if unit else "申请人"
    match action:
        case "joint_plan":
            return f"安排{what}，请各方报时间"
        case "joint_propose":
            return f"{what}：有大家都空的时间"
        case "joint_fix":
            return f"{what}约在 {when}"
        case "joint_move":
            return f"{what}由{who}改到 {when}"
        case "joint_cancel":
            return f"{what}取消"
        case "joint_sign":
            found = dict.fromkeys(VERDICT_WORDS[Verdict(one["verdict"])] for one in detail["cases"])
            return f"{what}，{who}意见：{'、'.join(found)}"
        case "joint_record":
            return f"{what}记录完成，{OUTCOME_WORDS[Outcome(detail['outcome'])]}"
        case "joint_drawing":
            return f"{what}：交来图纸"
        case "joint_mark":
            return f"{what}：{who}在图纸上批注"
        case "joint_answer":
            return f"{what}：申请人回复批注"
        case _:
            return what


def step_words(move: str, unit: str, slot: str, reason: str) -> str:
    """Return the sentence of one step of the operation itself, with the reason that was given."""
    who = short_name_of_unit(unit) if unit else "申请人"
    when = Slot.parse(slot).words if slot else ""
    said = {
        "plan": "安排联合行动，请各方报时间",
        "propose": "有大家都空的时间",
        "fix": f"约在 {when}",
        "move": f"{who}改到 {when}",
        "hold": f"{who}开始给意见",
        "sign": f"{who}签名",
        "record": "记录完成",
        "cancel": "取消",
    }.get(move, move)
    return f"{said}：{reason}" if reason else said
