"""A morning in the hall of 鼓楼: booked, checked in, called, sent on, filed, shut; told to whom it concerns."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.services.town import Town
from yijianshi.domain.booking import BookingRefused, SlotFull
from yijianshi.domain.queues import QueueRefused
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.workdays import BEIJING
from yijianshi.services import outside
from yijianshi.services.hall import call
from yijianshi.services.hall.bind import bind_number
from yijianshi.services.hall.book import book
from yijianshi.services.hall.change import cancel_booking, change_booking
from yijianshi.services.hall.install import install_centres
from yijianshi.services.hall.keep_centre import CentreChangedMeanwhile, keep_centre
from yijianshi.services.hall.loading import centre_named
from yijianshi.services.hall.remind import _done, remind_of_bookings
from yijianshi.services.hall.take_ticket import check_in, check_spot, spot_code, take_ticket
from yijianshi.services.hall.times import times_of_day
from yijianshi.services.hall.windows import leave_window, open_window, reopen_window, shut_window
from yijianshi.services.reading.hall import halls_near
from yijianshi.services.reading.hall_bookings import read_booking, read_hall_day, read_my_bookings
from yijianshi.services.reading.hall_chain import visits_of
from yijianshi.services.reading.hall_supervised import read_hall_supervised
from yijianshi.services.reading.hall_tickets import read_queue, read_screen, read_ticket
from yijianshi.store.hall.models import BookingRow, CentreRow, SlotRow, TicketRow
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.submissions.models import SubmissionRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C3.2")]


def hour(hour: int, minute: int = 0, *, day: int = 18) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)


def books(town: Town, *, who: str = "wangfang", begins: datetime | None = None, line: str = "B") -> UUID:
    return book(
        actor=town.who(who),
        centre="gulou",
        line=line,
        begins=begins or hour(10),
        bundle="newborn",
        at=town.now,
    )


def number_of(booking: UUID) -> str:
    return BookingRow.objects.get(pk=booking).number


def taken(town: Town, line: str = "B", **more: bool) -> UUID:
    return take_ticket(centre="gulou", line=line, source="kiosk", terminal="gulou-1", at=town.now, **more)


def told(key: str) -> int:
    return MessageRow.objects.filter(key=key).count()


def test_a_booking_takes_a_place_and_a_cancelled_one_gives_it_back(town: Town) -> None:
    line = centre_named("gulou").line("B")
    assert line is not None

    def left() -> int:
        times = times_of_day(centre_named("gulou"), line, hour(10).date(), at=town.now)
        return next(one.left for one in times if one.slot.begins == hour(10))

    before = left()
    booking = books(town)
    assert (left(), told("booking.made")) == (before - 1, 1)
    change_booking(booking=booking, begins=hour(11), actor=town.who("wangfang"), at=town.now)
    assert left() == before
    cancel_booking(booking=booking, actor=town.who("wangfang"), at=town.now)
    assert set(SlotRow.objects.values_list("taken", flat=True)) == {0}
    assert BookingRow.objects.get(pk=booking).seq == 2
    with pytest.raises(BookingRefused, match="已经取消"):
        cancel_booking(booking=booking, actor=town.who("wangfang"), at=town.now)


def test_a_booking_of_somebody_else_looks_like_none(town: Town) -> None:
    booking = books(town)
    for key in (booking, uuid4()):
        with pytest.raises(NotPermitted) as refusal:
            read_booking(key, actor=town.who("qianjin"), at=town.now)
        assert str(refusal.value) == str(NotPermitted(refusal.value.act))
    with pytest.raises(NotPermitted):
        cancel_booking(booking=booking, actor=town.who("qianjin"), at=town.now)
    with pytest.raises(NotPermitted):
        book(
            actor=town.who("qianjin"), centre="gulou", line="B", begins=hour(11), at=town.now,
            about=f"submission:{town.file(town.who('wangfang', enterprise=True))}",
        )  # fmt: skip


def test_a_full_time_is_refused_and_another_is_not(town: Town) -> None:
    rules = replace(outside.outside().booking, walk_in_percent=99)
    outside.use(replace(outside.outside(), booking=rules))
    books(town)
    with pytest.raises(SlotFull, match="另选一个"):
        books(town, who="zhangwei")
    books(town, who="zhangwei", begins=hour(11))


def test_a_clerk_books_for_somebody_and_does_not_own_it(town: Town) -> None:
    party = UUID(town.who("zhangwei").party)
    booking = book(
        actor=town.who("laoli"), centre="gulou", line="B", begins=hour(10), at=town.now, party=party
    )
    assert read_my_bookings(actor=town.who("zhangwei"), at=town.now).lines[0].id == booking
    with pytest.raises(NotPermitted):
        book(actor=town.who("tangjing"), centre="gulou", line="B", begins=hour(11), at=town.now, party=party)


def test_a_ticket_of_a_booking_is_called_by_the_rule_and_the_chain_can_be_read(town: Town) -> None:
    booking = books(town)
    town.go_to(11, 18, after=timedelta(hours=9, minutes=50))
    plain = taken(town)
    mine = check_in(
        centre="gulou", number=number_of(booking), at=town.now, source="kiosk", terminal="gulou-1"
    )
    li = town.who("laoli")
    with pytest.raises(QueueRefused, match="还没有开窗"):
        call.call_next(actor=li, at=town.now)
    open_window(centre="gulou", window="2", actor=li, at=town.now)
    assert [one.number for one in read_queue(actor=li, at=town.now).waiting] == ["B001", "B002"]
    town.later(minutes=6)
    assert read_ticket(plain, at=town.now).estimate.before == 1  # type: ignore[union-attr]
    assert call.call_next(actor=li, at=town.now) == mine
    assert read_screen("gulou", at=town.now).called == (("B002", "2", True),)
    with pytest.raises(QueueRefused, match="还没有办完"):
        call.call_next(actor=li, at=town.now)
    with pytest.raises(QueueRefused, match="还没有办完"):
        leave_window(actor=li, at=town.now)
    submission = town.file(town.who("wangfang", enterprise=True))
    with pytest.raises(QueueRefused, match="没有这个申报号"):
        bind_number(ticket=mine, number="123", actor=li, at=town.now)
    bind_number(ticket=mine, number=SubmissionRow.objects.get(pk=submission).number, actor=li, at=town.now)
    call.call_again(ticket=mine, actor=li, at=town.now)
    town.later(minutes=9)
    call.finish(ticket=mine, actor=li, at=town.now)
    visit = visits_of(submission)[0]
    assert (visit.booking, visit.ticket) == (number_of(booking), "B002")
    assert [link.words for link in visit.links if "窗口" in link.words] == [
        "2 号窗口叫号", "2 号窗口又叫了一次", "2 号窗口办完",
    ]  # fmt: skip
    seen = read_hall_supervised(actor=town.who("heli"), number=number_of(booking), at=town.now)
    assert seen.visits == (visit,)
    assert [(one.line, one.taken, one.done, one.service) for one in seen.lines] == [("B 个人一件事", 2, 1, 9)]
    assert read_hall_supervised(actor=town.who("heli"), number="Y00000000000", at=town.now).visits == ()


def test_skipping_taking_back_and_sending_on(town: Town) -> None:
    li = town.who("laoli")
    first, second = taken(town), taken(town)
    open_window(centre="gulou", window="2", actor=li, at=town.now)
    assert call.call_next(actor=li, at=town.now) == first
    call.skip(ticket=first, actor=li, at=town.now)
    call.take_back(ticket=first, actor=li, at=town.later(minutes=1))
    assert call.call_next(actor=li, at=town.now) == second
    with pytest.raises(QueueRefused, match="另一个窗口"):
        call.send_on(ticket=second, window="2", actor=li, at=town.now)
    call.send_on(ticket=second, window="3", actor=li, at=town.now)
    assert call.call_next(actor=li, at=town.now) == first
    call.finish(ticket=first, actor=li, at=town.now)
    assert call.call_next(actor=li, at=town.now) is None
    open_window(centre="gulou", window="3", actor=li, at=town.now)
    assert call.call_next(actor=li, at=town.now) == second
    assert TicketRow.objects.get(pk=second).window == "3"


def test_one_clerk_sits_at_a_window_and_only_in_his_own_halls(town: Town) -> None:
    open_window(centre="gulou", window="1", actor=town.who("laoli"), at=town.now)
    with pytest.raises(NotPermitted):
        open_window(centre="gulou", window="2", actor=town.who("tangjing"), at=town.now)
    with pytest.raises(NotPermitted):
        open_window(centre="gulou", window="2", actor=town.who("yuanfang"), at=town.now)
    open_window(centre="gulou-village", window="1", actor=town.who("yuanfang"), at=town.now)


def test_a_number_is_taken_in_the_hall_and_while_it_is_open(town: Town) -> None:
    check_spot("gulou", spot_code("gulou", at=town.now), at=town.now)
    with pytest.raises(QueueRefused, match="重新扫"):
        check_spot("gulou", spot_code("gulou", at=town.now), at=town.now + timedelta(days=1))
    town.go_to(11, 18, after=timedelta(hours=18))
    with pytest.raises(QueueRefused, match="17:30 关门"):
        taken(town)
    town.go_to(11, 22)
    with pytest.raises(QueueRefused, match="今天不开门"):
        taken(town)


def test_a_window_that_is_shut_moves_the_booked_and_tells_them(town: Town) -> None:
    first, second = books(town), books(town, who="zhangwei")
    lan = town.who("shilan")
    with pytest.raises(NotPermitted):
        shut_window(centre="gulou", window="2", begins=hour(9), ends=hour(11), why="停电", actor=town.who("laoli"), at=town.now)  # fmt: skip
    for window in ("2", "3"):
        moved = shut_window(
            centre="gulou",
            window=window,
            begins=hour(9),
            ends=hour(11),
            why="设备坏了",
            actor=lan,
            at=town.now,
        )
    assert moved.to_call == ()
    assert told("booking.moved_by_hall") == 1
    times = {key: BookingRow.objects.get(pk=key).begins for key in (first, second)}
    assert times[first] == hour(10), "who booked first keeps his time"
    assert times[second] > hour(10)
    day = read_hall_day(actor=lan, centre="gulou", day=hour(10).date(), at=town.now)
    assert (day.total, day.missed, day.to_call) == (2, 0, ())
    shut = next(one.shut[0][0] for one in day.windows if one.shut)
    reopen_window(shut=shut, actor=lan, at=town.now)
    cancel_booking(booking=first, actor=lan, at=town.now, is_ours=True)
    assert told("booking.excused") == 1


def test_whoever_stays_away_three_times_comes_without_a_booking(town: Town) -> None:
    for day in (18, 19, 20):
        books(town, begins=hour(15, day=day))
        town.go_to(11, day, after=timedelta(hours=16))
    with pytest.raises(BookingRefused, match="12 月 20 日以前不能网上预约"):
        books(town, begins=hour(10, day=23))
    town.go_to(11, 23)
    taken(town)


def test_one_is_reminded_the_day_before_and_once(town: Town) -> None:
    books(town, begins=hour(10, day=20))
    _done.clear()
    town.go_to(11, 19)
    assert remind_of_bookings(at=town.now) == 1
    _done.clear()
    assert remind_of_bookings(at=town.now) == 0
    assert told("booking.remind") == 1


@pytest.mark.clause("C3.3", "S2.1")
def test_a_village_takes_some_and_says_where_the_others_are_taken(town: Town) -> None:
    found, total = halls_near("320106", at=town.now, bundle="open-restaurant", audience="enterprise")
    by_code = {one.centre.code: one for one in found}
    assert [one.takes for one in found] == sorted((one.takes for one in found), reverse=True)
    assert total == len(found) == 5
    assert {one.centre.level for one in found} == {"province", "city", "county", "town", "village"}
    other = by_code["gulou-village"].otherwise
    assert other is not None
    assert other.code == "gulou", "the town does not take it either"
    near, _ = halls_near("320106", at=town.now, bundle="retirement", audience="individual")
    assert near[0].centre.code == "gulou-village"


def test_what_is_said_about_a_centre_is_changed_by_who_keeps_it_and_never_by_the_files_again(
    town: Town,
) -> None:
    gulou = centre_named("gulou")
    new = replace(gulou, phone="025-0000-9999")
    with pytest.raises(NotPermitted):
        keep_centre(centre=new, seen=1, actor=town.who("jinshan"), at=town.now)
    keep_centre(centre=new, seen=1, actor=town.who("lanhui"), at=town.now)
    with pytest.raises(CentreChangedMeanwhile):
        keep_centre(centre=new, seen=1, actor=town.who("shilan"), at=town.now)
    install_centres([gulou], at=town.now)
    assert centre_named("gulou").phone == "025-0000-9999"
    assert CentreRow.objects.get(pk="gulou").seq == 2
