"""Checking a manuscript and sending it round (检查、送会签); calling it back; giving it up."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.manuscripts import ManuscriptMove, after_move
from yijianshi.domain.rights import Act, Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.store.manuscripts.moving import StaleManuscript, move_manuscript

from .checking import Found, TextNotSound, errors_in, look_over
from .loading import ManuscriptLoaded, load_manuscript
from .write import owners_in


class SomebodyMovedIt(Exception):
    """Another steward acted on the manuscript at the same moment."""

    def __init__(self) -> None:
        super().__init__("刚才有同事先动了这份稿。请刷新看最新情况")


def check_manuscript(*, manuscript: UUID, actor: Actor, at: datetime) -> tuple[Found, ...]:
    """
    Look a manuscript over; without errors it counts as checked. Return everything that was found.

    :raises MoveNotAllowed: if it is going round or published already.
    """
    loaded = load_manuscript(manuscript, actor=actor, act=Act.WRITE_MANUSCRIPT)
    to = after_move(loaded.stage, ManuscriptMove.CHECK)
    found = look_over(loaded.written, on=legal_day(at))
    if not errors_in(found):
        owners = owners_in(loaded, loaded.text.text, at)
        _move(loaded, ManuscriptMove.CHECK, to, actor, at, owners=owners)
    return found


def circulate_manuscript(*, manuscript: UUID, actor: Actor, at: datetime) -> None:
    """
    Send a checked manuscript round to every owner of its items.

    :raises MoveNotAllowed: if it has not been checked as it stands.
    :raises TextNotSound: if the law or the shared lists have changed since, and there is an error now.
    """
    loaded = load_manuscript(manuscript, actor=actor, act=Act.WRITE_MANUSCRIPT)
    to = after_move(loaded.stage, ManuscriptMove.CIRCULATE)
    if errors := errors_in(look_over(loaded.written, on=legal_day(at))):
        raise TextNotSound(errors)
    owners = owners_in(loaded, loaded.text.text, at)
    _move(loaded, ManuscriptMove.CIRCULATE, to, actor, at, owners=owners)


def call_back_manuscript(*, manuscript: UUID, actor: Actor, at: datetime, why: str) -> None:
    """Call a manuscript back from its round, to be written on. :raises MoveNotAllowed: if it is not going round."""
    loaded = load_manuscript(manuscript, actor=actor, act=Act.WRITE_MANUSCRIPT)
    to = after_move(loaded.stage, ManuscriptMove.CALL_BACK)
    _move(loaded, ManuscriptMove.CALL_BACK, to, actor, at, words=why)


def discard_manuscript(*, manuscript: UUID, actor: Actor, at: datetime, why: str) -> None:
    """Give a manuscript up; it stays readable. :raises MoveNotAllowed: if it has been published."""
    loaded = load_manuscript(manuscript, actor=actor, act=Act.WRITE_MANUSCRIPT)
    to = after_move(loaded.stage, ManuscriptMove.DISCARD)
    _move(loaded, ManuscriptMove.DISCARD, to, actor, at, words=why)


def _move(
    loaded: ManuscriptLoaded, move: ManuscriptMove, to: str, actor: Actor, at: datetime, **more: object
) -> None:
    try:
        move_manuscript(loaded.row, move=move, to=to, at=at, by=UUID(actor.account), **more)  # type: ignore[arg-type]
    except StaleManuscript as error:
        raise SomebodyMovedIt from error
