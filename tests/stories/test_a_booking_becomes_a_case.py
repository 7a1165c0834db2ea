"""王芳 books from the guide, comes, is called by 老李, who files for her; it can all be read as one chain."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import icalendar
import pytest

from tests.cast import actor
from tests.filed import fill, seal
from tests.fullest import HOME, fullest_answers
from tests.services.town import StandingClock
from tests.stories.devices import PHONE
from tests.stories.people import Town
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.workdays import BEIJING
from yijianshi.services import outside
from yijianshi.services.applying.start import start_draft
from yijianshi.services.hall.loading import centre_named
from yijianshi.services.hall.times import bookable_days
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.hall.models import BookingRow, TicketRow
from yijianshi.store.submissions.models import SubmissionRow

pytestmark = [pytest.mark.browser, pytest.mark.clause("C3.2", "S2.1")]


@pytest.fixture
def clock(town: Town) -> Iterator[StandingClock]:
    """Half past eight on the next working day: whenever the story is told, the hall is about to open."""
    wired = outside.outside()
    days = bookable_days(centre_named("gulou"), at=wired.clock.now() + timedelta(days=1))
    day = next(one for one in days if one.isoweekday() < 6)
    clock = StandingClock(datetime(day.year, day.month, day.day, 8, 50, tzinfo=BEIJING))
    outside.use(replace(wired, clock=clock))
    yield clock
    outside.use(wired)


def test_a_booking_becomes_a_ticket_and_the_ticket_a_case(town: Town, clock: StandingClock) -> None:
    wang = town.visitor(PHONE, "王芳")
    wang.opens("/guide/retirement")
    wang.follows("找附近的大厅，预约")
    wang.sees("鼓楼区政务服务中心（示例）", "现在没开，今天 09:00 开")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/centres/gulou?bundle=retirement")
    wang.sees("怎么走", "北门进，门口有坡道", "无障碍坡道")
    wang.follows("预约一个时间")
    wang.ticks("09:00-09:30")
    wang.presses("约这个时间")
    wang.sees("约好了", "从预约到办件")
    booking = BookingRow.objects.get()
    page = wang.where
    event = icalendar.Calendar.from_ical(wang.downloads("放进手机日历")).walk("VEVENT")[0]
    assert event.decoded("DTSTART") == booking.begins
    assert str(event["UID"]).startswith(booking.number)
    wang.follows("改约")
    wang.ticks("09:30-10:00")
    wang.presses("改到这个时间")
    moved = icalendar.Calendar.from_ical(wang.downloads("放进手机日历")).walk("VEVENT")[0]
    assert (moved["UID"], int(moved["SEQUENCE"])) == (event["UID"], int(event["SEQUENCE"]) + 1)
    wang.opens("/my/bookings")
    wang.sees(booking.number)

    clock.moment += timedelta(minutes=30)
    kiosk = town.visitor(PHONE, "自助机")
    kiosk.opens("/hall/gulou/ticket")
    kiosk.opens("/kiosk/gulou-1/ticket")
    kiosk.answers("预约号", booking.number)
    kiosk.presses("签到取号")
    kiosk.sees("下一个就是您")

    clock.moment += timedelta(minutes=6)
    li = town.staff("李国强")
    li.opens("/window/queue")
    li.presses("2 号窗口", within="鼓楼区政务服务中心")
    li.presses("叫下一个")
    li.sees("王芳", booking.number)
    kiosk.opens("/hall/gulou/display")
    kiosk.sees(TicketRow.objects.get().number, "2 号窗口")
    kiosk.sees_no("王芳")
    wang.opens(page)
    wang.follows("看叫到没有")
    wang.sees("请到 2 号窗口")
    files_at_the_window(town, clock)
    li.opens("/window/queue")
    submission = SubmissionRow.objects.get()
    li.sees("看申报")
    li.presses("办完")
    li.sees("办完了，可以叫下一个")
    li.opens("/window/book")
    li.opens(f"/window/book/{booking.party_id}?centre=gulou&line=B")

    number = CaseRow.objects.filter(submission=submission).values_list("number", flat=True).first()
    wang.opens(f"/my/{submission.id}")
    wang.sees("从预约到办件", booking.number, TicketRow.objects.get().number, "2 号窗口叫号", str(number))
    heli = town.staff("何立")
    heli.opens("/supervise/hall")
    heli.answers("按号码查", number)
    heli.presses("查找")
    heli.sees(booking.number, TicketRow.objects.get().number, "2 号窗口办完", submission.number)
    heli.sees_no("王芳")
    lan = town.staff("石岚")
    lan.opens("/hall")
    lan.sees("鼓楼区政务服务中心（示例）")
    lan.opens("/hall/gulou/edit")
    wang.opens("/centres?bundle=retirement")


def files_at_the_window(town: Town, clock: StandingClock) -> None:
    """老李 begins her form with her before him, fills it in and files; the form itself is told of in other stories."""
    at = clock.moment
    clerk, wang = actor("laoli", at=at), actor("wangfang", at=at)
    draft = start_draft(
        actor=clerk, bundle=BundleCode("retirement"), division=HOME, answers=fullest_answers("retirement"),
        party=UUID(wang.party), channel="window", at=at,
    )  # fmt: skip
    seal(fill(draft, who=clerk, at=at), who=clerk, at=at)
    town.behind_the_pages()
