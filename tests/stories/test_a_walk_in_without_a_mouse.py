"""
Somebody walks in with paper: 老李 never touches the mouse, 王芳 shows a code on her phone and sees what he opens.

The devices are the reference bridge's, running as a process of its own. A second day is for waiting and for practising.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.conf import settings

from tests.cast import HOME, PAPER, RESTAURANT, actor, answers_for
from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Person, Town
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.start import start_draft
from yijianshi.services.outside import outside

pytestmark = [pytest.mark.browser, pytest.mark.clause("S2.1")]

HEWEI = "南京禾味餐饮管理有限公司"
SIGN = "sign-rendering"


class Keys:
    """老李's keyboard: whatever he does, he does with it, and he sees where the focus is."""

    def __init__(self, li: Person) -> None:
        self.li, self.page = li, li.page

    @property
    def focus(self) -> str:
        """Return the words and the name of what has the focus."""
        return str(
            self.page.evaluate(
                "() => { const e = document.activeElement; const label = e.labels && e.labels[0];"
                " return e === document.body ? '' : [e.name, e.textContent, label && label.textContent].filter(Boolean).join(' '); }"
            )
        )

    def tabs_to(self, words: str) -> None:
        """Go on by Tab until the focus is on what the words say."""
        for _ in range(120):
            if words in "".join(self.focus.split()):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {words} at {self.li.where}; the focus is on {self.focus}")

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, words: str) -> None:
        self.page.keyboard.type(words)

    def goes(self, *keys: str) -> None:
        """Press keys of which the last one brings another page."""
        with self.page.expect_navigation():
            self.presses(*keys)
        self.li.looks()


@pytest.fixture
def bridge(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The bridge of 老李's machine; what it shows is its pairing code."""
    command = [sys.executable, "-m", "yijianshi", "bridge", "--port", "0", "--allow", town.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port, code = re.findall(r"127\.0\.0\.1:(\d+).*(\d{6})", process.stdout.readline())[0]
        monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, bridge_port=int(port)))
        yield str(code)
        process.terminate()


def draft_but_for_the_sign() -> str:
    """Return a draft of 王芳's enterprise that she has filled in at home; the picture of the sign is on paper."""
    at = outside().clock.now()
    who = actor("wangfang", at=at, enterprise=True)
    draft = start_draft(
        actor=who, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=at
    )
    for _ in range(3):
        opened = open_draft(draft, actor=who)
        fill_fields(draft=draft, actor=who, given=answers_for(opened.form(), opened.edition), at=at)
    for needed in open_draft(draft, actor=who).plan().materials:
        if needed.way is MaterialWay.UPLOAD and needed.material != SIGN:
            attach_material(
                draft=draft, actor=who, material=needed.material, filename="材料.pdf", content=PAPER, at=at
            )
    return str(draft)


