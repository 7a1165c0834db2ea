"""
Compare a day's money with the provider's list (对账): what both have, what only one has, what differs.

Basis: 苏政办发〔2022〕87号, 三(四) (supervision of the whole course); the collecting unit answers for what it collects.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.cases import Action, State, allowed_actions
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.fees import Entry, LineState, Mismatch, mismatches
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, covers, may
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import end_of, start_of
from yijianshi.store.fees.models import ChargeRow, PaymentRow, RefundRow, ShareRow

from ..catalogue.published import edition_by_id
from ..outside import outside
from ..ports import PaymentUnavailable, Settled
from ..reading.units import name_of_unit

#: States after which the collecting unit decides whether money goes back.
_ENDED = tuple(state for state in State if Action.REFUND in allowed_actions(state))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one unit collected on the day for one item, with its voucher."""

    at: datetime
    unit: str
    unit_name: str
    item: str
    number: str  # of the case
    fen: int
    voucher: str
    is_refund: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """Something paid for a case that has ended since, about which nobody has decided yet."""

    case: UUID
    item: str
    number: str
    unit_name: str
    fen: int
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRead:
    """A day's money: what came in and went out, by unit, and where the two books differ."""

    day: date
    collected: tuple[Collected, ...]
    came_in: int
    went_out: int
    waiting: int  # refunds that are decided and not sent yet, of any day
    differences: tuple[Mismatch, ...]
    compared: str  # yes | no_list | away
    to_decide: tuple[ToDecide, ...]
    sees_everything: bool

    def by_unit(self) -> tuple[tuple[str, int, int], ...]:
        """Return for each unit what came in and what went out."""
        sums: dict[str, list[int]] = {}
        for one in self.collected:
            sums.setdefault(one.unit_name, [0, 0])[one.is_refund] += one.fen
        return tuple((name, paid, back) for name, (paid, back) in sums.items())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whose money somebody may see: all of his divisions, or that of his own units."""

    divisions: tuple[str, ...]
    units: tuple[str, ...]

    @classmethod
    def of(cls, actor: Actor) -> "_Reader":
        supervised = tuple(post.unit.division for post in actor.holds(Role.SUPERVISOR))
        own = tuple(str(post.unit) for post in actor.holds(Role.REVIEWER))
        divisions = tuple(d for d in supervised if may(actor, Act.RECONCILE, Thing(division=d)))
        units = tuple(u for u in own if may(actor, Act.RECONCILE, Thing(unit=Unit.parse(u))))
        return cls(divisions, units)

    def payments(self) -> Q:
        """Return which payments are his to see."""
        return Q(division__in=[]) if not (self.divisions or self.units) else self._own("sharerow__charge__")

    def sees(self, division: str, unit: str) -> bool:
        return unit in self.units or any(covers(mine, division) for mine in self.divisions)

    def _own(self, charge: str) -> Q:
        found = Q(**{f"{charge}collector__in": self.units})
        for division in self.divisions:
            found |= Q(division__startswith=stem_of(division))
        return found


def read_day(*, actor: Actor, day: date) -> DayRead:
    """
    Return a day's money as a supervisor of the place or a collecting unit may see it.

    :raises NotPermitted: if the actor is neither.
    """
    reader = _Reader.of(actor)
    if not (reader.divisions or reader.units):
        raise NotPermitted(Act.RECONCILE)
    within = {"gte": start_of(day), "lt": end_of(day)}
    payments = list(
        PaymentRow.objects.filter(reader.payments(), **{f"paid_at__{k}": v for k, v in within.items()})
        .distinct()
        .order_by("paid_at", "id")
    )
    refunds = list(
        RefundRow.objects.select_related("charge__case", "payment")
        .filter(**{f"done_at__{k}": v for k, v in within.items()})
        .order_by("done_at", "id")
    )
    refunds = [
        one for one in refunds if reader.sees(one.division, one.charge.collector if one.charge else "")
    ]
    collected = _collected(payments, refunds, reader)
    compared, differences = _compare(payments, refunds, reader, day=day)
    return DayRead(
        day=day,
        collected=collected,
        came_in=sum(one.fen for one in collected if not one.is_refund),
        went_out=sum(one.fen for one in collected if one.is_refund),
        waiting=sum(
            reader.sees(one.division, one.charge.collector if one.charge else "")
            for one in RefundRow.objects.select_related("charge").filter(state="due")
        ),
        differences=differences,
        compared=compared,
        to_decide=_to_decide(reader),
        sees_everything=bool(reader.divisions),
    )


def _compare(
    payments: list[PaymentRow], refunds: list[RefundRow], reader: _Reader, *, day: date
) -> tuple[str, tuple[Mismatch, ...]]:
    try:
        listed = outside().payment.settlements(day)
    except PaymentUnavailable:
        return "away", ()
    if listed is None:
        return "no_list", ()
    ours = [Entry(str(row.pk), row.paid_fen or 0) for row in payments]
    ours += [Entry(str(row.pk), row.fen, is_refund=True) for row in refunds]
    theirs = [Entry(one.reference, one.fen, one.is_refund) for one in _his(listed, ours, reader)]
    return "yes", mismatches(ours, theirs)


def _his(listed: Iterable[Settled], ours: list[Entry], reader: _Reader) -> list[Settled]:
    """Return the lines of the provider's list that concern a reader: his own, and for supervisors what nobody has."""
    listed = list(listed)
    mine = {one.reference for one in ours}
    others = set()
    if reader.divisions:
        references = [key for one in listed if (key := _key(one.reference))]
        theirs = PaymentRow.objects.filter(pk__in=references).values_list("pk", "division")
        back = RefundRow.objects.filter(pk__in=references).values_list("pk", "division")
        others = {str(key) for key, division in (*theirs, *back) if not reader.sees(division, "")}
    return [
        one for one in listed if one.reference in mine or (reader.divisions and one.reference not in others)
    ]


