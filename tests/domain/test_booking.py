"""Which times can be booked, who may book, and until when: the customs of the house, in cases that anybody can follow."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from yijianshi.domain.booking import (
    BookingRefused,
    BookingRules,
    BookingState,
    Shut,
    SlotAt,
    check_cancel,
    check_in_time,
    check_person,
    days_to_book,
    is_missed,
    paused_until,
    places_of,
    slots_on,
)
from yijianshi.domain.calendars import CalendarEvent, calendar_file
from yijianshi.domain.centres import (
    Centre,
    OtherHours,
    Period,
    kilometres,
    lies_in,
    opening,
    periods_on,
    week_of,
)
from yijianshi.domain.workdays import BEIJING, Calendar
from yijianshi.services.catalogue.centres import read_centres

pytestmark = pytest.mark.clause("C3.2")
RULES = BookingRules()
WEDNESDAY, SUNDAY, HOLIDAY, MAKE_UP = (
    date(2026, 11, 18),
    date(2026, 11, 22),
    date(2026, 11, 20),
    date(2026, 11, 29),
)
CALENDAR = Calendar({2026: (frozenset({HOLIDAY}), frozenset({MAKE_UP})), 2027: (frozenset(), frozenset())})


@pytest.fixture(scope="module")
def gulou() -> Centre:
    found = read_centres(Path(__file__).parents[2] / "catalogue")
    return next(one for one in found if one.code == "gulou")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), BEIJING)


def test_a_time_has_as_many_places_as_the_windows_manage_less_the_share_of_who_comes_without(
    gulou: Centre,
) -> None:
    line = gulou.line("A")
    assert line is not None
    slots = slots_on(gulou, line, WEDNESDAY, calendar=CALENDAR, rules=RULES)
    # three windows serve A, thirty minutes, twenty a matter: four; two fifths are kept for walk-ins
    assert {one.places for one in slots} == {2}
    assert [f"{one.begins:%H:%M}" for one in slots][:3] == ["09:00", "09:30", "10:00"]
    assert not any(time(12) <= one.begins.time() < time(13) for one in slots), "the break is no time"


def test_a_window_that_is_shut_takes_its_places_along(gulou: Centre) -> None:
    line = gulou.line("A")
    assert line is not None
    shut = [Shut("1", at(WEDNESDAY, 9), at(WEDNESDAY, 10)), Shut("3", at(WEDNESDAY, 9), at(WEDNESDAY, 10))]
    nine, ten = (at(WEDNESDAY, hour) for hour in (9, 10))
    half = timedelta(minutes=30)
    assert places_of(gulou, line, nine, nine + half, rules=RULES, shut=shut) == 1
    assert places_of(gulou, line, ten, ten + half, rules=RULES, shut=shut) == 2
    all_shut = [Shut(number, nine, ten) for number in "134"]
    assert places_of(gulou, line, nine, nine + half, rules=RULES, shut=all_shut) == 0


def test_on_days_of_rest_nothing_is_booked_and_on_make_up_days_it_is(gulou: Centre) -> None:
    assert periods_on(gulou, SUNDAY, CALENDAR)[0] == ()
    assert periods_on(gulou, HOLIDAY, CALENDAR) == ((), "法定节假日")
    assert periods_on(gulou, MAKE_UP, CALENDAR)[1] == "调休上班"
    assert periods_on(gulou, date(2026, 12, 31), CALENDAR) == (
        (Period.parse("09:00-12:00"),), "年终盘点，下午不开门",
    )  # fmt: skip
    days = days_to_book(gulou, at=at(WEDNESDAY, 9), calendar=CALENDAR, rules=RULES)
    assert HOLIDAY not in days
    assert SUNDAY not in days
    assert MAKE_UP in days
    assert len(days) == RULES.days_ahead


def test_a_hall_says_whether_it_is_open_and_when_next(gulou: Centre) -> None:
    def now(day: date, hour: int, minute: int = 0) -> tuple[bool, object]:
        found = opening(gulou, at=at(day, hour, minute), calendar=CALENDAR)
        return found.is_open, found.until or found.next

    assert now(WEDNESDAY, 9) == (True, time(12))
    assert now(WEDNESDAY, 12, 30) == (False, at(WEDNESDAY, 13))
    assert now(WEDNESDAY, 17, 30) == (False, at(date(2026, 11, 19), 9))
    assert now(date(2026, 11, 19), 18) == (False, at(date(2026, 11, 21), 9)), (
        "Friday is a holiday, Saturday half open"
    )
    shut = replace(gulou, exceptions=(OtherHours(day=WEDNESDAY, why="停电"),))
    assert opening(shut, at=at(WEDNESDAY, 9), calendar=CALENDAR).why == "停电"


def test_hours_are_said_for_days_together(gulou: Centre) -> None:
    assert week_of(gulou)[0] == ("周一至周五", "09:00-12:00，13:00-17:30")
    assert week_of(gulou)[-1] == ("周日", "不开门")


@pytest.mark.clause("C3.3")
def test_who_lives_in_a_county_has_its_stations_and_what_is_above_but_not_the_neighbours() -> None:
    assert all(
        lies_in(place, "320106") for place in ("320106", "320106901", "320106901001", "320100", "320000")
    )
    assert not any(lies_in(place, "320106") for place in ("320102", "320583901", "320500"))


def test_a_distance_is_that_of_the_crow(gulou: Centre) -> None:
    assert kilometres(gulou.position, gulou.position) == 0


SLOT = SlotAt(at(WEDNESDAY, 10), at(WEDNESDAY, 10, 30), 3)


def test_a_person_has_at_most_two_bookings_before_him_and_never_two_at_once() -> None:
    other = (at(WEDNESDAY, 14), at(WEDNESDAY, 14, 30))
    check_person([other], [], SLOT, at=at(WEDNESDAY, 9), rules=RULES)
    with pytest.raises(BookingRefused, match="最多约 2 次"):
        check_person(
            [other, (at(WEDNESDAY, 15), at(WEDNESDAY, 15, 30))], [], SLOT, at=at(WEDNESDAY, 9), rules=RULES
        )
    with pytest.raises(BookingRefused, match="已经有一个预约"):
        check_person([(SLOT.begins, SLOT.ends)], [], SLOT, at=at(WEDNESDAY, 9), rules=RULES)


def test_whoever_stayed_away_three_times_in_ninety_days_comes_without_a_booking_for_thirty() -> None:
    days = [WEDNESDAY - timedelta(days=n) for n in (89, 40, 1)]
    assert paused_until(days, on=WEDNESDAY, rules=RULES) == WEDNESDAY + timedelta(days=29)
    assert paused_until(days, on=WEDNESDAY + timedelta(days=30), rules=RULES) is None
    assert paused_until(days[1:], on=WEDNESDAY, rules=RULES) is None
    spread = [WEDNESDAY - timedelta(days=n) for n in (100, 40, 1)]
    assert paused_until(spread, on=WEDNESDAY, rules=RULES) is None
    with pytest.raises(BookingRefused, match="直接来大厅取号"):
        check_person([], days, SLOT, at=at(WEDNESDAY, 9), rules=RULES)


def test_a_booking_is_cancelled_until_it_begins_and_missed_once_it_is_over() -> None:
    check_cancel("booked", SLOT.begins, at=at(WEDNESDAY, 9, 59))
    for state, hour in (("booked", 10), ("cancelled", 9), ("arrived", 9), ("served", 9)):
        with pytest.raises(BookingRefused):
            check_cancel(state, SLOT.begins, at=at(WEDNESDAY, hour))
    assert not is_missed("booked", SLOT.ends, at=at(WEDNESDAY, 10, 29))
    assert is_missed("booked", SLOT.ends, at=at(WEDNESDAY, 10, 30))
    assert not is_missed(BookingState.EXCUSED, SLOT.ends, at=at(WEDNESDAY, 11))


def test_one_checks_in_from_half_an_hour_before_until_the_time_is_over() -> None:
    def comes(hour: int, minute: int, state: str = "booked") -> None:
        check_in_time(state, SLOT.begins, SLOT.ends, at=at(WEDNESDAY, hour, minute), rules=RULES)

    comes(9, 30)
    comes(10, 29)
    for hour, minute, why in ((9, 29, "还早"), (10, 30, "时段过了")):
        with pytest.raises(BookingRefused, match=why):
            comes(hour, minute)
    with pytest.raises(BookingRefused, match="已经签到"):
        comes(10, 0, "arrived")


def test_a_calendar_file_is_read_by_a_calendar_and_its_cancellation_too() -> None:
    import icalendar

    event = CalendarEvent(
        uid="Y26111800001@example", sequence=2, written_at=at(WEDNESDAY, 9), begins=SLOT.begins, ends=SLOT.ends,
        summary="到鼓楼区政务服务中心（示例）办事；带身份证, 和材料", location="鼓楼区示例路 1 号", description="第一行\n" + "很长的一行" * 30,
        url="https://example.gov.cn/my/bookings/1", east=118.77, north=32.07,
    )  # fmt: skip
    text = calendar_file(event)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert text.endswith("END:VCALENDAR\r\n")
    calendar = icalendar.Calendar.from_ical(text)
    found = calendar.walk("VEVENT")[0]
    assert (str(found["UID"]), int(found["SEQUENCE"])) == (event.uid, 2)
    assert found.decoded("DTSTART") == SLOT.begins
    assert str(found["SUMMARY"]) == event.summary
    assert str(found["DESCRIPTION"]) == event.description
    assert calendar.errors == []
    gone = icalendar.Calendar.from_ical(calendar_file(replace(event, sequence=3, is_cancelled=True)))
    assert str(gone["METHOD"]) == "CANCEL"
    assert str(gone.walk("VEVENT")[0]["STATUS"]) == "CANCELLED"
    assert not gone.walk("VALARM")
