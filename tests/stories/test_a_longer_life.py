"""
A case that takes longer: extended, mended, handed over and sent on; one thing asked again; a decision by two; one undone.

赵凯 of the fire brigade looks at 王芳's shop on site; 周琳's office decides by two persons; a court and a review have their say.
"""

from datetime import timedelta

import pytest

from tests.cast import PAPER, actor
from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Person, Town
from tests.web.staff import Restaurant
from yijianshi.domain.cases import Action
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.outside import outside
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.desks.models import TwoPersonsRow
from yijianshi.web.acting import today

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEWEI = "南京禾味餐饮管理有限公司"
FIRE, SIGN = "fire-safety-check", "signage-permit"


def colleague(login: str, unit: str) -> None:
    account = Account.objects.get(login=login)
    Officer.objects.create(account=account, role="reviewer", unit=unit, since=today())


def owner(town: Town) -> Person:
    wang = town.visitor(PHONE, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    return wang


def a_person_looks_at_what_the_register_said(town: Town, shop: Restaurant, wang: Person) -> None:
    """The register has checked her licence by itself; she would rather have somebody look."""
    wang.opens(f"/my/{shop.id}")
    wang.unfolds("执照核验")
    wang.follows("请工作人员重新审查")
    wang.answers("您觉得哪里不对", "住所少写了“一层”")
    wang.presses("请工作人员看")
    wang.sees("已经请工作人员看“执照核验”")
    chen = town.staff("陈志远")
    chen.opens("/desk/reviews")
    chen.follows("执照核验")
    chen.sees("住所少写了“一层”")
    chen.answers("看了什么", "核对了登记档案，住所一致")
    chen.presses("看过了，结果不变")
    wang.opens(f"/my/{shop.id}/review/{shop.case('licence-check')}")
    wang.sees("请工作人员重新审查")


def an_old_lady_is_offered_what_she_never_asked_for(town: Town) -> None:
    """The register names who turns eighty; 王例兰 says that something is wrong, is answered, and confirms."""
    officer = town.visitor(DESKTOP, "戚子涵")
    officer.opens("/login")
    officer.unfolds("其他部门")
    officer.presses("戚子涵")
    officer.opens("/desk/offers")
    officer.follows("发一份名单")
    officer.answers_all({"比对：从哪天满": "2026-11-01", "比对：到哪天满": "2026-12-31"})
    officer.presses("发给本人确认")
    officer.sees("发给了 2 人")
    lan = town.visitor(PHONE, "王例兰")
    lan.opens("/login")
    lan.presses("王例兰")
    lan.opens("/my")
    lan.follows("看一看")
    lan.sees("不用申请", "确认领取", "人口库")
    lan.unfolds("数据不对")
    lan.answers("哪里不对", "我搬到女儿家住了")
    lan.presses("告诉单位")
    lan.sees("正在核对")
    officer.opens("/desk/offers")
    officer.follows("王例兰")
    officer.answers("核对的结果", "户籍没有变，不影响领取")
    officer.presses("符合，请他再确认")
    lan.opens("/my")
    lan.follows("看一看")
    lan.sees("户籍没有变，不影响领取")
    lan.follows("不要")
    lan.follows("再想想")
    lan.presses("确认领取")
    lan.sees("有没有领同类补贴")


@pytest.mark.clause("S8.2", "C3.1", "S8.1")
def test_what_is_found_on_site_is_mended_in_the_hands_of_whoever_has_the_case(town: Town) -> None:
    shop = Restaurant()
    shop.release()
    colleague("wuhao", "fire-rescue@320106")
    desk = f"/desk/{shop.case(FIRE)}"
    zhao = town.staff("赵凯")
    zhao.opens(desk)
    zhao.presses("领办")
    zhao.sees("赵凯在办")
    zhao.follows("延期")
    zhao.answers_all({"延几天": "3", "谁批准的": "大队长 张明", "为什么在期限内办不完": "等检测机构答复"})
    zhao.presses("延期")
    zhao.sees("已延 3 天", "经批准延长期限 3 天")
    zhao.follows("责令整改")
    zhao.presses("责令整改")
    zhao.sees("请填最晚哪天改好")
    zhao.answers_all(
        {
            "查到的问题": "安全出口被货架挡住，请移开",
            "依据": "消防法第十五条",
            "最晚哪天改好": (today() + timedelta(days=3)).isoformat(),
            "谁去现场查的": "赵凯、钱立",
        }
    )
    zhao.presses("责令整改")
    zhao.sees("要求整改")
    town.behind_the_pages()
    wang = owner(town)
    wang.opens(f"/my/{shop.id}")
    wang.sees("请您整改", "安全出口被货架挡住")
    wang.answers("改好了什么", "货架移开了")
    wang.presses("报告改好了")
    wang.sees("等他们来复查")
    for paper in ("extension.pdf", "mending/1.pdf"):
        letter = wang.page.context.request.get(f"{town.address}/papers/cases/{shop.case(FIRE)}/{paper}")
        assert letter.body().startswith(b"%PDF"), paper
    zhao.opens(desk)
    zhao.follows("交办")
    zhao.answers_all({"交给谁": "吴浩", "为什么": "明天起休假"})
    zhao.presses("交办")
    wu = town.staff("吴浩")
    wu.opens(desk)
    wu.sees("吴浩在办", "货架移开了")
    wu.follows("复查合格")
    wu.answers("谁去复查的", "吴浩、钱立")
    wu.presses("复查合格")
    wu.sees("现在可以决定")
    he = town.staff("何敏")
    he.opens(f"/coordinate/{shop.id}")
    he.unfolds("分错了单位？改派")
    he.follows("改派“户外招牌”")
    he.presses("改派")
    he.sees("请写明为什么改派")
    a_person_looks_at_what_the_register_said(town, shop, wang)
    an_old_lady_is_offered_what_she_never_asked_for(town)


@pytest.mark.clause("C5.1", "S9.1")
def test_a_decision_is_undone_by_who_may_and_the_case_is_handled_anew(town: Town) -> None:
    shop = Restaurant()
    shop.release()
    at = outside().clock.now()
    decide_case(case=shop.case(FIRE), actor=actor("zhaokai", at=at), decision=Decision(Action.GRANT), at=at)
    refusal = Decision(Action.REFUSE, reasons="尺寸超出", basis="示例条例第一条")
    decide_case(case=shop.case(SIGN), actor=actor("zhoulin", at=at), decision=refusal, at=at)
    town.behind_the_pages()
    zhao = town.staff("赵凯")
    zhao.opens(f"/desk/{shop.case(FIRE)}")
    zhao.unfolds("对这个决定还能做什么")
    zhao.follows("撤销")
    zhao.answers_all({"事实和理由": "申报的面积是假的", "依据": "行政许可法第六十九条第二款"})
    zhao.presses("撤销")
    zhao.sees("已撤销")
    zhou = town.staff("周琳")
    zhou.opens(f"/desk/{shop.case(SIGN)}")
    zhou.unfolds("对这个决定还能做什么")
    zhou.opens(f"/desk/{shop.case(SIGN)}/redo")
    zhou.opens(f"/desk/{shop.case(SIGN)}")
    zhou.unfolds("对这个决定还能做什么")
    zhou.follows("重新办理")
    zhou.answers_all({"复议机关或法院": "南京市鼓楼区人民政府", "文号": "〔2026〕鼓行复第 12 号"})
    zhou.presses("重新办理")
    zhou.sees("期限从今天起算")


@pytest.mark.clause("S7", "C3.1")
def test_two_persons_decide_and_what_is_asked_again_stands_on_record(town: Town) -> None:
    shop = Restaurant()
    shop.remark_on_the_sign()
    shop.release()
    answer_correction(
        submission=shop.id, actor=actor("wangfang", at=shop.today, enterprise=True), fields={},
        files={"sign-rendering": [Upload("图.pdf", PAPER)]}, at=shop.at + timedelta(minutes=30),
    )  # fmt: skip
    zhou = town.staff("周琳")
    zhou.opens(f"/desk/{shop.case(SIGN)}/ask-again")
    zhou.sees("记为违规")
    colleague("wuhao", "fire-rescue@320106")
    account = Account.objects.get(login="zhaokai")
    TwoPersonsRow.objects.create(
        unit="fire-rescue@320106", item=FIRE, set_by=account.id, set_at=outside().clock.now()
    )
    desk = f"/desk/{shop.case(FIRE)}"
    zhao, wu = town.staff("赵凯"), town.staff("吴浩")
    zhao.opens(desk)
    zhao.follows("拟准予")
    zhao.presses("拟准予，送审核")
    zhao.sees("等另一位同事确认")
    wu.opens(f"{desk}/send-back")
    wu.answers("为什么退回，要怎么改", "现场照片没有附")
    wu.presses("退回")
    zhao.opens(desk)
    zhao.sees("现场照片没有附")
    zhao.follows("拟准予")
    zhao.presses("拟准予，送审核")
    wu.opens(f"{desk}/confirm")
    wu.presses("确认准予")
    wu.sees("决定已经作出")
    assert wu.device is DESKTOP
