"""The pages of centres and halls: found without signing in, booked, ticketed, called, run, supervised; no name on a screen."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.services.town import StandingClock
from tests.web.staff import signed_in_as
from yijianshi.domain.workdays import BEIJING, legal_day
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services import outside
from yijianshi.services.hall.loading import centre_named
from yijianshi.services.hall.take_ticket import spot_code
from yijianshi.services.hall.times import bookable_days
from yijianshi.store.hall.models import BookingRow, TicketRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C3.2")]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def bare(response: Any, key: str) -> str:
    """Return a page without the key in its address and the token of its forms, which differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text_of(response).replace(key, ""))


@pytest.fixture
def clock() -> Iterator[StandingClock]:
    """A morning on which the hall is open, at half past nine."""
    wired = outside.outside()
    gulou = centre_named("gulou")
    days = bookable_days(gulou, at=NODE_CLOCK.now() + timedelta(days=1))
    day = next(one for one in days if one.isoweekday() < 6)
    clock = StandingClock(datetime(day.year, day.month, day.day, 9, 30, tzinfo=BEIJING))
    outside.use(replace(wired, clock=clock))
    yield clock
    outside.use(wired)


def books(client: Client, clock: StandingClock, *, hour: int = 10) -> BookingRow:
    begins = clock.moment.replace(hour=hour, minute=0)
    sent = {"bundle": "newborn", "line": "B", "begins": begins.isoformat(), "day": str(begins.date())}
    answer = client.post("/centres/gulou/book", sent)
    assert answer.status_code == 302, text_of(answer)
    return BookingRow.objects.get()


def test_centres_are_found_without_signing_in_and_queries_do_not_grow(clock: StandingClock) -> None:
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = text_of(client.get("/centres?bundle=newborn&near=gulou&division=320106"))
    for words in (
        "鼓楼区政务服务中心（示例）",
        "现在开着，到 12:00",
        "0 人在等",
        "无障碍坡道",
        "025-0000-2106",
        "公里（直线）",
    ):
        assert words in page
    assert "这里不办这件事" in page, "the village does not take it"
    with CaptureQueriesContext(connection) as province:
        client.get("/centres?bundle=newborn&division=320000")
    assert len(province) <= len(asked) + 1
    guide = text_of(client.get("/guide/newborn"))
    assert "/centres?bundle=newborn" in guide
    for code in ("jiangsu", "nanjing", "gulou", "gulou-town", "gulou-village"):
        assert client.get(f"/centres/{code}").status_code == 200
    assert client.get("/centres/nowhere").status_code == 404
    assert "周一至周五" in text_of(client.get("/centres/gulou"))


