"""Letters as the cast would get them: 王芳's restaurant in 鼓楼区, with realistic Chinese and fictitious numbers."""

from dataclasses import replace
from datetime import date

from yijianshi.domain.codes import (
    DivisionCode,
    citizen_check_character,
    compose_number,
    credit_code_check_character,
)
from yijianshi.services import letters as on_paper

FILED_ON = date(2026, 11, 18)
COMPANY = "南京禾味餐饮管理有限公司"
CREDIT_CODE = "91320106MA00000X0"[:17] + credit_code_check_character("91320106MA00000X0")
CITIZEN = "32010619900307002" + citizen_check_character("32010619900307002")
BUNDLE = "开办餐饮店“一件事”"
DIGEST = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
MARKET = "南京市鼓楼区市场监督管理局"
FIRE = "南京市鼓楼区消防救援大队"
CITY = "南京市鼓楼区城市管理局"
WATER = "南京市鼓楼区水务局"
PAGE = "https://yjs.example.gov.cn/s/32010620261118100003424"


def number(serial: int) -> str:
    return compose_number(division=DivisionCode("320106"), day=FILED_ON, channel=1, serial=serial)


DESKS = (
    on_paper.Desk(
        unit="鼓楼区政务服务中心“一件事”综合窗口",
        name="何敏",
        phone="025-0000-1234",
        address="南京市鼓楼区示例路 1 号 2 楼 12 号窗口",
        hours="工作日 9:00—17:00",
    ),
    on_paper.Desk(unit="政务服务便民热线", phone="12345"),
)

ITEMS = (
    on_paper.FiledItem(
        name="食品经营许可（新办）", case_number=number(343), department=MARKET, promised="5 个工作日"
    ),
    on_paper.FiledItem(
        name="公众聚集场所投入使用、营业前消防安全检查",
        case_number=number(344),
        department=FIRE,
        promised="1 个工作日",
    ),
    on_paper.FiledItem(
        name="设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批",
        case_number=number(345),
        department=CITY,
        promised="3 个工作日",
    ),
    on_paper.FiledItem(
        name="城镇污水排入排水管网许可", case_number=number(346), department=WATER, promised="7 个工作日"
    ),
)

MATERIALS = (
    on_paper.FiledMaterial(name="综合申请表", source="系统生成", size="4 页 · 182 KB", digest=DIGEST),
    on_paper.FiledMaterial(name="营业执照", source="电子证照", size="1 页 · 96 KB", digest=DIGEST[::-1]),
    on_paper.FiledMaterial(
        name="食品经营场所平面布局图、操作流程图（含主要设备设施位置及名称）",
        source="上传",
        size="3 页 · 2.4 MB",
        digest=DIGEST[5:] + DIGEST[:5],
    ),
    on_paper.FiledMaterial(name="保证食品安全的规章制度清单", source="容缺后补"),
)

EVIDENCE = on_paper.SigningEvidence(
    signer="王芳（法定代表人）", method="统一身份认证 · 人脸核验", at="2026 年 11 月 18 日 10:32:07", digest=DIGEST
)

APPEAL = on_paper.Appeal(review_body="南京市鼓楼区人民政府", court="南京铁路运输法院")

