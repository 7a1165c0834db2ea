"""Cases over the API: read, remark, decide, charge, stop and start the clock."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from yijianshi.domain.cases import Action
from yijianshi.domain.corrections import Target
from yijianshi.domain.fees import Reduction
from yijianshi.domain.rights import Act, require
from yijianshi.domain.submissions import materials_for, slice_for
from yijianshi.services.catalogue.planning import plan_for
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_case
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.once import Once
from yijianshi.services.outside import outside
from yijianshi.services.paying.charge import Charge, charge_case
from yijianshi.services.reading.reading_log import SLICE, note_read

from .endpoints import REFUSALS, Call, endpoint, require_scope


class SliceValue(msgspec.Struct):
    """One value of the item's own slice, with where it came from."""

    value: Any
    source: str
    objected: bool = False
    registered: Any = None


class CaseRead(msgspec.Struct):
    """A case as its unit may see it: the slice it asked for and nothing else."""

    id: UUID
    number: str
    item: str
    state: str
    due_on: date | None
    values: dict[str, SliceValue]
    materials: dict[str, list[str]]


class NewDecision(msgspec.Struct, forbid_unknown_fields=True):
    """A decision: grant, refuse or decline with reasons and basis, or accept after a correction."""

    action: Literal["grant", "refuse", "accept", "decline"]
    reasons: str = ""
    basis: str = ""
    competent: str = ""


class DecisionOnCase(NewDecision, kw_only=True):
    """A decision in a list, with its case."""

    case: UUID


class NewDecisions(msgspec.Struct, forbid_unknown_fields=True):
    """Up to 100 decisions; each stands for itself."""

    decisions: list[DecisionOnCase]


class Decided(msgspec.Struct):
    """What happened: the case's state, the result's number, and what became of the cases that waited for it."""

    case: UUID
    number: str
    state: str
    result_number: str
    others: dict[str, str]


class Outcome(msgspec.Struct):
    """What became of one decision of a list."""

    case: UUID
    done: Decided | None
    refused: str = ""


class Outcomes(msgspec.Struct):
    """What became of each, in the order given."""

    outcomes: list[Outcome]


class NewRemark(msgspec.Struct, forbid_unknown_fields=True):
    """One finding on a field or a material of the case's own slice."""

    target: Literal["field", "material"]
    code: str
    reason: str
    basis: str
    remedy: str


class Remarked(msgspec.Struct):
    """The remark as kept."""

    remark: UUID


class Suspension(msgspec.Struct, forbid_unknown_fields=True):
    """On what lawful ground the clock stops, why, and for about how long."""

    ground: str
    reason: str
    expected_days: int


class ReducedBy(msgspec.Struct, forbid_unknown_fields=True):
    """By how much a charge is reduced, in fen, why, and on what basis."""

    fen: int
    reason: str
    basis: str


class NewCharge(msgspec.Struct, forbid_unknown_fields=True):
    """What is charged for the case, in fen before any reduction, by which published standard and on what basis."""

    fen: int
    standard: str
    basis: str
    reduction: ReducedBy | None = None


class Charged(msgspec.Struct):
    """The line on the applicant's bill: what is to be paid by when; a charge reduced to nothing is free."""

    case: UUID
    charge: UUID
    due_fen: int
    pay_by: date | None
    state: str


class Done(msgspec.Struct):
    """That it is done."""

    case: UUID
    state: str


@endpoint("GET", "cases/<uuid:case>", summary="一个办件：本事项要的内容和材料", gives=CaseRead)
def read_case(call: Call, case: UUID) -> CaseRead:
    assert call.actor is not None
    loaded, found = load_case(case)
    require(call.actor, Act.READ_CASE, loaded.thing(found))
    content = open_revision(loaded.id)
    plan = plan_for(loaded.edition_id, content.situation())
    wanted = set(materials_for(plan, found.now.item))
    materials: dict[str, list[str]] = {}
    for line in content.manifest:
        if line.material in wanted:
            materials.setdefault(line.material, []).append(line.sha256)
    note_read(
        SLICE, submission=loaded.id, case=case, actor=call.actor, unit=found.unit, at=outside().clock.now()
    )
    return CaseRead(
        case,
        found.now.number,
        found.now.item,
        found.now.state,
        found.now.due_on,
        {
            code: SliceValue(v.value, v.source, v.objected, v.registered)
            for code, v in slice_for(plan, found.now.item, content.known(member=found.now.member)).items()
        },
        materials,
    )


