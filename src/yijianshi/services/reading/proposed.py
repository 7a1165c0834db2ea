"""What a colleague proposed, for whoever confirms it or sends it back (拟办意见)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.countersigning import ProposalNotPossible
from yijianshi.domain.rights import Act, Actor, require

from ..handling.loading import load_case
from ..handling.second_person import proposed_words, standing_of
from ..people.actors import name_of
from .case_preview import ActPreview, preview_act


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The proposal with what it would do."""

    preview: ActPreview
    action: Action
    by: str
    lines: tuple[tuple[str, str], ...]


def read_proposed(*, case: UUID, actor: Actor, at: datetime) -> Proposed:
    """
    Return the proposal that waits for a second person.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ProposalNotPossible: if nothing waits.
    """
    loaded, found = load_case(case)
    require(actor, Act.DECIDE, loaded.thing(found))
    standing = standing_of(loaded, found)
    if standing is None:
        raise ProposalNotPossible("没有等审核的拟办意见，可能刚被退回或者已经决定；请刷新看现在的状态")
    words = proposed_words(case)
    labels = (("reasons", "理由" if standing.action is Action.REFUSE else "说明"), ("basis", "依据"))
    return Proposed(
        preview=preview_act(case=case, actor=actor, action=standing.action, at=at),
        action=standing.action,
        by=name_of(UUID(standing.by)),
        lines=tuple((label, words[key]) for key, label in labels if words.get(key)),
    )