NOTICE = on_paper.Notice(
    authority="南京市鼓楼区政务服务管理办公室",
    on=FILED_ON,
    number="鼓一件事告〔2026〕第 0342 号",
    bundle=BUNDLE,
    applicant=COMPANY,
    situation=(
        on_paper.Line(label="经营场所建筑面积是多少平方米？", value="480 平方米"),
        on_paper.Line(label="设置户外招牌或大型户外广告吗？", value="是"),
        on_paper.Line(label="店内销售卷烟吗？", value="否"),
        on_paper.Line(label="向市政排水管网排放餐饮废水吗？", value="是"),
    ),
    items=(
        on_paper.NoticeItem(
            name="营业执照信息核验",
            department=MARKET,
            type="公共服务",
            basis=("《市场主体登记管理条例》", "《电子营业执照管理办法（试行）》"),
            conditions="登记状态存续，经营范围含相应项目。",
            promised_limit="当场（自动核验）",
            fee="不收费",
            result="核验结果",
        ),
        on_paper.NoticeItem(
            name="食品经营许可（新办）",
            department=MARKET,
            type="行政许可",
            basis=(
                "《食品安全法》第三十五条",
                "《食品经营许可和备案管理办法》（市场监管总局令第 78 号）",
            ),
            conditions="场所、设备设施、布局流程、人员与制度符合要求；需要现场核查。",
            statutory_limit="10 个工作日",
            promised_limit="5 个工作日",
            fee="不收费",
            result="食品经营许可证",
            note="现场核查与消防安全检查一次上门。",
        ),
        on_paper.NoticeItem(
            name="公众聚集场所投入使用、营业前消防安全检查",
            department=FIRE,
            type="行政许可",
            basis=("《消防法》第十五条",),
            conditions="属公众聚集场所，且达到当地规定的面积。",
            statutory_limit="10 个工作日",
            promised_limit="1 个工作日（告知承诺）",
            fee="不收费",
            result="公众聚集场所投入使用、营业前消防安全检查意见书",
            note="采用告知承诺的，许可后 20 个工作日内核查。",
        ),
        on_paper.NoticeItem(
            name="设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批",
            department=CITY,
            type="行政许可",
            basis=("《城市市容和环境卫生管理条例》第十一条、第十七条",),
            conditions="符合户外广告设施设置规划和技术规范。",
            statutory_limit="20 个工作日",
            promised_limit="3 个工作日",
            fee="不收费",
            result="户外广告设置许可决定",
        ),
        on_paper.NoticeItem(
            name="城镇污水排入排水管网许可",
            department=WATER,
            type="行政许可",
            basis=("《城镇排水与污水处理条例》第二十一条", "《城镇污水排入排水管网许可管理办法》"),
            conditions="排放口设置符合要求，建有隔油、沉砂等预处理设施。",
            statutory_limit="20 个工作日",
            promised_limit="7 个工作日",
            fee="不收费",
            result="城镇污水排入排水管网许可证",
            visits="不用到现场，工作人员上门",
        ),
    ),
    stages=(
        on_paper.Stage(title="第一步", items=("营业执照信息核验",), when="提交时自动完成"),
        on_paper.Stage(
            title="第二步 · 同时办理",
            items=("食品经营许可（新办）", "消防安全检查", "户外招牌设置", "污水排入排水管网许可"),
            when="受理后 1—7 个工作日",
            note="食品、消防、排水的现场核查合成一次上门。",
        ),
        on_paper.Stage(
            title="第三步 · 一次出件", items=("全部结果一并送达",), when="办结后 1 个工作日"
        ),
    ),
    to_provide=(
        on_paper.NeededMaterial(
            name="食品经营场所平面布局图、操作流程图",
            needed_by=("食品经营许可（新办）",),
            basis="《食品经营许可和备案管理办法》第十五条",
            how="上传照片或 PDF",
        ),
        on_paper.NeededMaterial(
            name="户外招牌效果图",
            needed_by=("设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批",),
            basis="《江苏省城市市容和环境卫生管理条例》",
            how="上传照片或 PDF；可以容缺，受理后 3 个工作日内补",
        ),
        on_paper.NeededMaterial(
            name="排水水质、水量说明和隔油设施照片",
            needed_by=("城镇污水排入排水管网许可",),
            basis="《城镇污水排入排水管网许可管理办法》第六条",
            how="上传照片或 PDF",
        ),
    ),
    exempt=(
        on_paper.NeededMaterial(
            name="营业执照",
            needed_by=("食品经营许可（新办）", "消防安全检查", "户外招牌设置", "污水排入排水管网许可"),
            basis="《食品经营许可和备案管理办法》第十五条",
            how="电子证照，由法人库取得",
        ),
        on_paper.NeededMaterial(
            name="法定代表人身份证",
            needed_by=("食品经营许可（新办）", "消防安全检查"),
            basis="",
            how="电子证照，由人口库取得",
        ),
        on_paper.NeededMaterial(
            name="综合申请表", needed_by=("全部事项",), basis="苏政办发〔2022〕87 号", how="由您的填报生成"
        ),
    ),
    supplied=(
        on_paper.SuppliedValues(
            register="法人库（市场监管）",
            values=("企业名称", "统一社会信用代码", "住所", "经营范围", "法定代表人姓名"),
        ),
        on_paper.SuppliedValues(register="不动产登记库（自然资源）", values=("房屋坐落", "建筑面积", "房屋用途")),
    ),
    total="7 个工作日",
    due="今日受理的，2026 年 11 月 27 日（周五）前办结（以受理日起算）",
    visits="0 次",
    fee="不收费",
    warnings=("消防安全检查 1 个工作日办结，以您选择告知承诺为前提；不选择的，10 个工作日办结。",),
    desks=DESKS,
    edition="江苏省“一件事一次办”清单 · 鼓楼区 2026 年第 3 版",
    qr="https://yjs.example.gov.cn/t/open-restaurant?area=480",
)

