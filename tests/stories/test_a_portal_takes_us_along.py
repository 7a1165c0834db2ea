"""A portal shows our column in its own page, leads its readers to the right place, and takes the files along."""

import pytest

from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Town

pytestmark = pytest.mark.browser


def test_a_reader_of_a_portal_comes_to_the_guide_in_his_own_situation(town: Town) -> None:
    """The portal knows already that he makes a sign; the column says so, and so does the guide behind it."""
    reader = town.visitor(PHONE, "门户的读者")
    reader.opens("/embed")
    reader.sees("一件事一次办", "开办餐饮店")
    reader.opens("/embed/open-restaurant?has-signage=yes")
    reader.sees("户外招牌", "准备这")
    reader.follows("看指南")
    assert reader.heading == "开办餐饮店"
    reader.sees("要做招牌")
    reader.follows("看办理流程图")
    reader.sees("现在：一次办", "下载 BPMN")
    reader.follows("原来：一项一项办")
    reader.sees("前一项办完才办下一项")


def test_the_keeper_of_a_portal_finds_what_to_paste_and_what_to_take(town: Town) -> None:
    keeper = town.visitor(DESKTOP, "门户的管理员")
    keeper.opens("/guide/newborn")
    keeper.follows("分享与接入")
    keeper.sees("嵌进您的网页", "在链接里写好情形", "办理流程（BPMN 2.0）")
    assert b"BPMNDiagram" in keeper.downloads("办理流程（BPMN 2.0）")
    told = keeper.page.request.get(f"{town.address}/oembed?url={town.address}/guide/newborn")
    assert told.json()["title"] == "新生儿出生"
