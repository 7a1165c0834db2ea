"""
王芳 opens a restaurant: from the search on her phone to the licence in her hand, through six departments.

Her company has 326.4 m² in the register although she thinks it is 280, so that the fire brigade has a say; the tobacco
bureau says no; everybody else says yes. Told on a phone, at a desk, and on a phone on which no script runs.
"""

from uuid import UUID

import pytest

from tests.cast import PAPER
from tests.filed import coordinator_of, officer_of, ready
from tests.stories import offices
from tests.stories.devices import DESKTOP, PHONE, PHONE_WITHOUT_SCRIPTS, Device
from tests.stories.people import Person, Town
from yijianshi.domain.cases import Action, State
from yijianshi.domain.corrections import Target
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.outside import outside

pytestmark = pytest.mark.browser

HEWEI = "南京禾味餐饮管理有限公司"
DOCUMENTS = (
    "主要设备设施及布局操作流程文件",
    "食品安全规章制度目录清单",
    "消防安全制度及灭火和应急疏散预案",
    "场所平面布置图",
    "消防设施平面图",
    "招牌设置效果图",
    "招牌设置场地使用证明",
    "排水许可申请材料",
)
PREMISES = {"在几楼？": "1"}
FOOD = {
    "是哪一类食品经营者？": "餐饮服务经营者",
    "做哪一类经营项目？": "餐饮服务",
    "食品处理区有多大？": 96,
    "有多少就餐座位？": 20,
    "食品安全管理员是谁？": "张伟",
    "食品安全管理员的身份证件号码？": "110105194912310021",
    "做不做网络经营（外卖平台、网店）？": "是",
}
FIRE = {
    "属于哪一类公众聚集场所？": "饭店（餐饮场所）",
    "最多同时容纳多少人？": 180,
    "有几个安全出口？": 2,
    "装了哪些自动消防设施？": ["自动喷水灭火系统", "消防应急照明和疏散指示系统"],
    "消防安全责任人是谁？": "王芳",
    "消防安全管理人是谁？": "张伟",
    "消防安全管理人的手机号码？": "13900000001",
}
SIGN = {
    "招牌上写什么？": "禾味小馆",
    "招牌装在哪里？": "一层门头正上方",
    "招牌有多长？": 6.4,
    "招牌有多高？": 1.1,
    "用什么材料做？": "亚克力（有机玻璃）",
    "晚上怎么照明？": "内光源",
    "属于哪一种设置？": "店招（门头招牌）",
    "打算设置到哪一天？": "2029-11-30",
}
TOBACCO = {"卷烟怎么卖？": "实体零售", "店铺和住的地方分开吗？": "是", "准备了多少经营资金？": 50000}
DRAINAGE = {
    "污水从哪里接到市政管网？": "后厨外检查井，接示例西路污水管",
    "一天大约排多少水？": 8,
    "排的是什么水？": "餐饮废水",
    "排出去以前做了哪些处理？": ["隔油池"],
}
DELIVERY = {
    "是不是请别人代办？": "否",
    "结果怎么拿？": "电子证照推送",
    "同意各部门为办这件事查询上面列出的信息吗？": "本人已逐条读过",
}


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=lambda device: device.name)
@pytest.mark.slow
def test_a_restaurant_is_opened(town: Town, device: Device) -> None:
    wang = town.visitor(device, "王芳")
    case = she_files_everything(wang)
    town.behind_the_pages()
    they_read_it(town)
    town.behind_the_pages()
    she_answers_the_one_correction(wang, case)
    town.behind_the_pages()
    they_decide(town)
    town.behind_the_pages()
    she_has_what_came_out(wang, case)
    others_see_what_is_theirs(town, wang, case)


def test_a_restaurant_is_opened_on_a_phone_on_which_no_script_runs(town: Town) -> None:
    """The pages of the six offices are in the story above; here they act behind them."""
    wang = town.visitor(PHONE_WITHOUT_SCRIPTS, "王芳")
    case = she_files_everything(wang)
    they_ask_for_two_things_behind_the_pages(town, UUID(case.rsplit("/", 1)[1]))
    she_answers_the_one_correction(wang, case)
    they_decide_behind_the_pages(town, UUID(case.rsplit("/", 1)[1]))
    she_has_what_came_out(wang, case)


