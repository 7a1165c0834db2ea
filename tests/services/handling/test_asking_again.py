"""Asking after the one correction: a breach that is seen, answered like a correction, and a life that ends lawfully."""

import threading
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, connections, transaction

from tests.cast import PAPER
from tests.services.handling.acts import FIRE, SIGN, answer, remark
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action, ActionNotAllowed
from yijianshi.domain.corrections import CorrectionIncomplete, RemarkNotAllowed, Target
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.handling.ask_again import Later, ask_again
from yijianshi.services.handling.correct import NothingToCorrect, Upload
from yijianshi.services.handling.gather import gather_file, open_correction, send_correction
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.printing import correction_pdf, letter_pdf
from yijianshi.services.reading.breaches import read_breaches
from yijianshi.services.reading.my_correction import correction_of
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.store.cases.models import StepRow
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.submissions.models import RevisionRow

WHY = "上级新规 11 月 20 日公布，第一次提意见时还没有"
AGAIN = Later(
    target=Target.MATERIAL, code="sign-rendering", reason="新规要标夜间效果", basis="市容条例第十一条", remedy="加夜间效果图"
)  # fmt: skip


def corrected(town: Town) -> UUID:
    """Return a restaurant whose sign came back from the one correction; nothing is accepted yet."""
    submission = town.file(town.who("wangfang", enterprise=True))
    remark(town, submission)
    town.release(submission)
    town.later(hours=2)
    answer(town, submission)
    town.later(hours=1)
    assert town.states(submission)[SIGN] == "corrected"
    return submission


def again(town: Town, submission: UUID, item: str = SIGN, login: str = "zhoulin", **more: object) -> None:
    given: dict[str, object] = {"remarks": [AGAIN], "why_late": WHY} | more
    case = town.case(submission, item).now.id
    ask_again(case=case, actor=town.who(login), at=town.now, **given)  # type: ignore[arg-type]
    town.work()


@pytest.mark.django_db
@pytest.mark.clause("S7")
def test_what_is_asked_again_is_a_breach_and_the_one_correction_stays_the_only_one(town: Town) -> None:
    submission = corrected(town)
    again(town, submission)
    assert town.states(submission)[SIGN] == "awaiting_correction"
    rounds = CorrectionRow.objects.filter(submission=submission).order_by("asked_at")
    assert [row.is_breach for row in rounds] == [False, True]
    assert rounds[1].unit == "urban-management@320106"
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionRow.objects.create(
            submission_id=submission,
            asked_at=town.now,
            asked_by=rounds[0].asked_by,
            answer_by=date(2026, 12, 1),
        )
    step = StepRow.objects.get(submission_id=submission, action="ask_again")
    assert step.detail == {"remarks": 1}, "codes and figures only"
    assert MessageRow.objects.filter(key="correction.again").exists()