def wang_at_home(town: Town) -> Person:
    wang = town.visitor(PHONE, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    return wang


def li_comes_to_work(town: Town) -> Keys:
    li = Keys(town.visitor(DESKTOP, "李国强"))
    li.li.opens("/login")
    li.tabs_to("李国强")
    li.goes("Enter")
    return li


def test_a_walk_in_is_taken_in_by_his_code_and_by_keyboard_alone(town: Town, bridge: str) -> None:
    draft = draft_but_for_the_sign()
    wang, li = wang_at_home(town), li_comes_to_work(town)
    li.li.opens("/window/devices")
    li.tabs_to("配对码")
    li.types(bridge)
    li.presses("Enter")
    li.page.get_by_text("配对好了").wait_for()
    li.li.opens("/window/start")
    li.presses("Alt+b")
    li.page.get_by_text("读到了示例一的身份证").wait_for()
    assert li.page.get_by_label("证件号码").input_value() == "11010519491231002X"
    wang.opens("/my")
    wang.follows("在窗口亮码")
    wang.sees("请把手机屏幕调亮", "您的姓名、证件号码、手机")
    digits = "".join(wang.page.locator(".show-code-digits").inner_text().split())
    li.li.opens("/window/counter")
    assert "code" in li.focus, "the scanner may type at once"
    li.presses("Alt+h")
    li.li.sees("到下一栏")
    li.presses("Escape")
    li.tabs_to("code")
    li.types(digits)
    li.goes("Enter")
    li.li.sees(HEWEI, "亮码中")
    wang.page.wait_for_url("**/my/visits")
    wang.sees("李国强扫了您的码")
    visit = li.li.where
    assert "餐饮" in li.focus, li.focus
    li.goes("Enter")
    assert li.li.where == f"/draft/{draft}/materials"
    li.tabs_to("拍几页：招牌设置效果图")
    li.goes("Enter")
    li.presses("Alt+b")
    li.page.get_by_text("拍了 1 页").wait_for()
    li.presses("Alt+b")
    li.page.get_by_text("拍了 2 页").wait_for()
    li.tabs_to("seen原件看过")
    li.presses("Space")
    li.tabs_to("keep")
    li.presses("Space")
    li.goes("Alt+s")
    li.li.sees("2 页合成了一份 PDF")
    li.tabs_to("brought_by")
    li.types("王芳")
    li.goes("Enter")
    li.li.sees("原件收好了")
    assert li.li.downloads("打原件保管回执").startswith(b"%PDF")
    li.li.opens(f"/draft/{draft}")
    li.presses("Space")
    li.goes("Alt+Enter")
    li.li.sees("已收件")
    assert "打回执" in li.focus
    with li.page.expect_response(re.compile(r"/papers/")) as printed:
        li.presses("Alt+p")
    assert printed.value.ok
    li.li.opens(visit)
    li.li.opens(f"{visit}/begin")
    page = li.page.context.request.get(town.address + visit).text()
    document = re.findall(rf"{visit}/material/[\w-]+", page)[0]
    assert li.page.context.request.get(town.address + document).ok
    wang.opens("/my/visits")
    wang.sees("看了材料")
    wang.presses("办好了，结束")
    li.li.opens(visit, expecting=409)
    li.li.opens("/window/figures")
    li.li.sees("最近两周")


@pytest.mark.slow
def test_who_waits_is_told_beforehand_and_the_quiet_hour_is_for_practice(town: Town) -> None:
    draft = draft_but_for_the_sign()
    wang, li = wang_at_home(town), li_comes_to_work(town)
    wang.opens(f"/draft/{draft}/wait")
    wang.answers("您在哪个政务服务中心", "南京市鼓楼区政务服务中心")
    wang.presses("我到了，请先看")
    li.li.opens("/window/counter")
    li.goes("Alt+w")
    li.tabs_to("text")
    li.types("招牌效果图请标尺寸")
    li.goes("Alt+l")
    wang.opens(f"/draft/{draft}/wait")
    wang.sees("招牌效果图请标尺寸", "看过了")
    wang.follows("轮到了，亮码")
    digits = "".join(wang.page.locator(".show-code-digits").inner_text().split())
    li.li.opens("/window/counter")
    li.types(digits)
    li.goes("Enter")
    li.tabs_to("结束，叫下一位")
    li.goes("Enter")
    li.li.sees("可以叫下一位")
    li.li.opens("/practice")
    li.tabs_to("出一题")
    li.goes("Enter")
    li.li.opens("/practice/lawful/open-restaurant/7")
    for _ in range(li.page.locator("fieldset.field.span").count() - 1):
        li.presses("Space", "Enter")
    li.presses("Space")
    li.goes("Enter")
    li.li.sees("依据")
    heli = town.staff("何立")
    heli.opens("/practice/trainer")
    heli.sees("李国强", "补正合不合规")
    who = actor("laoli", at=outside().clock.now())
    party = actor("wangfang", at=outside().clock.now(), enterprise=True).party
    intake = start_draft(
        actor=who, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, party=UUID(party),
        channel="window", at=outside().clock.now(),
    )  # fmt: skip
    li.li.opens(f"/draft/{intake}/transfer")
    li.li.sees("汤静")
