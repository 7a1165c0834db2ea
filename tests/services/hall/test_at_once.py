"""Many at once on real connections: never one booking too many, never two windows with one ticket."""

import threading
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from tests.services.town import Town
from yijianshi.domain.booking import SlotFull
from yijianshi.domain.centres import CentreWindow
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import BEIJING
from yijianshi.services import outside
from yijianshi.services.hall import call
from yijianshi.services.hall.book import book
from yijianshi.services.hall.install import install_centres
from yijianshi.services.hall.loading import centre_named
from yijianshi.services.hall.take_ticket import take_ticket
from yijianshi.store.accounts.models import Party
from yijianshi.store.hall.models import BookingRow, DeskRow, SlotRow, TicketRow
from yijianshi.store.keys import new_id

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("C3.2")]
TEN = datetime(2026, 11, 18, 10, 0, tzinfo=BEIJING)
THREADS = 10


def together(acts: list[Any]) -> list[Any]:
    """Do all acts in ten threads that begin at the same moment; return what each returned or raised."""
    start, found = threading.Barrier(THREADS), list[Any]()

    def run(mine: list[Any]) -> None:
        try:
            start.wait(timeout=30)
            for act in mine:
                try:
                    found.append(act())
                except Exception as error:
                    found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(acts[n::THREADS],)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return found


def test_of_two_hundred_who_try_for_ten_places_exactly_ten_have_one(committed_town: Town) -> None:
    town = committed_town
    gulou = centre_named("gulou")
    ten = tuple(CentreWindow(number=str(n), lines=("A", "B")) for n in range(1, 11))
    lines = tuple(replace(line, minutes=30) for line in gulou.lines)
    install_centres([replace(gulou, windows=ten, lines=lines)], at=town.now)
    outside.use(replace(outside.outside(), booking=replace(outside.outside().booking, walk_in_percent=0)))
    parties = [Party(id=new_id(), kind="person", number_hash=f"{n:032}".encode(), number_sealed=b"", name_sealed=b"") for n in range(200)]  # fmt: skip
    Party.objects.bulk_create(parties)
    account = town.who("wangfang").account

    def tries(party: Party) -> Any:
        who = Actor(account, str(party.pk))
        return lambda: book(actor=who, centre="gulou", line="B", begins=TEN, at=town.now)

    found = together([tries(party) for party in parties])
    assert len(found) == 200
    assert sum(isinstance(one, SlotFull) for one in found) == 190, [e for e in found if isinstance(e, Exception) and not isinstance(e, SlotFull)][:3]  # fmt: skip
    assert BookingRow.objects.count() == 10
    assert SlotRow.objects.get().taken == 10
    assert len(set(BookingRow.objects.values_list("number", flat=True))) == 10


def test_one_person_who_presses_ten_times_has_one_booking(committed_town: Town) -> None:
    town, who = committed_town, committed_town.who("wangfang")
    found = together([lambda: book(actor=who, centre="gulou", line="B", begins=TEN, at=town.now)] * 10)
    assert sum(not isinstance(one, Exception) for one in found) == 1
    assert BookingRow.objects.count() == SlotRow.objects.get().taken == 1


def test_ten_windows_that_call_at_once_never_get_the_same_ticket(committed_town: Town) -> None:
    town = committed_town
    gulou = centre_named("gulou")
    ten = tuple(CentreWindow(number=str(n), lines=("A", "B")) for n in range(1, 11))
    install_centres([replace(gulou, windows=ten)], at=town.now)
    for n in range(25):
        take_ticket(centre="gulou", line="AB"[n % 2], source="kiosk", terminal="gulou-1", at=town.now, is_special=n % 5 == 0)  # fmt: skip
    posts = town.who("laoli").posts
    clerks = [Actor(str(new_id()), posts=posts) for _ in range(10)]
    for n, clerk in enumerate(clerks):
        DeskRow.objects.create(centre="gulou", window=str(n + 1), clerk=clerk.account, opened_at=town.now)

    def serves(clerk: Actor) -> Any:
        def act() -> Any:
            ticket = call.call_next(actor=clerk, at=town.now)
            if ticket:
                call.finish(ticket=ticket, actor=clerk, at=town.now)
            return ticket

        return act

    found = together([serves(clerk) for _ in range(3) for clerk in clerks])
    called = [one for one in found if one is not None]
    assert not [one for one in called if isinstance(one, Exception)]
    assert len(called) == len(set(called)) == 25
    assert set(TicketRow.objects.values_list("calls", flat=True)) == {1}