@pytest.mark.django_db
@pytest.mark.clause("S7")
def test_it_is_answered_like_a_correction_and_the_life_ends_lawfully(town: Town) -> None:
    submission = corrected(town)
    again(town, submission)
    with pytest.raises(CorrectionIncomplete):
        answer(town, submission, files={})
    town.later(days=1)
    answer(town, submission)
    assert town.states(submission)[SIGN] == "corrected"
    numbers = RevisionRow.objects.filter(submission=submission).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [1, 2, 3]
    assert not RemarkRow.objects.filter(submission=submission, state="asked").exists()
    with pytest.raises(NothingToCorrect):
        answer(town, submission)
    town.decide(submission, SIGN, Action.ACCEPT)
    town.decide(submission, SIGN, Action.GRANT)
    assert town.steps(submission, SIGN) == [
        "receive", "ask_for_correction", "correct", "ask_again", "correct", "accept", "grant",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.clause("S7")
def test_unanswered_it_lapses_on_its_own_day_and_not_on_that_of_the_first(town: Town) -> None:
    submission = corrected(town)
    town.go_to(11, 20)
    again(town, submission)
    until = CorrectionRow.objects.get(submission=submission, is_breach=True).answer_by
    first = CorrectionRow.objects.get(submission=submission, is_breach=False).answer_by
    assert until > first
    town.go_to(first.month, first.day, year=first.year)
    town.later(days=1)
    town.sweep()
    assert town.states(submission)[SIGN] == "awaiting_correction"
    town.go_to(until.month, until.day, year=until.year)
    town.later(days=1)
    town.sweep()
    assert town.states(submission)[SIGN] == "terminated"


@pytest.mark.django_db
@pytest.mark.clause("S7")
def test_silence_after_the_second_answer_accepts_from_the_second_answer(town: Town) -> None:
    submission = corrected(town)
    town.go_to(11, 23)
    again(town, submission)
    town.go_to(11, 25)
    answer(town, submission)
    town.go_to(11, 27)
    town.sweep()
    assert town.states(submission)[SIGN] == "corrected", "five working days run from the second answer"
    town.go_to(12, 3)
    town.sweep()
    assert town.states(submission)[SIGN] == "accepted"
    deemed = StepRow.objects.get(submission_id=submission, action="deem_accepted")
    assert deemed.detail is not None
    assert deemed.detail["effective_on"] == "2026-11-25"


@pytest.mark.django_db
def test_two_units_ask_again_and_are_answered_together_until_the_later_day(town: Town) -> None:
    submission = town.file(town.who("wangfang", enterprise=True))
    remark(town, submission)
    remark(town, submission, FIRE, "zhaokai", code="fire-safety-plan")
    town.release(submission)
    both = {code: [Upload("图.pdf", PAPER)] for code in ("sign-rendering", "fire-safety-plan")}
    answer(town, submission, files=both)
    town.go_to(11, 19)
    again(town, submission)
    town.go_to(11, 20)
    fire = Later(
        target=Target.MATERIAL, code="fire-safety-plan", reason="缺疏散图", basis="消防法", remedy="补图"
    )
    again(town, submission, FIRE, "zhaokai", remarks=[fire])
    sign_until, fire_until = (
        CorrectionRow.objects.filter(submission=submission, is_breach=True)
        .order_by("asked_at")
        .values_list("answer_by", flat=True)
    )
    town.go_to(sign_until.month, sign_until.day, year=sign_until.year)
    town.later(hours=16)
    town.sweep()
    assert town.states(submission)[SIGN] == "awaiting_correction", "both may be answered until the later day"
    assert fire_until > sign_until
    with pytest.raises(CorrectionIncomplete):
        answer(town, submission)
    answer(town, submission, files=both)
    assert {town.states(submission)[item] for item in (SIGN, FIRE)} == {"corrected"}
    assert not CorrectionRow.objects.filter(submission=submission, answered_at=None).exists()


@pytest.mark.django_db
def test_a_unit_that_has_its_answer_is_not_put_off_by_the_breach_of_another(town: Town) -> None:
    submission = town.file(town.who("wangfang", enterprise=True))
    remark(town, submission)
    remark(town, submission, FIRE, "zhaokai", code="fire-safety-plan")
    town.release(submission)
    both = {code: [Upload("图.pdf", PAPER)] for code in ("sign-rendering", "fire-safety-plan")}
    answer(town, submission, files=both)
    again(town, submission)
    town.go_to(11, 24)
    answer(town, submission)
    town.go_to(11, 26)
    town.sweep()
    assert "deem_accepted" in town.steps(submission, FIRE) or town.states(submission)[FIRE] == "waiting"
    assert town.states(submission)[SIGN] == "corrected"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"why_late": " "}, "为什么第一次没有提"),
        ({"remarks": []}, "请选要补的"),
        ({"remarks": [AGAIN, AGAIN]}, "同一处只写一条"),
        ({"remarks": [Later(target=Target.MATERIAL, code="sign-rendering", reason="", basis="法", remedy="补")]}, "哪里不对"),
        ({"remarks": [Later(target=Target.MATERIAL, code="sign-rendering", reason="缺", basis="", remedy="补")]}, "依据"),
        ({"remarks": [Later(target=Target.MATERIAL, code="sign-rendering", reason="缺", basis="法", remedy="")]}, "怎么补"),
        ({"remarks": [Later(target=Target.MATERIAL, code="fire-safety-plan", reason="缺", basis="法", remedy="补")]}, "不在本事项的清单里"),
    ],
)  # fmt: skip
def test_it_is_refused_without_its_words_and_about_what_nobody_asked_for(
    town: Town, more: dict[str, object], why: str
) -> None:
    submission = corrected(town)
    with nothing_written(), pytest.raises(RemarkNotAllowed, match=why):
        again(town, submission, **more)
    assert not CorrectionRow.objects.filter(is_breach=True).exists()