RECEIPT = on_paper.Receipt(
    authority="南京市鼓楼区政务服务中心",
    on=FILED_ON,
    number=number(342),
    bundle=BUNDLE,
    applicant=COMPANY,
    applicant_number="91320106**********",
    agent="王*（法定代表人）",
    submitted_at="2026 年 11 月 18 日 10:32",
    channel="网上",
    due="2026 年 11 月 27 日（周五）前",
    items=ITEMS,
    materials=MATERIALS,
    digest=DIGEST,
    desks=DESKS,
    qr=PAGE,
)

SECTIONS = (
    on_paper.Section(
        heading="申请主体",
        lines=(
            on_paper.Line(label="企业名称", value=COMPANY, source="共享 · 法人库"),
            on_paper.Line(label="统一社会信用代码", value=CREDIT_CODE, source="共享 · 法人库"),
            on_paper.Line(label="法定代表人", value="王芳", source="共享 · 法人库"),
            on_paper.Line(label="身份证号", value=CITIZEN, source="共享 · 人口库"),
            on_paper.Line(
                label="住所", value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层 101—106 室", source="共享 · 法人库"
            ),
            on_paper.Line(label="联系电话", value="139-0000-1234", source="填报"),
        ),
    ),
    on_paper.Section(
        heading="经营场所",
        lines=(
            on_paper.Line(label="建筑面积", value="480 平方米", source="共享 · 不动产"),
            on_paper.Line(label="食品处理区面积", value="150 平方米", source="填报"),
            on_paper.Line(label="主体业态", value="餐饮服务经营者", source="填报"),
            on_paper.Line(label="就餐座位数", value="120 座", source="填报"),
            on_paper.Line(label="经营项目", value="热食类食品制售；冷食类食品制售（含生食果蔬）；自制饮品制售", source="填报"),
            on_paper.Line(label="是否网络经营", value="是", source="填报"),
            on_paper.Line(label="中央厨房", value=""),
        ),
        tables=(
            on_paper.Table(
                caption="食品安全管理人员",
                columns=("姓名", "身份证号", "岗位", "考核合格证明编号"),
                rows=(
                    ("张伟", CITIZEN, "食品安全总监", "JS-2026-000123"),
                    ("钱䶮", CITIZEN, "食品安全员", "JS-2026-000124"),
                ),
                source="填报",
            ),
        ),
    ),
)

PROMISE = (
    "本企业对申请材料和填报内容的真实性负责，同意有关单位为办理本件事向共享平台核验上述信息。\n"
    "本企业已知晓不实申报的法律责任。"
)

JOINT_FORM = on_paper.JointForm(
    authority="南京市鼓楼区政务服务中心",
    on=FILED_ON,
    number=number(342),
    bundle=BUNDLE,
    applicant=COMPANY,
    items=ITEMS,
    sections=SECTIONS,
    materials=MATERIALS,
    declaration=PROMISE,
    evidence=EVIDENCE,
    qr=PAGE,
)

DEPARTMENT_FORM = on_paper.DepartmentForm(
    authority=MARKET,
    on=FILED_ON,
    title="食品经营许可（新办）申请表",
    number=number(342),
    case_number=number(343),
    bundle=BUNDLE,
    sections=SECTIONS,
    declaration=PROMISE,
    evidence=EVIDENCE,
)

