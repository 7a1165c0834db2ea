"""
From a county's own one-thing to the standard of the province (报请推广): proposed, reviewed, promoted, adopted.

Basis: 苏政办发〔2022〕87号, 一(三): 条件成熟的报请省级主管部门尽快明确规范标准，全省加快复制推广.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class ProposalState(StrEnum):
    """Where a proposal stands (报请的状态)."""

    PROPOSED = "proposed"  # 待省级审查
    RETURNED = "returned"  # 已退回
    ACCEPTED = "accepted"  # 已采纳，制定省级稿
    PROMOTED = "promoted"  # 已上升为省级标准


class ProposalMove(StrEnum):
    """What may be done with a proposal (对报请的动作)."""

    PROPOSE = "propose"  # 报请
    RETURN = "return"  # 退回
    ACCEPT = "accept"  # 采纳
    PROMOTE = "promote"  # 上升为省级标准


#: Every lawful step of a proposal and who takes it.
PROPOSAL_MOVES: Mapping[tuple[ProposalState, ProposalMove], tuple[ProposalState, str]] = MappingProxyType({
    (ProposalState.PROPOSED, ProposalMove.RETURN):  (ProposalState.RETURNED, "province"),
    (ProposalState.PROPOSED, ProposalMove.ACCEPT):  (ProposalState.ACCEPTED, "province"),
    # The provincial text has a life of its own as a manuscript; its publication promotes the proposal.
    (ProposalState.ACCEPTED, ProposalMove.PROMOTE): (ProposalState.PROMOTED, "system"),
    (ProposalState.ACCEPTED, ProposalMove.RETURN):  (ProposalState.RETURNED, "province"),
    (ProposalState.RETURNED, ProposalMove.PROPOSE): (ProposalState.PROPOSED, "county"),
})  # fmt: skip

PROPOSAL_WORDS = MappingProxyType({
    ProposalState.PROPOSED: "待省级审查", ProposalState.RETURNED: "已退回",
    ProposalState.ACCEPTED: "已采纳，正在制定省级标准", ProposalState.PROMOTED: "已上升为省级标准",
})  # fmt: skip


class ProposalRefused(Exception):
    """The step cannot be taken with the proposal as it stands, or the one-thing is not one that can be proposed."""


def after_proposal_move(state: ProposalState, move: ProposalMove) -> ProposalState:
    """
    Return the state that a step leads to.

    :raises ProposalRefused: if the table has no such row.
    """
    row = PROPOSAL_MOVES.get((state, move))
    if row is None:
        raise ProposalRefused(f"这份报请{PROPOSAL_WORDS[state]}，现在不能这样办；请刷新看现在的状态")
    return row[0]


def proposal_state_after(moves: Iterable[ProposalMove]) -> ProposalState:
    """
    Return the state of a proposal that lived through `moves`; the first is the proposing.

    :raises ProposalRefused: if a step could not follow from the one before.
    """
    state = ProposalState.PROPOSED
    for number, move in enumerate(moves):
        if number:
            state = after_proposal_move(state, move)
    return state