def she_files_everything(wang: Person) -> str:
    """From the search to the receipt."""
    she_looks_what_it_takes(wang)
    she_begins(wang)
    she_fills_in_the_one_form(wang)
    she_hands_in_the_one_set(wang)
    return she_files_it(wang)


def she_looks_what_it_takes(wang: Person) -> None:
    """Without signing in she searches in her own words and sees what her own restaurant takes."""
    wang.opens("/")
    wang.answers("想办什么事", "开饭店")
    wang.presses("搜索")
    wang.sees("开办餐饮店")
    wang.follows("开办餐饮店")
    wang.answers("经营场所建筑面积是多少平方米？", 280)
    wang.answers("设置户外招牌或大型户外广告吗？", "要做招牌")
    wang.answers("店内销售卷烟吗？", "卖卷烟")
    wang.answers("向市政排水管网排放餐饮废水吗？", "直接排")
    wang.presses("按这个情形算")
    # Five items, five documents instead of fifteen, no errand; below 300 m² the fire brigade is not asked.
    wang.sees("280 m² · 要做招牌 · 卖卷烟 · 直接排", "要办的 5 个事项", "准备这 5 份材料", "不用跑")
    assert wang.downloads("告知书").startswith(b"%PDF")
    assert wang.downloads("看样表").startswith(b"%PDF")


def she_begins(wang: Person) -> None:
    """She signs in on the way, stands for her company, and the register knows better how large the place is."""
    wang.follows("开始办理")
    assert wang.where == "/login"
    wang.presses("王芳")
    wang.sees(HEWEI)
    wang.presses("开始办理")
    wang.sees("以登记为准：326.4", f"替{HEWEI}办")
    assert wang.page.get_by_label("公众聚集场所投入使用、营业前消防安全检查").is_checked()
    # What must come first is put back even if she takes it away.
    wang.ticks("营业执照信息核验", on=False)
    wang.presses("就办这些")


def she_fills_in_the_one_form(wang: Person) -> None:
    """Group by group; a number with a wrong check digit is told at once; half way she leaves and comes back."""
    assert wang.heading == "第 1 组：市场主体"
    wang.sees(HEWEI, "营业执照库")
    wang.comes_to("场所")
    # The register says 26 号; she knows that it is the ground floor of it. That goes to the departments, and blocks nothing.
    wang.follows("有误？：经营场所地址")
    wang.answers("正确的应该是", "江苏省南京市鼓楼区示例西路 26 号一层")
    wang.presses("交给部门核对")
    wang.sees("您说登记有误")
    wang.answers_all(PREMISES)
    wang.comes_to("食品")
    wang.answers_all(FOOD)
    wang.presses("保存，填下一组")
    wang.sees("食品安全管理员的身份证件号码")
    assert "食品" in wang.heading
    assert wang.page.get_by_label("有多少就餐座位？").input_value() == "20"
    wang.answers("食品安全管理员的身份证件号码？", "11010519491231002X")
    wang.presses("保存，填下一组")
    assert "消防" in wang.heading
    if wang.device.scripts:  # what was typed is kept before she presses anything
        wang.answers_and_leaves("最多同时容纳多少人？", 180)
    wang.opens("/")
    wang.follows("接着填")
    assert "消防" in wang.heading
    kept = wang.page.get_by_label("最多同时容纳多少人？").input_value()
    assert kept == ("180" if wang.device.scripts else "")
    for group, answers in (("消防", FIRE), ("招牌", SIGN), ("烟草", TOBACCO), ("排水", DRAINAGE)):
        wang.comes_to(group)
        wang.answers_all(answers)
    wang.comes_to("领取")
    wang.answers_all(DELIVERY)
    wang.presses("保存，去交材料")


def she_hands_in_the_one_set(wang: Person) -> None:
    """Eight documents instead of twenty; a programme that calls itself a drawing is not taken."""
    wang.sees("8 份，还差 8 份")
    wang.hands_in(DOCUMENTS[0], "布局图.exe", b"MZ\x90\x00\x03" + b"\x00" * 64)
    wang.sees("认不出这种文件", within=DOCUMENTS[0])
    for document in DOCUMENTS:
        wang.hands_in(document, "图纸.pdf", PAPER)
    wang.sees("都收下了")
    wang.follows("去核对")


