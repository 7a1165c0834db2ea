"""Decide one item for several members of a group (按人批量决定): each by himself, so that one who must wait holds up nobody."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import ActionNotAllowed, State
from yijianshi.domain.codes import ItemCode, MemberId
from yijianshi.domain.countersigning import SecondPersonNeeded
from yijianshi.domain.holds import DecisionHeld
from yijianshi.domain.rights import Actor

from .decide import Decided, Decision, decide_case
from .loading import load_submission
from .writing import SomebodyWasFaster


def decide_members(
    *,
    submission: UUID,
    item: ItemCode,
    actor: Actor,
    decision: Decision,
    at: datetime,
    members: Collection[MemberId] | None = None,
    seen: Mapping[MemberId, int] | None = None,
) -> dict[MemberId, Decided | str]:
    """
    Decide the item for these members, or for all whose case can be decided now; return per member what was done or why not.

    :param seen: per member the sequence of his case as the officer saw it.
    :raises NotPermitted: if the cases are not the actor's unit's.
    :raises RefusalWithoutReasons: if a refusal has no reasons or no basis.
    """
    outcomes: dict[MemberId, Decided | str] = {}
    for now in load_submission(submission).nows:
        wanted = now.state is State.ACCEPTED if members is None else now.member in members
        if now.item != item or not wanted:
            continue
        try:
            outcomes[now.member], _ = decide_case(
                case=now.id, actor=actor, decision=decision, at=at, seen=(seen or {}).get(now.member)
            )
        except (ActionNotAllowed, DecisionHeld, SecondPersonNeeded, SomebodyWasFaster) as why:
            outcomes[now.member] = str(why)
    return outcomes
