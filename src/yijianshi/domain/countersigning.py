"""
Two persons decide where the law or the house asks for it (两人审定): one proposes, another confirms exactly that.

Basis: Administrative License Law, art. 34(3) (two or more officers check the substance). Which items it is asked of is
data of the catalogue, or a rule of the unit's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .cases import BESIDE_THE_WAY, Action, State, Step, allowed_actions

#: What two persons decide together; an act that only prepares a decision is one person's.
DECIDED_BY_TWO = (Action.GRANT, Action.REFUSE)


class SecondPersonNeeded(Exception):
    """Nobody decides this alone: it is to be proposed, and confirmed by somebody else."""


class ProposalNotPossible(Exception):
    """There is nothing to propose, to confirm or to send back; the message says why."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that one officer proposes and no other has confirmed yet (拟办意见); its words lie sealed."""

    action: Action
    by: str


def standing_proposal(steps: Iterable[Step]) -> Proposal | None:
    """
    Return the proposal that waits for a second person, read from the case's steps in their order.

    It falls with being sent back, and with every step that leads the case on: what was proposed was proposed as it stood.
    """
    found: Proposal | None = None
    for step in steps:
        if step.action is Action.PROPOSE:
            found = Proposal(Action(step.detail["decision"]), step.by)
        elif step.action is Action.SEND_BACK or step.action not in BESIDE_THE_WAY:
            found = None
    return found


def check_proposal(
    action: Action, *, state: State, standing: Proposal | None, demanded: bool, number: str
) -> None:
    """
    Refuse a proposal that leads nowhere.

    :raises ProposalNotPossible: if nobody asks for two persons, one stands already, or nothing of the kind can be decided.
    """
    if not demanded:
        raise ProposalNotPossible("这个事项一个人就能决定，不用送审核")
    if standing is not None:
        raise ProposalNotPossible("已经有一份拟办意见在等审核；要改，请先退回那一份")
    if action not in DECIDED_BY_TWO or action not in allowed_actions(state, by="department"):
        raise ProposalNotPossible(f"办件 {number} 现在不能这样决定，所以不能这样拟办；请刷新看现在的状态")


def check_confirmation(standing: Proposal | None, *, action: Action, actor: str) -> None:
    """
    Refuse a decision that is not what somebody else proposed.

    :raises SecondPersonNeeded: if nothing is proposed, something else is, or the actor proposed it himself.
    """
    if standing is None:
        raise SecondPersonNeeded("这个事项要两个人决定：请先拟办、送审核，由另一位同事确认")
    if standing.by == actor:
        raise SecondPersonNeeded("拟办的人不能自己确认；请另一位同事确认或者退回")
    if standing.action is not action:
        raise SecondPersonNeeded("拟办的不是这个决定；不同意的，请退回并写明理由")
