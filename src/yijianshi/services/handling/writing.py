"""Writing what was decided: the domain's moves become the hot statement, tried again when somebody was faster."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from yijianshi.domain.cases import ACTION_WORDS, CLOSED, Action, State
from yijianshi.domain.deadlines import STARTING
from yijianshi.domain.submissions import CaseNow, Move
from yijianshi.domain.workdays import Day, end_of, legal_day
from yijianshi.store.cases.models import StepRow
from yijianshi.store.cases.moving import MoveRow, Moving, ResultGiven, StaleCase, move

from ..applying.seal import ELECTRONIC
from ..once import Once
from ..people.actors import name_of
from .loading import Loaded
from .owing import noting_what_is_owed

MOST_TRIES = 5
Answer = TypeVar("Answer")


class SomebodyWasFaster(Exception):
    """Two people decided on one case at once; the second is told who did what, and must look again."""

    def __init__(self, *, who: str = "", what: str = "") -> None:
        did = f"{who}刚才先做了“{what}”" if who and what else "刚才有同事先办了这一件"
        super().__init__(f"{did}。请刷新看最新情况，再决定要不要办")


def write_moves(
    loaded: Loaded,
    moves: Sequence[Move],
    *,
    kind: str,
    at: datetime,
    by: UUID | None,
    look_again: Callable[[Move], datetime | None] = lambda move: None,
    releases: bool = False,
    own_step: str = "",
    result: ResultGiven | None = None,
    revokes: UUID | None = None,
    once: Once | None = None,
    answer: bytes = b"",
) -> int:
    """
    Write the moves with their steps in one statement; return how many cases are still open.

    :raises StaleCase: if a case is not as it was read.
    :raises KeyAlreadyUsed: if the caller's key was used before.
    """
    with noting_what_is_owed(loaded, moves, at=at) as owed:
        rows = _rows(loaded, moves, look_again, owed, at=at)
        return move(
            Moving(
                submission=loaded.id,
                at=at,
                by=by,
                follows=_follows(loaded, moves, kind),
                follows_closing=_follows_closing(loaded),
                electronic=ELECTRONIC,
                moves=rows,
                releases=releases,
                own_step=own_step,
                result=result,
                revokes=revokes,
                key=once.key if once else None,
                request_digest=once.request if once else b"",
                answer=answer,
            )
        )


def _rows(
    loaded: Loaded,
    moves: Sequence[Move],
    look_again: Callable[[Move], datetime | None],
    owed: Mapping[UUID, Day],
    *,
    at: datetime,
) -> list[MoveRow]:
    """Return the new rows of the cases; one that owes something is looked at when its last day for that is over."""
    rows = []
    for decided in moves:
        held = loaded.case(decided.case.id)
        counts_only = decided.lowers and decided.action is Action.WAIT
        unmoved = counts_only or decided.to == decided.case.state
        until = owed.get(decided.case.id)
        looks = (
            held.look_again_at if unmoved else look_again(decided),
            end_of(until.day) if until else None,
        )
        rows.append(
            MoveRow(
                case=decided.case.id,
                seq=decided.case.seq,
                state=decided.to,
                action=None if counts_only else decided.action,
                due_on=decided.due_on,
                provisional=held.provisional if counts_only else decided.provisional,
                stopped_on=_stopped_on(decided, held.stopped_on, at),
                closed=decided.to in CLOSED,
                was_closed=decided.case.state in CLOSED,
                lowers=decided.lowers,
                look_again_at=min((at for at in looks if at), default=None),
                unit=held.unit,
                detail=_with_owed(decided, until),
                also=dict(decided.also) if decided.also else None,
            )
        )
    return rows


def trying_again(act: Callable[[], Answer]) -> Answer:
    """
    Do `act`, and do it anew from its load when somebody was faster.

    :raises SomebodyWasFaster: if it never came through.
    """
    for _ in range(MOST_TRIES):
        try:
            return act()
        except StaleCase:
            continue
    raise SomebodyWasFaster


def refuse_if_changed(now: CaseNow, seen: int | None) -> None:
    """
    Refuse an act on a case that has changed since the officer saw it.

    :raises SomebodyWasFaster: if `seen` is not the case's present sequence; it says who did what in between.
    """
    if seen is None or seen == now.seq:
        return
    last = StepRow.objects.filter(case_id=now.id).order_by("-at", "-id").values_list("action", "by").first()
    if last is None:
        raise SomebodyWasFaster
    action, by = last
    raise SomebodyWasFaster(who=name_of(by), what=ACTION_WORDS[Action(action)])


def _follows(loaded: Loaded, moves: Sequence[Move], kind: str) -> str:
    """Return what the worker has to do: tell the applicant, unless a machine filed; ask registers about automatic items."""
    if any(m.to is State.ACCEPTED and loaded.edition.item(m.case.item).is_automatic for m in moves):
        return kind
    if loaded.channel != "api":
        return kind
    grants = any(m.action is Action.GRANT for m in moves)
    return "composed" if grants and loaded.edition.bundle.composite_licence else ""


def _follows_closing(loaded: Loaded) -> str:
    """Return the same for the act that closes the last case; a composite licence is issued to machines' applicants too."""
    if loaded.channel != "api":
        return "closed"
    return "composed" if loaded.edition.bundle.composite_licence else ""


def _with_owed(decided: Move, until: Day | None) -> Mapping[str, Any] | None:
    """Return what the step says; that of an acceptance says too by when what is owed is to be there."""
    if until is None or decided.action not in STARTING:
        return decided.detail
    return dict(decided.detail or {}) | {"owed_until": until.day.isoformat()}


def _stopped_on(decided: Move, stopped_on: date | None, at: datetime) -> date | None:
    if decided.action is Action.SUSPEND:
        return legal_day(at)
    return stopped_on if decided.to == "suspended" else None
