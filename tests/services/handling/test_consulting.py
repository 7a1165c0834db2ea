"""Units ask one another about a case: who may, by when an answer is due, and that no clock and no applicant is touched."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.services.handling.acts import FIRE, FOOD, SIGN
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action
from yijianshi.domain.consultations import ConsultationNotPossible
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.handling.consult import answer_unit, ask_unit
from yijianshi.services.reading.consultations import (
    questions_of_case,
    questions_of_submission,
    questions_waiting,
    read_question,
    read_queue,
)
from yijianshi.store.cases.models import StepRow
from yijianshi.store.desks.models import QuestionRow
from yijianshi.store.letters.models import MessageRow

pytestmark = pytest.mark.django_db
FIRE_UNIT, SIGN_UNIT = "fire-rescue@320106", "urban-management@320106"


@pytest.fixture
def filed(town: Town) -> UUID:
    return town.file(town.who("wangfang", enterprise=True))


def ask(town: Town, submission: UUID, login: str = "zhoulin", item: str = SIGN, **more: object) -> UUID:
    given: dict[str, object] = {"unit": FIRE_UNIT, "text": "招牌装在疏散通道上方，消防上行不行？"} | more
    case = town.case(submission, item).now.id
    return ask_unit(case=case, actor=town.who(login), at=town.now, **given)  # type: ignore[arg-type]


@pytest.mark.clause("S8.1", "S2.3")
@pytest.mark.parametrize(
    ("login", "asking"),
    [
        ("laoli", "government-services@320106"),
        ("hemin", "market-regulation@320106"),
        ("zhoulin", SIGN_UNIT),
    ],
)
def test_window_coordinator_and_department_may_ask_another_unit(
    town: Town, filed: UUID, login: str, asking: str
) -> None:
    key = ask(town, filed, login)
    seen = read_question(question=key, actor=town.who("zhaokai"), at=town.now)
    assert seen.question.startswith("招牌装在疏散通道上方")
    assert QuestionRow.objects.get(pk=key).asking_unit == asking
    assert seen.answer_by.isoformat() == "2026-11-20", "two working days after Wednesday the 18th"


@pytest.mark.clause("S8.1")
def test_the_asked_unit_answers_once_and_whoever_asked_reads_it(town: Town, filed: UUID) -> None:
    key = ask(town, filed)
    zhao = town.who("zhaokai")
    assert questions_waiting(actor=zhao) == 1
    assert [one.id for one in read_queue(actor=zhao, at=town.now).waiting] == [key]
    town.later(hours=3)
    answer_unit(question=key, actor=zhao, text="可以，离地 2.5 米以上", at=town.now)
    with pytest.raises(ConsultationNotPossible, match="只答复一次"):
        answer_unit(question=key, actor=zhao, text="再补一句", at=town.now)
    zhou = town.who("zhoulin")
    case = town.case(filed, SIGN).now.id
    (seen,) = questions_of_case(filed, case=case, unit=SIGN_UNIT, actor=zhou, at=town.now)
    assert (seen.answer, seen.answered_by, seen.is_overdue) == ("可以，离地 2.5 米以上", "赵凯", False)
    (whole,) = questions_of_submission(filed, actor=town.who("hemin"), at=town.now)
    assert whole.answer == seen.answer
    queue = read_queue(actor=zhao, at=town.now)
    assert not queue.waiting
    assert [one.id for one in queue.answered] == [key]


def test_an_answer_is_overdue_by_counting_and_never_by_a_mark(town: Town, filed: UUID) -> None:
    key = ask(town, filed)
    zhao = town.who("zhaokai")
    town.go_to(11, 20)
    assert not read_question(question=key, actor=zhao, at=town.now).is_overdue
    town.go_to(11, 23)
    assert read_question(question=key, actor=zhao, at=town.now).is_overdue
    answer_unit(question=key, actor=zhao, text="可以", at=town.now)
    assert read_question(question=key, actor=zhao, at=town.now).is_overdue, "late it came, and late it stays"


@pytest.mark.clause("S8.1", "C5.1")
def test_a_question_moves_no_case_stops_no_clock_and_tells_the_applicant_nothing(
    town: Town, filed: UUID
) -> None:
    town.release(filed)
    before = {item: town.case(filed, item) for item in town.states(filed)}
    messages = MessageRow.objects.count()
    key = ask(town, filed)
    town.later(days=1)
    answer_unit(question=key, actor=town.who("zhaokai"), text="可以", at=town.now)
    town.work()
    assert {item: town.case(filed, item) for item in town.states(filed)} == before
    assert MessageRow.objects.count() == messages
    steps = StepRow.objects.filter(submission_id=filed, action__in=["consult", "consult_answer"])
    assert [(s.action, s.unit, s.case_id, s.detail) for s in steps.order_by("id")] == [
        ("consult", FIRE_UNIT, None, None),
        ("consult_answer", FIRE_UNIT, None, None),
    ], "the steps carry codes only"


def test_the_two_texts_lie_sealed(town: Town, filed: UUID) -> None:
    key = ask(town, filed)
    answer_unit(question=key, actor=town.who("zhaokai"), text="可以", at=town.now)
    row = QuestionRow.objects.get(pk=key)
    assert "招牌".encode() not in bytes(row.question_sealed)
    assert "可以".encode() not in bytes(row.answer_sealed)


@pytest.mark.clause("C3.1", "C5.2")
@pytest.mark.parametrize("login", ["wangfang", "qianjin", "liujie", "heli", "lanhui"])
def test_who_has_no_part_in_the_submission_asks_nothing_and_reads_nothing(
    town: Town, filed: UUID, login: str
) -> None:
    key = ask(town, filed)
    with nothing_written(), pytest.raises(NotPermitted):
        ask(town, filed, login)
    with pytest.raises(NotPermitted):
        answer_unit(question=key, actor=town.who(login), text="可以", at=town.now)
    with pytest.raises(NotPermitted):
        read_question(question=key, actor=town.who(login), at=town.now)


def test_the_unit_that_asked_does_not_answer_itself(town: Town, filed: UUID) -> None:
    key = ask(town, filed)
    with pytest.raises(NotPermitted):
        answer_unit(question=key, actor=town.who("zhoulin"), text="可以", at=town.now)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"unit": SIGN_UNIT}, "自己的单位"),
        ({"unit": "health@320106"}, "没有办这份申报"),
        ({"unit": ""}, "没有办这份申报"),
        ({"text": "  "}, "请写明要问什么"),
        ({"text": "问" * 1001}, "最多写"),
        ({"days": 0}, "工作日之间"),
        ({"days": 6}, "工作日之间"),
    ],
)
def test_a_question_that_leads_nowhere_is_refused(
    town: Town, filed: UUID, more: dict[str, object], why: str
) -> None:
    with nothing_written(), pytest.raises(ConsultationNotPossible, match=why):
        ask(town, filed, **more)
    assert not QuestionRow.objects.exists()


def test_about_a_closed_case_nothing_is_asked_but_an_open_question_is_still_answered(
    town: Town, filed: UUID
) -> None:
    town.release(filed)
    key = ask(town, filed)
    town.decide(filed, SIGN, Action.GRANT)
    with pytest.raises(ConsultationNotPossible, match="已经办结"):
        ask(town, filed)
    answer_unit(question=key, actor=town.who("zhaokai"), text="可以", at=town.now + timedelta(hours=1))


def test_the_history_says_it_in_words(town: Town, filed: UUID) -> None:
    from yijianshi.services.reading.case import read_case

    key = ask(town, filed)
    answer_unit(question=key, actor=town.who("zhaokai"), text="可以", at=town.now)
    page = read_case(case=town.case(filed, SIGN).now.id, actor=town.who("zhoulin"), at=town.now)
    told = [line.text for line in page.history]
    assert any("征询消防" in line and "不影响期限" in line for line in told)
    assert any("消防" in line and "答复了征询" in line for line in told)
    assert town.states(filed)[FOOD] == town.states(filed)[FIRE] == "received"
