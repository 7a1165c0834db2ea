"""
What offices do with one another: they ask, hand over, send papers from window to window, and type into a system not joined.

What was filed the day before is filed by the cast's own hand (`tests.cast.file_one`); the day itself is lived on the pages.
"""

import pytest

from tests.cast import PAPER, actor, file_one
from tests.services.custody.far import begin_far_away, file_far_away
from tests.services.town import StandingClock
from tests.services.town import Town as ClerksTown
from tests.stories import offices
from tests.stories.devices import PHONE
from tests.stories.people import Town
from yijianshi.integrations.population import build_population
from yijianshi.services.outside import outside
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.web.acting import today

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEWEI = "南京禾味餐饮管理有限公司"
SIGN_AND_DRAIN = {"venue-area": 80, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": True}


def test_clerks_ask_one_another_decide_in_pairs_and_hand_over(town: Town) -> None:
    at = outside().clock.now()
    file_one(actor("wangfang", at=at, enterprise=True), answers=SIGN_AND_DRAIN, at=at)
    Officer.objects.create(
        account=Account.objects.get(login="wuhao"), role="reviewer", unit="urban-management@320106", since=at
    )
    town.behind_the_pages()
    zhou, wu, heli = (town.staff(name) for name in ("周琳", "吴浩", "何立"))
    zhou.opens("/saved-texts")
    zhou.answers_all({"用在哪里": "意见：哪里不对", "要存的话": "看不清尺寸"})
    zhou.presses("存下")
    zhou.sees("看不清尺寸")
    offices.finds(zhou, HEWEI, "户外招牌")
    zhou.follows("征询别的单位")
    zhou.answers_all({"问哪个单位": "鼓楼区住房和城乡建设局", "问什么": "排水井会不会被招牌挡住？"})
    zhou.presses("发给对方")
    zhou.sees("等答复", "排水井会不会被招牌挡住？")
    offices.remarks(
        zhou, "招牌设置效果图", reason="看不清", remedy="请换一张", basis="城市市容和环境卫生管理条例第十一条"
    )
    case = zhou.where
    wu.opens("/desk")
    wu.follows("去答复")
    wu.follows(HEWEI)
    wu.answers("答复", "不会，离得远")
    wu.presses("答复", last=True)
    wu.sees("已答复")
    heli.opens("/supervise")
    heli.follows("看违规")
    heli.sees("没有再次告知的")
    heli.opens("/supervise/two-persons?unit=urban-management@320106")
    zhou.opens("/desk/hand-over")
    zhou.opens(case + "/ask-again", expecting=409)
    zhou.opens(case + "/confirm", expecting=409)
    zhou.opens(case + "/send-back", expecting=409)
    zhou.opens(case + "/propose", expecting=409)
    assert zhou.page.context.request.get(f"{town.address}{case}/presence").ok
    zhou.opens("/saved-texts")
    zhou.presses("删去：看不清尺寸")
    zhou.sees("已删去")


@pytest.mark.clause("C1.7", "S9.1")
def test_a_lease_travels_from_one_window_to_another_and_a_licence_back(town: Town) -> None:
    """汤静 takes in at 昆山 what 鼓楼 decides; the lease is one page short, the licence is fetched where it was filed."""
    clerks = ClerksTown(StandingClock(outside().clock.now()), build_population(on=today()))
    draft = begin_far_away(clerks)
    tang, li, chen = (town.staff(name) for name in ("汤静", "李国强", "陈志远"))
    tang.opens(f"/draft/{draft}/materials")
    tang.follows("收存原件")
    tang.answers_all({"谁交来的": "王芳", "是什么": "租赁合同原件", "每份几页": 12})
    tang.presses("收下，出回执")
    tang.sees("原件收好了")
    assert tang.downloads("打原件保管回执").startswith(b"%PDF")
    submission = file_far_away(clerks, draft)
    town.behind_the_pages()
    tang.opens("/window")
    tang.sees("替外地收的")
    tang.follows(HEWEI)
    tang.sees("只看得到进度")
    tang.follows("收存原件")
    tang.opens("/custody")
    tang.ticks(f"选 租赁合同原件 {HEWEI}")
    tang.answers("移交给哪里", "南京市鼓楼区政务服务中心")
    tang.presses("开移交清单")
    assert tang.downloads("打印清单").startswith(b"%PDF")
    listed = tang.where
    li.opens("/custody")
    li.follows("点收")
    li.ticks("收到，但少了")
    li.unfolds("少了的，写这里")
    li.answers_all({"点到几页": 11, "少了什么": "缺第 12 页"})
    li.presses("签收")
    li.sees("1 份有出入")
    li.opens(listed)
    li.follows("租赁合同原件")
    li.sees("缺第 12 页")
    li.answers("交还给谁", "王芳本人")
    li.presses("交还")
    li.sees("已经交还")
    clerks.later(minutes=5)
    clerks.release(submission)
    clerks.decide_all(submission)
    chen.opens(f"/desk/{clerks.case(submission, 'food-business-permit').now.id}")
    chen.follows("登记实体证照")
    chen.presses("登记")
    chen.sees("要送到苏州市昆山市政务服务中心")
    wang = town.visitor(PHONE, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    wang.opens(f"/my/{submission}")
    wang.sees("我的原件在哪里", "已经交还")
    wang.follows("换一个窗口领")
    wang.presses("就到这里领")
    heli = town.staff("何立")
    heli.opens("/supervise")
    heli.follows("原件移交")
    heli.sees("应有 12，点到 11")
    heli.sees_no(HEWEI)


def test_a_department_types_again_what_its_own_system_cannot_be_sent(town: Town) -> None:
    at = outside().clock.now()
    answers = SIGN_AND_DRAIN | {"sells-tobacco": True}
    file_one(actor("wangfang", at=at, enterprise=True), answers=answers, at=at)
    town.behind_the_pages()
    sun, heli = town.staff("孙倩"), town.staff("何立")
    sun.opens("/desk")
    sun.follows("去转录台")
    sun.follows(HEWEI)
    sun.sees("照着录到", HEWEI)
    sun.answers("本单位系统的办件编号", "YC-2026-0001")
    sun.presses("记下编号")
    sun.hands.hand_in(
        sun.page.get_by_label("结果文件"), {"name": "证.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    sun.presses("传上来")
    sun.sees("结果文件收下了")
    assert sun.downloads("证.pdf") == PAPER
    assert sun.page.context.request.get(f"{town.address}{sun.where.partition('#')[0]}/materials.zip").ok
    heli.opens("/supervise")
    heli.follows("转录成本")
    heli.sees("烟草专卖系统（示例）")
