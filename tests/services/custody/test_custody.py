"""A submission taken in far away: its originals travel to the home, its certificates come back, nothing gets lost unseen."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from tests.services.custody.far import GULOU, KUNSHAN, begin_far_away, file_far_away
from tests.services.town import Town
from yijianshi.domain.custody import CustodyNotPossible, HandOverWay
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.applying.discard import discard_draft
from yijianshi.services.custody.give import find_paper, give_back, keep_for_good
from yijianshi.services.custody.pick_up import choose_pick_up
from yijianshi.services.custody.receive import Found, receive_list
from yijianshi.services.custody.send import call_back, send_papers
from yijianshi.services.custody.take import Handed, take_certificate, take_originals
from yijianshi.services.delivering.deliver import DeliveryNotPossible, hand_over
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.printing import custody_receipt_pdf, hand_over_list_pdf, receipt_pdf
from yijianshi.services.reading.custody import read_custody, read_list, read_paper
from yijianshi.services.reading.custody_of import read_my_custody, read_progress
from yijianshi.services.reading.custody_supervised import read_custody_supervised
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.services.reading.window import read_hand_overs, read_window
from yijianshi.services.reading.window_submission import read_submission_at_window
from yijianshi.store.custody.models import IntakeRow, MoveRow, PaperRow, PickUpRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.results.models import DeliveryRow

pytestmark = pytest.mark.clause("C1.7")

LEASE = Handed("租赁合同原件", 1, 12)
MARKET = "market-regulation@320106"


def lease(town: Town, submission: UUID) -> UUID:
    """Take the lease into custody at 昆山, and return the paper."""
    receipt = take_originals(
        actor=town.who("tangjing"), brought_by="王芳", papers=[LEASE], submission=submission, at=town.now
    )
    return PaperRow.objects.get(receipt=receipt).id


def send(town: Town, *papers: UUID, to: str = GULOU, who: str = "tangjing", sender: str = KUNSHAN) -> UUID:
    return send_papers(
        papers=papers, sender=sender, to=to, way=HandOverWay.COURIER, courier_number="SF1", actor=town.who(who), at=town.now
    )  # fmt: skip


def refused(act: Callable[[], object], words: str = "") -> None:
    with pytest.raises(CustodyNotPossible, match=words):
        act()


@pytest.mark.clause("S2.1")
def test_a_window_takes_in_for_elsewhere_and_the_cases_go_to_the_home(town: Town) -> None:
    submission = file_far_away(town)
    loaded = load_submission(submission)
    assert {case.unit.partition("@")[2] for case in loaded.cases} == {"320106"}
    assert loaded.division == "320106"
    assert IntakeRow.objects.get(submission=submission).place == KUNSHAN
    tang, li = town.who("tangjing"), town.who("laoli")
    assert [line.id for line in read_window(actor=tang, at=town.now).elsewhere] == [submission]
    assert [line.id for line in read_window(actor=li, at=town.now).to_review] == [submission]
    assert read_submission_at_window(submission=submission, actor=li, at=town.now).id == submission


def test_the_receiving_window_sees_progress_and_papers_and_nothing_more(town: Town) -> None:
    submission, tang = file_far_away(town), town.who("tangjing")
    progress, _ = read_progress(submission, actor=tang, at=town.now)
    assert [name for name, *_ in progress.items]
    assert ReadRow.objects.filter(submission_id=submission, what="progress", unit=KUNSHAN).count() == 1
    assert receipt_pdf(submission=submission, actor=tang, at=town.now).content
    for read in (
        lambda: read_submission(submission, actor=tang),
        lambda: read_submission_at_window(submission=submission, actor=tang, at=town.now),
    ):
        with pytest.raises(NotPermitted):
            read()
    stranger = town.who("qianjin")
    with pytest.raises(NotPermitted):
        read_progress(submission, actor=stranger, at=town.now)


def test_originals_travel_to_the_department_and_back_to_the_person(town: Town) -> None:
    submission = file_far_away(town)
    paper = lease(town, submission)
    listed = send(town, paper)
    assert read_custody(actor=town.who("laoli"), at=town.now).incoming[0].id == listed
    assert hand_over_list_pdf(hand_over=listed, actor=town.who("laoli"), at=town.now).content
    town.later(hours=20)
    receive_list(hand_over=listed, found={paper: Found(12)}, actor=town.who("laoli"), at=town.now)
    onward = send(town, paper, to=MARKET, who="laoli", sender=GULOU)
    chen = town.who("chenzhiyuan")
    receive_list(hand_over=onward, found={paper: Found(12)}, actor=chen, at=town.now)
    _, seen = read_my_custody(submission, actor=town.who("wangfang", enterprise=True), at=town.now)
    assert seen.papers[0].line.holder_name == "鼓楼区市场监督管理局"
    assert [move.text for move in seen.papers[0].way][::-1] == [
        "收存", "移交给南京市鼓楼区政务服务中心", "签收，点到 12 页，齐", "移交给鼓楼区市场监督管理局", "签收，点到 12 页，齐",
    ]  # fmt: skip
    refused(lambda: give_back(paper=paper, actor=chen, to_whom=" ", at=town.now), "交还给谁")
    give_back(paper=paper, actor=chen, to_whom="王芳本人", at=town.now)
    assert PaperRow.objects.get(pk=paper).holder == ""
    refused(lambda: give_back(paper=paper, actor=chen, to_whom="王芳", at=town.now), "已经交还")


def test_a_department_keeps_for_good_with_a_reason_and_a_window_never(town: Town) -> None:
    submission = file_far_away(town)
    paper = lease(town, submission)
    with pytest.raises(NotPermitted):
        keep_for_good(paper=paper, actor=town.who("tangjing"), why="留底", at=town.now)
    listed = send(town, paper, to=MARKET)
    chen = town.who("chenzhiyuan")
    receive_list(hand_over=listed, found={paper: Found(12)}, actor=chen, at=town.now)
    refused(lambda: keep_for_good(paper=paper, actor=chen, why="", at=town.now), "凭什么留存")
    keep_for_good(paper=paper, actor=chen, why="示例条例第九条", at=town.now)
    assert PaperRow.objects.get(pk=paper).state == "kept"


def test_what_one_does_not_hold_one_cannot_hand_over(town: Town) -> None:
    submission = file_far_away(town)
    paper = lease(town, submission)
    with pytest.raises(NotPermitted):
        send(town, paper, who="laoli")
    refused(lambda: send(town, paper, who="laoli", sender=GULOU, to=KUNSHAN), "不在您这里")
    refused(lambda: send(town, paper, to="tobacco@320106"), "没有办这份申报")
    send(town, paper)
    refused(lambda: send(town, paper), "移交途中")


def test_what_is_missing_is_written_down_stays_with_the_sender_and_is_found_again(town: Town) -> None:
    submission = file_far_away(town)
    first, second = lease(town, submission), lease(town, submission)
    listed, li = send(town, first, second), town.who("laoli")
    one = {first: Found(11, "少了最后一页")}
    refused(lambda: receive_list(hand_over=listed, found=one, actor=li, at=town.now), "每一份都点")
    silent = {**one, second: Found(0)}
    refused(lambda: receive_list(hand_over=listed, found=silent, actor=li, at=town.now), "少了什么")
    both = {**one, second: Found(0, "信封里没有")}
    assert receive_list(hand_over=listed, found=both, actor=li, at=town.now) == 2
    refused(lambda: receive_list(hand_over=listed, found=both, actor=li, at=town.now), "已经签收")
    tang = town.who("tangjing")
    assert [line.id for line in read_custody(actor=tang, at=town.now).missing] == [second]
    assert "少了最后一页" in read_paper(paper=first, actor=li, at=town.now).way[0].text
    found = read_custody_supervised(actor=town.who("heli"), at=town.now).discrepancies
    assert {(one.pages, one.counted, one.is_open) for one in found} == {(12, 11, False), (12, 0, True)}
    find_paper(paper=second, actor=tang, at=town.now)
    send(town, second)


def test_a_hand_over_nobody_signs_for_is_shown_to_the_supervisor_until_it_is_called_back(town: Town) -> None:
    submission = file_far_away(town)
    listed = send(town, lease(town, submission))
    heli = town.who("heli")
    assert not read_custody_supervised(actor=heli, at=town.now).overdue
    late = town.go_to(11, 26)
    shown = read_custody_supervised(actor=heli, at=late)
    assert [(line.id, line.is_late) for line in shown.overdue] == [(listed, True)]
    with pytest.raises(NotPermitted):
        call_back(hand_over=listed, actor=town.who("laoli"), at=late)
    call_back(hand_over=listed, actor=town.who("tangjing"), at=late)
    assert not read_custody_supervised(actor=heli, at=late).overdue
    with pytest.raises(NotPermitted):
        read_custody_supervised(actor=town.who("laoli"), at=late)


def test_two_who_send_the_same_paper_at_once_do_not_both_succeed(town: Town) -> None:
    from yijianshi.domain.custody import CustodyMove, move_paper
    from yijianshi.services.custody.writing import Moved, load_paper, paper_of, write_moves

    paper = lease(town, file_far_away(town))
    read = load_paper(paper)
    send(town, paper)
    after = move_paper(paper_of(read), CustodyMove.SEND, by=KUNSHAN, to=GULOU)
    with pytest.raises(SomebodyWasFaster):
        write_moves(
            [Moved(row=read, after=after, move=CustodyMove.SEND)], place=KUNSHAN, at=town.now, by=read.id
        )


def test_what_is_handed_in_while_the_form_is_filled_belongs_to_what_is_filed(town: Town) -> None:
    draft, tang = begin_far_away(town), town.who("tangjing")
    receipt = take_originals(actor=tang, brought_by="王芳", papers=[LEASE], draft=draft, at=town.now)
    assert custody_receipt_pdf(receipt=receipt, actor=tang, at=town.now).content
    refused(lambda: discard_draft(draft=draft, actor=tang), "还没有交还")
    with pytest.raises(NotPermitted):
        take_originals(actor=town.who("laoli"), brought_by="王芳", papers=[LEASE], draft=draft, at=town.now)
    submission = file_far_away(town, draft)
    assert PaperRow.objects.get(receipt=receipt).submission_id == submission
    wang = town.who("wangfang", enterprise=True)
    assert custody_receipt_pdf(receipt=receipt, actor=wang, at=town.now).content
    with pytest.raises(NotPermitted):
        custody_receipt_pdf(receipt=receipt, actor=town.who("qianjin"), at=town.now)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"brought_by": ""}, "谁交来"),
        ({"papers": []}, "哪几份"),
        ({"papers": [Handed(" ", 1, 1)]}, "是什么"),
        ({"papers": [Handed("合同", 0, 1)]}, "点清"),
    ],
)
def test_a_receipt_says_who_brought_what_and_how_much(
    town: Town, given: dict[str, object], words: str
) -> None:
    draft = begin_far_away(town)
    whole = {"brought_by": "王芳", "papers": [LEASE]} | given
    refused(lambda: take_originals(actor=town.who("tangjing"), draft=draft, at=town.now, **whole), words)
    assert not PaperRow.objects.exists()


@pytest.mark.clause("S9.1")
def test_results_are_fetched_where_it_was_taken_in_once_every_certificate_is_there(town: Town) -> None:
    submission = file_far_away(town)
    town.release(submission)
    town.decide_all(submission)
    delivery = DeliveryRow.objects.get(submission=submission)
    food = town.case(submission, "food-business-permit").now.id
    chen, tang, li = town.who("chenzhiyuan"), town.who("tangjing"), town.who("laoli")
    paper = take_certificate(case=food, actor=chen, name="食品经营许可证", copies=2, at=town.now)
    assert read_custody(actor=chen, at=town.now).held[0].goes_to == "苏州市昆山市政务服务中心"

    def fetch(who: object = tang) -> None:
        hand_over(submission=submission, actor=who, code=delivery.pick_up_code, at=town.now)  # type: ignore[arg-type]

    with pytest.raises(DeliveryNotPossible, match="还有实体证照"):
        fetch()
    with pytest.raises(DeliveryNotPossible, match="昆山市政务服务中心领"):
        fetch(li)
    listed = send(town, paper, to=KUNSHAN, who="chenzhiyuan", sender=MARKET)
    receive_list(hand_over=listed, found={paper: Found(2)}, actor=tang, at=town.now)
    refused(lambda: give_back(paper=paper, actor=tang, to_whom="王芳", at=town.now), "取件码")
    assert [one.submission for one in read_hand_overs(actor=tang)[1]] == [submission]
    assert read_hand_overs(actor=li)[1] == ()
    fetch()
    assert DeliveryRow.objects.get(submission=submission).delivered_at
    assert PaperRow.objects.get(pk=paper).state == "given_back"


@pytest.mark.clause("S9.1")
def test_the_applicant_may_choose_another_window_until_it_is_fetched(town: Town) -> None:
    submission, wang = file_far_away(town), town.who("wangfang", enterprise=True)
    choose_pick_up(submission=submission, place=GULOU, actor=wang, at=town.now)
    choose_pick_up(submission=submission, place=GULOU, actor=wang, at=town.now)
    assert PickUpRow.objects.filter(submission=submission).count() == 2
    refused(
        lambda: choose_pick_up(submission=submission, place=MARKET, actor=wang, at=town.now), "没有这个窗口"
    )
    with pytest.raises(NotPermitted):
        choose_pick_up(submission=submission, place=KUNSHAN, actor=town.who("qianjin"), at=town.now)
    town.release(submission)
    town.decide_all(submission)
    delivery, li = DeliveryRow.objects.get(submission=submission), town.who("laoli")
    assert [one.submission for one in read_hand_overs(actor=li)[1]] == [submission]
    hand_over(submission=submission, actor=li, code=delivery.pick_up_code, at=town.now)
    refused(lambda: choose_pick_up(submission=submission, place=KUNSHAN, actor=wang, at=town.now), "领走了")
    electronic = town.file(wang)
    refused(
        lambda: choose_pick_up(submission=electronic, place=KUNSHAN, actor=wang, at=town.now), "不在窗口领"
    )


def test_a_certificate_is_made_only_of_what_was_granted_and_by_its_own_unit(town: Town) -> None:
    submission = file_far_away(town)
    food = town.case(submission, "food-business-permit").now.id

    def make(login: str) -> None:
        take_certificate(case=food, actor=town.who(login), name="证", copies=1, at=town.now)

    refused(lambda: make("chenzhiyuan"), "还没有准予")
    with pytest.raises(NotPermitted):
        make("zhaokai")


def test_the_database_refuses_to_change_or_empty_the_record(town: Town) -> None:
    send(town, lease(town, file_far_away(town)))
    for act in (
        lambda: MoveRow.objects.all().delete(),
        lambda: MoveRow.objects.update(place="x"),
        lambda: IntakeRow.objects.update(place="x"),
        lambda: PickUpRow.objects.update(place="x"),
    ):
        with pytest.raises(DatabaseError, match="appended, never changed"), transaction.atomic():
            act()


def test_only_the_two_places_read_a_list(town: Town) -> None:
    listed = send(town, lease(town, file_far_away(town)))
    assert read_list(hand_over=listed, actor=town.who("laoli"), at=town.now).may_sign
    assert read_list(hand_over=listed, actor=town.who("tangjing"), at=town.now).may_call_back
    for login in ("chenzhiyuan", "heli", "wangfang"):
        with pytest.raises(NotPermitted):
            read_list(hand_over=listed, actor=town.who(login), at=town.now)
