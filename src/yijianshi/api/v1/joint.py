"""Joint operations over the API (联合行动): free times, the appointment, opinions, signatures, the one record."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from yijianshi.domain.appointments import AppointmentRefused, Slot
from yijianshi.domain.joint import JoinPolicy, JoinWay, Opinion, Verdict
from yijianshi.domain.rights import Act, require
from yijianshi.services.joining.appoint import fix_appointment, move_appointment, offer_times
from yijianshi.services.joining.loading import load_operation
from yijianshi.services.joining.opine import close_operation, give_opinion, sign_opinions
from yijianshi.services.once import Once, do_once
from yijianshi.services.outside import outside
from yijianshi.services.reading.joint import read_operation
from yijianshi.services.reading.joint_list import list_operations

from .endpoints import Call, endpoint, require_scope


class OperationLine(msgspec.Struct):
    """One operation under way, with what it asks of the caller's units, if anything."""

    operation: UUID
    number: str
    kind: str
    state: str
    slot: str
    asks: str
    late: str


class Operations(msgspec.Struct):
    """The operations under way in which the caller takes part or which it coordinates, what waits for it first."""

    operations: list[OperationLine]
    page: int
    last_page: int


class PartyTimes(msgspec.Struct):
    """A unit that takes part, or `applicant`, and when it can come; null while it has not said."""

    party: str
    free: list[str] | None


class OpinionGiven(msgspec.Struct):
    """What stands in the record about one case; no verdict yet where nobody has said anything."""

    case: UUID
    item: str
    unit: str
    verdict: str
    reason: str
    basis: str
    present: str
    mend_by: date | None
    signed_at: datetime | None
    seq: int | None


class Operation(msgspec.Struct):
    """One operation: `seq` goes back as `seen`; `to_sign` holds, per unit of the caller, the digest to be signed."""

    operation: UUID
    submission: UUID
    number: str
    kind: str
    state: str
    seq: int
    slot: str
    place: str
    asked: list[str]
    parties: list[PartyTimes]
    opinions: list[OpinionGiven]
    outcome: str
    lacks: list[str]
    to_sign: dict[str, str]


class FreeTimes(msgspec.Struct, forbid_unknown_fields=True):
    """On which half-days (such as 2026-11-20.am) a unit can come; saying it again replaces what was said."""

    unit: str
    slots: list[str]


class Appointment(msgspec.Struct, forbid_unknown_fields=True):
    """When and where, and how the opinions will be joined."""

    slot: str
    place: str
    way: Literal["all", "any", "some", "veto"] = "all"
    least: int = 0
    vetoers: list[str] = []
    seen: int | None = None


class MovedAppointment(msgspec.Struct, forbid_unknown_fields=True):
    """To which half-day a fixed appointment moves, and why; each side may move it once."""

    slot: str
    reason: str
    seen: int | None = None


class NewOpinion(msgspec.Struct, forbid_unknown_fields=True):
    """What the unit finds about its own case; `seen` is the `seq` of the opinion that it replaces."""

    case: UUID
    verdict: Literal["pass", "fail", "mend", "none"]
    reason: str = ""
    basis: str = ""
    present: str = ""
    mend_by: date | None = None
    seen: int | None = None


class Signature(msgspec.Struct, forbid_unknown_fields=True):
    """For which unit, and the digest of what was read before signing."""

    unit: str
    digest: str


class OperationDone(msgspec.Struct):
    """How the operation stands after the act."""

    operation: UUID
    state: str
    seq: int


class OperationSigned(msgspec.Struct):
    """How it stands, which items are now to be mended, which cannot be asked for yet, and whether the record is complete."""

    operation: UUID
    state: str
    seq: int
    mending: tuple[str, ...]
    not_yet: tuple[str, ...]
    recorded: bool


@endpoint(
    "GET", "joint-operations", summary="本单位参加的联合行动", gives=Operations, query=(("page", "第几页"),)
)
def operations(call: Call) -> Operations:
    actor = require_scope(call, Act.READ_JOINT)
    page = call.query.get("page", "1")
    found = list_operations(
        actor=actor, at=outside().clock.now(), page=int(page) if page.isdecimal() and len(page) < 6 else 1
    )
    lines = [
        OperationLine(
            one.id,
            one.number,
            one.kind.value,
            one.state,
            str(one.slot) if one.slot else "",
            one.asks,
            one.late,
        )
        for one in found.lines
    ]
    return Operations(lines, found.page, found.last_page)


@endpoint("GET", "joint-operations/<uuid:operation>", summary="一次联合行动", gives=Operation)
def joint_operation(call: Call, operation: UUID) -> Operation:
    actor = require_scope(call, Act.READ_JOINT)
    require(actor, Act.READ_JOINT, load_operation(operation).thing())
    read = read_operation(operation=operation, actor=actor, at=outside().clock.now())
    return Operation(
        operation=read.id, submission=read.submission, number=read.number, kind=read.kind.value, state=read.state,
        seq=read.seq, slot=str(read.slot) if read.slot else "", place=read.place, asked=[str(s) for s in read.asked],
        parties=[
            PartyTimes(one.key, None if one.free is None else sorted(str(s) for s in one.free)) for one in read.parties
        ],
        opinions=[
            OpinionGiven(
                case=one.case, item=one.item, unit=one.unit, verdict=one.verdict or "", reason=one.reason, basis=one.basis,
                present=one.present, mend_by=one.mend_by, signed_at=one.signed_at, seq=one.seq,
            )
            for one in read.opinions
        ],
        outcome=read.outcome, lacks=list(read.lacks), to_sign=dict(read.to_sign),
    )  # fmt: skip


