"""What a register granted by itself can be put before a person: the applicant asks, an officer answers or handles it anew."""

from datetime import date
from uuid import UUID

import pytest

from tests.services.handling.acts import CHECK, FOOD
from tests.services.town import Town
from yijianshi.domain.cases import State
from yijianshi.domain.reviews import ReviewNotPossible
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.handling.review import answer_review, ask_review
from yijianshi.services.reading.my_messages import messages_of
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.services.reading.reviews import reviews_waiting
from yijianshi.store.reviews.models import ReviewRow


@pytest.fixture
def submission(town: Town) -> UUID:
    """王芳's restaurant, whose licence the register has checked by itself."""
    filed = town.file(town.who("wangfang", enterprise=True))
    town.release(filed)
    assert town.states(filed)[CHECK] == State.GRANTED
    return filed


def ask(town: Town, submission: UUID, item: str = CHECK, *, login: str = "wangfang") -> UUID:
    who = town.who(login, enterprise=login in ("wangfang", "qianjin"))
    return ask_review(case=town.case(submission, item).now.id, actor=who, words="住所登记得不对", at=town.now)


@pytest.mark.clause("C1.5")
def test_only_what_a_machine_decided_is_put_before_a_person_and_once(town: Town, submission: UUID) -> None:
    town.decide(submission, FOOD)
    seen = read_submission(submission, actor=town.who("wangfang", enterprise=True))
    assert [case.item.code for case in seen.cases if case.by_machine] == [CHECK]
    with pytest.raises(ReviewNotPossible):
        ask(town, submission, FOOD)
    with pytest.raises(NotPermitted):
        ask(town, submission, login="qianjin")
    ask(town, submission)
    with pytest.raises(ReviewNotPossible, match="已经请"):
        ask(town, submission)
    assert "住所" not in str(ReviewRow.objects.values_list("words_sealed").get())


def test_it_has_a_clock_of_its_own_and_the_result_holds_meanwhile(town: Town, submission: UUID) -> None:
    ask(town, submission)
    (one,) = reviews_waiting(actor=town.officer_of(submission, CHECK), on=date(2026, 11, 18))
    assert (one.words, one.answer_by) == ("住所登记得不对", date(2026, 11, 25))
    assert town.states(submission)[CHECK] == State.GRANTED
    (late,) = reviews_waiting(actor=town.officer_of(submission, CHECK), on=date(2026, 11, 26))
    assert late.is_overdue


def test_the_officer_may_let_it_stand_and_says_why(town: Town, submission: UUID) -> None:
    review, officer = ask(town, submission), town.officer_of(submission, CHECK)
    with pytest.raises(ReviewNotPossible):
        answer_review(review=review, actor=officer, anew=False, words=" ", at=town.now)
    with pytest.raises(NotPermitted):
        answer_review(review=review, actor=town.who("zhaokai"), anew=False, words="对", at=town.now)
    answer_review(review=review, actor=officer, anew=False, words="核对了登记档案，一致", at=town.now)
    assert town.states(submission)[CHECK] == State.GRANTED
    with pytest.raises(ReviewNotPossible, match="已经答复"):
        answer_review(review=review, actor=officer, anew=True, words="再看", at=town.now)
    assert any(one.title == "执照核验：工作人员看过了" for one in messages_of(town.who("wangfang"))[0])


@pytest.mark.clause("C1.5")
def test_handled_anew_it_stays_in_a_persons_hands_until_he_decides(town: Town, submission: UUID) -> None:
    review, officer = ask(town, submission), town.officer_of(submission, CHECK)
    answer_review(review=review, actor=officer, anew=True, words="地址确有出入，重新核", at=town.now)
    town.work()
    town.decide(submission, FOOD)  # whatever else happens, no register grants it again
    assert town.states(submission)[CHECK] == State.ACCEPTED
    assert str(town.case(submission, CHECK).handler) == officer.account
    town.decide(submission, CHECK)
    assert town.states(submission)[CHECK] == State.GRANTED
    seen = read_submission(submission, actor=town.who("wangfang", enterprise=True))
    assert not any(case.by_machine for case in seen.cases)
