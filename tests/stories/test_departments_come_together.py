"""
Three departments come to 王芳's restaurant once, look at her drawings, and leave one record (联合勘验).

What was filed and sent out the day before is done by the cast's own hand; the meeting itself is lived on the pages.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import PAPER, actor, file_one
from tests.stories import offices
from tests.stories.devices import DESKTOP, PHONE, PHONE_WITHOUT_SCRIPTS, Device
from tests.stories.people import Person, Town
from yijianshi.domain.appointments import Half, Slot, half_days
from yijianshi.domain.workdays import legal_day
from yijianshi.services.handling.release import release_submission
from yijianshi.services.joining.look_through import look_through_drawings
from yijianshi.services.outside import outside
from yijianshi.store.joint.models import OperationRow
from yijianshi.web.joint.asking import slot_words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.clause("S8.2")]

HEWEI = "南京禾味餐饮管理有限公司"
PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "form-1280.png"


def owner(town: Town, device: Device, name: str) -> Person:
    """王芳, acting for her enterprise."""
    wang = town.visitor(device, name)
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/account")
    wang.presses(HEWEI)
    return wang


def finds_survey(official: Person) -> None:
    official.opens("/joint")
    official.follows(HEWEI)


def the_day_comes() -> None:
    """Nobody in a story waits for days: the agreed half-day was yesterday."""
    yesterday = Slot(legal_day(outside().clock.now()) - timedelta(days=1), Half.MORNING)
    OperationRow.objects.filter(state="fixed").update(slot=str(yesterday), slot_on=yesterday.day)


def test_three_departments_come_once(town: Town, tmp_path: Path) -> None:
    at = outside().clock.now()
    submission = file_one(actor("wangfang", at=at, enterprise=True), at=at)
    release_submission(submission=submission, actor=actor("hemin", at=at), at=at)
    town.behind_the_pages()
    first, second, third = map(slot_words, half_days(outside().calendar, after=legal_day(at))[:3])
    he, chen, zhao, zhou = (town.staff(name) for name in ("何敏", "陈志远", "赵凯", "周琳"))
    # 何敏 calls it off, thinks better of it, and asks everybody anew when he can come.
    finds_survey(he)
    he.follows("取消")
    he.answers("为什么取消", "店面还没有装修好")
    he.presses("取消，通知各方")
    he.sees("联合勘验还没有安排")
    he.presses("安排，请各方报时间")
    town.behind_the_pages()
    for official in (chen, zhao, zhou):
        finds_survey(official)
        for words in (first, second, third):
            official.ticks(words)
        official.presses("报上时间")
        official.sees("时间已报上")
    wang = owner(town, PHONE, "王芳")
    wang.opens("/my")
    wang.follows("开办餐饮店")
    wang.sees("请勾您方便的半天")
    wang.follows("看联合勘验")
    wang.ticks(second)
    wang.presses("报上时间")
    town.behind_the_pages()
    finds_survey(he)
    he.sees("大家都能来的最早时间", second)
    he.follows("定时间和地点")
    he.answers("在哪里碰头", "示例路 1 号店里")
    he.presses("定下来，通知各方")
    he.sees("已定在", second)
    # Each side may move it once.
    wang.opens(f"/my/{submission}")
    wang.follows("看联合勘验")
    wang.unfolds("这个时间不方便")
    wang.answers_all({"改到": third, "为什么改": "孩子住院"})
    wang.presses("改时间")
    wang.sees("已改到", third)
    finds_survey(he)
    he.follows("改时间")
    he.ticks(first)
    he.answers("为什么改", "消防当天有演练")
    he.presses("改时间，通知各方")
    he.sees_no("改时间")
    # Her drawings: one part by part, one with a plain form where no script runs.
    (tmp_path / "一层.png").write_bytes(PICTURE.read_bytes())
    wang.opens(f"/my/{submission}")
    wang.follows("看联合勘验")
    wang.hands.hand_in(wang.page.locator("#drawing-file"), tmp_path / "一层.png")
    wang.hands.press(wang.page.locator("#drawings").get_by_role("button", name="上传", exact=True))
    wang.page.locator("#drawings").get_by_text("一层.png").wait_for()
    plain = owner(town, PHONE_WITHOUT_SCRIPTS, "王芳在老手机上")
    plain.opens(wang.where)
    plain.hands.hand_in(
        plain.page.locator("#drawing-file"),
        {"name": "二层.pdf", "mimeType": "application/pdf", "buffer": PAPER},
    )
    plain.presses("上传")
    plain.sees("图纸收到了", "二层.pdf")
    look_through_drawings(at=outside().clock.now(), most=9)
    finds_survey(zhao)
    zhao.follows("二层.pdf")
    assert zhao.downloads("打开图纸") == PAPER
    finds_survey(zhao)
    zhao.follows("一层.png")
    zhao.answers_all({"哪里有问题，怎么改": "疏散门要向外开", "左右位置": 250, "上下位置": 400})
    zhao.presses("记下批注")
    wang.opens(f"/my/{submission}")
    wang.follows("看联合勘验")
    wang.follows("一层.png")
    wang.answers("怎么改了", "已经改好，换成向外开的门")
    wang.presses("回复第 1 处")
    wang.sees("等部门看")
    zhao.opens(zhao.where)
    zhao.sees("换成向外开的门")
    zhao.presses("标为已解决")
    # The day comes. Two write and sign; the third decides at once, and is not waited for.
    the_day_comes()
    for official, item, names in ((zhao, "消防检查", "赵凯、孙强"), (chen, "食品经营许可", "陈志远、周平")):
        finds_survey(official)
        official.follows(f"给意见：{item}")
        official.answers_all({"意见": "合格", "谁到的现场": names})
        official.hands.hand_in(official.page.locator("#f-photos"), PICTURE)
        official.presses("记下意见")
        official.sees("意见已记下")
    zhao.hands.hand_in(zhao.page.locator("#photos-1"), PICTURE)
    zhao.presses("上传照片")
    zhao.presses("拿掉照片", last=True)
    assert (
        zhao.page.request.get(
            town.address + str(zhao.page.locator(".shots a").first.get_attribute("href"))
        ).body()
        == PICTURE.read_bytes()
    )
    for official in (zhao, chen):
        finds_survey(official)
        official.presses("看一遍，再签名")
        official.sees("签名后意见不能再改", "合格")
        official.presses("签名")
        official.sees("已签名")
    heli = town.staff("何立")
    heli.opens("/supervise")
    heli.follows("联合")
    heli.sees("约定的日子已过，还没有记录")
    heli.sees_no(HEWEI)
    offices.grants(zhou, HEWEI, "户外招牌")
    finds_survey(he)
    he.presses("完成记录")
    he.sees("记录已完成", "通过")
    town.behind_the_pages()
    assert he.downloads("联合勘验记录").startswith(b"%PDF")
    wang.opens(f"/my/{submission}")
    wang.follows("看联合勘验")
    wang.sees("合格", "记录已完成")
    assert wang.downloads("联合勘验记录").startswith(b"%PDF")
    laptop = owner(town, DESKTOP, "王芳在家里")
    laptop.opens("/my/messages")
    laptop.sees("联合勘验：有结果了")