@endpoint(
    "POST",
    "joint-operations/<uuid:operation>/times",
    summary="报本单位能参加的时间",
    takes=FreeTimes,
    gives=OperationDone,
)
def joint_times(call: Call, operation: UUID) -> OperationDone:
    actor = require_scope(call, Act.TAKE_PART)
    sent: FreeTimes = call.body
    offer_times(
        operation=operation, actor=actor, party=sent.unit, slots=[_slot(one) for one in sent.slots],
        at=outside().clock.now(),
    )  # fmt: skip
    return _done(operation)


@endpoint(
    "POST",
    "joint-operations/<uuid:operation>/appointment",
    summary="定时间和地点",
    takes=Appointment,
    gives=OperationDone,
    keyed=True,
)
def joint_appointment(call: Call, operation: UUID) -> tuple[Any, bool]:
    actor = require_scope(call, Act.ARRANGE_JOINT)
    sent, at = call.body, outside().clock.now()

    def act() -> OperationDone:
        fix_appointment(
            operation=operation, actor=actor, slot=_slot(sent.slot), place=sent.place, at=at, seen=sent.seen,
            policy=JoinPolicy(JoinWay(sent.way), sent.least, frozenset(sent.vetoers)),
        )  # fmt: skip
        return _done(operation)

    return do_once(_once(call, "fix", operation), OperationDone, act, at=at)


@endpoint(
    "POST", "joint-operations/<uuid:operation>/appointment/move", summary="改时间", takes=MovedAppointment, gives=OperationDone, keyed=True
)  # fmt: skip
def joint_move(call: Call, operation: UUID) -> tuple[Any, bool]:
    actor = require_scope(call, Act.ARRANGE_JOINT)
    sent, at = call.body, outside().clock.now()

    def act() -> OperationDone:
        move_appointment(
            operation=operation, actor=actor, slot=_slot(sent.slot), reason=sent.reason, at=at, seen=sent.seen
        )
        return _done(operation)

    return do_once(_once(call, "move", operation), OperationDone, act, at=at)


@endpoint(
    "POST", "joint-operations/<uuid:operation>/opinions", summary="给本单位办件的意见", takes=NewOpinion, gives=OperationDone, keyed=True
)  # fmt: skip
def joint_opinion(call: Call, operation: UUID) -> tuple[Any, bool]:
    actor = require_scope(call, Act.TAKE_PART)
    sent, at = call.body, outside().clock.now()
    opinion = Opinion(
        case=sent.case, verdict=Verdict(sent.verdict), reason=sent.reason, basis=sent.basis, mend_by=sent.mend_by,
        present=sent.present,
    )  # fmt: skip

    def act() -> OperationDone:
        give_opinion(operation=operation, actor=actor, opinion=opinion, at=at, seen=sent.seen)
        return _done(operation)

    return do_once(_once(call, "opine", operation), OperationDone, act, at=at)


@endpoint(
    "POST", "joint-operations/<uuid:operation>/signature", summary="签名：本单位办完", takes=Signature, gives=OperationSigned, keyed=True
)  # fmt: skip
def joint_signature(call: Call, operation: UUID) -> tuple[Any, bool]:
    actor = require_scope(call, Act.TAKE_PART)
    sent, at = call.body, outside().clock.now()

    def act() -> OperationSigned:
        signed = sign_opinions(operation=operation, actor=actor, unit=sent.unit, digest=sent.digest, at=at)
        now = _done(operation)
        return OperationSigned(
            operation, now.state, now.seq, signed.mending, signed.not_yet, signed.is_recorded
        )

    return do_once(_once(call, "sign", operation), OperationSigned, act, at=at)


@endpoint(
    "POST", "joint-operations/<uuid:operation>/record", summary="完成记录", gives=OperationDone, keyed=True
)
def joint_record(call: Call, operation: UUID) -> tuple[Any, bool]:
    actor = require_scope(call, Act.ARRANGE_JOINT)
    at = outside().clock.now()

    def act() -> OperationDone:
        close_operation(operation=operation, actor=actor, at=at)
        return _done(operation)

    return do_once(_once(call, "record", operation), OperationDone, act, at=at)


def _once(call: Call, verb: str, operation: UUID) -> Once | None:
    assert call.actor is not None
    return Once.of(call.actor.account, f"joint-{verb}:{operation}", call.key, call.raw)


def _slot(text: str) -> Slot:
    try:
        return Slot.parse(text)
    except ValueError:
        raise AppointmentRefused(
            f"时间“{text[:20]}”看不懂，请写成 2026-11-20.am（上午）或 2026-11-20.pm（下午）"
        ) from None


def _done(operation: UUID) -> OperationDone:
    found = load_operation(operation)
    return OperationDone(operation, found.state, found.row.seq)