DECLARATION = on_paper.Declaration(
    authority=FIRE,
    on=FILED_ON,
    number=number(342),
    title="公众聚集场所消防安全告知承诺书",
    declarant=COMPANY,
    lines=(
        on_paper.Line(label="承诺事项", value="公众聚集场所投入使用、营业前消防安全检查"),
        on_paper.Line(label="设定依据", value="《中华人民共和国消防法》第十五条"),
        on_paper.Line(label="场所", value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层"),
    ),
    opening="本企业自愿采用告知承诺方式办理上述事项，现承诺如下：",
    clauses=(
        "已经知晓消防救援机构告知的全部内容。",
        "已经符合消防法律法规和消防技术标准规定的条件，所填信息真实、准确。",
        "愿意接受消防救援机构的核查；承诺不实的，愿意承担行政许可被撤销和相应的法律责任。",
        "以上承诺是本企业的真实意思表示。",
    ),
    closing="办结前，本企业可以撤回本承诺，改按一般程序办理。",
    evidence=EVIDENCE,
)

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
    obligations=("场所名称、地址、消防安全责任人、使用性质有变化的，应当重新申请。", "20 个工作日内接受核查。"),
    collection="电子文书，可在“我的办件”下载；需要纸质的，凭本通知到综合窗口领取。",
)

LICENCE = on_paper.LicenceDocument(
    authority=MARKET,
    on=date(2026, 11, 26),
    demo=True,
    title="食品经营许可证",
    copy="副本",
    number="JY23201060000343",
    holder_label="经营者名称",
    holder=COMPANY,
    holder_number=CREDIT_CODE,
    lines=(
        on_paper.Line(label="法定代表人（负责人）", value="王芳"),
        on_paper.Line(label="住所", value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层"),
        on_paper.Line(label="经营场所", value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层 101—106 室"),
        on_paper.Line(label="主体业态", value="餐饮服务经营者"),
        on_paper.Line(label="经营项目", value="热食类食品制售；冷食类食品制售（含生食果蔬）；自制饮品制售"),
        on_paper.Line(label="日常监督管理机构", value="鼓楼区市场监督管理局示例分局"),
    ),
    valid="至 2031 年 11 月 25 日",
    identifier="1.2.156.3005.2.11100000MB0000000A001.11320106000000000A.JY23201060000343.001.7",
    qr="https://yjs.example.gov.cn/verify/JY23201060000343",
)

LANDSCAPE_LICENCE = replace(
    LICENCE,
    landscape=True,
    title="公众聚集场所投入使用、营业前消防安全检查意见书",
    copy="",
    authority=FIRE,
    lines=LICENCE.lines[:4],
)

DELIVERY = on_paper.DeliverySlip(
    authority="南京市鼓楼区政务服务中心",
    on=date(2026, 11, 27),
    number=number(342),
    document_number="鼓一件事送〔2026〕第 0342 号",
    bundle=BUNDLE,
    recipient=COMPANY,
    recipient_number="91320106**********",
    method="窗口领取",
    place="鼓楼区政务服务中心 2 楼 12 号窗口",
    results=(
        on_paper.DeliveredResult(
            name="食品经营许可证（正本、副本）", number="JY23201060000343", department=MARKET, copies="2 份"
        ),
        on_paper.DeliveredResult(
            name="城镇污水排入排水管网许可证", number="苏鼓排〔2026〕第 0046 号", department=WATER
        ),
    ),
    collector="王芳（本人）",
    collected_at="2026 年 11 月 27 日 14:10",
    delivered_by="李国强",
)

SPECIMENS: tuple[on_paper.Letter, ...] = (
    NOTICE,
    RECEIPT,
    JOINT_FORM,
    DEPARTMENT_FORM,
    DECLARATION,
    CORRECTION,
    ACCEPTANCE,
    DECLINE,
    REFUSAL,
    SUSPENSION,
    EXTENSION,
    RESULT,
    LICENCE,
    DELIVERY,
)
