"""
What else happens on an ordinary day: somebody only wants to know, a clerk types for others, an office decides many at once.

What was filed the day before is filed by the cast's own hand (`tests.cast.file_one`); the day itself is lived on the pages.
"""

from datetime import timedelta

import pytest

from tests.cast import HOME, PAPER, actor, file_one
from tests.filed import begin, coordinator_of, whose
from tests.stories import offices
from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Town
from tests.web.applicant.test_members import REGISTER, filed_for_twelve
from tests.web.applicant.test_owing import half_done
from tests.web.department.test_checks import Committed
from yijianshi.domain.rights import Role
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.outside import outside
from yijianshi.services.people.invite_administrator import invite_administrator
from yijianshi.web.acting import today

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEWEI, NOODLES = "南京禾味餐饮管理有限公司", "南京示例钱记面馆"
SIGN_AND_DRAIN = {"venue-area": 80, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": True}


def test_a_grandmother_looks_what_her_family_needs(town: Town) -> None:
    """王奶奶 is 78: large letters, no account, and somebody to call."""
    granny = town.visitor(PHONE, "王奶奶")
    granny.opens("/")
    granny.follows("地区：")
    granny.presses("鼓楼区")
    granny.presses("长辈版")
    assert "elder" in str(granny.page.locator("html").get_attribute("class"))
    granny.sees("新生儿出生", "12345")
    granny.follows("全部 34 件")
    granny.follows("个人")
    granny.sees_no("开办餐饮店")
    granny.follows("新生儿出生")
    assert granny.heading == "新生儿出生"
    granny.follows("办事")
    granny.follows("帮助")
    granny.sees("怎么办，问谁", "12345")
    granny.opens("/my", expecting=200)  # led to the door
    assert granny.where == "/login"


def test_a_grandfather_types_as_he_speaks_and_a_reader_compares_the_region_with_a_list(town: Town) -> None:
    """He knows one item by its old name; she wants to know what her district still lacks."""
    grandfather = town.visitor(PHONE, "李爷爷")
    grandfather.opens("/")
    grandfather.page.get_by_label("想办什么事").press_sequentially("gaolingj")
    grandfather.page.locator("#suggestions a", has_text="高龄").first.wait_for()
    grandfather.presses("搜索")
    grandfather.sees("尊老金申领", "个人")
    reader = town.visitor(DESKTOP, "读者")
    reader.opens("/all")
    reader.follows("对照国家和省清单")
    reader.sees("国办发〔2022〕32号", "已发布")


def test_many_are_granted_at_once_and_one_office_is_not_competent(town: Town) -> None:
    at = outside().clock.now()
    for login in ("wangfang", "qianjin"):
        file_one(actor(login, at=at, enterprise=True), answers=SIGN_AND_DRAIN, at=at)
    town.behind_the_pages()
    wu, zhao, he = town.staff("吴浩"), town.staff("周琳"), town.staff("何敏")
    # 吴浩 reads the plan, misses the drain, thinks better of it for 钱记 and takes it back.
    for applicant in (HEWEI, NOODLES):
        offices.finds(wu, applicant, "排水许可")
        assert wu.downloads("查看：排水许可申请材料") == PAPER
        assert wu.downloads("本部门格式 PDF").startswith(b"%PDF")
        offices.remarks(
            wu, "排水许可申请材料", reason="没有标隔油池", remedy="请标出隔油池和检查井",
            basis="城镇污水排入排水管网许可管理办法第六条",
        )  # fmt: skip
    wu.presses("撤回意见：排水许可申请材料")
    wu.sees("意见已撤回")
    # 何敏 may add a word of her own to the one notice, and take it out.
    he.opens("/coordinate")
    he.follows(HEWEI)
    assert he.downloads("查看：排水许可申请材料") == PAPER
    offices.remarks(
        he, "招牌设置效果图", reason="看不清", remedy="请换一张", basis="城市市容和环境卫生管理条例第十一条"
    )
    he.presses("撤回意见：招牌设置效果图")
    for applicant in (HEWEI, NOODLES):
        offices.releases(he, applicant, then=("期限从今天起算",))
    he.opens("/coordinate/released")
    he.sees(HEWEI, NOODLES)
    town.behind_the_pages()
    zhao.opens("/desk")
    for applicant in (HEWEI, NOODLES):
        zhao.ticks(f"选 {applicant} 户外招牌")
    zhao.presses("准予所选")
    zhao.sees("准予这 2 件", HEWEI, NOODLES)
    zhao.presses("准予 2 件")
    zhao.sees("已准予 2 件")
    # 王芳 answers with a wrong picture first, takes it out, and sends the right one.
    wang = town.visitor(DESKTOP, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    wang.sees("现在替")
    wang.opens("/my")
    wang.follows("开办餐饮店")
    wang.follows("现在去补")
    wang.hands_in("排水许可申请材料", "菜单.pdf", PAPER)
    wang.presses("拿掉：菜单.pdf")
    wang.hands_in("排水许可申请材料", "排水图.pdf", PAPER)
    wang.presses("一起交回")
    wang.sees("补的收到了")
    # The lane in front of the shop turns out to belong to the park, not to the town.
    offices.finds(wu, HEWEI, "排水许可")
    wu.follows("不予受理")
    wu.answers_all({"理由": "门前管网由园区自建自管，不归本机关", "该向哪里申请": "园区管理委员会"})
    wu.hands.mark(wu.page.get_by_role("group", name="依据").locator("label").first)
    wu.presses("写好了，看一遍")
    wu.presses("不予受理")
    wu.sees("已作出不予受理的决定")
    wang.opens("/my")
    wang.follows("开办餐饮店")
    wang.sees("门前管网由园区自建自管")
    assert wang.downloads("不予受理决定书").startswith(b"%PDF")
    # The supervisor sees how many and how long, never who.
    heli = town.staff("何立")
    heli.opens("/supervise")
    heli.sees("鼓楼区城市管理局", "开办餐饮店")
    heli.sees_no(HEWEI, "王芳")
    heli.follows("鼓楼区市场监督管理局")
    heli.sees_no(HEWEI)
    several_are_hired(town)


def several_are_hired(town: Town) -> None:
    """王芳 enters two new employees on her telephone; of what was filed for twelve, an office grants one item for two."""
    at = outside().clock.now()
    draft = begin("employee-onboarding", who=whose("employee-onboarding", at=at), at=at)
    wang = town.visitor(PHONE, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    address = f"/draft/{draft}/members/employee"
    wang.opens(address)
    wang.sees("还没有登记")
    assert wang.downloads("空白名单表").startswith(b"PK")
    wang.answers("或者连表头一起粘贴", "职工姓名\t职工证件号码\n张伟\t320106")
    wang.presses("交这张表")
    wang.sees("表里的一行也没有收", "第 2 行")
    wang.follows("加一个职工")
    wang.answers_all({"职工叫什么名字？": "张伟", "要办哪几项": ["社保卡"]})
    wang.presses("存好，回名单")
    wang.sees("还没有填")
    wang.opens(address)
    wang.sees("已填 0 人，还差 1 人的必填项")
    wang.follows("填大家都一样的")
    wang.presses("存好，回名单")
    wang.follows("去掉：张伟")
    wang.presses("去掉")
    wang.sees("还没有登记")
    submission = filed_for_twelve()
    loaded = load_submission(submission)
    release_submission(submission=submission, actor=coordinator_of(loaded, at=at), at=at)
    town.behind_the_pages()
    wang.opens(f"/my/{submission}")
    wang.sees("名单里的每一个", "共 12 个", "孙丽")
    case = next(c for c in loaded.cases if c.now.item == REGISTER)
    chu = town.staff("褚宁")
    chu.opens(f"/desk/{case.now.id}")
    chu.follows("这一项全部 12 个")
    chu.ticks("选 张伟")
    chu.ticks("选 李娜")
    chu.presses("准予所选")
    chu.presses("准予 2 个")
    chu.sees("12 个里办成 2 个", "结果已出具")


def test_what_was_handed_in_once_is_used_again(town: Town) -> None:
    at = outside().clock.now()
    file_one(actor("wangfang", at=at, enterprise=True), answers=SIGN_AND_DRAIN, at=at)
    wang = town.visitor(DESKTOP, "王芳")
    wang.opens("/start/open-restaurant?venue-area=80&has-signage=yes&sells-tobacco=no&discharges-to-sewer=no")
    wang.presses("王芳")
    wang.presses("开始办理")
    wang.unfolds("改我的情形")
    wang.answers("设置户外招牌或大型户外广告吗？", "不做招牌")
    wang.presses("按这个情形重算")
    draft = wang.where.removesuffix("/situation")
    wang.opens(f"{draft}/materials")
    wang.presses("交过的", within="主要设备设施及布局操作流程文件")
    wang.sees("已收下", within="主要设备设施及布局操作流程文件")
    wang.presses("拿掉")
    wang.opens("/my/materials")
    assert wang.downloads("打开") == PAPER
    wang.opens("/my")
    wang.follows("删掉")
    wang.presses("删掉草稿")
    wang.sees("草稿删掉了")
    wang.presses("退出登录")
    assert wang.where == "/"


def test_lao_li_types_for_who_cannot(town: Town) -> None:
    """At the window the clerk asks, types and reads aloud; a wrong number is told before anything is begun."""
    li = town.staff("李国强")
    li.opens("/window")
    li.follows("替人申报")
    li.answers_all(
        {
            "要办哪件事": "开办餐饮店",
            "谁来申请": "单位",
            "证件号码": "91320106DEM000014A",
            "姓名或单位名称": HEWEI,
        }
    )
    li.presses("下一步")
    li.sees("改好再往下")
    li.answers("证件号码", "91320106DEM000014U")
    li.presses("下一步")
    li.sees(HEWEI)
    li.answers("经营场所建筑面积是多少平方米？", 80)
    li.answers("设置户外招牌或大型户外广告吗？", "不做招牌")
    li.answers("店内销售卷烟吗？", "不卖卷烟")
    li.answers("向市政排水管网排放餐饮废水吗？", "不直接排")
    li.presses("开始填表")
    draft = li.where[:43]
    for page in ("situation", "form/0", "materials", "review"):
        li.opens(f"{draft}/{page}")
        li.sees(f"替{HEWEI}")
    li.sees("还差")
    li.opens("/window")
    li.sees("没交", HEWEI)


def test_the_first_administrator_sets_a_password_by_the_link(town: Town) -> None:
    """The command gives a link that works once; a password that anybody guesses is not taken."""
    invited = invite_administrator(
        login="sysadmin", role=Role.SYSTEM_ADMIN, division=HOME, at=outside().clock.now()
    )
    admin = town.visitor(DESKTOP, "管理员")
    admin.opens(f"/invitation/{invited.token}")
    for password, told in (("password1234", "密码太容易猜"), ("zhe-ge-mi-ma-hen-chang-8", "sysadmin")):
        admin.answers_all({"密码": password, "再": password})
        admin.presses("设")
        admin.sees(told)
    admin.opens(f"/invitation/{invited.token}", expecting=404)
    admin.sees("链接不能用了")


@pytest.mark.clause("C1.5")
def test_what_is_promised_is_looked_after(town: Town) -> None:
    """A drawing comes a day later; one commitment is thought better of, another turns out untrue and is put right."""
    owing, one, other = half_done(), Committed(), Committed()
    other.grant()
    wang = town.visitor(DESKTOP, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    wang.opens(f"/draft/{owing}/materials")
    day = (today() + timedelta(days=1)).isoformat()
    wang.answers("手头没有？可以先办，说好哪天前补", day)
    wang.presses("说好后补：招牌设置效果图")
    wang.sees("1 份说好后补")
    wang.opens(f"/draft/{owing}/review")
    wang.answers("签名：写上您的姓名", "王芳")
    wang.ticks("以上内容和材料属实")
    wang.presses("提交申报")
    wang.opens("/my")
    wang.follows("开办餐饮店")
    wang.follows("现在去补交")
    wang.hands_in("招牌设置效果图", "效果图.pdf", PAPER)
    wang.sees("补交的材料收到了")
    # She would rather have the other shop looked at first.
    wang.opens(f"/my/{one.id}")
    wang.follows("撤回承诺：消防检查")
    wang.presses("撤回承诺")
    wang.sees("承诺已撤回")
    # 赵凯 looks at what he granted on her word.
    zhao = town.staff("赵凯")
    zhao.opens("/desk/checks")
    zhao.follows(HEWEI)
    zhao.follows("记核查结果")
    zhao.ticks("不实")
    zhao.answers_all({"怎么核查的、查到什么": "安全出口只有一个", "撤销的依据": "国办发〔2020〕42号"})
    zhao.presses("记下结果")
    zhao.sees("已撤销，失信记录已写入")
    wang.opens(f"/my/{other.id}")
    wang.sees("承诺不实，已记入信用")
    zhao.follows("标为已修复")
    zhao.answers("为什么可以修复", "已加开出口，复查合格")
    zhao.presses("标为修复")
    zhao.sees("信用已修复")
