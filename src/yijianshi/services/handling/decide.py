"""
Decide a case (作出决定): grant with its result, refuse with reasons and ways of appeal, or decline after correction.

Basis: Administrative License Law, arts. 32, 37-39.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import transaction

from yijianshi.domain.cases import Action, ActionNotAllowed, allowed_actions, next_state
from yijianshi.domain.holds import refuse_while_held
from yijianshi.domain.results import refuse, result_number
from yijianshi.domain.rights import Actor, act_for, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import Move, admit, after_failure, after_grant
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.moving import KeyAlreadyUsed, ResultGiven
from yijianshi.store.keys import new_id
from yijianshi.store.results.models import DecisionTextRow

from ..contents import seal_words
from ..numbering import draw_serial
from ..once import KeyReused, Once, first_answer
from ..outside import outside
from .check_commitment import open_check
from .loading import CaseLoaded, Loaded, load_case
from .second_person import require_second_person
from .writing import refuse_if_changed, trying_again, write_moves

#: What an officer of the unit decides; every other action has a verb of its own, with its own demands.
DECISIONS = (Action.GRANT, Action.REFUSE, Action.ACCEPT, Action.DECLINE)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decides about one case."""

    action: Action  # GRANT, REFUSE, or after a correction ACCEPT, DECLINE
    reasons: str = ""
    basis: str = ""
    competent: str = ""  # who is competent instead, with DECLINE


@dataclass(frozen=True, slots=True)
class Decided:
    """What the decision did."""

    case: UUID
    number: str
    state: str
    result_number: str
    others: dict[str, str]  # what became of the cases that waited for it: number → state


def decide_case(
    *,
    case: UUID,
    actor: Actor,
    decision: Decision,
    at: datetime,
    seen: int | None = None,
    once: Once | None = None,
) -> tuple[Decided, bool]:
    """
    Decide, write, and start or end what depended on it; return what happened, and whether it had before.

    :param seen: the sequence of the case as the officer saw it.
    :raises NotPermitted: if the case is not the actor's unit's to decide.
    :raises ActionNotAllowed: if the case's state does not allow it.
    :raises DecisionHeld: if a grant is held back, such as by a fee that is not paid.
    :raises RefusalWithoutReasons: if a refusal has no reasons or no basis.
    :raises SecondPersonNeeded: if two persons decide this, and it is not what another one proposed.
    :raises SomebodyWasFaster: if the case changed since it was seen.
    :raises KeyReused: if the key was used for something else.
    """

    def act() -> tuple[Decided, bool]:
        loaded, found = load_case(case)
        require(actor, act_for(decision.action), loaded.thing(found))
        allowed = _may_follow(decision.action, found)
        if once and (not allowed or seen not in (None, found.now.seq)):
            with suppress(KeyReused):
                return first_answer(once, Decided), True
        refuse_if_changed(found.now, seen)
        if not allowed:
            raise ActionNotAllowed(number=found.now.number, state=found.now.state, action=decision.action)
        words = (decision.reasons.strip(), decision.basis.strip())
        require_second_person(loaded, found, actor=actor, action=decision.action, words=words)
        return _decide(loaded, found, decision, actor, at, once), False

    try:
        return trying_again(act)
    except KeyAlreadyUsed:
        if once is None:
            raise
        return first_answer(once, Decided), True


def _may_follow(action: Action, found: CaseLoaded) -> bool:
    """Before the one dispatch nothing is decided case by case, and no other verb is done under this name."""
    return action in DECISIONS and action in allowed_actions(found.now.state, by="department")


def grant_by_register(*, case: UUID, at: datetime, on: date) -> Decided:
    """
    Grant an item that a register answers and no officer needs to look at (自动核验).

    :param on: the day from which the clocks of what waits for it run; before today where the worker comes late.
    :raises ActionNotAllowed: if the case is not open for a decision.
    :raises DecisionHeld: if it is held back.
    """
    loaded, found = load_case(case)
    return _decide(loaded, found, Decision(Action.GRANT), None, at, None, on=on)


def _decide(
    loaded: Loaded,
    found: CaseLoaded,
    decision: Decision,
    actor: Actor | None,
    at: datetime,
    once: Once | None,
    on: date | None = None,
) -> Decided:
    now, edition, calendar, day = found.now, loaded.edition, outside().calendar, legal_day(at)
    item, unit = edition.item(now.item), Unit.parse(found.unit)
    to = next_state(now.state, decision.action, number=now.number)
    words: dict[str, str] = {}
    result = None
    if decision.action in (Action.REFUSE, Action.DECLINE):
        refusal = refuse(reasons=decision.reasons, basis=decision.basis, unit=unit, edition=edition)
        words = {"reasons": refusal.reasons, "basis": refusal.basis, "appeal": str(refusal.appeal)}
        words |= {"competent": decision.competent.strip()} if decision.competent.strip() else {}
        others = after_failure(now, loaded.nows, edition)
    elif decision.action is Action.GRANT:
        refuse_while_held(found.holds, number=now.number)
        result = ResultGiven(
            case=now.id,
            number=result_number(unit, on=day, serial=draw_serial()),
            licence=item.result.licence or "",
            code=secrets.token_urlsafe(12),
        )
        others = after_grant(now, loaded.nows, edition, calendar, on=on or day, says_day=on is not None)
    else:
        others = ()
    own = (
        admit(now, edition, calendar, on=day)
        if decision.action is Action.ACCEPT
        else Move(now, decision.action, to, due_on=now.due_on, provisional=found.provisional)
    )
    moves = (own, *others)
    decided = Decided(
        now.id,
        now.number,
        own.to,
        result.number if result else "",
        {move.case.number: move.to for move in others if move.to != move.case.state},
    )

    kind = "accepted" if decision.action is Action.ACCEPT else "decided"

    def write() -> None:
        write_moves(
            loaded, moves, kind=kind, at=at, by=UUID(actor.account) if actor else None, result=result,
            once=once, answer=msgspec.json.encode(decided) if once else b"",
        )  # fmt: skip

    if result and now.committed:
        with transaction.atomic():
            write()
            open_check(found, item, on=day)
    elif words:
        with transaction.atomic():
            write()
            DecisionTextRow.objects.create(
                id=new_id(), case_id=now.id, action=decision.action, at=at,
                sealed=seal_words(words, purpose="decision"),
            )  # fmt: skip
    else:
        write()
    return decided