def she_files_it(wang: Person) -> str:
    """She reads everything once more, signs with her name and, impatient, presses twice: it is filed once."""
    wang.sees(f"替{HEWEI}办 6 项")
    wang.presses("提交申报")
    wang.sees("请看过以后勾选")
    wang.ticks("以上内容和材料属实")
    wang.answers("签名：写上您的姓名", "王芳")
    wang.presses("提交申报", twice=True)
    wang.opens("/my")
    assert wang.page.get_by_role("heading", level=2).filter(has_text="开办餐饮店").count() == 1
    wang.follows("开办餐饮店")
    wang.sees("每一项", "陈志远", "赵凯")
    for paper in ("申报回执", "一张表", "消防安全检查申报表"):
        assert wang.downloads(f"下载：{paper}").startswith(b"%PDF"), paper
    return wang.where


def they_read_it(town: Town) -> None:
    """Six offices read at the same time, each only its own part; two of them miss something; one act sends it out."""
    zhou = town.staff("周琳")
    offices.finds(zhou, HEWEI, "户外招牌")
    zhou.sees("招牌长度", "招牌设置效果图")
    zhou.sees_no("食品处理区", "排水口")
    offices.remarks(
        zhou, "招牌设置效果图", reason="图上没有标招牌的高度", remedy="请标明长、高和离地高度",
        basis="城市市容和环境卫生管理条例第十一条",
    )  # fmt: skip
    chen = town.staff("陈志远")
    offices.finds(chen, HEWEI, "食品经营许可")
    chen.sees("申请人说 1 处登记有误：经营场所地址", "示例西路 26 号一层")
    chen.sees_no("招牌长度")
    offices.remarks(
        chen, "就餐座位数", reason="布局图上有 60 个座位，这里写 20 个", remedy="请核实后改成实际座位数",
        basis="食品经营许可和备案管理办法第十二条",
    )  # fmt: skip
    for name, item in (("赵凯", "消防检查"), ("吴浩", "排水许可"), ("孙倩", "烟草零售")):
        offices.says_nothing(town.staff(name), HEWEI, item)
    he = town.staff("何敏")
    offices.releases(he, HEWEI, then=("告知补正", "期限从今天起算"))


def they_ask_for_two_things_behind_the_pages(town: Town, submission: UUID) -> None:
    """What the offices say above, said without their pages."""
    at = outside().clock.now()
    town.behind_the_pages()
    loaded = load_submission(submission)
    cases = {str(case.now.item): case for case in loaded.cases}
    for item, target, code, reason in (
        ("signage-permit", Target.MATERIAL, "sign-rendering", "图上没有标招牌的高度"),
        ("food-business-permit", Target.FIELD, "seat-count", "布局图上有 60 个座位，这里写 20 个"),
    ):
        make_remark(
            case=cases[item].now.id, actor=officer_of(cases[item], at=at), target=target, code=code,
            reason=reason, basis="有关条例第十一条", remedy="请改正", at=at,
        )  # fmt: skip
    release_submission(submission=submission, actor=coordinator_of(loaded, at=at), at=at)
    town.behind_the_pages()


def they_decide_behind_the_pages(town: Town, submission: UUID) -> None:
    """Both corrected parts are accepted; the tobacco bureau says no, everybody else yes."""
    at = outside().clock.now()
    town.behind_the_pages()
    for case in load_submission(submission).cases:
        if case.now.state is State.CORRECTED:
            decide_case(
                case=case.now.id, actor=officer_of(case, at=at), decision=Decision(Action.ACCEPT), at=at
            )
    for case in ready(submission):
        decision = (
            Decision(Action.REFUSE, reasons="店门离鼓楼示例小学校门 42 米", basis="有关办法第八条")
            if case.now.item == "tobacco-retail"
            else Decision(Action.GRANT)
        )
        decide_case(case=case.now.id, actor=officer_of(case, at=at), decision=decision, at=at)
    town.behind_the_pages()