def _collected(
    payments: list[PaymentRow], refunds: list[RefundRow], reader: _Reader
) -> tuple[Collected, ...]:
    by_key = {row.pk: row for row in payments if row.state == "paid"}
    shares = ShareRow.objects.select_related("charge__case", "charge__submission").filter(payment__in=by_key)
    found = [
        _line(share.charge, by_key[share.payment_id].paid_at or start_of(date.min), share.fen, share.voucher)
        for share in shares.order_by("id")
        if reader.sees(share.charge.division, share.charge.collector)
    ]
    found += [
        _line(one.charge, one.done_at or one.decided_at, one.fen, one.provider_reference or "", back=True)
        for one in refunds
        if one.charge
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def _line(charge: ChargeRow, at: datetime, fen: int, voucher: str, *, back: bool = False) -> Collected:
    edition = edition_by_id(charge.submission.edition_id)
    return Collected(
        at=at,
        unit=charge.collector,
        unit_name=name_of_unit(charge.collector),
        item=edition.item(charge.item).plain_name,  # type: ignore[arg-type]
        number=charge.case.number,
        fen=fen,
        voucher=voucher,
        is_refund=back,
    )


def _to_decide(reader: _Reader) -> tuple[ToDecide, ...]:
    """Return what was paid for cases that have ended, and about which nobody has decided."""
    rows = ChargeRow.objects.select_related("case", "submission").filter(
        reader._own(""), state=LineState.PAID, case__state__in=_ENDED, refundrow=None
    )
    return tuple(
        ToDecide(
            case=row.case_id,
            item=edition_by_id(row.submission.edition_id).item(row.item).plain_name,  # type: ignore[arg-type]
            number=row.case.number,
            unit_name=name_of_unit(row.collector),
            fen=row.fen - row.reduced_fen,
            is_mine=row.case.unit in reader.units,
        )
        for row in rows.order_by("charged_at")[:100]
    )


def _key(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None
