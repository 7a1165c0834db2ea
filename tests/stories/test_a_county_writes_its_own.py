"""
鼓楼区 writes 开办民宿 without a programmer; it becomes the standard of the province, and 昆山 does it faster.

On the pages alone: written and mended, countersigned by three departments, published, handled, proposed, promoted, adopted.
"""

import pytest

from tests.cast import actor, file_one
from tests.services.editions.homestay import CODE, WITHOUT_BASIS
from tests.stories import offices
from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Person, Town
from yijianshi.services.outside import outside

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEWEI = "南京禾味餐饮管理有限公司"


def writes(steward: Person, text: str) -> None:
    """Write the whole text in the expert's view."""
    steward.follows("专家视图（全文）")
    steward.hands.write(steward.page.locator("#text"), text)
    steward.presses("保存")


def goes_round(steward: Person) -> None:
    """Check, and send to every owner."""
    steward.presses("检查")
    steward.sees("没有错误，可以送会签")
    steward.follows("送会签")
    steward.presses("送会签")
    steward.sees("已送会签")


def signs(official: Person, title: str, division: str, *, times: int = 1) -> None:
    """Read what goes round, and agree for each of one's units."""
    official.opens("/countersign")
    row = official.page.get_by_role("row").filter(has_text=title).filter(has_text=division)
    official.goes_by(row.first.get_by_role("link", name=title))
    for _ in range(times):
        official.presses("同意这一稿")
        official.sees("已同意这一稿")


def publishes(steward: Person, title: str) -> None:
    """Open the manuscript from the list, and publish it."""
    steward.opens("/steward")
    steward.follows(title)
    steward.follows("发布")
    steward.presses("发布")
    steward.sees("各个渠道同时更新")


def proposes_anew(steward: Person, title: str) -> None:
    """Open the proposal that was returned, and propose again."""
    steward.opens("/steward/proposals")
    steward.follows(title)
    steward.answers("改了什么、为什么再报", "补上了消防大队的意见")
    steward.presses("再次报请")


