"""Benefits offered without an application (免申即享), as the person sees his and as the unit sees what came of its lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode, ItemCode
from yijianshi.domain.drafts import APPLICANT, FormField, Value, fill_form, troubles_of
from yijianshi.domain.editions import Edition
from yijianshi.domain.entitlements import OfferState, state_on
from yijianshi.domain.plans import make_plan
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, posts_for, require
from yijianshi.domain.routing import Unit, unit_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Party
from yijianshi.store.offers.models import OfferListRow, OfferRow

from ..applying.start import begin_content
from ..catalogue.published import bundles_of, current
from ..contents import open_text
from ..offering.answer import OBJECTION, REPLY, TAKEN_AS_READ, answers_of, items_of, own_offer
from ..people.parties import know_party
from .units import name_of_unit

#: So many lists and objections are shown; older ones are counted in the figures of the whole.
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSeen:
    """One offer as the person sees it."""

    id: UUID
    bundle: str
    item: ServiceItem
    unit: str
    rests_on: str
    until: date
    made_at: datetime
    state: OfferState
    submission: UUID | None
    objection: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPreview:
    """What confirming would file: what is known already, and what only the person knows."""

    edition: Edition
    known: tuple[FormField, ...]
    asked: tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offerable:
    """An item that one of the officer's units may offer."""

    unit: str
    unit_name: str
    bundle: str
    audience: str
    item: ServiceItem

    @property
    def key(self) -> str:
        return f"{self.unit}/{self.bundle}/{self.item.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSeen:
    """One list with what came of it."""

    id: UUID
    item: str
    rests_on: str
    until: date
    made_at: datetime
    offered: int
    left_out: int
    counts: Mapping[OfferState, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionSeen:
    """Somebody who says that the data are wrong."""

    id: UUID
    item: str
    name: str
    words: str
    rests_on: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDesk:
    """What a unit has offered, and what waits for it."""

    unit_name: str
    offerable: tuple[Offerable, ...]
    lists: tuple[ListSeen, ...]
    objections: tuple[ObjectionSeen, ...]


def offers_waiting(actor: Actor, *, on: date) -> tuple[OfferSeen, ...]:
    """Return what is offered to whom the actor stands for and waits for him or for an answer; two queries."""
    if not actor.party:
        return ()
    party = Party.objects.only("kind", "number_hash").get(pk=actor.party)
    rows = OfferRow.objects.filter(
        kind=party.kind, number_hash=bytes(party.number_hash), state__in=("open", "objected")
    )
    found = [_seen(row, on=on) for row in rows.select_related("made_in").order_by("until", "id")]
    return tuple(one for one in found if one.state is not OfferState.LAPSED)


def read_offer(offer: UUID, *, actor: Actor, on: date) -> OfferSeen:
    """
    Return an offer to whom it is made.

    :raises NotPermitted: if it is not his, or is not there.
    """
    return _seen(own_offer(offer, actor=actor), on=on)


def preview_offer(offer: UUID, *, actor: Actor, at: datetime) -> OfferPreview:
    """
    Return what confirming would file, asked from the registers now; nothing is kept.

    :raises NotPermitted: if it is not his.
    :raises OfferNotPossible: if the item is no longer offered.
    """
    row = own_offer(offer, actor=actor)
    edition, division = _edition(row.made_in, legal_day(at)), DivisionCode(row.made_in.division)
    content = begin_content(
        edition, know_party(UUID(actor.party)), actor=actor, division=division,
        answers=answers_of(row, at=at), items=items_of(row, at=at), at=at,
    )  # fmt: skip
    content.keep({ElementCode(key): Value(value, APPLICANT, at) for key, value in TAKEN_AS_READ.items()})
    form = fill_form(make_plan(edition, content.situation(), strict=False), content.known())
    wanting = {trouble.key for trouble in troubles_of(form, edition)}
    return OfferPreview(
        edition=edition,
        known=tuple(
            field for field in form.fields if field.turn == "known" and field.value and not field.common
        ),
        asked=tuple(field for field in form.fields if field.turn == "ask" and field.element in wanting),
    )


def read_offer_desk(*, actor: Actor, on: date) -> OfferDesk:
    """
    Return what the actor's units offer.

    :raises NotPermitted: if the actor reviews for no unit.
    """
    units = [post.unit for post in posts_for(actor, Act.OFFER_BENEFIT, Role.REVIEWER)]
    names = [str(unit) for unit in units]
    rows = list(OfferListRow.objects.filter(unit__in=names).order_by("-made_at")[:MOST_SHOWN])
    objected = OfferRow.objects.filter(made_in__unit__in=names, state="objected").select_related("made_in")
    return OfferDesk(
        unit_name=name_of_unit(names[0]),
        offerable=offerable_by(units, on=on),
        lists=_lists(rows, on=on),
        objections=tuple(_objection(row, on) for row in objected.order_by("settled_at")[:MOST_SHOWN]),
    )


def read_objection(offer: UUID, *, actor: Actor, on: date) -> ObjectionSeen:
    """
    Return an objection to the unit whose offer it is about.

    :raises NotPermitted: if it is not the actor's unit's, or nobody objected.
    """
    row = OfferRow.objects.filter(pk=offer).select_related("made_in").first()
    require(actor, Act.OFFER_BENEFIT, Thing(unit=Unit.parse(row.made_in.unit) if row else None))
    if row is None or row.state != OfferState.OBJECTED:
        raise NotPermitted(Act.OFFER_BENEFIT)
    return _objection(row, on)


def offerable_by(units: Sequence[Unit], *, on: date) -> tuple[Offerable, ...]:
    """Return every item that may be offered without an application and that one of these units decides."""
    return tuple(
        Offerable(
            unit=str(unit),
            unit_name=name_of_unit(str(unit)),
            bundle=published.edition.bundle.code,
            audience=published.edition.bundle.audience,
            item=item,
        )
        for unit in units
        for published in bundles_of(unit.division, on)
        for item in published.edition.bundle.items
        if item.without_application is not None
        and unit_for(item, published.edition, division=unit.division) == unit
    )


def _lists(rows: Sequence[OfferListRow], *, on: date) -> tuple[ListSeen, ...]:
    counted: dict[UUID, dict[OfferState, int]] = {row.id: {} for row in rows}
    states = OfferRow.objects.filter(made_in__in=list(counted)).values_list("made_in", "state", "until")
    for made_in, kept, until, number in states.annotate(number=Count("id")):
        state = state_on(OfferState(kept), until=until, on=on)
        counted[made_in][state] = counted[made_in].get(state, 0) + number
    return tuple(
        ListSeen(
            id=row.id,
            item=_item(row, on).plain_name,
            rests_on=row.rests_on,
            until=row.until,
            made_at=row.made_at,
            offered=row.offered,
            left_out=row.left_out,
            counts=counted[row.id],
        )
        for row in rows
    )


def _objection(row: OfferRow, on: date) -> ObjectionSeen:
    return ObjectionSeen(
        id=row.id,
        item=_item(row.made_in, on).plain_name,
        name=open_text(row.name_sealed, purpose="name"),
        words=open_text(row.objection_sealed, purpose=OBJECTION),
        rests_on=row.made_in.rests_on,
        at=row.settled_at or row.made_at,
    )


def _seen(row: OfferRow, *, on: date) -> OfferSeen:
    return OfferSeen(
        id=row.id,
        bundle=_edition(row.made_in, on).bundle.title,
        item=_item(row.made_in, on),
        unit=name_of_unit(row.made_in.unit),
        rests_on=row.made_in.rests_on,
        until=row.until,
        made_at=row.made_at,
        state=state_on(OfferState(row.state), until=row.until, on=on),
        submission=row.submission_id,
        objection=open_text(row.objection_sealed, purpose=OBJECTION),
        reply=open_text(row.answer_sealed, purpose=REPLY),
    )


def _edition(made: OfferListRow, on: date) -> Edition:
    return current(BundleCode(made.bundle), DivisionCode(made.division), on).edition


def _item(made: OfferListRow, on: date) -> ServiceItem:
    return _edition(made, on).item(ItemCode(made.item))
