"""
Propose, confirm or send back a decision inside a department (拟办、审核): what is confirmed is exactly what was proposed.

Basis: Administrative License Law, art. 34(3).
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.countersigning import ProposalNotPossible, check_proposal
from yijianshi.domain.results import refuse
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.routing import Unit

from .acting import Decided, act_on_case, said, stays
from .decide import Decided as DecidedCase
from .decide import Decision, decide_case
from .loading import CaseLoaded, Loaded, load_case
from .second_person import demands_two, proposed_words, standing_of


def propose_decision(
    *, case: UUID, actor: Actor, decision: Decision, at: datetime, seen: int | None = None
) -> None:
    """
    Propose to grant or to refuse, with words for the second person; a refusal has its reasons and basis already.

    :raises ProposalNotPossible: if one person decides this, a proposal stands already, or it cannot be decided so now.
    :raises RefusalWithoutReasons: if a refusal has no reasons or no basis.
    """

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        check_proposal(
            decision.action,
            state=found.now.state,
            standing=standing_of(loaded, found),
            demanded=demands_two(loaded, found),
            number=found.now.number,
        )
        words = {"reasons": decision.reasons.strip(), "basis": decision.basis.strip()}
        if decision.action is Action.REFUSE:
            unit = Unit.parse(found.unit)
            refusal = refuse(
                reasons=decision.reasons, basis=decision.basis, unit=unit, edition=loaded.edition
            )
            words = {"reasons": refusal.reasons, "basis": refusal.basis}
        return Decided([stays(found, Action.PROPOSE, detail={"decision": decision.action})], words)

    act_on_case(case, Action.PROPOSE, decide, actor=actor, at=at, seen=seen, kind="noted")


def confirm_proposal(*, case: UUID, actor: Actor, at: datetime, seen: int | None = None) -> DecidedCase:
    """
    Decide what a colleague proposed, with his very words.

    :raises ProposalNotPossible: if nothing waits for a second person.
    :raises SecondPersonNeeded: if the actor proposed it himself.
    :raises SomebodyWasFaster: if the case changed since it was seen.
    """
    loaded, found = load_case(case)
    require(actor, Act.DECIDE, loaded.thing(found))
    standing = standing_of(loaded, found)
    if standing is None:
        raise ProposalNotPossible("没有等审核的拟办意见，可能刚被退回或者已经决定；请刷新看现在的状态")
    words = proposed_words(case)
    decision = Decision(standing.action, reasons=words["reasons"], basis=words["basis"])
    decided, _ = decide_case(case=case, actor=actor, decision=decision, at=at, seen=seen)
    return decided


def send_back(*, case: UUID, actor: Actor, reason: str, at: datetime, seen: int | None = None) -> None:
    """
    Send a proposal back with what is to be done otherwise; whoever proposed may take it back himself.

    :raises ProposalNotPossible: if nothing waits for a second person.
    :raises ReasonMissing: if no reason is given.
    """
    why = said(reason, what="为什么退回、要怎么改")

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        if standing_of(loaded, found) is None:
            raise ProposalNotPossible("没有等审核的拟办意见，可能刚被退回或者已经决定；请刷新看现在的状态")
        return Decided([stays(found, Action.SEND_BACK)], {"reason": why[:1000]})

    act_on_case(case, Action.SEND_BACK, decide, actor=actor, at=at, seen=seen, kind="noted")
