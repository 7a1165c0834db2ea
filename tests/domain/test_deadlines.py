"""When a case must be decided: limits, half days, stops of the clock, deemed acceptance, the promised day."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.specimens import LAW, calendar, edition_of, item, shipped
from yijianshi.domain.cases import Action, Step
from yijianshi.domain.catalogue import CommitmentOffer, Limit, ServiceItem, StopReason
from yijianshi.domain.deadlines import (
    ART_45_GROUNDS,
    JOINT_DAYS,
    Approver,
    Clock,
    ExtensionNotAllowed,
    StopNotAllowed,
    clock_of,
    due_day,
    extend_due_day,
    extension_of,
    last_day_to_tell,
    move_due_day,
    procedures_that_count,
    promised_day,
    promised_days,
    reminders,
    stop_ground,
    stop_grounds,
)
from yijianshi.domain.plans import Situation, make_plan
from yijianshi.domain.workdays import Calendar, Day

CST = timezone(timedelta(hours=8))
TWENTY = Limit(statutory=20, promised=20)
#: A year without holidays, so that properties speak of the rule and not of the table.
PLAIN = Calendar({year: (frozenset(), frozenset()) for year in range(2024, 2030)})
days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 10, 31))


def on(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CST)


def lived(*steps: tuple[Action, datetime], **detail: Any) -> list[Step]:
    return [Step(action, at, "chenzhiyuan", detail) for action, at in steps]


def clock(steps: list[Step], *, limit: Limit = TWENTY, today: date, with_: Calendar | None = None) -> Clock:
    return clock_of(steps, limit, with_ or calendar(), today=today)


def by_law(due: Day, stopped: bool, used: int, left: int) -> Clock:
    """A clock whose promise is the limit of the law."""
    return Clock(due, stopped, used, left, statutory=due)


def test_five_days_accepted_before_national_day_end_after_it() -> None:
    assert due_day(date(2026, 9, 28), Limit(promised=5), calendar()) == Day(date(2026, 10, 10), False)


def test_a_due_day_in_a_year_without_holidays_yet_is_provisional() -> None:
    due = due_day(date(2026, 12, 30), TWENTY, calendar())
    assert due is not None
    assert due.provisional


@pytest.mark.parametrize(
    ("limit", "committed", "days"),
    [
        (Limit(statutory=20, promised=5), False, date(2026, 11, 25)),
        (Limit(statutory=20), False, date(2026, 12, 16)),
        (Limit(), False, None),
        (Limit(promised=0), False, date(2026, 11, 18)),
        (Limit(promised=0.5), False, date(2026, 11, 19)),  # half days are rounded up
        (Limit(promised=1.5), False, date(2026, 11, 20)),
        (Limit(promised=3, unit="calendar"), False, date(2026, 11, 23)),  # the 21st is a Saturday
        (Limit(promised=0.5, unit="calendar"), False, date(2026, 11, 19)),
        (Limit(promised=1, without_commitment=10), True, date(2026, 11, 19)),
        (Limit(promised=1, without_commitment=10), False, date(2026, 12, 2)),
    ],
)
def test_each_kind_of_limit_has_its_last_day(limit: Limit, committed: bool, days: date | None) -> None:
    due = due_day(date(2026, 11, 18), limit, calendar(), committed=committed)
    assert (due and due.day) == days


@pytest.mark.clause("C1.5")
def test_a_promise_that_holds_only_on_a_commitment_needs_the_commitment() -> None:
    limit = Limit(promised=1, without_commitment=10)
    assert promised_days(limit, committed=True) == 1
    assert promised_days(limit, committed=False) == 10
    assert promised_days(Limit(promised=3), committed=False) == 3


def test_a_case_that_is_not_accepted_has_no_clock() -> None:
    assert clock(lived((Action.RECEIVE, on(11, 16))), today=date(2026, 11, 18)) == Clock(None, False, 0, 0)


def test_used_and_left_add_up_to_the_limit_and_lateness_is_negative() -> None:
    steps = lived((Action.ACCEPT, on(11, 2)))
    assert clock(steps, today=date(2026, 11, 18)) == by_law(Day(date(2026, 11, 30), False), False, 12, 8)
    assert clock(steps, today=date(2026, 11, 30)).left == 0
    assert clock(steps, today=date(2026, 12, 2)).left == -2


def test_a_stop_moves_the_due_day_and_its_days_are_not_used() -> None:
    steps = lived((Action.ACCEPT, on(11, 2)), (Action.SUSPEND, on(11, 4)), (Action.RESUME, on(11, 11)))
    assert clock(steps, today=date(2026, 11, 11)) == by_law(Day(date(2026, 12, 7), False), False, 2, 18)


def test_a_stopped_clock_stands_still_however_long_it_lasts() -> None:
    steps = lived((Action.ACCEPT, on(11, 2)), (Action.SUSPEND, on(11, 4)))
    soon, late = clock(steps, today=date(2026, 11, 5)), clock(steps, today=date(2026, 12, 25))
    assert soon == late == by_law(Day(date(2026, 11, 30), False), True, 2, 18)


def test_a_second_stop_moves_the_day_once_more() -> None:
    steps = lived(
        (Action.ACCEPT, on(11, 2)),
        (Action.SUSPEND, on(11, 4)),
        (Action.RESUME, on(11, 6)),
        (Action.SUSPEND, on(11, 9)),
        (Action.RESUME, on(11, 12)),
    )
    assert clock(steps, today=date(2026, 11, 12)) == by_law(Day(date(2026, 12, 7), False), False, 3, 17)


def test_a_limit_in_calendar_days_moves_by_calendar_days() -> None:
    limit = Limit(promised=10, unit="calendar")
    moved = move_due_day(
        Day(date(2026, 11, 20), False), date(2026, 11, 13), date(2026, 11, 16), limit, calendar()
    )
    assert moved == Day(date(2026, 11, 23), False)


@pytest.mark.clause("C5.1")
def test_promise_law_and_joint_handling_each_have_their_day() -> None:
    limit = Limit(statutory=20, promised=5)
    found = clock_of(
        lived((Action.ACCEPT, on(11, 2))), limit, calendar(), today=date(2026, 11, 2), joint=True
    )
    assert found.due == Day(date(2026, 11, 9), False)
    assert found.statutory == Day(date(2026, 11, 30), False)
    assert found.joint
    assert PLAIN.between(date(2026, 11, 2), found.joint.day) >= JOINT_DAYS


def test_an_extension_moves_promise_and_law_but_the_joint_day_only_where_it_was_extended() -> None:
    accepted = lived((Action.ACCEPT, on(11, 2)))
    own = [*accepted, *lived((Action.EXTEND, on(11, 5)), days=10)]
    joint = [*accepted, *lived((Action.EXTEND, on(11, 5)), days=15, joint=True)]
    before, with_own, with_joint = (
        clock_of(steps, TWENTY, PLAIN, today=date(2026, 11, 5), joint=True)
        for steps in (accepted, own, joint)
    )
    assert before.due
    assert before.joint
    assert with_own.due == PLAIN.add(before.due.day, 10)
    assert with_own.statutory == with_own.due
    assert with_own.joint == before.joint
    assert with_joint.joint == PLAIN.add(before.joint.day, 15)
    assert (with_own.extended, with_joint.extended) == (10, 15)


LICENCE = item("licence")
CONFIRMATION = replace(LICENCE, type="行政确认")


@pytest.mark.parametrize(
    ("one", "joint", "most", "approver"),
    [
        (LICENCE, False, 10, Approver.HEAD_OF_ORGAN),
        (LICENCE, True, 15, Approver.HEAD_OF_GOVERNMENT),
        (replace(LICENCE, limit=Limit(statutory=20, extension=30)), False, 30, Approver.HEAD_OF_ORGAN),
        (replace(CONFIRMATION, limit=Limit(statutory=20, extension=5)), False, 5, Approver.HEAD_OF_ORGAN),
    ],
)
def test_how_long_a_limit_may_be_extended_and_on_whose_word(
    one: ServiceItem, joint: bool, most: int, approver: Approver
) -> None:
    found = extension_of(one, joint=joint, extended=0)
    assert (found.most, found.approver) == (most, approver)
    due = Day(date(2026, 11, 30), False)
    assert extend_due_day(due, most, found, PLAIN).day > due.day
    for wrong in (0, -1, most + 1):
        with pytest.raises(ExtensionNotAllowed, match="最多延"):
            extend_due_day(due, wrong, found, PLAIN)


def test_nothing_is_extended_twice_or_without_a_law() -> None:
    with pytest.raises(ExtensionNotAllowed, match="只能延一次"):
        extension_of(LICENCE, joint=False, extended=3)
    with pytest.raises(ExtensionNotAllowed, match="不是行政许可"):
        extension_of(CONFIRMATION, joint=False, extended=0)


@pytest.mark.clause("C5.1")
def test_reminders_come_at_half_at_four_fifths_and_on_the_last_day() -> None:
    limit = Limit(promised=10)
    due = due_day(date(2026, 11, 2), limit, PLAIN)
    assert due
    seen = [
        reminders(due, limit, PLAIN, today=PLAIN.add(date(2026, 11, 2), n).day, committed=False, extended=0)
        for n in range(13)
    ]
    assert seen == [0, 0, 0, 0, 0, 50, 50, 50, 80, 80, 100, 100, 100]


@given(days_of_2026, st.integers(1, 40), st.sampled_from(["working", "calendar"]))
def test_reminders_never_go_back_while_nothing_is_changed(start: date, days: int, unit: str) -> None:
    limit = Limit(promised=days, unit=unit)
    due = due_day(start, limit, PLAIN)
    assert due
    seen = [
        reminders(due, limit, PLAIN, today=start + timedelta(days=n), committed=False, extended=0)
        for n in range((due.day - start).days + 3)
    ]
    assert seen == sorted(seen)
    assert seen[-1] == 100


@given(days_of_2026, st.integers(0, 40), st.integers(0, 40))
def test_a_stop_never_brings_the_due_day_nearer_nor_gives_days_away(
    start: date, before: int, length: int
) -> None:
    at = datetime(start.year, start.month, start.day, 9, tzinfo=CST)
    stop, go = at + timedelta(days=before), at + timedelta(days=before + length)
    plain = clock(lived((Action.ACCEPT, at)), today=go.date(), with_=PLAIN)
    paused = clock(
        lived((Action.ACCEPT, at), (Action.SUSPEND, stop), (Action.RESUME, go)), today=go.date(), with_=PLAIN
    )
    assert paused.due is not None
    assert plain.due is not None
    assert paused.due.day >= plain.due.day
    assert PLAIN.between(plain.due.day, paused.due.day) == PLAIN.between(stop.date(), go.date())
    assert paused.used + paused.left == 20


@given(days_of_2026, st.integers(0, 60))
def test_used_and_left_always_make_the_limit(start: date, later: int) -> None:
    at = datetime(start.year, start.month, start.day, 9, tzinfo=CST)
    found = clock(lived((Action.ACCEPT, at)), today=start + timedelta(days=later), with_=PLAIN)
    assert found.used + found.left == 20


def test_deemed_acceptance_holds_from_the_day_of_receipt_though_it_is_recorded_later() -> None:
    steps = [
        Step(Action.RECEIVE, on(11, 9), "wangfang"),
        Step(Action.DEEM_ACCEPTED, on(11, 17, 0), "system", {"effective_on": "2026-11-09"}),
    ]
    found = clock(steps, limit=Limit(promised=5), today=date(2026, 11, 17))
    assert found == Clock(Day(date(2026, 11, 16), False), False, 6, -1)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (on(11, 16), date(2026, 11, 23)),
        (on(11, 16, 23), date(2026, 11, 23)),
        (on(11, 20), date(2026, 11, 27)),  # Friday
        (on(9, 30), date(2026, 10, 13)),  # five working days, the Saturday at work among them
    ],
)
def test_what_is_missing_must_be_told_by_the_fifth_working_day(received: datetime, last: date) -> None:
    assert last_day_to_tell(received, calendar()) == Day(last, False)


def test_the_clock_of_a_licence_stops_on_the_eight_grounds_of_the_law_and_no_others() -> None:
    licence = item("a", stop_reasons=(StopReason(code="lunch", name="午休", basis=LAW),))
    assert stop_grounds(licence) == ART_45_GROUNDS
    assert [ground.name for ground in ART_45_GROUNDS] == [
        "听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审",
    ]  # fmt: skip
    for ground in ART_45_GROUNDS:
        assert stop_ground(licence, ground.code) is ground
        assert str(ground.basis) == "《行政许可法》第四十五条"
    with pytest.raises(StopNotAllowed, match="听证、招标"):
        stop_ground(licence, "lunch")


def test_other_items_stop_on_the_grounds_of_their_own_catalogue_only() -> None:
    own = StopReason(code="objection", name="数据异议处理", basis=LAW)
    assert stop_grounds(item("a", type="行政确认", stop_reasons=(own,))) == (own,)
    with pytest.raises(StopNotAllowed, match="没有：这个事项不能停止计时"):
        stop_ground(item("a", type="公共服务"), "hearing")


def test_a_special_procedure_that_is_no_ground_counts_towards_the_limit() -> None:
    visited = item("a", type="行政许可", special_procedures=("现场勘验", "检验"))
    assert procedures_that_count(visited) == ("现场勘验",)


def promise(*items: Any, start: date, commitments: tuple[str, ...] = ()) -> Day:
    edition = edition_of(*items)
    situation = Situation(items=tuple(i.code for i in items), commitments=frozenset(commitments))  # type: ignore[arg-type]
    return promised_day(make_plan(edition, situation), calendar(), start=start)


def test_the_promised_day_is_reached_by_walking_from_due_day_to_due_day() -> None:
    first, second = (
        item("a", limit=Limit(promised=0.5)),
        item("b", limit=Limit(promised=0.5), depends_on=("a",)),
    )
    # two halves are two days, for each case's own day is rounded up
    assert promise(first, second, start=date(2026, 11, 18)) == Day(date(2026, 11, 20), False)


def test_the_promised_day_is_that_of_the_last_item_not_the_sum_of_all() -> None:
    side_by_side = (item("a", limit=Limit(promised=3)), item("b", limit=Limit(promised=5)))
    assert promise(*side_by_side, start=date(2026, 11, 18)) == Day(date(2026, 11, 25), False)


def test_a_public_notice_is_waited_for_too() -> None:
    noticed = item("a", limit=Limit(promised=3), public_notice_days=5)
    in_calendar_days = item(
        "b", limit=Limit(promised=3), public_notice_days=20, public_notice_unit="calendar"
    )
    assert promise(noticed, start=date(2026, 11, 18)).day == date(2026, 11, 30)
    assert promise(in_calendar_days, start=date(2026, 11, 18)).day == date(2026, 12, 14)


def test_working_and_calendar_days_are_walked_each_in_its_own_unit() -> None:
    first = item("a", limit=Limit(promised=3))
    then = item("b", limit=Limit(promised=15, unit="calendar"), depends_on=("a",))
    assert promise(first, then, start=date(2026, 11, 18)).day == date(2026, 12, 8)


def test_a_promise_into_a_year_without_a_table_is_marked_provisional() -> None:
    soon = item("a", limit=Limit(promised=1))
    late = item("b", limit=Limit(promised=20))
    assert promise(soon, late, start=date(2026, 12, 15)).provisional
    assert not promise(soon, start=date(2026, 12, 15)).provisional


def test_an_item_that_nobody_promised_a_day_for_does_not_delay_the_promise() -> None:
    assert promise(item("a", limit=Limit()), item("b"), start=date(2026, 11, 18)).day == date(2026, 11, 25)


def test_with_a_commitment_the_promise_is_nearer() -> None:
    fire = item("a", limit=Limit(promised=1, without_commitment=10), commitment=CommitmentOffer(allowed=True))
    assert promise(fire, start=date(2026, 11, 18)).day == date(2026, 12, 2)
    assert promise(fire, start=date(2026, 11, 18), commitments=("a",)).day == date(2026, 11, 19)


def test_a_restaurant_with_fire_inspection_is_promised_for_ten_working_days_later() -> None:
    answers = {
        "venue-area": 326.4, "has-signage": True, "sells-tobacco": False,
        "discharges-to-sewer": False, "element:by-agent": False,
    }  # fmt: skip
    items = ("licence-check", "food-business-permit", "fire-safety-check", "signage-permit")
    plan = make_plan(shipped("open-restaurant"), Situation(items=items, answers=answers))  # type: ignore[arg-type]
    assert promised_day(plan, calendar(), start=date(2026, 11, 18)) == Day(date(2026, 12, 2), False)
