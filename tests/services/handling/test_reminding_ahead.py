"""Whoever must keep a day is told of it shortly before, once, and never of a day that is past."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.filed import fill, seal
from tests.services.handling import test_commitments, test_owing
from tests.services.handling.acts import FIRE, answer, remark
from tests.services.joining.conftest import MONDAY, survey_of
from tests.services.paying.till import till_for
from tests.services.town import Town
from yijianshi.domain.reminding import DayToKeep, Distances
from yijianshi.domain.workdays import legal_day
from yijianshi.services.handling import remind_ahead as ahead
from yijianshi.services.handling.remind_ahead import remind_ahead
from yijianshi.services.joining.appoint import move_appointment
from yijianshi.services.outside import outside, use
from yijianshi.store.fees.models import ChargeRow
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.promises.models import CheckRow

pytestmark = pytest.mark.clause("C5.1")
HOME = "realestate-transfer"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    ahead._done.clear()
    yield
    ahead._done.clear()


def days_told(town: Town, key: str, *, until: date, away: tuple[date, date] | None = None) -> list[date]:
    """Let the worker run twice a day until a day, except while it is down; return on which days `key` was sent."""
    while legal_day(town.now) <= until:
        if away is None or not away[0] <= legal_day(town.now) <= away[1]:
            remind_ahead(at=town.now)
            ahead._done.clear()  # another worker of the same day
            remind_ahead(at=town.now)
        town.later(days=1)
    sent = MessageRow.objects.filter(key=key).order_by("sent_at").values_list("sent_at", flat=True)
    return [legal_day(at) for at in sent]


def asked(town: Town, submission: UUID) -> None:
    remark(town, submission)
    town.release(submission)


def test_the_end_of_a_correction_is_told_three_working_days_before(town: Town, submission: UUID) -> None:
    asked(town, submission)
    assert days_told(town, "correction.due", until=date(2026, 12, 20)) == [date(2026, 11, 27)]
    message = MessageRow.objects.get(key="correction.due")
    assert message.values["day"] == "12 月 2 日"
    assert message.link == f"/my/{submission}/correction"


def test_what_was_answered_is_not_told(town: Town, submission: UUID) -> None:
    asked(town, submission)
    answer(town, submission)
    assert days_told(town, "correction.due", until=date(2026, 12, 20)) == []


@pytest.mark.parametrize(
    ("away", "told"),
    [
        ((date(2026, 11, 24), date(2026, 11, 30)), [date(2026, 12, 1)]),
        ((date(2026, 11, 28), date(2026, 12, 4)), [date(2026, 11, 27)]),
        ((date(2026, 11, 26), date(2026, 12, 2)), []),
    ],
    ids=["back in time", "told before", "back too late"],
)
def test_a_worker_that_was_down_for_a_week_tells_nothing_twice_and_nothing_past(
    town: Town, submission: UUID, away: tuple[date, date], told: list[date]
) -> None:
    asked(town, submission)
    assert days_told(town, "correction.due", until=date(2026, 12, 20), away=away) == told


def test_how_long_before_is_the_operators_to_say(town: Town, submission: UUID) -> None:
    asked(town, submission)
    use(replace(outside(), distances=Distances({DayToKeep.CORRECTION: 0})))
    assert days_told(town, "correction.due", until=date(2026, 12, 20)) == [date(2026, 12, 2)]


def test_nobodys_telephone_rings_in_the_night(town: Town, submission: UUID) -> None:
    asked(town, submission)
    town.go_to(12, 2, after=timedelta(hours=7, minutes=59))
    assert remind_ahead(at=town.now) == 0
    town.go_to(12, 2)
    assert remind_ahead(at=town.now) == 1


def test_an_owed_paper_is_told_before_its_day(town: Town) -> None:
    draft = test_owing.draft_of(town)
    test_owing.owe(town, draft, day=date(2026, 11, 24))
    owing = test_owing.seal(town, draft)
    town.release(owing)
    assert days_told(town, "owed.remind", until=date(2026, 11, 30)) == [date(2026, 11, 19)]
    assert MessageRow.objects.get(key="owed.remind").values["day"] == "11 月 20 日"


def test_an_owed_paper_that_was_handed_in_is_not_told(town: Town) -> None:
    draft = test_owing.draft_of(town)
    test_owing.owe(town, draft, day=date(2026, 11, 20))
    owing = test_owing.seal(town, draft)
    town.release(owing)
    test_owing.supply(town, owing)
    assert days_told(town, "owed.remind", until=date(2026, 11, 30)) == []


def test_a_payment_is_told_before_it_lapses_once_for_the_whole_bill(town: Town) -> None:
    till = till_for(town, "enterprise-realestate-transfer")
    till.grant_until(HOME)
    till.charge(HOME)
    last = ChargeRow.objects.get().pay_by
    (told,) = days_told(town, "payment.remind", until=last + timedelta(days=5))
    assert outside().calendar.between(told, last) == 2
    assert MessageRow.objects.get(key="payment.remind").link == f"/my/{till.id}/fees"


def test_an_appointment_is_told_to_everybody_the_working_day_before_and_a_moved_one_anew(town: Town) -> None:
    survey = survey_of(town)
    survey.fix(MONDAY)
    told = days_told(town, "joint.remind", until=date(2026, 11, 20))
    assert set(told) == {date(2026, 11, 20)}
    accounts = MessageRow.objects.filter(key="joint.remind").values_list("account__login", flat=True)
    assert sorted(accounts) == ["chenzhiyuan", "wangfang", "zhaokai", "zhoulin"]
    town.go_to(11, 20)
    later = replace(MONDAY, day=date(2026, 11, 26))
    move_appointment(
        operation=survey.id, actor=survey.who("hemin"), slot=later, reason="有人出差", at=town.now
    )
    told = days_told(town, "joint.remind", until=date(2026, 11, 30))
    assert set(told) == {date(2026, 11, 20), date(2026, 11, 25)}
    assert len(told) == 8


def test_a_check_is_told_to_the_unit_that_must_check(town: Town) -> None:
    who = town.who("wangfang", enterprise=True)
    draft = test_commitments.draft_of(town)
    test_commitments.commit(town, draft)
    filed = seal(fill(draft, who=who, at=town.now), who=who, at=town.now).id
    town.release(filed)
    town.decide(filed, FIRE)
    due = CheckRow.objects.get().due_on
    (told,) = days_told(town, "check.remind", until=due + timedelta(days=3))
    assert outside().calendar.between(told, due) == 5
    assert MessageRow.objects.get(key="check.remind").account.login == "zhaokai"
