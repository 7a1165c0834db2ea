"""What the owners of items say about a manuscript (会签): remarks on rows, each settled; a signature or an objection."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.manuscripts import ManuscriptMove, after_move
from yijianshi.domain.rights import Act, Actor
from yijianshi.store.manuscripts.models import RowRemarkRow
from yijianshi.store.manuscripts.moving import StaleManuscript, move_manuscript

from .circulate import SomebodyMovedIt
from .loading import load_manuscript, own_unit


class WordsMissing(ValueError):
    """A remark, an answer or an objection needs words."""


def remark_on_row(
    *, manuscript: UUID, actor: Actor, place: Sequence[str], words: str, at: datetime, unit: str = ""
) -> UUID:
    """
    Keep what an owner remarks on a row; it stands open until the steward has settled it.

    :param unit: for which of his units the actor speaks, where he holds posts in several.
    :param place: the way to the row by codes, such as items, signage-permit, materials, sign-rendering.
    :raises NotPermitted: if the actor's unit owns no item of it.
    :raises MoveNotAllowed: if the manuscript is not going round.
    """
    loaded = load_manuscript(manuscript, actor=actor, act=Act.COUNTERSIGN)
    to = after_move(loaded.stage, ManuscriptMove.REMARK)
    whose, account = str(own_unit(actor, loaded, unit)), UUID(actor.account)
    words = _needed(words, "请写明意见：哪里不对，要改成什么")
    try:
        with transaction.atomic():
            row = RowRemarkRow.objects.create(
                manuscript=loaded.row,
                unit=whose,
                place="/".join(place)[:300],
                words=words,
                by=account,
                at=at,
            )
            move_manuscript(loaded.row, move=ManuscriptMove.REMARK, to=to, at=at, by=account, unit=whose)
    except StaleManuscript as error:
        raise SomebodyMovedIt from error
    return row.id


def settle_remark(*, remark: UUID, actor: Actor, answer: str, at: datetime) -> UUID:
    """
    Settle a remark with an answer: what was changed, or why not; return the manuscript's key.

    :raises NotPermitted: if the actor is no steward of the manuscript's division.
    :raises MoveNotAllowed: if the manuscript is not going round.
    """
    row = RowRemarkRow.objects.get(pk=remark)
    loaded = load_manuscript(row.manuscript_id, actor=actor, act=Act.WRITE_MANUSCRIPT)
    to = after_move(loaded.stage, ManuscriptMove.SETTLE)
    answer = _needed(answer, "请写明怎么改的，或者为什么不改")
    account = UUID(actor.account)
    try:
        with transaction.atomic():
            RowRemarkRow.objects.filter(pk=remark, settled_at=None).update(
                answer=answer, settled_by=account, settled_at=at
            )
            move_manuscript(loaded.row, move=ManuscriptMove.SETTLE, to=to, at=at, by=account, unit=row.unit)
    except StaleManuscript as error:
        raise SomebodyMovedIt from error
    return row.manuscript_id


def sign_manuscript(*, manuscript: UUID, actor: Actor, seen: str, at: datetime, unit: str = "") -> None:
    """
    Agree to the whole text for the actor's unit.

    :param seen: the digest of what the signer has read; if it has changed meanwhile, he must look again.
    :raises SomebodyMovedIt: if it is no longer what he read.
    """
    _say(manuscript, actor, ManuscriptMove.SIGN, seen, "", at, unit)


def object_to_manuscript(
    *, manuscript: UUID, actor: Actor, seen: str, words: str, at: datetime, unit: str = ""
) -> None:
    """Object to the text for the actor's unit, with the reason. :raises SomebodyMovedIt: if it has changed meanwhile."""
    _say(manuscript, actor, ManuscriptMove.OBJECT, seen, _needed(words, "请写明为什么不同意"), at, unit)


def _say(
    manuscript: UUID, actor: Actor, move: ManuscriptMove, seen: str, words: str, at: datetime, unit: str
) -> None:
    loaded = load_manuscript(manuscript, actor=actor, act=Act.COUNTERSIGN)
    to = after_move(loaded.stage, move)
    if loaded.round.digest != seen:
        raise SomebodyMovedIt
    try:
        move_manuscript(
            loaded.row, move=move, to=to, at=at, by=UUID(actor.account), unit=str(own_unit(actor, loaded, unit)),
            words=words, signed=loaded.round.digest,
        )  # fmt: skip
    except StaleManuscript as error:
        raise SomebodyMovedIt from error


def _needed(words: str, otherwise: str) -> str:
    if not words.strip():
        raise WordsMissing(otherwise)
    return words.strip()[:2000]
