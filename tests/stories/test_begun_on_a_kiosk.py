"""王芳 begins at the machine in the hall, takes the square code along, and finishes on her phone."""

import re
from contextlib import suppress
from uuid import UUID

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import expect

from tests.cast import actor
from tests.filed import fill, seal
from tests.stories.devices import PHONE, Device
from tests.stories.people import Town
from yijianshi.services.outside import outside

pytestmark = pytest.mark.browser
KIOSK = Device("kiosk", 1080, 1400)


@pytest.mark.clause("C2.4")
def test_begun_at_a_machine_and_finished_on_a_phone(town: Town) -> None:
    hall = town.visitor(KIOSK, "大厅的自助机")
    hall.opens("/kiosk")
    hall.follows("1 号机")
    hall.sees("您想办什么", "秒后清掉您的内容")
    hall.presses("长辈版")
    hall.presses("退出长辈版")
    hall.opens(
        "/guide/open-restaurant?venue-area=120&has-signage=yes&sells-tobacco=no&discharges-to-sewer=no"
    )
    hall.follows("开始办理")
    hall.presses("王芳")
    hall.presses("开始办理")
    draft = hall.where.removesuffix("/situation")
    hall.follows("换设备接着填")
    hall.presses("出示二维码")
    hall.sees("用手机扫一扫", "只能用一次")
    code = town_code(hall.page.content())
    hall.presses("结束，清掉我的内容")
    hall.sees("您想办什么")
    with suppress(BrowserError):  # the browser kept no page to go back to, and says so
        hall.page.go_back()
    hall.sees_no("出示二维码", "用手机扫一扫")

    phone = town.visitor(PHONE, "王芳的手机")
    phone.opens(code)
    phone.presses("王芳")
    assert phone.where.startswith(draft)
    phone.sees("换设备接着填")
    at, who = outside().clock.now(), actor("wangfang", at=outside().clock.now(), enterprise=True)
    seal(
        fill(UUID(draft.rpartition("/")[2]), who=who, at=at), who=who, at=at
    )  # as in the other stories, page by page
    phone.opens("/my")
    phone.sees("开办餐饮店", "申报号")


def town_code(page: str) -> str:
    """Return where the square code leads, as a camera would read it."""
    found = re.search(r'data-copy="[^"]*(/on/[A-Za-z0-9_-]+)"', page)
    assert found
    return found[1]


def test_nobody_touches_the_machine_and_it_forgets_by_itself(town: Town) -> None:
    hall = town.visitor(KIOSK, "走开的人")
    hall.opens("/kiosk/gulou-1")
    hall.opens("/login")
    hall.presses("王芳")
    hall.opens("/my")
    hall.page.clock.install()
    hall.opens("/my")
    hall.page.clock.fast_forward(121_000)
    expect(hall.page).to_have_url(re.compile(r"/kiosk/gulou-1$"))
    hall.sees_no("王芳")