def test_a_booking_is_made_put_in_the_calendar_changed_and_cancelled(clock: StandingClock) -> None:
    assert Client().get("/centres/gulou/book").status_code == 302, "to the door"
    wang = signed_in_as("wangfang")
    page = text_of(wang.get("/centres/gulou/book?bundle=newborn"))
    assert "剩" in page
    assert wang.post("/centres/gulou/book", {"bundle": "newborn", "line": "B"}).status_code == 422
    row = books(wang, clock)
    page = text_of(wang.get(f"/my/bookings/{row.id}"))
    assert row.number in page
    assert row.number in text_of(wang.get("/my/bookings"))

    def event() -> Any:
        answer = wang.get(f"/my/bookings/{row.id}/calendar.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        calendar = icalendar.Calendar.from_ical(answer.content)
        return calendar, calendar.walk("VEVENT")[0]

    _, first = event()
    assert first.decoded("DTSTART") == row.begins
    later = row.begins + timedelta(hours=1)
    assert "改约" in text_of(wang.get(f"/my/bookings/{row.id}/change"))
    assert wang.post(f"/my/bookings/{row.id}/change", {"begins": later.isoformat()}).status_code == 302
    _, moved = event()
    assert (moved["UID"], int(moved["SEQUENCE"]) - int(first["SEQUENCE"])) == (first["UID"], 1)
    assert moved.decoded("DTSTART") == later
    assert "取消这个预约？" in text_of(wang.post(f"/my/bookings/{row.id}"))
    assert wang.post(f"/my/bookings/{row.id}", {"sure": "1"}).status_code == 302
    calendar, gone = event()
    assert (str(calendar["METHOD"]), str(gone["STATUS"])) == ("CANCEL", "CANCELLED")
    assert int(gone["SEQUENCE"]) == int(moved["SEQUENCE"]) + 1


def test_somebody_elses_booking_looks_like_none(clock: StandingClock) -> None:
    row = books(signed_in_as("wangfang"), clock)
    qian = signed_in_as("qianjin")
    nothing = "/my/bookings/00000000-0000-4000-8000-000000000000"
    for way in ("", "/change", "/calendar.ics"):
        mine, none = (qian.get(f"{start}{way}") for start in (f"/my/bookings/{row.id}", nothing))
        assert mine.status_code == none.status_code == 404
        assert bare(mine, str(row.id)) == bare(none, nothing[-36:])


def test_a_number_is_taken_followed_called_and_shown_without_a_name(clock: StandingClock) -> None:
    row = books(signed_in_as("wangfang"), clock)
    clock.moment += timedelta(minutes=15)
    visitor = Client()
    assert visitor.post("/hall/gulou/ticket", {"line": "B"}).status_code == 422, "not in the hall"
    spot = spot_code("gulou", at=clock.moment)
    answer = visitor.post("/hall/gulou/ticket", {"line": "B", "spot": spot, "special": "1"})
    page = visitor.get(answer["Location"])
    assert "下一个就是您" in text_of(page)
    assert page["Refresh"] == "20"
    kiosk = Client()
    assert "取号" in text_of(kiosk.get("/kiosk/gulou-1/ticket"))
    assert kiosk.post("/kiosk/gulou-1/ticket", {"number": "Y00000000000"}).status_code == 422
    mine = kiosk.post("/kiosk/gulou-1/ticket", {"number": row.number.lower()})["Location"]
    assert "前面还有 1 人" in text_of(kiosk.get(mine))
    li = signed_in_as("laoli")
    assert "您今天在几号窗口" in text_of(li.get("/window/queue"))
    li.post("/window/queue", {"act": "open", "window": "gulou/2"})
    li.post("/window/queue", {"act": "next"})
    assert "请到 2 号窗口" in text_of(visitor.get(answer["Location"]))
    first = TicketRow.objects.get(number="B001")
    li.post("/window/queue", {"act": "finish", "ticket": str(first.id)})
    clock.moment += timedelta(minutes=15)
    li.post("/window/queue", {"act": "next"})
    page = text_of(li.get("/window/queue"))
    assert "王芳" in page, "who booked is known at the window"
    screen = visitor.get("/hall/gulou/display")
    assert "B002" in text_of(screen)
    assert "王芳" not in text_of(screen)
    assert screen["Refresh"] == "5"
    supervised = signed_in_as("heli").post("/supervise/hall", {"q": row.number})
    assert "B002" in text_of(supervised)
    assert "王芳" not in text_of(supervised)


def test_the_hall_is_run_by_who_runs_it(clock: StandingClock) -> None:
    row = books(signed_in_as("wangfang"), clock)
    lan = signed_in_as("shilan")
    page = text_of(lan.get(f"/hall?centre=gulou&day={legal_day(clock.moment)}"))
    assert row.number in page
    answer = lan.post(
        "/hall?centre=gulou", {"centre": "gulou", "window": "2", "period": "九点", "why": "停电"}
    )
    assert answer.status_code == 422
    for window in ("2", "3", "4"):
        sent = {"centre": "gulou", "window": window, "period": "09:00-12:00", "why": "停电"}
        assert lan.post("/hall?centre=gulou", sent).status_code == 302
    row.refresh_from_db()
    assert row.begins.astimezone(BEIJING).hour >= 13, "moved behind the shut hours"
    for login in ("wangfang", "laoli", "heli", "lanhui"):
        assert signed_in_as(login).get("/hall").status_code == 404


def test_what_is_said_of_a_centre_is_changed_on_a_form(clock: StandingClock) -> None:
    lan = signed_in_as("shilan")
    assert "改大厅信息" in text_of(lan.get("/hall/gulou/edit"))
    sent = {
        "seen": "1", "phone": "025-0000-7777", "address": "新地址", "bus": "一站", "door": "北门", "floor": "一楼", "day-1": "09:00-12:00",
        "others": "2026-12-31 年终盘点", "window-1": "A", "window-2": "B", "window-3": "A B", "window-4": "a b", "access": ["ramp"],
    }  # fmt: skip
    assert lan.post("/hall/gulou/edit", sent | {"day-1": "12:00-09:00"}).status_code == 422
    assert lan.post("/hall/gulou/edit", sent | {"window-1": "Z"}).status_code == 422
    assert lan.post("/hall/gulou/edit", sent).status_code == 302
    assert "025-0000-7777" in text_of(Client().get("/centres/gulou"))
    assert lan.post("/hall/gulou/edit", sent).status_code == 409, "somebody was faster"
    assert signed_in_as("jinshan").get("/hall/gulou/edit").status_code == 404


def test_a_clerk_books_for_who_asks_him(clock: StandingClock) -> None:
    li = signed_in_as("laoli")
    assert "替人预约" in text_of(li.get("/window/book"))
    assert li.post("/window/book", {"kind": "person", "number": "123", "name": "某人"}).status_code == 422
    number = "11010519491231002X"
    answer = li.post("/window/book", {"centre": "gulou", "kind": "person", "number": number, "name": "某人"})
    assert number not in answer["Location"]
    where = answer["Location"] + "&line=B"
    assert "几点" in text_of(li.get(where))
    begins = clock.moment.replace(hour=11, minute=0).isoformat()
    answer = li.post(where, {"line": "B", "begins": begins, "centre": "gulou"})
    assert "某人" in text_of(li.get(answer["Location"]))


@pytest.mark.clause("C3.3", "S2.1")
def test_a_station_takes_in_some_and_says_where_the_others_go(clock: StandingClock) -> None:
    yuan = signed_in_as("yuanfang")
    assert yuan.get("/window").status_code == 200
    sent = {"kind": "person", "number": "11010519491231002X", "name": "某人", "home": "320106"}
    answer = yuan.post("/window/start", sent | {"bundle": "newborn"})
    assert "不收这件事" in text_of(answer)
    assert "示例街道便民服务中心" in text_of(answer)
    assert yuan.post("/window/start", sent | {"bundle": "retirement"}).status_code == 302