@pytest.mark.django_db
@pytest.mark.clause("S7")
def test_before_a_correction_came_back_and_after_the_acceptance_nothing_is_asked_again(town: Town) -> None:
    submission = town.file(town.who("wangfang", enterprise=True))
    with nothing_written(), pytest.raises(ActionNotAllowed):
        again(town, submission)
    remark(town, submission)
    town.release(submission)
    with nothing_written(), pytest.raises(ActionNotAllowed):
        again(town, submission)
    answer(town, submission)
    town.decide(submission, SIGN, Action.ACCEPT)
    with nothing_written(), pytest.raises(ActionNotAllowed):
        again(town, submission)


@pytest.mark.django_db
@pytest.mark.clause("C5.2")
@pytest.mark.parametrize("login", ["zhaokai", "hemin", "laoli", "wangfang", "heli"])
def test_nobody_but_the_unit_asks_again(town: Town, login: str) -> None:
    submission = corrected(town)
    with nothing_written(), pytest.raises(NotPermitted):
        again(town, submission, login=login)


@pytest.mark.django_db
@pytest.mark.clause("S7", "C5.1")
def test_supervision_reads_which_unit_how_often_and_on_what_but_no_words(town: Town) -> None:
    submission = corrected(town)
    again(town, submission)
    page = read_breaches(actor=town.who("heli"), at=town.now)
    assert [(often, things) for _, often, things in page.units] == [(1, 1)]
    (one,) = page.breaches
    assert "招牌" in one.item or "店招" in one.item
    assert one.on_what
    assert one.answered_on is None
    assert WHY not in repr(page)
    assert AGAIN.reason not in repr(page)
    answer(town, submission)
    assert read_breaches(actor=town.who("heli"), at=town.now).breaches[0].answered_on is not None
    with pytest.raises(NotPermitted):
        read_breaches(actor=town.who("zhoulin"), at=town.now)


@pytest.mark.django_db
def test_the_applicant_reads_only_what_is_open_and_that_it_should_have_been_said_before(town: Town) -> None:
    submission = corrected(town)
    wang = town.who("wangfang", enterprise=True)
    again(town, submission)
    from yijianshi.services.handling.loading import load_submission

    seen = correction_of(load_submission(submission))
    assert seen is not None
    assert seen.is_again
    assert [one.reason for one in seen.remarks] == [AGAIN.reason]
    assert read_submission(submission, actor=wang).awaits_applicant
    gather_file(
        submission=submission,
        actor=wang,
        material="sign-rendering",
        filename="图.pdf",
        content=PAPER,
        at=town.now,
    )
    assert open_correction(submission, actor=wang).gathered.files
    send_correction(submission=submission, actor=wang, at=town.now)
    assert town.states(submission)[SIGN] == "corrected"


@pytest.mark.django_db
def test_each_round_has_a_letter_of_its_own(town: Town) -> None:
    submission = corrected(town)
    again(town, submission)
    wang = town.who("wangfang", enterprise=True)
    case = CorrectionRow.objects.get(submission=submission, is_breach=True).case_id
    assert correction_pdf(submission=submission, actor=wang, at=town.now).name.startswith("一次性补正")
    second = letter_pdf(case=case, kind="correction", actor=wang, at=town.now)
    assert second.name.startswith("补正告知书")
    assert letter_pdf(case=case, kind="correction", actor=wang, at=town.now, nth=1).name != second.name


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("S7")
def test_two_officers_ask_again_at_once_and_it_is_one_breach(committed_town: Town) -> None:
    town = committed_town
    submission = corrected(town)
    case = town.case(submission, SIGN).now
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def at_once() -> None:
        try:
            ready.wait(timeout=10)
            ask_again(
                case=case.id,
                actor=town.who("zhoulin"),
                remarks=[AGAIN],
                why_late=WHY,
                at=town.now,
                seen=case.seq,
            )
            outcomes.append("asked")
        except (SomebodyWasFaster, ActionNotAllowed) as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=at_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("asked") == 1, outcomes
    assert CorrectionRow.objects.filter(submission=submission, is_breach=True).count() == 1
    answer(town, submission, files={"sign-rendering": [Upload("图.pdf", PAPER)]})
    assert town.states(submission)[SIGN] == "corrected"
