"""A worker that was away for a week: on its return everything is as if it had run, and nobody is told twice."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from tests.services.handling.acts import FOOD, SIGN, remark
from tests.services.town import Town
from yijianshi.domain.cases import State
from yijianshi.domain.workdays import Calendar
from yijianshi.services.handling import remind as reminding
from yijianshi.services.handling import remind_ahead as ahead
from yijianshi.services.handling.remind import remind
from yijianshi.services.outside import outside
from yijianshi.services.working import work
from yijianshi.store.cases.models import CaseRow, FeedRow, OutboxRow, RoundRow, StepRow
from yijianshi.store.letters.models import MessageRow

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class _Away(Exception):
    """Undoes everything that was written."""


def lived(town: Town, *, days: list[int], submission: UUID, prepare: Any) -> dict[str, Any]:
    """Let `prepare` happen, let the worker run on these days only, and return what is then written; undo it all."""
    before, found = town.clock.moment, {}
    try:
        with transaction.atomic():
            remind(at=town.now)
            prepare()
            for day in days:
                town.clock.moment = before + timedelta(days=day)
                for _ in range(4):
                    work(at=town.now)
            found = written(submission)
            raise _Away
    except _Away:
        town.clock.moment = before
        reminding._done.clear()
        ahead._done.clear()
    return found


def written(submission: UUID) -> dict[str, Any]:
    items = dict(CaseRow.objects.filter(submission=submission).values_list("id", "item"))
    steps = StepRow.objects.filter(submission_id=submission).order_by("id")
    return {
        "cases": sorted(
            CaseRow.objects.filter(submission=submission).values_list(
                "item", "state", "due_on", "provisional", "reminded", "waits_for"
            )
        ),
        "steps": sorted(
            (items.get(case) if case else "", action, _KEY.sub("…", str(detail)))
            for case, action, detail in steps.values_list("case_id", "action", "detail")
        ),
        "messages": sorted(MessageRow.objects.values_list("key", "account_id")),
        "untold": OutboxRow.objects.count(),
        "fed": FeedRow.objects.count(),
    }


@pytest.mark.clause("C5.1", "S7")
@pytest.mark.parametrize("prepared", ["nobody released it", "one item waits for its correction"])
def test_after_a_week_away_everything_is_as_if_it_had_run(
    town: Town, submission: UUID, prepared: str
) -> None:
    def prepare() -> None:
        if prepared == "one item waits for its correction":
            remark(town, submission)
            town.release(submission)

    every_day = list(range(1, 24))
    away = [day for day in every_day if not 4 <= day <= 11 and not 13 <= day <= 20]
    as_always = lived(town, days=every_day, submission=submission, prepare=prepare)
    after_a_pause = lived(town, days=away, submission=submission, prepare=prepare)
    assert after_a_pause == as_always
    actions = [action for _, action, _ in as_always["steps"]]
    assert "warn" in actions
    told = [key for key, _ in as_always["messages"]]
    assert told.count("correction.due") == (prepared != "nobody released it")
    assert ("lapse" in actions) == (prepared != "nobody released it")
    assert ("deem_accepted" in actions) == (prepared == "nobody released it")
    assert as_always["untold"] == 0


@pytest.mark.clause("C5.1")
def test_somebody_is_reminded_once_at_each_share_and_not_of_what_is_stopped(
    town: Town, submission: UUID
) -> None:
    town.release(submission)
    remind(at=town.now)
    for _ in range(12):
        town.later(days=1)
        remind(at=town.now)
        remind(at=town.now)
    case = town.case(submission, FOOD).now
    shares = [
        step.detail["share"] for step in StepRow.objects.filter(case_id=case.id, action="warn").order_by("id")
    ]
    assert shares == [50, 80, 100]
    assert case.state is State.ACCEPTED


def test_a_due_day_that_was_provisional_is_counted_anew_once_the_holidays_are_known(
    town: Town, submission: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.go_to(12, 29)
    town.release(submission)
    before = town.case(submission, SIGN)
    assert before.provisional
    assert before.now.due_on
    known = dict(outside().calendar.years)
    holidays = frozenset(date(2027, 1, day) for day in range(1, 6))
    monkeypatch.setattr(
        "yijianshi.services.handling.remind.outside",
        lambda: type("Outside", (), {"calendar": Calendar(known | {2027: (holidays, frozenset())})})(),
    )
    town.later(days=1)
    reminding._done.clear()
    RoundRow.objects.all().delete()
    remind(at=town.now)
    after = town.case(submission, SIGN)
    assert not after.provisional
    assert after.now.due_on
    assert after.now.due_on > before.now.due_on
    step = StepRow.objects.get(case_id=after.now.id, action="recount")
    assert step.detail == {"due_on": after.now.due_on.isoformat(), "before": before.now.due_on.isoformat()}
