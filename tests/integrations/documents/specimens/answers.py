"""Letters that answer, up to the decision."""

from datetime import date

from yijianshi.services import letters as on_paper

from .cast import APPEAL, BUNDLE, CITY, COMPANY, DESKS, FIRE, MARKET, PAGE, WATER, number

CORRECTION = on_paper.CorrectionLetter(
    authority=MARKET,
    on=date(2026, 11, 20),
    document_number="鼓一件事补〔2026〕第 0342 号",
    number=number(342),
    bundle=BUNDLE,
    applicant=COMPANY,
    received_on="2026 年 11 月 18 日",
    tasks=(
        on_paper.CorrectionTask(
            kind="材料",
            subject="食品经营场所平面布局图、操作流程图",
            remarks=(
                on_paper.Remark(
                    item="食品经营许可（新办）",
                    department=MARKET,
                    officer="陈志远",
                    at="11 月 19 日 15:20",
                    reason="布局图没有标出粗加工区与专间的分隔，看不出生熟是否分开。",
                    basis="《食品经营许可和备案管理办法》第十五条第一款第三项",
                    remedy="请重新上传布局图，标明粗加工区、烹饪区、冷食专间和洗消区。",
                ),
                on_paper.Remark(
                    item="公众聚集场所投入使用、营业前消防安全检查",
                    department=FIRE,
                    officer="赵凯",
                    at="11 月 20 日 9:05",
                    reason="同一张图上，第二个安全出口没有标注净宽。",
                    basis="《公众聚集场所投入使用、营业前消防安全检查规则》",
                    remedy="请在图上注明两个安全出口的净宽。",
                ),
            ),
        ),
        on_paper.CorrectionTask(
            kind="填报",
            subject="招牌长度",
            remarks=(
                on_paper.Remark(
                    item="设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批",
                    department=CITY,
                    officer="周琳",
                    at="11 月 19 日 11:48",
                    reason="填写的 45 米超过店面宽度 12 米，与效果图上的 4.5 米不一致。",
                    basis="《江苏省城市市容和环境卫生管理条例》",
                    remedy="请核对后改填，例如 4.5。",
                ),
            ),
        ),
    ),
    answer_by="2026 年 12 月 4 日（周五）前",
    consequence="逾期没有补正又没有正当理由的，等您补正的事项将退回申报；退回后可以随时重新申报，已填内容为您保留。",
    waits=("食品经营许可（新办）", "消防安全检查", "户外招牌设置"),
    goes_on=("污水排入排水管网许可",),
    desks=DESKS,
    qr=PAGE,
)

_CASE = {
    "applicant": COMPANY,
    "bundle": BUNDLE,
    "submission_number": number(342),
    "desks": DESKS,
    "qr": PAGE,
}
_FOOD = {"item": "食品经营许可（新办）", "case_number": number(343), "authority": MARKET, **_CASE}

ACCEPTANCE = on_paper.AcceptanceLetter(
    **_FOOD,
    on=date(2026, 11, 20),
    document_number="鼓市监食受〔2026〕第 00343 号",
    received_on="2026 年 11 月 18 日",
    accepted_on="2026 年 11 月 20 日",
    statutory_limit="10 个工作日",
    promised_limit="5 个工作日",
    due="2026 年 11 月 27 日（周五）前",
    not_counted="依法需要听证、检验、检测、鉴定、专家评审的，所需时间不计算在内，将另行书面告知。",
    owed=(on_paper.Line(label="保证食品安全的规章制度清单", value="2026 年 11 月 25 日前补交"),),
    fee="不收费",
    materials=("综合申请表", "营业执照", "食品经营场所平面布局图、操作流程图"),
)

