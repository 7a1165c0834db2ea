"""
王芳 has a daughter: six things of five offices in one application, signed by both parents, each beginning when the one
before it is done.

老李 at the window looks at everything once; the birth certificate comes first, then the household register, then what
needs the child's number. 徐明, whose son has his certificate already, is not asked to have it made again.
"""

import pytest

from tests.cast import PAPER
from tests.stories import offices
from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Person, Town

pytestmark = pytest.mark.browser

DAUGHTER, SON = "王一禾", "徐一诺"
CHILD = {
    "孩子叫什么名字？": DAUGHTER,
    "想在哪里接种疫苗？": "鼓楼区示例社区卫生服务中心",
    "孩子报哪个民族？": "汉族",
    "孩子的籍贯是哪里？": "南京市鼓楼区",
    "这是第几个孩子？": 1,
}
REGISTER = {"孩子随谁落户？": "随母", "孩子是户主的什么人？": "女"}
INSURANCE = {
    "参加哪种保险？": "城乡居民基本医疗保险",
    "在哪里参保？": "南京市鼓楼区",
    "社保卡选哪家银行？": "江苏银行",
}
DELIVERY = {
    "是不是请别人代办？": "否",
    "结果怎么拿？": "电子证照推送",
    "同意各部门为办这件事查询上面列出的信息吗？": "本人已逐条读过",
}


def test_a_child_is_born(town: Town) -> None:
    wang = town.visitor(PHONE, "王芳")
    she_chooses_six_of_nine(wang)
    case = she_tells_only_what_nobody_knows(wang)
    town.behind_the_pages()
    lao_li_looks_once_for_all(town)
    one_after_the_other(town, wang, case)
    she_has_six_results(wang, case)


def she_chooses_six_of_nine(wang: Person) -> None:
    wang.opens("/guide/newborn")
    wang.answers_all(
        {
            "孩子在哪里出生？": "省内助产机构",
            "父母已办结婚登记吗？": "已登记",
            "孩子随谁落户？": "随母",
            "母亲参保情况？": "职工生育保险",
            "生育费用已在医院直接结算吗？": "已直接结算",
        }
    )
    wang.presses("按这个情形算")
    wang.follows("开始办理")
    wang.presses("王芳")
    wang.presses("开始办理")
    for item in ("儿童预防接种证办理", "城乡居民基本医疗保险参保登记", "社会保障卡申领"):
        wang.ticks(item)
    wang.ticks("育儿补贴申领", on=False)
    wang.presses("就办这些")


def she_tells_only_what_nobody_knows(wang: Person) -> str:
    """The hospital, the registers of people and marriages tell the rest; one document is handed in, no marriage licence."""
    wang.sees("320106********996X", "人口库")
    wang.unfolds("第 1 组")
    wang.follows("父亲")
    wang.sees("张伟", "婚姻登记库")
    # Groups in which nothing is asked are passed by.
    wang.comes_to("新生儿")
    wang.sees("3280 g", "助产机构", "办理中自己会有")
    wang.answers_all(CHILD)
    for group, answers in (
        ("申请人", {"现在住在哪里？": "江苏省南京市鼓楼区示例路 18 号 2 幢 601 室"}),
        ("落户", REGISTER),
        ("生育待遇", {"产假从哪天开始？": "2026-11-10"}),
        ("参保", INSURANCE),
    ):
        wang.comes_to(group)
        wang.answers_all(answers)
    wang.comes_to("领取")
    wang.answers_all(DELIVERY)
    wang.presses("保存，去交材料")
    wang.sees("1 份，还差 1 份", "由民政", "结婚证")
    wang.hands_in("出院小结/诊断证明", "出院小结.pdf", PAPER)
    wang.follows("去核对")
    wang.sees("替王芳办 6 项")
    wang.ticks("以上内容和材料属实")
    wang.answers("签名：写上您的姓名", "王芳")
    wang.presses("签名，请对方确认")
    wang.sees("等对方确认", "父亲 张伟", "等他确认")
    the_father_confirms(wang.town)
    wang.opens("/my")
    wang.follows("新生儿出生")
    wang.sees("与张伟共同办理")
    assert wang.downloads("下载：申报回执").startswith(b"%PDF")
    return wang.where


def the_father_confirms(town: Town) -> None:
    """He signs in by himself, reads what concerns both, and his name files it."""
    zhang = town.visitor(PHONE, "张伟")
    zhang.opens("/my")
    zhang.presses("张伟")
    zhang.follows("去看看")
    zhang.sees("王芳填的申请", DAUGHTER, "出院小结")
    zhang.ticks("我看过上面的内容")
    zhang.answers("签名：写上您的姓名", "张伟")
    zhang.presses("确认，一起申请")
    zhang.sees("大家都已确认", "与王芳共同办理")


