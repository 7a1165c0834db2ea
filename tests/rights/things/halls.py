"""What is there in the hall of 鼓楼区 and at its counter: a booking, a ticket, a shown code and its visit, who waits, practice."""

from tests.cast import HOME, RESTAURANT
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.practice import Task
from yijianshi.domain.workdays import legal_day
from yijianshi.services.applying.start import start_draft
from yijianshi.services.hall.book import book
from yijianshi.services.hall.loading import centre_named
from yijianshi.services.hall.take_ticket import take_ticket
from yijianshi.services.hall.times import bookable_days, times_of_day
from yijianshi.services.practice.answer import answer_case
from yijianshi.services.visits.show import show_code
from yijianshi.services.visits.take import take_code
from yijianshi.services.visits.wait import ask_to_look
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.portal.models import TerminalRow

CENTRE, LINE = "gulou", "A"


def add(world) -> None:
    """Book, take a number, show a code at the counter, ask to be looked at beforehand, practise."""
    _in_the_hall(world)
    _at_the_counter(world)
    world.things["attempt"] = answer_case(
        task=Task.MISSING, bundle=BundleCode("open-restaurant"), seed=1, answers={}, actor=world.town.who("laoli"),
        at=world.town.now,
    )  # fmt: skip


def _in_the_hall(world) -> None:
    town, named = world.town, world.things
    place = centre_named(CENTRE)
    named["centre"], named["terminal"] = CENTRE, place.terminals[0].code
    named["machine"] = TerminalRow.objects.filter(closed_at=None).order_by("code").first().code
    day = next(one for one in bookable_days(place, at=town.now) if one > legal_day(town.now))
    free = next(one for one in times_of_day(place, place.line(LINE), day, at=town.now) if one.left)
    named["booking"] = book(
        actor=town.who("wangfang", enterprise=True), centre=CENTRE, line=LINE, begins=free.slot.begins, at=town.now
    )  # fmt: skip
    named["ticket"] = take_ticket(
        centre=CENTRE, line=LINE, source="kiosk", terminal=named["terminal"], at=town.now
    )


def _at_the_counter(world) -> None:
    """She shows one draft only, so that her others stay hers alone while the visit lasts."""
    town, named = world.town, world.things
    wang = town.who("wangfang", enterprise=True)
    named["shown_draft"] = start_draft(
        actor=wang, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=town.now
    )
    shown = show_code(actor=wang, draft=named["shown_draft"], at=town.now)
    named["visit"] = take_code(actor=town.who("laoli"), text=shown.digits, at=town.now)
    named["shown_copy"] = CopyRow.objects.filter(holder=wang.party).order_by("id").first().id
    named["shown_code"] = show_code(actor=wang, draft=named["draft"], at=town.now).id
    named["waiting"] = ask_to_look(
        draft=named["draft"], place=f"government-services@{HOME}", actor=wang, at=town.now
    )
