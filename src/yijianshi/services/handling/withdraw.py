"""Withdraw one item (撤回): what falls with it is shown before it is done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import Action, next_state
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.submissions import Move, after_failure

from ..mandates.keeping import use_mandate
from .loading import Loaded, load_case
from .writing import trying_again, write_moves


def what_falls(*, case: UUID, actor: Actor) -> tuple[Loaded, tuple[Move, ...]]:
    """
    Return the cases that would end together with this one.

    :raises NotPermitted: if it is not the actor's own.
    :raises ActionNotAllowed: if the case cannot be withdrawn any more.
    """
    loaded, found = load_case(case)
    require(actor, Act.WITHDRAW, loaded.thing(found))
    to = next_state(found.now.state, Action.WITHDRAW, number=found.now.number)
    own = Move(found.now, Action.WITHDRAW, to, due_on=found.now.due_on)
    return loaded, (own, *after_failure(found.now, loaded.nows, loaded.edition))


def withdraw_case(*, case: UUID, actor: Actor, at: datetime) -> int:
    """Withdraw the case and what depends on it; return how many cases go on."""

    def act() -> int:
        loaded, moves = what_falls(case=case, actor=actor)
        with transaction.atomic():
            use_mandate(actor, Act.WITHDRAW, loaded.thing(), at=at, submission=loaded.id)
            return write_moves(loaded, moves, kind="decided", at=at, by=UUID(actor.account))

    return trying_again(act)
