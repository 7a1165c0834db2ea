"""
Who keeps the house in order: a clerk guards his own door, and three administrators let somebody in, approve and look on.

老李 adds a telephone and a key and comes in by each; 孟岩 makes an account, 秦朗 approves, 顾平 finds it all in the logs.
"""

import re

import pyotp
import pytest

from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Person, Town
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.project.seeding import PASSWORD
from yijianshi.store.guards.models import TotpRow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.clause("C2.1")]


@pytest.fixture
def named_town(town: Town) -> Town:
    """The town under a name, since browsers hand keys to no bare number."""
    town.address = town.address.replace("127.0.0.1", "localhost")
    return town


def gives_a_key(person: Person) -> None:
    """Put a security key into the browser, as Chromium imitates one."""
    devtools = person.page.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def comes_to_the_door(person: Person) -> None:
    person.opens("/login")
    person.answers_all({"登录名": "laoli", "密码": PASSWORD})
    person.presses("登录")


def test_a_clerk_guards_his_own_door(named_town: Town) -> None:
    """With a telephone and a key on his phone; on the wide screen he sees where he is signed in, and changes his password."""
    li = named_town.visitor(PHONE, "李国强")
    gives_a_key(li)
    comes_to_the_door(li)
    li.opens("/account")
    li.follows("第二道验证")
    li.follows("加一部手机")
    li.sees("用验证器扫一扫")
    secret = re.sub(r"\s", "", li.page.locator(".qr .num").inner_text())
    made = pyotp.TOTP(secret)
    li.answers("6 位数", made.at(NODE_CLOCK.now()))
    li.presses("加好了")
    li.sees("手机加好了")
    li.presses("打一份新的")
    codes = li.page.locator(".codes li").all_inner_texts()
    li.follows("放好了，回去")
    li.follows("加一把密钥")
    li.answers("给它起个名字", "手机自带的")
    li.presses("插上密钥，加上它")
    li.sees("手机自带的", "还没用过")
    li.presses("退出登录")
    comes_to_the_door(li)
    li.presses("用安全密钥")
    assert li.where == "/window"

    desk = named_town.visitor(DESKTOP, "李国强")
    comes_to_the_door(desk)
    desk.answers("手机上的 6 位数", codes[0])
    desk.presses("通过")
    desk.opens("/account/devices")
    desk.sees("2 处", "这一台")
    desk.presses("别处都退出")
    desk.sees("别处都退出了")
    desk.opens("/account/guards")
    desk.presses("去掉：手机自带的")
    desk.sees_no("手机自带的")
    desk.follows("换密码")
    desk.answers_all({"现在的密码": PASSWORD, "新密码": "zhe-ge-mi-ma-geng-chang-9", "再填一遍": "zhe-ge-mi-ma-geng-chang-9"})  # fmt: skip
    desk.presses("换密码")
    desk.sees("密码换好了")
    TotpRow.objects.update(last_step=0)
    desk.opens("/account/guards/confirm")
    desk.answers("手机上的 6 位数", made.at(NODE_CLOCK.now()))
    desk.presses("通过")


def test_three_administrators_keep_each_other_in_check(named_town: Town) -> None:
    """One sets up and proposes, one approves, one finds who did and who saw what."""
    meng = named_town.staff("孟岩")
    assert meng.where == "/administer/accounts"
    meng.follows("建账号")
    meng.answers_all({"登录名": "xinren", "姓名": "丁一", "岗位": "督查", "单位": "鼓楼区数据局"})
    meng.presses("建账号")
    meng.sees("只显示这一次", "/invitation/")
    meng.opens("/administer/accounts?q=xinren")
    meng.sees("等本人设密码", "现在没有岗位")
    meng.follows("丁一")
    meng.sees("再任一个岗位", "移交给别人", "停用账号")
    meng.opens("/administer/proposals")
    meng.sees("丁一", "等同意")
    meng.opens("/administer/desks")
    meng.goes_by(meng.page.get_by_role("link", name=re.compile("^改")).first)
    meng.answers_all({"联系人": "值班室", "电话": "025-0000-2000"})
    meng.presses("存下")
    meng.sees("联系窗口改好了")

    qin = named_town.staff("秦朗")
    qin.sees("丁一", "孟岩")
    qin.presses("同意：丁一")
    qin.sees("已同意，马上生效")
    qin.opens("/administer/factors?q=laoli")
    qin.sees("李国强", "没有")
    for page, says in (("clients", "接入系统"), ("throttles", "试错")):
        qin.opens(f"/administer/{page}")
        qin.sees(says)

    gu = named_town.staff("顾平")
    gu.sees("谁看了什么")
    gu.opens("/administer/deeds")
    gu.sees("建立账号", "报请任职", "同意", "改联系窗口")
    token = gu.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    for log in ("reads", "deeds"):
        answer = gu.page.context.request.post(
            f"{named_town.address}/administer/{log}/csv",
            form={"csrfmiddlewaretoken": token},
            headers={"Referer": named_town.address},
        )
        assert answer.status == 200
