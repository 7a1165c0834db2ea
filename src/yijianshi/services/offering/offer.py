"""
Offer a benefit to whoever is known to be entitled (免申即享): by a list of the unit's, or by a match in a register.

Basis: 国办发〔2025〕24号; Personal Information Protection Law, arts. 6, 19: no more numbers than needed, and no longer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yijianshi.domain.cases import State
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.entitlements import OfferNotPossible, WithoutApplication, birthdays_for, check_days
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.routing import Unit, unit_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.keys import new_id
from yijianshi.store.offers.models import OfferListRow, OfferRow

from ..catalogue.published import current
from ..contents import fingerprint, seal_text
from ..outside import outside
from ..ports import Listed, Message
from .forget import forget_lapsed

LONGEST = 200
#: Whoever ended so may be offered it; whoever is under way or has it already is left out.
_CAME_TO_NOTHING = (State.REFUSED, State.DECLINED, State.WITHDRAWN, State.TERMINATED, State.REVOKED)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a list."""

    id: UUID
    offered: int
    left_out: int


def offered_item(bundle: BundleCode, item: ItemCode, *, unit: Unit, on: date) -> tuple[Edition, ServiceItem]:
    """
    Return the item that a unit may offer by the edition of its division.

    :raises OfferNotPossible: if nobody is offered this item without applying, or another unit decides it.
    """
    edition = current(bundle, unit.division, on).edition
    found = next((one for one in edition.bundle.items if one.code == item), None)
    if found is None or found.without_application is None:
        raise OfferNotPossible("这个事项没有写免申即享；要先在目录里写上依据")
    if unit_for(found, edition, division=unit.division) != unit:
        raise OfferNotPossible("这个事项不由本单位办，不能由本单位发")
    return edition, found


def match_register(
    *, bundle: BundleCode, item: ItemCode, unit: Unit, first: date, last: date, actor: Actor, at: datetime
) -> tuple[tuple[Listed, ...], str]:
    """
    Return whom the population register names for an item, and in words on which data that rests.

    :raises NotPermitted: if the unit is not the actor's.
    :raises OfferNotPossible: if the item names no match, or the days are the wrong way round.
    :raises SourceUnavailable: if the register is down, or gives no lists.
    """
    require(actor, Act.OFFER_BENEFIT, Thing(unit=unit))
    _, found = offered_item(bundle, item, unit=unit, on=legal_day(at))
    match = found.without_application.match if found.without_application else None
    if match is None:
        raise OfferNotPossible("这个事项不能从人口库列人；请上传名单")
    if last < first:
        raise OfferNotPossible("最后一天不能早于第一天；请改过来")
    birthdays_for(match.age, first=first, last=last)
    people = outside().rolls.reaching_age(
        match.age, division=DivisionCode(unit.division), first=first, last=last
    )
    return people, f"人口库 {legal_day(at)}：户籍在本地、{first} 至 {last} 满 {match.age} 周岁"


def offer_benefit(
    *,
    bundle: BundleCode,
    item: ItemCode,
    unit: Unit,
    people: Sequence[Listed],
    rests_on: str,
    until: date,
    actor: Actor,
    at: datetime,
) -> Made:
    """
    Offer an item to everybody on a list who was not offered it before and has no case of it, and tell them.

    :param rests_on: the data it rests on, in words that name nobody.
    :param until: the last day for confirming.
    :raises NotPermitted: if the unit is not the actor's.
    :raises OfferNotPossible: if the item cannot be offered, the day is wrong, or it is not said what it rests on.
    """
    require(actor, Act.OFFER_BENEFIT, Thing(unit=unit))
    on = legal_day(at)
    edition, found = offered_item(bundle, item, unit=unit, on=on)
    declared = found.without_application
    assert declared is not None
    check_days(until, on=on)
    if not rests_on.strip():
        raise OfferNotPossible("请写明名单依据什么数据，本人会看到，如“2026 年 11 月户籍核对名单”")
    if not people:
        raise OfferNotPossible("名单上没有人；没有发出")
    kind = "enterprise" if edition.bundle.audience == "enterprise" else "person"
    listed = {fingerprint(one.number, kind=kind): one for one in people}
    forget_lapsed(at=at)
    with transaction.atomic():
        known = _left_out(found.code, declared, kind, list(listed))
        fresh = {key: one for key, one in listed.items() if key not in known}
        made = OfferListRow.objects.create(
            id=new_id(), unit=str(unit), division=unit.division, bundle=bundle, item=item, until=until,
            occasion=declared.occasion, rests_on=rests_on.strip()[:LONGEST], made_by=UUID(actor.account), made_at=at,
            offered=len(fresh), left_out=len(people) - len(fresh),
        )  # fmt: skip
        rows = OfferRow.objects.bulk_create(_row(key, one, made, kind) for key, one in fresh.items())
    _tell(rows, found, kind)
    return Made(made.id, made.offered, made.left_out)


def _row(key: bytes, one: Listed, made: OfferListRow, kind: str) -> OfferRow:
    return OfferRow(
        id=new_id(), made_in=made, kind=kind, number_hash=key, bundle=made.bundle, item=made.item,
        number_sealed=seal_text(one.number, purpose="number"), name_sealed=seal_text(one.name, purpose="name"),
        occasion=made.occasion, until=made.until, made_at=made.made_at,
    )  # fmt: skip


def _left_out(item: ItemCode, declared: WithoutApplication, kind: str, keys: list[bytes]) -> set[bytes]:
    """Return who was offered it on this occasion, has a case of it under way, or was granted it."""
    offers = OfferRow.objects.filter(item=item, occasion=declared.occasion, number_hash__in=keys)
    cases: QuerySet[CaseRow] = CaseRow.objects.filter(
        item=item, submission__party__kind=kind, submission__party__number_hash__in=keys
    ).exclude(state__in=_CAME_TO_NOTHING)
    hashes = [
        *offers.exclude(state="lapsed").values_list("number_hash", flat=True),
        *cases.values_list("submission__party__number_hash", flat=True),
    ]
    return {bytes(key) for key in hashes}


def _tell(rows: Sequence[OfferRow], item: ServiceItem, kind: str) -> None:
    """Tell everybody who has an account; whoever has none sees it when he first signs in."""
    offers = {bytes(row.number_hash): row.id for row in rows}
    for offer, accounts in accounts_of(kind, offers).items():
        link = f"/my/offers/{offer}"
        messages = [
            Message(account=a, key="offer.made", values={"item": item.plain_name}, link=link)
            for a in accounts
        ]
        outside().messenger.send(messages, once=f"{offer}:made")


def accounts_of(kind: str, offers: Mapping[bytes, UUID]) -> dict[UUID, list[str]]:
    """Return, by offer, the accounts of the person, or of those who act for the enterprise."""
    whose = "representations__party" if kind == "enterprise" else "party"
    rows = Account.objects.filter(**{f"{whose}__kind": kind, f"{whose}__number_hash__in": list(offers)})
    found: dict[UUID, list[str]] = {}
    for account, key in rows.values_list("id", f"{whose}__number_hash"):
        if (offer := offers.get(bytes(key))) is not None:
            found.setdefault(offer, []).append(str(account))
    return found
