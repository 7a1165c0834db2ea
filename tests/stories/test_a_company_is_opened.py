"""
周文 opens a company, from the name to the first invoice, and fetches everything in one envelope at the window.

The law ties the registration for social insurance to the registration of the company: he cannot leave it out. 老李 types for
him in the beginning, the offices add what they know, and the code on his telephone opens the envelope.
"""

import re

import pytest

from tests.cast import PAPER
from tests.stories import offices
from tests.stories.devices import PHONE
from tests.stories.people import Person, Town

pytestmark = pytest.mark.browser

COMPANY_NAME = "南京示例周记软件有限公司"
NAME = {
    "名称里用哪一级地名？": "南京",
    "字号是什么？": "示例周记",
    "名称里怎样写行业？": "软件",
    "采用哪种组织形式？": "有限责任公司",
    "拟用的企业全名是什么？": COMPANY_NAME,
}
COMPANY = {
    "住所（主要经营场所）在哪里？": "江苏省南京市鼓楼区示例大道 5 号 1205 室",
    "是哪一类市场主体？": "有限责任公司（自然人独资）",
    "注册资本是多少万元？": 30,
    "股东最晚哪天缴足出资？": "2031-11-30",
    "经营范围有哪些？": "一般项目：软件开发；信息系统集成服务。",
    "打算经营到哪一天？": "2056-11-30",
    "现在有多少从业人员？": 3,
}
PEOPLE = {
    "财务负责人是谁？": "林晓",
    "登记联络员是谁？": "周文",
    "联络员的手机号码？": "13900000006",
}
SEALS = {
    "要刻哪几枚章？": ["法定名称章", "财务专用章"],
    "一共刻几枚？": 2,
    "章用什么材质？": "光敏",
    "在哪家刻？": "鼓楼示例刻章店",
    "开哪种账户？": "基本存款账户",
    "打算用哪家银行？": "示例银行",
    "约哪个网点？": "示例银行南京鼓楼支行",
    "想什么时候去开户？": "2026-12-03T09:30",
}
TAX = {
    "谁来办税？": "林晓",
    "办税员的身份证件号码？": "11010519491231002X",
    "办税员的手机号码？": "13900000004",
    "做哪种增值税纳税人？": "增值税小规模纳税人",
    "用哪种会计制度？": "小企业会计准则",
    "怎样核算？": "独立核算",
    "要开哪种发票？": "数电发票（普通发票）",
    "单张发票最多开多少？": 10000,
    "每月大约开多少张？": 25,
}
INSURANCE = {
    "参加哪种保险？": "企业职工基本养老保险",
    "工伤保险是几类风险？": "一类",
    "谁来管单位的社保、医保？": "林晓",
    "社保专管员的手机号码？": "13900000004",
}
FUND = {
    "单位按百分之几缴存？": 8,
    "个人按百分之几缴存？": 8,
    "从哪个月开始缴存？": "2026-12",
    "每月几号发工资？": 10,
    "谁来管单位的公积金？": "林晓",
    "公积金专管员的手机号码？": "13900000004",
}
DELIVERY = {
    "是不是请别人代办？": "否",
    "结果怎么拿？": "窗口领取",
    "同意各部门为办这件事查询上面列出的信息吗？": "本人已逐条读过",
}
OFFICES = (
    ("马强", "公章刻制"),
    ("韩松", "预约开户"),
    ("卫国", "发票领用"),
    ("褚宁", "社保登记"),
    ("冯雪", "医保登记"),
    ("沈平", "公积金开户"),
)


def test_a_company_is_opened(town: Town) -> None:
    zhou = town.visitor(PHONE, "周文")
    he_cannot_leave_out_what_the_law_ties(zhou)
    case = he_files(zhou)
    town.behind_the_pages()
    everybody_grants(town)
    he_fetches_it_at_the_window(town, zhou, case)


def he_cannot_leave_out_what_the_law_ties(zhou: Person) -> None:
    zhou.opens(
        "/guide/enterprise-opening?needs-seal=yes&needs-account=yes&needs-invoice=yes&has-employees=yes"
    )
    zhou.sees("要办的 8 个事项")
    zhou.follows("开始办理")
    zhou.presses("周文")
    zhou.presses("开始办理")
    zhou.ticks("企业社会保险登记", on=False)
    zhou.presses("就办这些")
    zhou.sees("同步办理社会保险登记")
    zhou.ticks("企业社会保险登记")
    zhou.presses("就办这些")


def he_files(zhou: Person) -> str:
    for group, answers in (("企业名称", NAME), ("市场主体", COMPANY)):
        zhou.comes_to(group)
        zhou.answers_all(answers)
    zhou.comes_to("投资人")
    zhou.answers(
        "都有哪些投资人，各出多少？",
        [
            {
                "姓名或名称": "周文", "证件类型": "居民身份证", "证件号码": "11010519491231002X",
                "认缴出资额": 30, "持股比例": 100,
            }
        ],
    )  # fmt: skip
    zhou.answers(
        "董事、监事、经理都是谁？",
        [
            {"姓名": "周文", "证件号码": "11010519491231002X", "职务": "执行董事"},
            {"姓名": "林晓", "证件号码": "110105194912310038", "职务": "监事"},
        ],
    )
    zhou.answers_all(PEOPLE)
    for group, answers in (("印章", SEALS), ("税务", TAX), ("参保", INSURANCE), ("公积金", FUND)):
        zhou.comes_to(group)
        zhou.answers_all(answers)
    zhou.comes_to("领取")
    zhou.answers_all(DELIVERY)
    zhou.presses("保存，去交材料")
    for document in ("公司章程", "法定代表人及主要人员任职文件", "住所使用相关文件"):
        zhou.hands_in(document, "文件.pdf", PAPER)
    zhou.follows("去核对")
    zhou.ticks("以上内容和材料属实")
    zhou.answers("签名：写上您的姓名", "周文")
    zhou.presses("提交申报")
    zhou.follows("看进度")
    return zhou.where


def everybody_grants(town: Town) -> None:
    he = town.staff("何敏")
    offices.releases(he, COMPANY_NAME, then=("等“设立登记”办成，自动开始计时",))
    chen = town.staff("陈志远")
    town.behind_the_pages()
    offices.grants(chen, COMPANY_NAME, "名称申报", word="办结")
    town.behind_the_pages()
    offices.grants(chen, COMPANY_NAME, "设立登记")
    town.behind_the_pages()
    for name, item in OFFICES:
        offices.grants(town.staff(name), COMPANY_NAME, item, word="办结")
    town.behind_the_pages()


def he_fetches_it_at_the_window(town: Town, zhou: Person, case: str) -> None:
    """A wrong code opens nothing; the right one closes the matter."""
    zhou.opens(case)
    zhou.sees("都办好了", "窗口领取，取件码")
    code = re.search(r"取件码 (\d+)", zhou.text())
    assert code
    li = town.staff("李国强")
    li.opens("/window")
    li.follows("发证")
    li.sees(COMPANY_NAME, "窗口领取")
    li.follows(COMPANY_NAME)
    li.answers("取件码", "000000" if code[1] != "000000" else "111111")
    li.presses("交给申请人")
    li.sees("取件码")
    li.answers("取件码", code[1])
    li.presses("交给申请人")
    li.sees("已交给申请人")
    zhou.opens(case)
    zhou.sees("已按“窗口领取”交给您")
    zhou.downloads("下载：营业执照")
