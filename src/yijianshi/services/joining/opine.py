"""
Say what was found (给意见、签名): each department for its own cases, in one record; what is to be mended is asked for at once.

Basis: 苏政办发〔2022〕87号, 二(八); Administrative License Law, art. 34(3).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import Action, allowed_actions
from yijianshi.domain.joint import (
    OperationMove,
    OperationRefused,
    OperationState,
    Opinion,
    RecordIncomplete,
    Verdict,
    check_opinion,
    check_record,
    missing_in_record,
    next_operation_state,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.joint.models import OpinionRow
from yijianshi.store.joint.moving import StaleOpinion, move_operation, write_opinion
from yijianshi.store.keys import new_id

from ..contents import seal_words
from ..handling.loading import CaseLoaded
from ..handling.mend import ask_to_mend
from ..handling.writing import SomebodyWasFaster
from ..people.actors import name_of
from .loading import Operation, OpinionKept, load_operation, require_unit, trying_again
from .noting import note_joint

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing did: whose mending was asked for, whose could not be yet, whether the record is complete."""

    mending: tuple[str, ...]
    not_yet: tuple[str, ...]
    is_recorded: bool


def give_opinion(
    *, operation: UUID, actor: Actor, opinion: Opinion, at: datetime, seen: int | None = None
) -> None:
    """
    Keep what the actor's unit says about its case; until it is signed it can be changed.

    :param seen: the version of the opinion as the officer saw it; None where there was none.
    :raises NotPermitted: if the case takes no part, or is not the actor's unit's.
    :raises OperationRefused: if it is not yet time, or too late.
    :raises OpinionIncomplete: if the opinion lacks what it must say.
    :raises SomebodyWasFaster: if a colleague has written or signed since.
    """

    def act() -> None:
        found = load_operation(operation)
        case = _own_case(found, opinion.case, actor)
        _refuse_too_early(found, at)
        check_opinion(opinion, found.kind, on=legal_day(at))
        to = next_operation_state(found.state, OperationMove.HOLD)
        words = {"reason": opinion.reason, "basis": opinion.basis, "present": opinion.present}
        row = OpinionRow(
            id=new_id(), operation=found.row, case_id=opinion.case, unit=case.unit, verdict=opinion.verdict,
            sealed=seal_words({k: v.strip()[:_LONGEST] for k, v in words.items()}, purpose="joint-opinion"),
            mend_by=opinion.mend_by if opinion.verdict is Verdict.MEND else None, by=UUID(actor.account), at=at,
        )  # fmt: skip
        with transaction.atomic():
            write_opinion(row, seen=seen)
            if found.state is not OperationState.HELD:
                move_operation(
                    found.row, move=OperationMove.HOLD, to=to, at=at, by=UUID(actor.account), unit=case.unit, held_at=at
                )  # fmt: skip

    try:
        trying_again(act)
    except StaleOpinion as error:
        raise SomebodyWasFaster from error


def sign_opinions(*, operation: UUID, actor: Actor, unit: str, digest: str, at: datetime) -> Signed:
    """
    Sign what the unit says about all its cases; with the last signature the record is complete.

    A case that is to be mended is asked for it at once by this officer, where its state allows that.

    :param digest: of what was read before signing, as `digest_of_unit` gives it.
    :raises NotPermitted: if the actor does not review for the unit.
    :raises RecordIncomplete: if the unit has not said something about each of its cases.
    :raises SomebodyWasFaster: if an opinion is no longer as it was read.
    """

    def act() -> Signed:
        found = load_operation(operation)
        require_unit(actor, found, unit)
        to = next_operation_state(found.state, OperationMove.SIGN)
        kept = [found.said(case.now.id) for case in found.of_unit(unit)]
        said = [one for one in kept if one is not None]
        if len(said) < len(kept):
            raise RecordIncomplete("本单位还有事项没有给意见，给齐了再一起签名")
        open_ones = [one for one in said if not one.opinion.is_signed]
        if not open_ones:
            raise OperationRefused("本单位已经签过名了")
        if digest != digest_of_unit(found, unit):
            raise SomebodyWasFaster
        with transaction.atomic():
            # The operation is touched first, so that of two last signatures one sees the other.
            move_operation(
                found.row, move=OperationMove.SIGN, to=to, at=at, by=UUID(actor.account), unit=unit
            )
            for one in open_ones:
                _sign(found, one, actor, at)
            verdicts = [
                {"case": str(one.opinion.case), "verdict": str(one.opinion.verdict)} for one in open_ones
            ]
            note_joint("joint_sign", found.row, by=actor, unit=unit, at=at, told=False, cases=verdicts)
            mending, not_yet = _ask_to_mend(found, open_ones, actor, at)
            again = load_operation(operation)
            is_recorded = not lacks_of(again)
            if is_recorded:
                _record(again, actor, at)
        return Signed(mending, not_yet, is_recorded)

    return trying_again(act)


