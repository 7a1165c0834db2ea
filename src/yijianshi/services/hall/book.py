"""
Book a time at a window (预约): by the person himself, or by a clerk for somebody who asks him to.

Basis: 苏政办发〔2022〕87号, 三(三).
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.domain.booking import (
    BookingRefused,
    BookingState,
    SlotFull,
    check_person,
    check_time,
    find_slot,
    slot_words,
)
from yijianshi.domain.centres import Centre
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Party
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.hall.models import BookingRow
from yijianshi.store.hall.places import next_of, take_place
from yijianshi.store.keys import new_id
from yijianshi.store.submissions.models import SubmissionRow

from ..outside import outside
from ..people.telling import tell_party
from .loading import centre_named, hall_thing
from .times import bookable_days, slots_of_day

FULL = "这个时段刚刚被约满；请另选一个，或者直接来大厅取号（给不预约的人留了位子）"


def book(
    *,
    actor: Actor,
    centre: str,
    line: str,
    begins: datetime,
    at: datetime,
    bundle: str = "",
    party: UUID | None = None,
    about: str = "",
) -> UUID:
    """
    Book a time and return the booking's key.

    :param party: for whom a clerk books; others book for whom they stand.
    :param about: what it is about, if there is something: `draft:` or `submission:` or `case:` and its key.
    :raises NotPermitted: if the actor may not, or what it is about is not that person's.
    :raises BookingRefused: if the time is none, has begun, is full, or the person may not book now.
    """
    place = centre_named(centre)
    channel = "web" if party is None else "window"
    if party is None:
        require(actor, Act.BOOK, Thing(party=actor.party))
        party = UUID(actor.party)
    else:
        require(actor, Act.BOOK_FOR_OTHERS, hall_thing(place))
    queue = place.line(line)
    if queue is None:
        raise BookingRefused(f"{place.name}没有这个队列；请回到上一页重新选")
    check_time(begins, at=at)
    if legal_day(begins) not in bookable_days(place, at=at):
        raise BookingRefused("这一天不能预约；请从列出的日子里选")
    slot = find_slot(slots_of_day(place, queue, legal_day(begins), at=at), begins)
    bound = _about(about, party)
    key = new_id()
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party)  # one person's bookings are made one after the other
        check_person(*bookings_of(party, at=at), slot, at=at, rules=outside().booking)
        number = f"Y{legal_day(at):%y%m%d}{next_of(f'booking:{legal_day(at)}'):05d}"
        taken = take_place(
            places=slot.places, id=key, number=number, centre=place.code, line=line, bundle=bundle, party=party,
            account=UUID(actor.account), channel=channel, begins=slot.begins, ends=slot.ends, at=at, **bound,
        )  # fmt: skip
        if not taken:
            raise SlotFull(FULL)
    tell_booking(key, party, place, "booking.made", slot.begins, slot.ends, once=f"booking:{key}:0")
    return key


def bookings_of(party: UUID, *, at: datetime) -> tuple[list[tuple[datetime, datetime]], list[date]]:
    """Return the bookings that somebody still has before him, and the days on which he stayed away lately."""
    rules = outside().booking
    since = at - timedelta(days=rules.within_days + rules.pause_days)
    rows = BookingRow.objects.filter(party=party, state=BookingState.BOOKED, ends__gt=since)
    times = list(rows.values_list("begins", "ends"))
    return [one for one in times if one[1] > at], [legal_day(ends) for _, ends in times if ends <= at]


def tell_booking(
    key: UUID, party: UUID, centre: Centre, template: str, begins: datetime, ends: datetime, *, once: str
) -> None:
    """Tell whoever can sign in for a party about a booking of his."""
    values = {"day": slot_words(begins, ends), "place": centre.name}
    tell_party(party, template, link=f"/my/bookings/{key}", once=once, values=values)


def _about(about: str, party: UUID) -> dict[str, UUID | None]:
    """Return what a booking is bound to. :raises NotPermitted: if that is not the person's, or is not there."""
    bound: dict[str, UUID | None] = {"draft": None, "submission": None, "case": None}
    kind, _, text = about.partition(":")
    if not text:
        return bound
    try:
        key = UUID(text)
    except ValueError:
        raise NotPermitted(Act.BOOK) from None
    if kind == "draft" and DraftRow.objects.filter(pk=key, party=party).exists():
        return bound | {"draft": key}
    if kind == "submission" and SubmissionRow.objects.filter(pk=key, party=party).exists():
        return bound | {"submission": key}
    case = CaseRow.objects.filter(pk=key, submission__party=party).first() if kind == "case" else None
    if case is None:
        raise NotPermitted(Act.BOOK)
    return bound | {"submission": case.submission_id, "case": key}
