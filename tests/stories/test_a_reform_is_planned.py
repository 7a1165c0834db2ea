"""何立 plans a reform: reads what is spared, tries what more could be, and takes plan and lists with him."""

import pytest

from tests.stories.devices import PHONE
from tests.stories.people import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_reform_is_read_tried_and_taken_along(town: Town) -> None:
    heli = town.staff("何立")
    heli.opens("/supervise")
    heli.follows("改革工具")
    heli.sees("34 件合计", "任务分工")
    heli.follows("开办餐饮店")
    assert "实施方案" in heli.heading
    heli.sees("一、目标", "关键")
    assert heli.downloads("方案 PDF").startswith(b"%PDF")
    assert b"reductions" in heli.downloads("JSON")
    heli.follows("试算")
    heli.follows("试试：“消防检查”采用告知承诺")
    heli.sees("采用告知承诺", "撤去")
    assert b"suggestions" in heli.downloads("JSON")
    heli.follows("开办餐饮店实施方案")
    heli.follows("数据共享需求清单")
    assert heli.downloads("XLSX").startswith(b"PK")
    heli.follows("任务分工")
    heli.sees("食品经营许可")
    heli.follows("开办餐饮店")
    heli.follows("改革工具")
    heli.follows("依据清理清单")
    assert heli.downloads("PDF").startswith(b"%PDF")


def test_a_citizen_reads_the_same_on_his_phone(town: Town) -> None:
    reader = town.visitor(PHONE)
    reader.opens("/")
    reader.follows("改革工具")
    reader.follows("新生儿出生")
    reader.sees("改革前后", "一次办")
    reader.follows("试算")
    reader.sees("最见效的改动")
