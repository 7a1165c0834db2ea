"""Every paper that a step owes is printed from what is kept: title, number, day, article, reason, next step, appeal."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import yijianshi.services
from tests.filed import file_fullest
from tests.services.handling.acts import CHECK, FIRE, FOOD, SIGN, answer, remark, stop
from tests.services.letters.papers import Desk, on_paper
from yijianshi.domain.cases import Action
from yijianshi.domain.codes import DepartmentCode, DivisionCode
from yijianshi.domain.documents import DELIVERY, DOCUMENTS, OWED_BY
from yijianshi.services.handling.acting import Decided, act_on_case, leads
from yijianshi.services.handling.hand import reroute_case
from yijianshi.services.handling.stop import resume_case
from yijianshi.services.handling.take_up import redo_case, reopen_case
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.letters import LetterIncomplete
from yijianshi.services.ports import GlyphsMissing
from yijianshi.services.printing import PRINTERS, NoSuchLetter
from yijianshi.store.results.models import DecisionTextRow

BIRTH, HOUSEHOLD = "birth-certificate", "birth-registration"
APPEAL = ("60日内向", "申请行政复议", "6个月内依法向", "提起行政诉讼")


#: Rooms of services that tell of what was done and do nothing to a case.
TELLING = {"reading", "printing", "letters", "working"}


def acts_of_services() -> set[Action]:
    """Which actions some service does to a case."""
    rooms = Path(yijianshi.services.__file__).parent
    text = "".join(
        path.read_text() for path in rooms.rglob("*.py") if path.relative_to(rooms).parts[0] not in TELLING
    )
    return {action for action in Action if re.search(rf"Action\.{action.name}\b", text)}


@pytest.mark.clause("S9.1")
def test_every_kind_of_paper_that_can_come_about_has_a_printer() -> None:
    assert set(PRINTERS) <= set(DOCUMENTS)
    come_about = {OWED_BY[action].kind for action in acts_of_services() & set(OWED_BY)} | {DELIVERY.kind}
    assert set(DOCUMENTS) - set(PRINTERS) <= set(DOCUMENTS) - come_about


def test_every_kind_bears_a_character_of_its_own_in_its_number() -> None:
    signs = Counter(document.sign for document in DOCUMENTS.values())
    assert set(signs.values()) == {1}


def says(text: str, *wanted: str) -> None:
    for one in wanted:
        assert one.replace(" ", "") in text, one


def bears(desk: Desk, item: str, kind: str, text: str) -> None:
    """Hold that the paper bears the title, the number and the day under which the list has it."""
    listed = next(paper for paper in desk.listed(item) if paper.kind == kind)
    says(text, listed.name, listed.number, on_paper(listed.on), desk.number(item), "12345")
    assert "电子印章" in text


@pytest.mark.clause("S9.1")
def test_an_acceptance_says_by_when_and_whom_to_call(desk: Desk) -> None:
    desk.town.release(desk.submission)
    text = desk.paper(FOOD, "acceptance")
    bears(desk, FOOD, "acceptance", text)
    says(text, "第三十二条第一款第五项", "2026年11月25日（周三）前办结", "您不用再来", "025-0000-")
    check = desk.paper(CHECK, "acceptance")
    says(check, "本机关予以受理")
    assert "行政许可法" not in check, "a check is no licence"


def test_a_decline_says_why_and_how_to_appeal(desk: Desk) -> None:
    desk.town.release(
        desk.submission,
        declined={SIGN: {"reasons": "店招在商场内，不由本机关审批", "basis": "示例条例第一条"}},
    )
    text = desk.paper(SIGN, "decline")
    bears(desk, SIGN, "decline", text)
    says(text, "不予受理决定书", "店招在商场内，不由本机关审批。", "示例条例第一条", "随时重新申请", *APPEAL)


def test_a_stop_of_the_clock_is_told_each_time_it_happens(desk: Desk) -> None:
    desk.town.release(desk.submission)
    stop(desk.town, desk.submission, reason="抽样检验第一批")
    desk.town.later(days=1)
    resume_case(case=desk.case(FOOD), actor=desk.town.who("chenzhiyuan"), at=desk.town.now)
    stop(desk.town, desk.submission, reason="抽样检验第二批", expected_days=2)
    text = desk.paper(FOOD, "suspension")
    bears(desk, FOOD, "suspension", text)
    says(text, "停止计时告知书", "特别程序告知", "第四十五条", "抽样检验第二批。", "约2天", "号之二")
    first = desk.paper(FOOD, "suspension", nth=1)
    says(first, "抽样检验第一批。", "约5天", on_paper(date(2026, 11, 18)))
    assert "之二" not in first


@pytest.mark.clause("C5.1")
def test_an_extension_says_by_how_long_why_and_on_whose_word(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.extend()
    text = desk.paper(FOOD, "extension")
    bears(desk, FOOD, "extension", text)
    says(
        text, "延长期限告知书", "要等上级机关答复。", "本行政机关负责人（局长张明）", "延长5个工作日",
        "原办结日期2026年11月25日（周三）前", "2026年12月2日（周三）前", "期限不再延长",
    )  # fmt: skip


@pytest.mark.clause("S8.2")
def test_what_is_to_be_mended_is_told_each_time_with_who_inspected_and_until_when(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.mend()
    desk.report()
    desk.town.later(days=1)
    desk.mend("还有一处出口没有灯")
    text = desk.paper(FIRE, "mending")
    bears(desk, FIRE, "mending", text)
    says(
        text,
        "责令整改通知书",
        "还有一处出口没有灯。",
        "消防法第十五条",
        "赵凯、钱立",
        "2026年11月24日（周二）前",
    )
    says(text, "报告整改完成", "第七条", "陈述、申辩", "号之二")
    first = desk.paper(FIRE, "mending", nth=1)
    says(
        first,
        "（一）安全出口被货架挡住，请移开。",
        "（二）灭火器过期，请换新的。",
        "2026年11月23日（周一）前",
    )
    assert [paper.nth for paper in desk.listed(FIRE) if paper.kind == "mending"] == [2, 1]
    with pytest.raises(NoSuchLetter, match="只有 2 份"):
        desk.paper(FIRE, "mending", nth=3)


@pytest.mark.clause("S8.1")
def test_a_rerouted_case_says_from_where_to_where_and_keeps_its_earlier_papers(desk: Desk) -> None:
    desk.town.release(desk.submission)
    before = desk.paper(SIGN, "acceptance")
    reroute_case(
        case=desk.case(SIGN), actor=desk.town.who("hemin"), department=DepartmentCode("housing-construction"),
        division=DivisionCode("320106"), reason="户外招牌由住建部门负责", at=desk.town.now,
    )  # fmt: skip
    text = desk.paper(SIGN, "rerouting")
    bears(desk, SIGN, "rerouting", text)
    says(
        text,
        "改派告知书",
        "户外招牌由住建部门负责。",
        "苏政办发〔2022〕87号二（八）",
        "不用重新提交材料",
        "仍于",
    )
    says(text, "由南京市鼓楼区城市管理局改由南京市鼓楼区")
    assert desk.paper(SIGN, "acceptance") == before, "who accepted it has accepted it"


def test_a_grant_is_decided_in_writing_beside_the_licence(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.town.decide(desk.submission, FOOD)
    text = desk.paper(FOOD, "result")
    bears(desk, FOOD, "result", text)
    says(text, "准予行政许可决定书", "《行政许可法》第三十八条第一款", "食品经营许可证", "领取方式")


def test_a_refusal_and_what_ends_with_it_both_say_why_and_how_to_appeal(desk: Desk) -> None:
    child = other(desk, file_fullest("newborn", at=desk.town.now).id, enterprise=False)
    desk.town.release(child.submission)
    desk.town.decide(
        child.submission, BIRTH, Action.REFUSE, reasons="分娩记录不全", basis="母婴保健法第二十三条"
    )
    refused = child.paper(BIRTH, "refusal")
    bears(child, BIRTH, "refusal", refused)
    says(refused, "不予办理决定书", "分娩记录不全。", "母婴保健法第二十三条", *APPEAL)
    ended = child.paper(HOUSEHOLD, "termination")
    bears(child, HOUSEHOLD, "termination", ended)
    says(
        ended,
        "终止办理告知书",
        child.number(BIRTH),
        "不予办理",
        "《优化营商环境条例》第三十五条",
        "您还可以",
        *APPEAL,
    )
    desk.town.later(days=3)
    reopen_case(
        case=child.case(BIRTH), actor=desk.town.officer_of(child.submission, BIRTH), authority="鼓楼区人民政府",
        document="鼓政复决〔2026〕12 号", at=desk.town.now,
    )  # fmt: skip
    anew = child.paper(BIRTH, "reopening")
    bears(child, BIRTH, "reopening", anew)
    says(
        anew, "重新办理告知书", "于2026年11月18日作出的“不予办理”的决定不再执行", "鼓楼区人民政府以鼓政复决〔2026〕12号撤销",
        "《行政复议法（2023修订）》第六十四条、《行政诉讼法》第七十条", "重新计算", "随本事项恢复",
    )  # fmt: skip
    assert child.paper(BIRTH, "refusal") == refused, "a paper does not change with what follows"


def test_an_office_that_corrects_itself_says_what_was_wrong_and_who_approved(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.town.decide(desk.submission, SIGN, Action.REFUSE, reasons="尺寸超出", basis="示例条例第一条")
    redo_case(
        case=desk.case(SIGN), actor=desk.town.who("zhoulin"), reasons="尺寸量错了", approved_by="局长 王某",
        at=desk.town.now,
    )  # fmt: skip
    text = desk.paper(SIGN, "reopening")
    bears(desk, SIGN, "reopening", text)
    says(text, "尺寸量错了。", "局长王某", "《行政诉讼法》第六十二条", "前重新作出决定")


@pytest.mark.clause("C1.5")
def test_a_revocation_says_what_no_longer_holds_why_and_how_to_appeal(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.town.decide(desk.submission, FOOD)
    desk.town.later(days=2)
    desk.revoke()
    text = desk.paper(FOOD, "revocation")
    bears(desk, FOOD, "revocation", text)
    says(
        text, "撤销决定书", "以欺骗手段取得。", "行政许可法第六十九条第二款", "不再有效", "2026年11月18日准予",
        on_paper(date(2026, 11, 20)), "第七十条", *APPEAL,
    )  # fmt: skip


def test_a_withdrawal_is_confirmed_with_what_falls_with_it(desk: Desk) -> None:
    withdraw_case(case=desk.case(SIGN), actor=desk.applicant, at=desk.town.now)
    text = desk.paper(SIGN, "withdrawal")
    bears(desk, SIGN, "withdrawal", text)
    says(text, "撤回申请确认书", "撤回人王*", "苏政办发〔2022〕87号二（六）", "可以随时重新申报")


@pytest.mark.clause("S7")
def test_an_unanswered_correction_ends_with_a_paper_that_says_so(desk: Desk) -> None:
    remark(desk.town, desk.submission)
    desk.town.release(desk.submission)
    asked = desk.paper(SIGN, "correction")
    says(
        asked,
        "一次性补正告知书",
        "《行政许可法》第三十二条第一款第四项",
        "看不清尺寸",
        desk.listed(SIGN)[0].number,
    )
    assert desk.listed(SIGN)[0].of_all
    desk.town.go_to(12, 20)
    assert desk.town.sweep()
    text = desk.paper(SIGN, "termination")
    bears(desk, SIGN, "termination", text)
    says(
        text,
        "2026年11月18日告知您需要补正的内容",
        "期限已满",
        "第三十二条第一款第（四）项",
        "随时重新申报",
        *APPEAL,
    )


@pytest.mark.clause("S7")
def test_a_correction_asked_again_is_a_paper_of_its_own_that_calls_itself_a_breach(desk: Desk) -> None:
    remark(desk.town, desk.submission)
    desk.town.release(desk.submission)
    first = desk.paper(SIGN, "correction")
    desk.town.later(days=1)
    answer(desk.town, desk.submission)
    ask_again(desk, findings="新的图没有标出离地距离\n请写明材质", reason="原图打不开，没有看到")
    text = desk.paper(SIGN, "correction")
    bears(desk, SIGN, "correction", text.replace("补正告知书（再次告知）", "补正告知书（再次）"))
    says(
        text,
        "（一）新的图没有标出离地距离。",
        "（二）请写明材质。",
        "原图打不开，没有看到。",
        "已经记入监督",
        "2026年12月3日（周四）前",
    )
    assert desk.paper(SIGN, "correction", nth=1) == first
    numbers = [paper.number for paper in desk.listed(SIGN) if paper.kind == "correction"]
    assert len(set(numbers)) == 2


def test_a_correction_asked_again_without_saying_why_cannot_be_written(desk: Desk) -> None:
    remark(desk.town, desk.submission)
    desk.town.release(desk.submission)
    answer(desk.town, desk.submission)
    ask_again(desk, findings="请写明材质", reason="")
    with pytest.raises(LetterIncomplete, match="再次告知的原因"):
        desk.paper(SIGN, "correction")


def ask_again(desk: Desk, **words: str) -> None:
    kept = {"basis": "行政许可法第三十二条第一款第（四）项", "answer_by": "2026-12-03"} | words
    act_on_case(
        desk.case(SIGN), Action.ASK_AGAIN,
        lambda loaded, found: Decided([leads(found, Action.ASK_AGAIN)], kept),
        actor=desk.town.who("zhoulin"), at=desk.town.now, seen=None, kind="asked_again",
    )  # fmt: skip


def test_the_slip_of_the_delivery_is_reached_by_its_kind(desk: Desk) -> None:
    desk.town.release(desk.submission)
    with pytest.raises(NoSuchLetter):
        desk.paper(FOOD, "delivery")
    desk.town.decide_all(desk.submission)
    says(desk.paper(FOOD, "delivery"), "送达回证", "鼓楼一件事送〔2026〕", "食品经营许可证")


@pytest.mark.parametrize(
    ("kind", "lacks"), [("refusal", "理由"), ("revocation", "理由"), ("mending", "查到的问题")]
)
def test_a_paper_whose_words_were_erased_is_refused_and_says_what_is_missing(
    desk: Desk, kind: str, lacks: str
) -> None:
    desk.town.release(desk.submission)
    if kind == "mending":
        desk.mend()
    elif kind == "refusal":
        desk.town.decide(desk.submission, FIRE, Action.REFUSE)
    else:
        desk.town.decide(desk.submission, FIRE)
        desk.revoke(FIRE)
    DecisionTextRow.objects.all().delete()
    with pytest.raises(LetterIncomplete, match=lacks):
        desk.paper(FIRE, kind)


def test_a_character_that_no_font_has_is_told_and_never_printed_as_a_box(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.mend("𠮷字招牌松动，请加固")
    with pytest.raises(GlyphsMissing) as refused:
        desk.paper(FIRE, "mending")
    assert refused.value.characters == "𠮷"


def other(desk: Desk, submission: UUID, **more: Any) -> Desk:
    return replace(desk, submission=submission, applicant=desk.town.who("wangfang", **more))
