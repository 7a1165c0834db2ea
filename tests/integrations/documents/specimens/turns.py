"""Letters that tell of a turn in a case."""

from datetime import date
from typing import Any

from yijianshi.services import letters as on_paper

from .cast import APPEAL, BUNDLE, CITY, COMPANY, DESKS, FIRE, MARKET, PAGE, WATER, number

_CASE: dict[str, Any] = {
    "applicant": COMPANY,
    "bundle": BUNDLE,
    "submission_number": number(342),
    "desks": DESKS,
    "qr": PAGE,
    "on": date(2026, 11, 24),
}
_FOOD = {"authority": MARKET, "item": "食品经营许可（新办）", "case_number": number(343), **_CASE}
_FIRE_CHECK = {
    "authority": FIRE, "item": "公众聚集场所投入使用、营业前消防安全检查", "case_number": number(344), **_CASE,
}  # fmt: skip
_SIGN = {"authority": CITY, "item": "户外招牌设置", "case_number": number(345), **_CASE}

REPEATED = on_paper.RepeatedCorrectionLetter(
    **_SIGN,
    document_number="鼓楼城管补〔2026〕1118100003451号",
    findings=("新的效果图没有标出离地距离，请注明。",),
    reasons=("第一次告知时效果图打不开，没有看到这一处。",),
    basis=("《行政许可法》第三十二条第一款第四项",),
    answer_by="2026 年 12 月 1 日（周二）前",
)
MENDING = on_paper.MendingLetter(
    **_FIRE_CHECK,
    document_number="鼓楼消防改〔2026〕1118100003443号",
    findings=("安全出口被货架挡住，请移开。", "灭火器过期，请换新的。"),
    basis=("《消防法》第十五条",),
    mend_by="2026 年 11 月 30 日（周一）前",
    inspectors="赵凯、钱立",
    inspected_on="2026 年 11 月 24 日",
    due="2026 年 12 月 1 日（周二）前",
)
REROUTING = on_paper.ReroutingLetter(
    **_SIGN,
    document_number="鼓楼一件事派〔2026〕1118100003451号",
    came_from=WATER,
    goes_to=CITY,
    since="2026 年 11 月 24 日",
    reasons=("招牌由城市管理部门审批。",),
    basis=("苏政办发〔2022〕87号二（八）",),
    due="2026 年 12 月 1 日（周二）前",
)
WITHDRAWAL = on_paper.WithdrawalLetter(
    **_FOOD,
    document_number="鼓楼市场监管回〔2026〕1118100003435号",
    received_on="2026 年 11 月 18 日",
    withdrawn_on="2026 年 11 月 24 日",
    withdrawn_by="王*",
    basis=("苏政办发〔2022〕87号二（六）",),
    fell=("消防安全检查",),
)
TERMINATION = on_paper.TerminationLetter(
    **_FIRE_CHECK,
    document_number="鼓楼消防终〔2026〕1118100003443号",
    received_on="2026 年 11 月 18 日",
    reasons=(f"本事项要以“食品经营许可”（办件编号 {number(343)}）的办理结果为条件，该事项没有获得准予。",),
    basis=("《优化营商环境条例》第三十五条",),
    remains_open="具备条件后，您可以随时重新申报。",
    appeal=APPEAL,
)
REVOCATION = on_paper.RevocationLetter(
    **_FOOD,
    document_number="鼓楼市场监管撤〔2026〕1118100003435号",
    granted_on="2026 年 11 月 20 日",
    result="食品经营许可证",
    result_number="JY23201060000343",
    reasons=("平面布局图与实际场所不一致，以欺骗手段取得许可。",),
    basis=("《行政许可法》第六十九条第二款",),
    appeal=APPEAL,
)
REOPENING = on_paper.ReopeningLetter(
    **_FOOD,
    document_number="鼓楼市场监管重〔2026〕1118100003435号",
    earlier="于 2026 年 11 月 20 日作出的“不予许可”的决定",
    reasons=("原决定已由南京市鼓楼区人民政府以〔2026〕鼓行复第 12 号撤销，由本机关重新办理。",),
    basis=("《行政复议法（2023 修订）》第六十四条", "《行政诉讼法》第七十条"),
    ordered_by="南京市鼓楼区人民政府",
    document="〔2026〕鼓行复第 12 号",
    since="2026 年 11 月 24 日",
    due="2026 年 12 月 1 日（周二）前",
    revived=("消防安全检查",),
)

ALL = (REPEATED, MENDING, REROUTING, WITHDRAWAL, TERMINATION, REVOCATION, REOPENING)
