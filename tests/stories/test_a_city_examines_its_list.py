"""A city hands in the list of its items and reads what one thing would gain, with nothing connected and nobody signed in."""

import pytest

from tests.stories.devices import DESKTOP, PHONE, PHONE_WITHOUT_SCRIPTS, Device
from tests.stories.people import Person, Town
from yijianshi.services.catalogue import shipped_folder
from yijianshi.services.examining.carry_out import carry_out_next
from yijianshi.services.outside import outside

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.clause("C1.2")]
LISTS = shipped_folder() / "examples"


def hands_in(person: Person, name: str) -> None:
    person.hands.hand_in(person.page.get_by_label("清单文件"), LISTS / name)
    person.presses("开始体检")


def worked_out() -> None:
    assert carry_out_next(at=outside().clock.now())


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_bureau_uploads_its_list_and_gets_its_report(town: Town, device: Device) -> None:
    bureau = town.visitor(device)
    bureau.opens("/examine")
    assert bureau.downloads("埋了错的小清单") == (LISTS / "planted-faults.xlsx").read_bytes()
    hands_in(bureau, "planted-faults.xlsx")
    bureau.sees("正在体检", "排着队", "planted-faults.xlsx")
    worked_out()
    bureau.page.get_by_role("heading", name="一分钟看懂").wait_for()  # the page looks again by itself
    bureau.looks()
    bureau.sees("南京市鼓楼区", "没有依据的材料 2 处", "开办餐饮店", "不得索要", "不认识的栏目")
    bureau.unfolds("没有依据的材料")
    bureau.sees("社区盖章同意书", "“材料”第 13 行")
    bureau.unfolds("实施方案草稿")
    bureau.sees("一、工作目标")
    bureau.looks()
    assert bureau.downloads("表格").startswith(b"PK")
    assert bureau.downloads("PDF").startswith(b"%PDF-")
    bureau.presses("现在就删除")
    bureau.sees("交清单")


def test_whoever_has_no_scripts_waits_on_a_page_that_looks_again(town: Town) -> None:
    bureau = town.visitor(PHONE_WITHOUT_SCRIPTS)
    bureau.opens("/examine")
    hands_in(bureau, "clean.xlsx")
    bureau.sees("正在体检")
    worked_out()
    bureau.page.get_by_role("heading", name="一分钟看懂").wait_for()
    bureau.page.wait_for_load_state()  # the page came by itself; its first words do not say that all of it is there
    bureau.sees("清单本身没有要改的")


def test_what_is_no_list_is_told_with_what_would_do(town: Town) -> None:
    bureau = town.visitor(PHONE)
    bureau.opens("/examine")
    hands_in(bureau, "README.md")
    worked_out()
    bureau.opens(bureau.where, expecting=422)
    bureau.sees("没有做成体检", "README.md")
