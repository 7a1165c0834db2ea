"""Find and fix the one appointment (约时间、定时间、改时间): everybody says when he can, the coordinator picks, each side may move it once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.appointments import (
    AppointmentRefused,
    Side,
    Slot,
    check_move,
    check_slot,
    half_days,
    propose,
)
from yijianshi.domain.joint import (
    JoinPolicy,
    OperationMove,
    OperationRefused,
    OperationState,
    check_policy,
    next_operation_state,
)
from yijianshi.domain.rights import Act, Actor, may, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.joint.models import OfferRow
from yijianshi.store.joint.moving import move_operation

from ..contents import seal_text
from ..outside import outside
from .loading import APPLICANT, Operation, load_operation, refuse_if_changed, require_unit, trying_again
from .noting import note_joint


def offer_times(*, operation: UUID, actor: Actor, party: str, slots: Collection[Slot], at: datetime) -> None:
    """
    Say when a party can come; saying it again replaces what was said.

    :param party: a unit that takes part, or `applicant`.
    :raises NotPermitted: if the actor does not speak for the party.
    :raises AppointmentRefused: if a half-day is none of those that are asked for.
    :raises OperationRefused: if it has begun or is over.
    """

    def act() -> None:
        found = load_operation(operation)
        if party == APPLICANT:
            require(actor, Act.ATTEND_JOINT, found.thing())
        else:
            require_unit(actor, found, party)
        if found.state not in (OperationState.PLANNED, OperationState.PROPOSED, OperationState.FIXED):
            raise OperationRefused("已经开始或者结束了，不用再报时间")
        asked = half_days(outside().calendar, after=legal_day(at))
        if strange := sorted(set(slots) - set(asked)):
            raise AppointmentRefused(f"{strange[0].words}不在可以约的时间里；请从列出的半天里选")
        keys = ",".join(str(slot) for slot in sorted(slots))
        with transaction.atomic():
            OfferRow.objects.update_or_create(
                operation=found.row,
                party=party,
                defaults={"slots": keys, "by": UUID(actor.account), "at": at},
            )
            if found.state is OperationState.PLANNED and _common(found, at):
                move_operation(
                    found.row, move=OperationMove.PROPOSE, to=OperationState.PROPOSED, at=at, by=UUID(actor.account),
                    unit="" if party == APPLICANT else party,
                )  # fmt: skip
                note_joint("joint_propose", found.row, by=None, unit=found.loaded.lead_unit, at=at)

    trying_again(act)


def fix_appointment(
    *,
    operation: UUID,
    actor: Actor,
    slot: Slot,
    place: str,
    at: datetime,
    policy: JoinPolicy | None = None,
    seen: int | None = None,
) -> None:
    """
    Fix when and where, and how the opinions will be joined; everybody is told.

    :raises NotPermitted: if the actor does not coordinate it.
    :raises AppointmentRefused: if the half-day has passed or is a day of rest, or no place is named.
    :raises OperationRefused: if it was fixed before, or the policy cannot be followed.
    :raises SomebodyWasFaster: if it changed since it was seen.
    """

    def act() -> None:
        found = load_operation(operation)
        require(actor, Act.ARRANGE_JOINT, found.thing())
        refuse_if_changed(found, seen)
        to = next_operation_state(found.state, OperationMove.FIX)
        check_slot(slot, outside().calendar, at=at)
        if not place.strip():
            raise AppointmentRefused("请写明在哪里碰头，如现场地址、会议室或者线上")
        joined = policy or JoinPolicy()
        check_policy(joined, found.units, cases=len(found.taking))
        with transaction.atomic():
            move_operation(
                found.row, move=OperationMove.FIX, to=to, at=at, by=UUID(actor.account), unit=found.loaded.lead_unit,
                slot=str(slot), slot_on=slot.day, place_sealed=seal_text(place.strip()[:200], purpose="joint-place"),
                way=joined.way, least=joined.least, vetoers=",".join(sorted(joined.vetoers)),
            )  # fmt: skip
            note_joint("joint_fix", found.row, by=actor, unit=found.loaded.lead_unit, at=at, slot=str(slot))

    trying_again(act)


def move_appointment(
    *, operation: UUID, actor: Actor, slot: Slot, reason: str, at: datetime, seen: int | None = None
) -> None:
    """
    Move a fixed appointment, once by each side, with a reason; everybody is told.

    :raises NotPermitted: if the actor is neither the coordinator nor the applicant.
    :raises AppointmentRefused: if his side has moved it before, no reason is given, or the half-day does not suit.
    :raises OperationRefused: if it is not fixed, or has begun.
    :raises SomebodyWasFaster: if it changed since it was seen.
    """

    def act() -> None:
        found = load_operation(operation)
        side = Side.AUTHORITY if may(actor, Act.ARRANGE_JOINT, found.thing()) else Side.APPLICANT
        if side is Side.APPLICANT:
            require(actor, Act.ATTEND_JOINT, found.thing())
        refuse_if_changed(found, seen)
        to = next_operation_state(found.state, OperationMove.MOVE)
        check_move(side, found.moved, reason=reason)
        check_slot(slot, outside().calendar, at=at)
        if slot == found.slot:
            raise AppointmentRefused("这就是现在约好的时间，不用改")
        if side is Side.APPLICANT and slot not in slots_for_applicant(found, at):
            raise AppointmentRefused(f"{slot.words}有部门来不了；请从列出的半天里选，都不行请打电话商量")
        moved = ",".join(dict.fromkeys((*found.moved, side)))
        with transaction.atomic():
            move_operation(
                found.row, move=OperationMove.MOVE, to=to, at=at, by=UUID(actor.account),
                unit=found.loaded.lead_unit if side is Side.AUTHORITY else "",
                sealed=seal_text(reason.strip()[:500], purpose="joint-reason"),
                slot=str(slot), slot_on=slot.day, moved=moved,
            )  # fmt: skip
            unit = found.loaded.lead_unit if side is Side.AUTHORITY else ""
            note_joint("joint_move", found.row, by=actor, unit=unit, at=at, slot=str(slot), side=side)

    trying_again(act)


def slots_for_applicant(found: Operation, at: datetime) -> tuple[Slot, ...]:
    """Return the half-days at which every department can come; those the applicant may move to."""
    free = found.free()
    asked = half_days(outside().calendar, after=legal_day(at))
    return propose(free, found.units, asked, most=len(asked)).common


def _common(found: Operation, at: datetime) -> tuple[Slot, ...]:
    asked = half_days(outside().calendar, after=legal_day(at))
    return propose(found.free(), found.parties, asked).common
