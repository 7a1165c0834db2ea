"""The one shape of an act on a case: load it, ask for the right, look whether it is as it was seen, decide, write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import Action, State, next_state
from yijianshi.domain.rights import Act, Actor, act_for, require
from yijianshi.domain.submissions import Move
from yijianshi.store.keys import new_id
from yijianshi.store.results.models import DecisionTextRow

from ..contents import seal_words
from ..mandates.keeping import use_mandate
from .loading import CaseLoaded, Loaded, load_case
from .writing import refuse_if_changed, trying_again, write_moves


class ReasonMissing(ValueError):
    """What changes somebody's matter must say why; the message says what is to be written."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What an act does: the moves, the words that go into the letter, and the case whose result ends."""

    moves: Sequence[Move]
    words: Mapping[str, str] | None = None
    revokes: UUID | None = None
    along: Callable[[], None] | None = None  # what else is written, in the same transaction


def act_on_case(
    case: UUID,
    action: Action,
    decide: Callable[[Loaded, CaseLoaded], Decided],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None,
    kind: str,
    right: Act | None = None,
    look_again: Callable[[Move], datetime | None] = lambda move: None,
) -> None:
    """
    Do one act on a case, with everything that it writes, or nothing of it.

    :param kind: what the worker has to do about it.
    :param right: the right it needs, if not that of the action.
    :raises NotPermitted: if the actor may not.
    :raises ActionNotAllowed: if the state of the case does not allow it.
    :raises SomebodyWasFaster: if the case changed since it was seen.
    """

    def act() -> None:
        loaded, found = load_case(case)
        require(actor, right or act_for(action), loaded.thing(found))
        refuse_if_changed(found.now, seen)
        next_state(found.now.state, action, number=found.now.number)
        decided = decide(loaded, found)
        by = UUID(actor.account)
        with transaction.atomic():
            use_mandate(actor, right or act_for(action), loaded.thing(found), at=at, submission=loaded.id)
            write_moves(
                loaded, decided.moves, kind=kind, at=at, by=by, revokes=decided.revokes, look_again=look_again
            )
            if decided.along is not None:
                decided.along()
            if decided.words is not None:
                DecisionTextRow.objects.create(
                    id=new_id(),
                    case_id=case,
                    action=action,
                    at=at,
                    sealed=seal_words(dict(decided.words), purpose="decision"),
                )

    trying_again(act)


def stays(
    found: CaseLoaded,
    action: Action,
    *,
    detail: Mapping[str, object] | None = None,
    also: Mapping[str, object] | None = None,
) -> Move:
    """Return the move of an act beside the way: the state and the due day are left as they are."""
    now = found.now
    return Move(
        now, action, now.state, due_on=now.due_on, provisional=found.provisional, detail=detail, also=also
    )


def leads(found: CaseLoaded, action: Action, *, detail: Mapping[str, object] | None = None) -> Move:
    """Return the move of an act that leads on and leaves the due day as it is."""
    now = found.now
    to: State = next_state(now.state, action, number=now.number)
    return Move(now, action, to, due_on=now.due_on, provisional=found.provisional, detail=detail)


def said(text: str, *, what: str) -> str:
    """
    Return what was written, without what surrounds it.

    :raises ReasonMissing: if nothing was written.
    """
    if not text.strip():
        raise ReasonMissing(f"请写明{what}；申请人会收到书面告知")
    return text.strip()