def lao_li_looks_once_for_all(town: Town) -> None:
    """One clerk looks at the one document before the offices do."""
    li = town.staff("李国强")
    li.opens("/window")
    li.follows(DAUGHTER)
    assert li.downloads("出院小结.pdf") == PAPER
    li.presses("都看过了，预审完毕")
    li.sees("没有看")
    li.presses("没点的都齐，预审完毕")
    li.sees("预审完毕，没有发现要补的")


def one_after_the_other(town: Town, wang: Person, case: str) -> None:
    """The certificate starts what needs it, the household register starts what needs the child's number."""
    liu = town.staff("刘洁")
    offices.releases(liu, DAUGHTER, then=("等“出生证”办成，自动开始计时", "等“上户口”办成"))
    wang.opens(case)
    wang.unfolds("接种证")
    wang.sees("等“出生证”办出来就启动")
    offices.grants(liu, DAUGHTER, "出生证", word="办结")
    town.behind_the_pages()
    feng = town.staff("冯雪")
    feng.opens("/desk")
    feng.sees("未起算")
    offices.grants(town.staff("蒋欣"), DAUGHTER, "接种证", word="办结")
    offices.grants(town.staff("马强"), DAUGHTER, "上户口", word="办结")
    town.behind_the_pages()
    offices.grants(feng, DAUGHTER, "医保参保", word="办结")
    offices.grants(feng, DAUGHTER, "生育津贴", word="办结")
    offices.grants(town.staff("褚宁"), DAUGHTER, "社保卡", word="办结")
    town.behind_the_pages()


def she_has_six_results(wang: Person, case: str) -> None:
    wang.opens(case)
    wang.sees("都办好了", "结果已送达")
    for paper in ("出生医学证明", "预防接种证", "居民户口簿", "社会保障卡"):
        assert wang.downloads(f"下载：{paper}").startswith(b"%PDF"), paper
    wang.opens("/my/reads")
    wang.sees("李国强", "马强")


@pytest.mark.slow
def test_a_certificate_that_is_there_is_not_made_again(town: Town) -> None:
    xu = town.visitor(DESKTOP, "徐明")
    xu.opens(
        "/start/newborn?birth-place=省内助产机构&married=yes&household-follow=随父&mother-insured=职工生育保险&directly-settled=yes"
    )
    xu.presses("徐明")
    xu.presses("开始办理")
    xu.sees("电子证照库里查到您已有出生医学证明，这次不用再办")
    assert not xu.page.get_by_label("《出生医学证明》首次签发").is_checked()
    for item in ("城乡居民基本医疗保险参保登记", "社会保障卡申领"):
        xu.ticks(item)
    for item in ("生育津贴支付", "育儿补贴申领"):
        xu.ticks(item, on=False)
    xu.presses("就办这些")
    # Name and number of the certificate come from the library; nobody types them.
    xu.comes_to("新生儿")
    xu.sees(SON, "出生医学证明库", "Z320000027")
    xu.answers_all({"孩子报哪个民族？": "汉族", "孩子的籍贯是哪里？": "南京市鼓楼区"})
    xu.comes_to("落户")
    xu.answers_all({"孩子随谁落户？": "随父", "孩子是户主的什么人？": "子"})
    xu.comes_to("参保")
    xu.answers_all(INSURANCE)
    xu.comes_to("领取")
    xu.answers_all(DELIVERY)
    xu.presses("保存，去交材料")
    xu.sees("这次不用您交材料")
    xu.follows("去核对")
    xu.sees("替徐明办 3 项")
    xu.sees_no("《出生医学证明》首次签发")
    xu.ticks("以上内容和材料属实")
    xu.answers("签名：写上您的姓名", "徐明")
    xu.presses("提交申报")
    town.behind_the_pages()
    # The first wave is the household register: it waits for nothing.
    liu = town.staff("刘洁")
    offices.releases(liu, SON, then=("期限从今天起算", "等“上户口”办成"))
    offices.grants(town.staff("马强"), SON, "上户口", word="办结")
    # He changes his mind about the card, and takes back that one alone.
    xu.opens("/my")
    xu.follows("新生儿出生")
    xu.follows("撤回这一项：社保卡")
    xu.sees("不受影响，照常办")
    xu.presses("撤回这一项")
    xu.sees("已撤回")