@pytest.mark.clause("T3.1", "T3.3", "C1.4", "S1.2")
def test_a_county_writes_its_own_one_thing_and_it_becomes_everybodys(town: Town) -> None:
    lan, zhao = town.staff("兰慧"), town.staff("赵凯")
    lan.opens("/steward")
    lan.follows("起草一件新的")
    lan.answers_all({"叫什么": "开办民宿", "编码": CODE, "给谁办": "企业", "牵头部门": "市场监管"})
    lan.presses("开始起草")
    manuscript = lan.where
    writes(lan, WITHOUT_BASIS)
    lan.sees("“房屋外观和客房照片”没有依据")
    lan.opens(manuscript)
    lan.presses("检查")
    lan.sees("处错误要改，改好才能送会签")
    # Mended in the form; what the check finds stands beside it and is told anew after each change, before anything is kept.
    lan.follows("特种行业许可", within="写什么")
    with lan.page.expect_response(lambda response: response.request.method == "POST"):
        lan.answers("设定依据", "旅馆业治安管理办法 第四条")
        lan.page.keyboard.press("Tab")
    lan.page.locator("#found").filter(has_text="还没有保存").wait_for()
    lan.sees("0 处错误")
    lan.presses("保存")
    lan.follows("材料 2 份")
    lan.presses("改为可不给：房屋外观和客房照片")
    lan.presses("改为必须：房屋外观和客房照片")
    lan.opens(f"{manuscript}/head")
    lan.answers("一句话说明", "利用自有住宅开办民宿")
    lan.presses("保存", last=True)
    lan.follows("情形问答")
    lan.follows("提供餐饮吗？")
    lan.answers("提示", "只供早餐也算")
    lan.presses("保存", last=True)
    lan.presses("上移：提供餐饮吗？")
    lan.opens(manuscript)
    lan.follows("预览指南、表单、告知书")
    lan.answers("提供餐饮吗？", "提供餐饮")
    lan.presses("按这个情形算")
    lan.sees("要办的 3 个事项", "有几间客房？", "预览，还没有发布")
    assert lan.downloads("下载一次告知书（PDF）").startswith(b"%PDF")
    lan.opens(manuscript)
    goes_round(lan)
    # 赵凯 finds five days too long; it is answered, and three departments agree.
    zhao.opens("/countersign")
    zhao.follows("开办民宿")
    zhao.follows("提意见：时限")
    zhao.answers("哪里不对，要改成什么", "5 天太长，3 天能办")
    zhao.presses("记下意见")
    lan.opens(manuscript)
    lan.sees("还有 1 条意见没有答复")
    lan.answers("答复这条意见", "先按 5 天发布，明年再议")
    lan.presses("答复")
    for name in ("赵凯", "马强", "陈志远"):
        signs(town.staff(name), "开办民宿", "鼓楼区")
    lan.opens(manuscript)
    lan.follows("收回修改")
    lan.presses("收回修改")
    lan.opens(manuscript)
    goes_round(lan)
    publishes(lan, "开办民宿")
    visitor = town.visitor(PHONE)
    visitor.opens(f"/guide/{CODE}")
    visitor.sees("开办民宿", "民宿消防安全检查")
    # Somebody applies, and it is handled like anything else.
    at = outside().clock.now()
    file_one(
        actor("wangfang", at=at, enterprise=True), bundle=CODE, answers={"serves-meals": False},
        items=("homestay-licence", "homestay-fire-check"), at=at,
    )  # fmt: skip
    town.behind_the_pages()
    offices.releases(town.staff("何敏"), HEWEI, then=("期限从今天起算",))
    town.behind_the_pages()
    offices.grants(town.staff("马强"), HEWEI, "特种行业许可")
    offices.grants(zhao, HEWEI, "消防检查", word="办结")
    # Proposed with its figures, returned once, accepted, and published for the province.
    lan.opens("/steward")
    lan.follows("开办民宿")
    lan.follows("报请全省推广")
    lan.answers("为什么值得全省推广", "三个月办了 40 家")
    lan.presses("报请")
    gao = town.staff("高远")
    gao.opens("/steward")
    gao.follows("1 件报请推广待审查")
    gao.follows("开办民宿")
    gao.sees("三个月办了 40 家", "办过 1 件")
    gao.answers("理由", "请补消防部门的意见")
    gao.presses("退回")
    proposes_anew(lan, "开办民宿")
    gao.opens("/steward/proposals")
    gao.follows("开办民宿")
    gao.answers("理由", "同意")
    gao.presses("采纳，制定省级稿")
    goes_round(gao)
    signs(town.staff("俞文"), "开办民宿", "江苏省", times=3)
    publishes(gao, "开办民宿")
    lan.opens("/steward/proposals")
    lan.sees("已上升为省级标准")
    # 昆山 adopts it and is two days faster; slower is refused.
    jin = town.staff("金珊")
    jin.opens("/steward")
    jin.presses("起草本地优化", within="开办民宿")
    local = jin.where
    jin.follows("本地优化", within="写什么")
    jin.unfolds("民宿消防安全检查")
    fire = jin.page.locator("#f-homestay-fire-check-promised")
    jin.hands.write(fire, "8")
    jin.presses("保存", last=True)
    jin.sees("比标准的 5 天还长")
    jin.follows("本地优化", within="写什么")
    jin.hands.write(fire, "3")
    jin.presses("保存", last=True)
    jin.follows("看全部")
    jin.sees("承诺 5 → 3 个工作日")
    jin.opens(local)
    goes_round(jin)
    signs(town.staff("陆明"), "开办民宿", "昆山市", times=3)
    publishes(jin, "开办民宿")
    jin.opens("/steward/differences")
    jin.sees("消防检查：承诺 5 → 3 个工作日", "优化")
    # The province becomes faster still: 昆山 is told that its own promise is none any more.
    gao.opens("/steward")
    gao.presses("起草新版", within="开办民宿")
    gao.follows("消防检查", within="写什么")
    gao.answers("承诺时限", "2")
    gao.presses("保存", last=True)
    gao.follows("开办民宿")
    goes_round(gao)
    signs(town.staff("俞文"), "开办民宿", "江苏省", times=3)
    publishes(gao, "开办民宿")
    jin.opens("/steward")
    jin.sees("承诺 3 天，比标准的 2 天还长，不再是优化")
    jin.presses("知道了")
    jin.follows("开办民宿")
    jin.follows("撤下本地的")
    jin.answers("为什么撤下", "省里的标准已经更快")
    jin.presses("撤下")
    jin.sees("已撤下")
    # What is certain only to the desk is asked of the department; what was begun in vain is given up.
    lan.opens("/steward")
    lan.follows("待确认")
    lan.unfolds("记下确认")
    note = lan.page.locator("input[name=note]").filter(visible=True).first
    lan.hands.write(note, "区民政局 李科，电话确认")
    lan.presses("记下", last=False)
    lan.sees("已记下这条确认")
    lan.opens("/steward")
    lan.presses("起草本地优化", within="新生儿出生")
    lan.follows("作废")
    lan.presses("作废")
    lan.sees("已作废")


def test_the_stewards_pages_serve_a_phone_too(town: Town) -> None:
    lan = town.visitor(DESKTOP, "兰慧")
    lan.opens("/login")
    lan.presses("兰慧")
    lan.opens("/steward")
    lan.presses("起草本地优化", within="开办餐饮店")
    manuscript = lan.where
    phone = town.visitor(PHONE, "兰慧在路上")
    phone.opens("/login")
    phone.presses("兰慧")
    for path in (
        "/steward",
        "/steward/facts",
        "/steward/differences",
        "/steward/proposals",
        manuscript,
        f"{manuscript}/text",
        f"{manuscript}/improve",
    ):
        phone.opens(path)