DECLINE = on_paper.DeclineLetter(
    item="设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批",
    case_number=number(345),
    authority=CITY,
    **_CASE,
    on=date(2026, 11, 20),
    document_number="鼓城管不受〔2026〕第 00345 号",
    received_on="2026 年 11 月 18 日",
    reasons=("您申请设置的招牌位于城市快速路高架桥体，依法不属于本机关的职权范围。",),
    basis=("《中华人民共和国行政许可法》第三十二条第一款第二项", "《城市市容和环境卫生管理条例》第十一条"),
    competent="请向南京市城市管理局提出申请（南京市示例大街 9 号，电话 025-0000-5678）。已填内容可以直接转用，不必重填。",
    appeal=APPEAL,
)

REFUSAL = on_paper.RefusalLetter(
    **_FOOD,
    on=date(2026, 11, 26),
    document_number="鼓市监食不许〔2026〕第 00343 号",
    accepted_on="2026 年 11 月 20 日",
    facts=(
        "2026 年 11 月 24 日，本机关两名工作人员到示例路 88 号现场核查，冷食专间没有独立的空调设施和洗手消毒设施。",
        "2026 年 11 月 26 日复查，上述设施仍未设置。",
    ),
    reasons=("经营场所不具备制售冷食类食品应当有的专间条件，不符合食品经营许可的条件。",),
    basis=("《中华人民共和国食品安全法》第三十三条第一款第二项", "《食品经营许可和备案管理办法》第十二条"),
    appeal=APPEAL,
    remains_open="您也可以设置好上述设施后重新申请，或者去掉“冷食类食品制售”后重新申请，已填内容为您保留。",
)

SUSPENSION = on_paper.SuspensionLetter(
    item="城镇污水排入排水管网许可",
    case_number=number(346),
    authority=WATER,
    **_CASE,
    on=date(2026, 11, 20),
    document_number="鼓水务特〔2026〕第 00346 号",
    procedure="检测",
    reason="您申报的排水量超过每日 20 立方米，需要对隔油池出水取样检测。",
    basis=("《中华人民共和国行政许可法》第四十五条", "《城镇污水排入排水管网许可管理办法》第九条"),
    starts_on="2026 年 11 月 21 日",
    expected="6 个工作日",
    remaining="5 个工作日",
    new_due="2026 年 12 月 7 日（周一）前（暂定）",
    arrangements=(
        on_paper.Line(label="检测单位", value="南京示例水质检测有限公司，费用由本机关承担"),
        on_paper.Line(label="上门时间", value="2026 年 11 月 23 日上午，请保持隔油池盖可以打开"),
    ),
)

EXTENSION = on_paper.ExtensionLetter(
    **_FOOD,
    on=date(2026, 11, 26),
    document_number="鼓市监食延〔2026〕第 00343 号",
    reasons=("现场核查发现的布局问题需要会同消防救援机构再次核对。",),
    basis=("《中华人民共和国行政许可法》第四十二条第一款",),
    approved_by="本机关负责人",
    extended_by="5 个工作日",
    old_due="2026 年 11 月 27 日（周五）前",
    new_due="2026 年 12 月 4 日（周五）前",
)

RESULT = on_paper.ResultLetter(
    item="公众聚集场所投入使用、营业前消防安全检查",
    case_number=number(344),
    authority=FIRE,
    **_CASE,
    on=date(2026, 11, 20),
    document_number="鼓消安检〔2026〕第 0044 号",
    title="准予行政许可决定书",
    decision="准予南京禾味餐饮管理有限公司示例路店投入使用、营业。",
    lines=(
        on_paper.Line(label="场所", value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层"),
        on_paper.Line(label="使用性质", value="餐饮场所，建筑面积 480 平方米"),
    ),
    basis=("《中华人民共和国消防法》第十五条", "《中华人民共和国行政许可法》第三十八条第一款"),
    obligations=(
        "场所名称、地址、消防安全责任人、使用性质有变化的，应当重新申请。",
        "20 个工作日内接受核查。",
    ),
    collection="电子文书，可在“我的办件”下载；需要纸质的，凭本通知到综合窗口领取。",
)