@endpoint(
    "POST", "cases/<uuid:case>/decision", summary="作出决定", takes=NewDecision, gives=Decided, keyed=True
)
def decide(call: Call, case: UUID) -> tuple[Any, bool]:
    assert call.actor is not None
    return decide_case(
        case=case,
        actor=call.actor,
        decision=_decision(call.body),
        at=outside().clock.now(),
        once=Once.of(call.actor.account, f"decide:{case}", call.key, call.raw),
    )


@endpoint("POST", "decisions", summary="一次作出多个决定", takes=NewDecisions, gives=Outcomes, keyed=True)
def decide_many(call: Call) -> Outcomes:
    actor = require_scope(call, Act.DECIDE)
    outcomes = []
    for one in call.body.decisions[:100]:
        once = Once.of(actor.account, f"decide:{one.case}", call.key, msgspec.json.encode(one))
        try:
            done, _ = decide_case(
                case=one.case, actor=actor, decision=_decision(one), at=outside().clock.now(), once=once
            )
        except tuple(REFUSALS) as refusal:
            outcomes.append(Outcome(one.case, None, str(refusal)))
        else:
            outcomes.append(
                Outcome(
                    one.case, Decided(done.case, done.number, done.state, done.result_number, done.others)
                )
            )
    return Outcomes(outcomes)


@endpoint(
    "POST", "cases/<uuid:case>/remarks", summary="分办前提意见", takes=NewRemark, gives=Remarked, status=201
)
def remark(call: Call, case: UUID) -> Remarked:
    assert call.actor is not None
    sent: NewRemark = call.body
    kept = make_remark(
        case=case,
        actor=call.actor,
        target=Target(sent.target),
        code=sent.code,
        reason=sent.reason,
        basis=sent.basis,
        remedy=sent.remedy,
        at=outside().clock.now(),
    )
    return Remarked(kept)


@endpoint("POST", "cases/<uuid:case>/suspension", summary="停止计时", takes=Suspension, gives=Done)
def suspend(call: Call, case: UUID) -> Done:
    assert call.actor is not None
    sent: Suspension = call.body
    suspend_case(
        case=case,
        actor=call.actor,
        ground=sent.ground,
        reason=sent.reason,
        expected_days=sent.expected_days,
        at=outside().clock.now(),
    )
    return Done(case, "suspended")


@endpoint("POST", "cases/<uuid:case>/resumption", summary="恢复计时", gives=Done)
def resume(call: Call, case: UUID) -> Done:
    assert call.actor is not None
    resume_case(case=case, actor=call.actor, at=outside().clock.now())
    return Done(case, "accepted")


@endpoint("POST", "cases/<uuid:case>/charge", summary="通知缴费", takes=NewCharge, gives=Charged)
def charge(call: Call, case: UUID) -> Charged:
    assert call.actor is not None
    sent: NewCharge = call.body
    less = sent.reduction
    row = charge_case(
        case=case,
        actor=call.actor,
        charge=Charge(
            fen=sent.fen,
            standard=sent.standard,
            basis=sent.basis,
            reduction=Reduction(fen=less.fen, reason=less.reason, basis=less.basis) if less else None,
        ),
        at=outside().clock.now(),
    )
    due = row.fen - row.reduced_fen
    return Charged(case, row.pk, due, row.pay_by if due else None, row.state)


def _decision(sent: NewDecision) -> Decision:
    return Decision(Action(sent.action), sent.reasons, sent.basis, sent.competent)
