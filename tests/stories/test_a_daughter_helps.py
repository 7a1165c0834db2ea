"""
An old father asks 王芳 to apply for him: one button, one square code, her own telephone; later he takes it back.

Beside them those who act for others for a living: an agent of two enterprises who never mixes them, a helper who comes
home, a clerk before whom an old lady speaks, a mother and daughter, a steward of a project.
"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.cast import PAPER, actor, file_one
from tests.filed import fill
from tests.stories.devices import DESKTOP, PHONE
from tests.stories.hands import hands_at
from tests.stories.people import Person, Town
from yijianshi.integrations.population import build_population
from yijianshi.services.outside import outside
from yijianshi.services.people.actors import actor_of
from yijianshi.store.accounts.models import Account
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.submissions.models import SubmissionRow
from yijianshi.web.acting import today

pytestmark = [pytest.mark.browser, pytest.mark.clause("C3.4", "C2.1")]

HEWEI, NOODLES = "南京禾味餐饮管理有限公司", "南京示例钱记面馆"


def signed_in(town: Town, name: str, login: str = "") -> Person:
    person = town.visitor(PHONE, login or name)
    person.opens("/login")
    person.presses(name)
    return person


def comes(town: Town, name: str) -> Person:
    """Somebody of the staff comes to work."""
    return town.staff(name)


def number_of(name: str) -> str:
    return next(one.number for one in build_population(on=today()).people if one.name == name)


def he_asks_her(father: Person) -> str:
    """He begins, finds it too much, and presses one button."""
    father.opens("/guide/elderly-allowance")
    father.answers_all(
        {
            "本地户籍且满": "满了",
            "低保、低收入或失能吗？": "都不是",
            "已有可发放补贴的社保卡账户吗？": "有",
            "是领取后的年度资格认证吗？": "第一次申领",
        }
    )
    father.presses("按这个情形算")
    father.follows("开始办理")
    father.presses("开始办理")
    father.sees("您可以这样办", "人口库里您满 60 岁", "想问就问", "12345")
    father.follows("让别人替我办")
    father.sees("让别人替我办：尊老金申领")
    father.answers("请谁替您办", "王芳")
    father.presses("做一个码给他")
    father.sees("给王芳扫", "只能用一次")
    return urlsplit(father.page.locator(".qr .num").inner_text().strip()).path


def she_files_for_him(daughter: Person) -> None:
    """She reads what she is asked, accepts, and does it as if it were her own; whose it is stands on every page."""
    daughter.sees("李例根请您替他办", "不认识这个人，就不要接受", "撤回申请")
    daughter.presses("接受，替李例根办")
    daughter.sees("您现在替李例根办", "没填完：尊老金申领")
    daughter.follows("接着填")
    daughter.sees("您现在替李例根办")
    at, account = outside().clock.now(), Account.objects.get(login="wangfang")
    draft = DraftRow.objects.get()
    fill(draft.id, who=actor_of(account, on=today(), party=draft.party_id), at=at)
    daughter.opens(f"/draft/{draft.id}/review")
    daughter.sees("替李例根办")
    daughter.ticks("以上内容和材料属实")
    daughter.answers("签名：写上您的姓名", "王芳")
    daughter.presses("提交申报")
    daughter.sees("已收件", "王芳 代 李例根 办")


def test_a_father_asks_his_daughter_and_later_takes_it_back(town: Town) -> None:
    father = signed_in(town, "李例根")
    link = he_asks_her(father)
    stranger = signed_in(town, "钱进")
    stranger.opens(link, expecting=404)
    stranger.sees("这个链接打不开")
    stranger.sees_no("李例根")
    daughter = signed_in(town, "王芳")
    daughter.opens(link)
    she_files_for_him(daughter)
    submission = SubmissionRow.objects.get()
    daughter.opens(link, expecting=404)
    town.behind_the_pages()
    father.opens("/my/messages")
    father.sees("对方接受了", "已收到申报")
    father.opens(f"/my/{submission.id}")
    father.sees("王芳 代 李例根 办")
    father.opens("/my/mandates")
    father.sees("王芳替我办", "有效", "提交过 1 次")
    father.presses("收回")
    father.sees("收回了", "填好的都还在")
    daughter.opens(f"/my/{submission.id}", expecting=404)
    daughter.sees_no("李例根")
    daughter.opens("/my/messages")
    daughter.sees("授权结束了")
    father.opens("/my")
    father.follows("尊老金申领")
    father.sees("撤回这一项", "王芳 代 李例根 办")


def test_an_agent_of_two_enterprises_mixes_nothing_in_two_tabs(town: Town) -> None:
    agent = town.visitor(DESKTOP, "林晓")
    agent.opens("/login")
    agent.presses("林晓")
    agent.opens("/account/principals")
    agent.presses(f"换成{HEWEI}")
    agent.sees(f"您现在替{HEWEI}办")
    agent.opens(
        "/start/open-restaurant?venue-area=120&has-signage=yes&sells-tobacco=no&discharges-to-sewer=no"
    )
    agent.presses("开始办理", within=HEWEI)
    first = agent.where
    second = agent.page.context.new_page()
    second.goto(f"{town.address}/account/principals")
    with second.expect_navigation():
        hands_at(second).press(second.get_by_role("button", name=f"换成{NOODLES}"))
    kept = DraftRow.objects.values_list("sealed", "version").get()
    with agent.page.expect_navigation():
        agent.hands.press(agent.page.get_by_role("button", name="就办这些"))
    agent.sees(f"这是{HEWEI}的事", "刚才填的没有存", f"您现在办的是{NOODLES}的事")
    assert DraftRow.objects.values_list("sealed", "version").get() == kept
    agent.presses(f"换成{HEWEI}，接着办")
    assert agent.where.startswith(first.removesuffix("/situation"))
    wang = signed_in(town, "王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    wang.opens("/account/agents")
    wang.sees("林晓替我办")
    wang.answers("经办人姓名", "周文")
    wang.presses("做一个码给他")
    wang.sees("给周文扫")


@pytest.mark.slow
def test_those_whose_work_it_is_to_help(town: Town) -> None:
    he_comes_home(town)
    the_clerk_writes_down_what_she_says(town)
    of_ones_own_family(town)
    a_steward_follows_a_project(town)


def he_comes_home(town: Town) -> None:
    father = signed_in(town, "李例根")
    father.opens("/my/home-visits")
    father.follows("约一次上门")
    father.answers("到哪里", "示例巷 23 号 2 幢 102 室")
    father.presses("约上门")
    father.sees("有人接了，就告诉您哪天来", "优先安排")
    helper = comes(town, "方勤")
    helper.sees("李例根", "优先")
    helper.answers("哪天去", (today() + timedelta(days=1)).isoformat())
    helper.presses("我去：李例根")
    helper.sees("示例巷 23 号")
    father.opens("/my/home-visits")
    father.sees("方勤")
    father.presses("不用来了")
    father.sees("取消了")


def the_clerk_writes_down_what_she_says(town: Town) -> None:
    li = comes(town, "李国强")
    li.opens("/window/mandates")
    li.answers_all(
        {
            "授权人姓名": "赵例英",
            "授权人身份证号": number_of("赵例英"),
            "办哪件事": "尊老金申领",
            "谁来办": "帮办员 方勤",
            "怎么授权的": "纸上签的字",
            "他怎么说的": "本人到窗口说的，看了身份证",
        }
    )
    li.hands.hand_in(
        li.page.locator("#f-paper"), {"name": "授权书.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    li.presses("记下授权")
    li.sees("赵例英", "请方勤")
    assert li.downloads("看授权书：赵例英") == PAPER
    helper = town.staff("方勤")
    helper.opens("/helping")
    helper.presses("替赵例英办")
    helper.sees("您现在替赵例英办")
    li.presses("替赵例英收回")
    li.sees("收回了")


def of_ones_own_family(town: Town) -> None:
    mother = signed_in(town, "吴例敏")
    mother.opens("/my/mandates")
    mother.presses("查我的孩子")
    mother.sees("吴例童", "18 岁")
    mother.follows("替过世的亲人办")
    mother.answers_all({"过世的亲人姓名": "吴例福", "他的身份证号": number_of("吴例福"), "您是他的": "子女"})
    mother.ticks("本人已逐条读过")
    mother.presses("查一下，开始办")
    mother.sees("依据死亡信息库")


def a_steward_follows_a_project(town: Town) -> None:
    at = outside().clock.now()
    submission = file_one(actor("wangfang", at=at, enterprise=True), at=at)
    assert SubmissionRow.objects.filter(pk=submission).exists()
    he = comes(town, "何敏")
    he.opens(f"/coordinate/{submission}")
    he.follows("指定管家")
    he.answers("请谁做管家", "管立")
    he.presses("指定")
    steward = comes(town, "管立")
    steward.follows("看进度")
    steward.answers_all({"问谁": "鼓楼区城市管理", "问什么": "哪天来看现场"})
    steward.presses("问一下")
    steward.sees("问过了", "哪天来看现场")
