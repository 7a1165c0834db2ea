"""
The one dispatch (一次分办): in one act every case is accepted, waits, is asked for correction or is declined.

Basis: 苏政办发〔2022〕87号, 二(七)(八); Administrative License Law, art. 32.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import transaction

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import CorrectionNotice, merge_remarks
from yijianshi.domain.plans import UnknownItem
from yijianshi.domain.results import refuse
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import Move
from yijianshi.domain.submissions import release as decide_release
from yijianshi.domain.workdays import end_of, legal_day
from yijianshi.store.cases.moving import KeyAlreadyUsed
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow
from yijianshi.store.keys import new_id
from yijianshi.store.results.models import DecisionTextRow

from ..contents import seal_words
from ..once import KeyReused, Once, first_answer
from ..outside import outside
from .loading import Loaded, load_submission
from .remark import remarks_of
from .writing import trying_again, write_moves


class AlreadyReleased(Exception):
    """A submission is released once."""

    def __init__(self) -> None:
        super().__init__("这份申报已经分办过了；各部门正在办理，请到进度里看")


@dataclass(frozen=True, slots=True)
class Released:
    """What the dispatch did: the state of every case, and the day by which a correction is to be answered."""

    submission: UUID
    states: dict[str, str]  # case number → state
    answer_by: date | None


def release_submission(
    *,
    submission: UUID,
    actor: Actor,
    at: datetime,
    declined: Mapping[ItemCode, Mapping[str, str]] | None = None,
    once: Once | None = None,
) -> tuple[Released, bool]:
    """
    End the collection window and move every case; return what became of them, and whether that was done before.

    :param declined: per item the reasons, the basis and who is competent instead.
    :raises NotPermitted: if the actor does not coordinate this submission.
    :raises AlreadyReleased: if it was released before.
    :raises UnknownItem: if an item to decline is not one of the submission.
    :raises RefusalWithoutReasons: if an item is declined without reasons or basis.
    :raises KeyReused: if the key was used for something else.
    """

    def act() -> tuple[Released, bool]:
        loaded = load_submission(submission)
        require(actor, Act.RELEASE, loaded.thing())
        if loaded.state != "received":
            return _earlier(once), True
        words = _words_of_declines(loaded, declined or {})
        moves = decide_release(
            loaded.nows,
            loaded.edition,
            outside().calendar,
            on=legal_day(at),
            declined=dict.fromkeys(words, "sealed"),
        )
        notice = _notice(loaded, moves, at)
        answer = Released(
            submission,
            {move.case.number: move.to for move in moves},
            notice.answer_by if notice else None,
        )
        _write(loaded, moves, notice, words, actor, at, once, answer)
        return answer, False

    try:
        return trying_again(act)
    except KeyAlreadyUsed:
        return _earlier(once), True


def _notice(loaded: Loaded, moves: tuple[Move, ...], at: datetime) -> CorrectionNotice | None:
    """The notice of what the applicant is really asked for: remarks on a case that ends here fall with it."""
    asked = _asked(moves)
    if not asked:
        return None
    remarks = [kept.remark for kept in remarks_of(loaded.id) if kept.case in asked]
    return merge_remarks(remarks, loaded.edition, outside().calendar, on=legal_day(at))


def _asked(moves: tuple[Move, ...]) -> frozenset[UUID]:
    return frozenset(move.case.id for move in moves if move.to is State.AWAITING_CORRECTION)


def _words_of_declines(
    loaded: Loaded, declined: Mapping[ItemCode, Mapping[str, str]]
) -> dict[ItemCode, dict[str, str]]:
    here = {case.now.item: Unit.parse(case.unit) for case in loaded.cases}
    if strangers := sorted(set(declined) - set(here)):
        raise UnknownItem(f"这份申报里没有事项 {'、'.join(strangers)}；现有：{'、'.join(here)}")
    words = {}
    for item, said in declined.items():
        refusal = refuse(
            reasons=said.get("reasons", ""),
            basis=said.get("basis", ""),
            unit=here[item],
            edition=loaded.edition,
        )
        words[item] = {"reasons": refusal.reasons, "basis": refusal.basis, "appeal": str(refusal.appeal)}
        if competent := said.get("competent", "").strip():
            words[item]["competent"] = competent
    return words


def _write(
    loaded: Loaded,
    moves: tuple[Move, ...],
    notice: CorrectionNotice | None,
    declined: Mapping[ItemCode, dict[str, str]],
    actor: Actor,
    at: datetime,
    once: Once | None,
    answer: Released,
) -> None:
    def look_again(move: Move) -> datetime | None:
        if move.to is State.AWAITING_CORRECTION and notice:
            return end_of(notice.answer_by)
        return None

    by = UUID(actor.account)

    def write() -> None:
        write_moves(
            loaded, moves, kind="released", at=at, by=by, look_again=look_again, releases=True,
            own_step="release", once=once, answer=msgspec.json.encode(answer),
        )  # fmt: skip

    if not notice and not declined:
        write()
        return
    with transaction.atomic():
        write()
        if notice:
            CorrectionRow.objects.create(
                id=new_id(), submission_id=loaded.id, asked_at=at, asked_by=by,
                answer_by=notice.answer_by, provisional=notice.provisional,
            )  # fmt: skip
            RemarkRow.objects.filter(case__in=_asked(moves), state="open").update(state="asked")
        for move in moves:
            if move.case.item in declined:
                DecisionTextRow.objects.create(
                    id=new_id(), case_id=move.case.id, action="decline", at=at,
                    sealed=seal_words(declined[move.case.item], purpose="decision"),
                )  # fmt: skip


def _earlier(once: Once | None) -> Released:
    try:
        if once:
            return first_answer(once, Released)
    except KeyReused as error:
        raise AlreadyReleased from error
    raise AlreadyReleased