def she_answers_the_one_correction(wang: Person, case: str) -> None:
    """One message, one list of two, answered at once."""
    wang.opens("/my")
    wang.sees("等您补正")
    wang.opens(case)
    wang.sees("请您补 2 样材料和内容", "图上没有标招牌的高度", "布局图上有 60 个座位", "照常在办")
    wang.follows("现在去补")
    assert wang.downloads("下载补正告知书").startswith(b"%PDF")
    wang.presses("一起交回")
    wang.sees("还没有补")
    wang.hands_in("招牌设置效果图", "效果图（标了尺寸）.pdf", PAPER)
    wang.answers("有多少就餐座位？", 60)
    wang.presses("一起交回")
    wang.sees("补的收到了")


def they_decide(town: Town) -> None:
    """The corrected parts are accepted, the clock of one stops and runs again, one office says no and why."""
    zhou, chen = town.staff("周琳"), town.staff("陈志远")
    for official, item, now_right in (
        (zhou, "户外招牌", "效果图（标了尺寸）.pdf"),
        (chen, "食品经营许可", "60"),
    ):
        offices.finds(official, HEWEI, item)
        official.sees("补正已经交回", now_right)
        official.presses("受理")
        official.sees("已受理，期限从今天起算")
    offices.stops_and_resumes(chen, HEWEI, "食品经营许可", reason="对两份凉菜抽样送检")
    offices.stops_and_resumes(chen, HEWEI, "食品经营许可", reason="对复检样品再送检")
    newest, earlier = chen.downloads("停止计时告知书"), chen.downloads("停止计时告知书", last=True)
    assert newest.startswith(b"%PDF")
    assert earlier != newest
    offices.grants(chen, HEWEI, "食品经营许可")
    offices.grants(zhou, HEWEI, "户外招牌")
    offices.grants(town.staff("赵凯"), HEWEI, "消防检查")
    offices.grants(town.staff("吴浩"), HEWEI, "排水许可")
    offices.refuses(
        town.staff("孙倩"),
        HEWEI,
        "烟草零售",
        reasons="店门离鼓楼示例小学校门 42 米，当地规定 50 米内不设零售点",
    )


def she_has_what_came_out(wang: Person, case: str) -> None:
    """Licences to download and to check, a refusal with its reasons and the ways on, and she may say how it was."""
    wang.opens(case)
    wang.sees("办成 5 项", "结果已送达")
    wang.sees("店门离鼓楼示例小学校门 42 米", "行政复议", "行政诉讼", "孙倩", within="烟草零售：不予许可")
    assert wang.downloads("不予行政许可决定书").startswith(b"%PDF")
    assert wang.downloads("下载：食品经营许可证").startswith(b"%PDF")
    assert wang.downloads("下载：行业综合许可证（餐饮店）").startswith(b"%PDF")
    assert wang.downloads("下载：送达回证").startswith(b"%PDF")
    wang.presses("交评价")
    wang.sees("请先选一个")
    wang.answers("", "非常满意")
    wang.presses("交评价")
    wang.sees("评价收到了")
    wang.follows("查看：行业综合许可证（餐饮店）")
    wang.sees("是真的，现在有效", HEWEI, "归集的 4 项证照", "排水许可证")
    wang.follows("核验：食品经营许可证")
    wang.sees("是真的，现在有效", HEWEI)
    code = wang.where.rsplit("/", 1)[1]
    # Whoever is shown the licence can check it, without signing in.
    guest = wang.town.visitor(wang.device, "食客")
    guest.opens("/verify")
    guest.answers("核验码", code)
    guest.presses("核验")
    guest.sees("是真的，现在有效", HEWEI)


def others_see_what_is_theirs(town: Town, wang: Person, case: str) -> None:
    """何立 sees how it went; 钱进 learns no more about it than about what does not exist."""
    wang.opens("/my/reads")
    wang.sees("周琳", "陈志远")
    wang.opens("/my/messages")
    wang.opens("/my/materials")
    wang.sees("招牌设置效果图")
    qian = town.visitor(wang.device, "钱进")
    qian.opens("/login")
    qian.presses("钱进")
    nowhere = "/my/00000000-0000-7000-8000-000000000000"
    for page in ("", "/receipt", "/correction"):
        qian.opens(case + page, expecting=404)
        told = qian.text().replace(case, "")
        qian.opens(nowhere + page, expecting=404)
        assert qian.text().replace(nowhere, "") == told