def close_operation(*, operation: UUID, actor: Actor, at: datetime) -> None:
    """
    Complete the record as coordinator, where the last of those still awaited no longer takes part.

    :raises NotPermitted: if the actor does not coordinate it.
    :raises RecordIncomplete: naming what is missing.
    :raises OperationRefused: if it has not begun, or is over.
    """

    def act() -> None:
        found = load_operation(operation)
        require(actor, Act.ARRANGE_JOINT, found.thing())
        next_operation_state(found.state, OperationMove.RECORD)
        check_record(lacks_of(found))
        with transaction.atomic():
            _record(found, actor, at)

    trying_again(act)


def lacks_of(found: Operation) -> tuple[str, ...]:
    """Return what the record still lacks. What is read from afar has the moment of the first opinion, and no place."""
    afar = not found.kind.is_on_site
    slot, held = found.slot, found.row.held_at
    opinions = [kept.opinion for kept in found.opinions]
    lacks = missing_in_record(
        time=slot.words if slot else held.isoformat() if afar and held else "",
        place=found.place or ("线上" if afar else ""),
        taking=found.takes,
        opinions=opinions,
    )
    return tuple(one for one in lacks if not (afar and one == "参加人"))


def digest_of_unit(found: Operation, unit: str) -> str:
    """Return the digest of what a unit signs: its opinions word by word, with when and where."""
    said = [found.said(case.now.id) for case in found.of_unit(unit)]
    return _digest([_content(found, one) for one in said if one is not None])


def _own_case(found: Operation, case: UUID, actor: Actor) -> CaseLoaded:
    for one in found.taking:
        if one.now.id == case:
            require(actor, Act.DECIDE, found.thing(one))
            return one
    raise NotPermitted(Act.DECIDE)


def _refuse_too_early(found: Operation, at: datetime) -> None:
    if not found.kind.is_on_site:
        return
    if found.slot is None:
        raise OperationRefused("还没有约好时间，到过现场才能给意见")
    if at < found.slot.begins:
        raise OperationRefused(f"约在{found.slot.words}，到过现场才能给意见")


def _sign(found: Operation, one: OpinionKept, actor: Actor, at: datetime) -> None:
    signed = OpinionRow.objects.filter(pk=one.row.pk, seq=one.seq, signed_at=None).update(
        seq=one.seq + 1, digest=_digest([_content(found, one)]), signed_by=UUID(actor.account), signed_at=at
    )
    if not signed:
        raise SomebodyWasFaster


def _ask_to_mend(
    found: Operation, signed: list[OpinionKept], actor: Actor, at: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    asked, not_yet = [], []
    for one in signed:
        opinion, case = one.opinion, found.loaded.case(one.opinion.case)
        if opinion.verdict is not Verdict.MEND or opinion.mend_by is None:
            continue
        name = found.loaded.edition.item(case.now.item).plain_name
        if Action.ASK_TO_MEND not in allowed_actions(case.now.state):
            not_yet.append(name)
            continue
        ask_to_mend(
            case=case.now.id, actor=actor, findings=opinion.reason.splitlines(), basis=opinion.basis,
            mend_by=max(opinion.mend_by, legal_day(at)), inspectors=opinion.present or name_of(one.by), at=at,
        )  # fmt: skip
        asked.append(name)
    return tuple(asked), tuple(not_yet)


def _record(found: Operation, actor: Actor, at: datetime) -> None:
    outcome = found.outcome
    move_operation(
        found.row, move=OperationMove.RECORD, to=next_operation_state(found.state, OperationMove.RECORD), at=at,
        by=UUID(actor.account), unit=found.loaded.lead_unit, outcome=outcome, recorded_at=at,
    )  # fmt: skip
    for nth, unit in enumerate(found.units):
        cases = [
            {"case": str(kept.opinion.case), "verdict": str(kept.opinion.verdict)}
            for case in found.of_unit(unit)
            if (kept := found.said(case.now.id))
        ]
        note_joint(
            "joint_record", found.row, by=actor, unit=unit, at=at, told=nth == 0, outcome=str(outcome), cases=cases
        )  # fmt: skip


def _content(found: Operation, one: OpinionKept) -> dict[str, str]:
    opinion = one.opinion
    return {
        "operation": str(found.id), "case": str(opinion.case), "unit": one.unit, "verdict": opinion.verdict,
        "reason": opinion.reason, "basis": opinion.basis, "present": opinion.present,
        "mend_by": opinion.mend_by.isoformat() if opinion.mend_by else "", "slot": found.row.slot, "place": found.place,
    }  # fmt: skip


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
