"""Letters up to the filing."""

from yijianshi.services import letters as on_paper

from .cast import (
    BUNDLE,
    CITIZEN,
    CITY,
    COMPANY,
    CREDIT_CODE,
    DESKS,
    DIGEST,
    EVIDENCE,
    FILED_ON,
    FIRE,
    ITEMS,
    MARKET,
    MATERIALS,
    PAGE,
    WATER,
    number,
)

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
        on_paper.Stage(title="第三步 · 一次出件", items=("全部结果一并送达",), when="办结后 1 个工作日"),
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
        on_paper.SuppliedValues(
            register="不动产登记库（自然资源）", values=("房屋坐落", "建筑面积", "房屋用途")
        ),
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
                label="住所",
                value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层 101—106 室",
                source="共享 · 法人库",
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
            on_paper.Line(
                label="经营项目",
                value="热食类食品制售；冷食类食品制售（含生食果蔬）；自制饮品制售",
                source="填报",
            ),
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
