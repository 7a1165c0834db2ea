"""
What is filed: one submission, one immutable revision, one case per item and group member (申报).

Basis: 苏政办发〔2022〕87号, 二(六) (one application), 二(八) (one dispatch, parallel approval).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from .cases import CLOSED, Action, State, next_state
from .catalogue import ServiceItem
from .codes import DivisionCode, ElementCode, ItemCode, MaterialCode, MemberId
from .deadlines import due_day
from .drafts import Form, Trouble, Value, troubles_of
from .editions import Edition
from .merging import split_answers
from .plans import Plan
from .routing import Unit, division_of, unit_for
from .sharing import MaterialWay
from .workdays import Calendar, Day

#: Channels by which a submission comes in; the digit stands in its number.
CHANNELS = {"web": 1, "window": 2, "api": 3, "kiosk": 4}


class NotReady(Exception):
    """The draft cannot be sealed yet; `troubles` says field by field, material by material, what is missing."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__("还不能提交：" + "；".join(trouble.message for trouble in troubles))
        self.troubles = tuple(troubles)


class ChoiceNotAllowed(Exception):
    """The chosen items cannot be handled together as they are."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("；".join(messages))
        self.messages = tuple(messages)


class PriorMissing(Exception):
    """A case cannot be handled anew before what it depends on is there."""


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One document of the set as filed: which material, how it came, and its digest (材料清单)."""

    material: MaterialCode
    way: MaterialWay
    sha256: str = ""
    name: str = ""
    size: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class CaseToOpen:
    """One case that the submission opens: which item, for which member, decided by which unit."""

    item: ItemCode
    member: MemberId
    unit: Unit
    waits_for: int
    statutory: bool


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case as it stands, as far as its siblings must know."""

    id: UUID
    number: str
    item: ItemCode
    member: MemberId
    state: State
    seq: int
    waits_for: int
    committed: bool = False
    remarked: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One case's next step as decided: compare with `seq`, then write."""

    case: CaseNow
    action: Action
    to: State
    due_on: date | None = None
    provisional: bool = False
    lowers: int = 0
    detail: Mapping[str, Any] | None = None
    also: Mapping[str, Any] | None = None  # beside the state: unit, handler, extended_days, reminded, holds

    def with_due(self, due: Day | None) -> "Move":
        """Return the same move with another due day."""
        return replace(self, due_on=due.day if due else None, provisional=bool(due and due.provisional))


def check_ready(
    plan: Plan, form: Form, uploaded: Iterable[MaterialCode], owed: Iterable[MaterialCode] = ()
) -> None:
    """
    Refuse to seal a draft with something missing, wrong or contradictory.

    :param owed: what the applicant promised to hand in later.
    :raises ChoiceNotAllowed: if the plan is not allowed.
    :raises NotReady: if fields or materials are missing or wrong.
    """
    if not plan.allowed:
        raise ChoiceNotAllowed([problem.message for problem in plan.problems])
    troubles = list(troubles_of(form, plan.edition))
    there = {*uploaded, *owed}
    for needed in plan.materials:
        if needed.way is MaterialWay.UPLOAD and needed.material not in there:
            name = plan.edition.materials[needed.material].name
            troubles.append(Trouble(f"material:{needed.material}", f"{name}：还没有上传"))
    if troubles:
        raise NotReady(troubles)


def cases_to_open(
    plan: Plan, answers: Mapping[ElementCode, Any], *, home: DivisionCode
) -> tuple[CaseToOpen, ...]:
    """Return one case per item and group member, each with its unit and with how many results it waits for."""
    members = {item.code: _members(plan, item.per, item.code) for item in plan.items}
    opened = []
    for item in plan.items:
        division = division_of(item, answers, home=home)
        unit = unit_for(item, plan.edition, division=division)
        for member in members[item.code]:
            waits_for = _grants_needed(item, member, members)
            opened.append(CaseToOpen(item.code, member, unit, waits_for, item.limit.statutory is not None))
    return tuple(opened)


def content_digest(answers: Mapping[str, Any], manifest: Iterable[ManifestLine]) -> str:
    """Return the SHA-256 over the answers and the digests of the materials: what the applicant put his name to."""
    content = {
        "answers": dict(sorted(answers.items())),
        "materials": sorted((line.material, line.sha256) for line in manifest),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def slice_for(plan: Plan, item: ItemCode, values: Mapping[ElementCode, Value]) -> dict[ElementCode, Value]:
    """Return the part of the one form that this item asked for, and nothing else (分表)."""
    found = split_answers([plan.edition.item(item)], plan.edition, plan.circumstances, values)
    return found[item]


def materials_for(plan: Plan, item: ItemCode) -> tuple[MaterialCode, ...]:
    """Return the documents of the one set that this item uses."""
    return tuple(m.material for m in plan.materials if item in m.needed_by)


def release(
    cases: Sequence[CaseNow],
    edition: Edition,
    calendar: Calendar,
    *,
    on: date,
    declined: Mapping[ItemCode, str] | None = None,
) -> tuple[Move, ...]:
    """
    Return the moves of the one dispatch: each case is accepted, waits, is asked for correction or is declined.

    :param declined: items that this place is not competent for, with the digest of the reasons.
    """
    moves = []
    for case in cases:
        if case.state is not State.RECEIVED:
            continue
        if declined and case.item in declined:
            moves.append(Move(case, Action.DECLINE, State.DECLINED, detail={"reasons": declined[case.item]}))
        elif case.remarked:
            moves.append(Move(case, Action.ASK_FOR_CORRECTION, State.AWAITING_CORRECTION))
        else:
            moves.append(admit(case, edition, calendar, on=on))
    terminated = _terminations([m.case for m in moves if m.to is State.DECLINED], cases, edition)
    ended = {move.case.id for move in terminated}
    return (*(move for move in moves if move.case.id not in ended), *terminated)


def admit(case: CaseNow, edition: Edition, calendar: Calendar, *, on: date) -> Move:
    """Return the acceptance of a case, or its waiting for what it depends on."""
    if case.waits_for:
        return Move(case, Action.WAIT, State.WAITING)
    due = due_day(on, edition.item(case.item).limit, calendar, committed=case.committed)
    return Move(
        case, Action.ACCEPT, State.ACCEPTED, due_on=due and due.day, provisional=bool(due and due.provisional)
    )


def after_grant(
    granted: CaseNow,
    siblings: Sequence[CaseNow],
    edition: Edition,
    calendar: Calendar,
    *,
    on: date,
    says_day: bool = False,
) -> tuple[Move, ...]:
    """
    Return what a grant does to the cases that waited for it: one fewer to wait for; at none, the clock starts.

    :param says_day: whether the step must say from which day it holds, since that may not be the day it is written.
    """
    moves = []
    detail = {"effective_on": on.isoformat()} if says_day else None
    for case in siblings:
        item = edition.item(case.item)
        if case.state in CLOSED or not _lowers(granted, case, item, siblings):
            continue
        if case.state is State.WAITING and case.waits_for == 1:
            due = due_day(on, item.limit, calendar, committed=case.committed)
            moves.append(Move(case, Action.START, State.ACCEPTED, lowers=1, detail=detail).with_due(due))
        elif case.waits_for:
            moves.append(Move(case, Action.WAIT, case.state, due_on=case.due_on, lowers=1))
    return tuple(moves)


def after_failure(failed: CaseNow, siblings: Sequence[CaseNow], edition: Edition) -> tuple[Move, ...]:
    """Return the terminations that follow when `failed` is refused, declined, withdrawn or lapses."""
    return _terminations([failed], siblings, edition)


def is_joint(cases: Sequence[CaseNow], edition: Edition) -> bool:
    """Return whether several departments handle licences together here, so that the joint limit of art. 42(2) holds."""
    licences = {case.item for case in cases if edition.item(case.item).type == "行政许可"}
    return len({edition.item(item).department for item in licences}) > 1


def taken_up(
    case: CaseNow,
    action: Action,
    siblings: Sequence[CaseNow],
    edition: Edition,
    calendar: Calendar,
    *,
    on: date,
    because_of: Mapping[UUID, ItemCode],
) -> tuple[Move, ...]:
    """
    Return the moves when a decided case is handled anew: its limit begins today, and what ended because of it waits again.

    :param because_of: for each case that was terminated with another, that other's item.
    :raises PriorMissing: if the case needs a result that is not there.
    """
    if case.waits_for:
        raise PriorMissing(f"办件 {case.number} 还要等前序事项的结果，不能现在重新办理；请先办前序")
    due = due_day(on, edition.item(case.item).limit, calendar, committed=case.committed)
    own = Move(
        case,
        action,
        next_state(case.state, action, number=case.number),
        also={"extended_days": 0, "reminded": 0, "handler": None},
    ).with_due(due)
    revived: dict[UUID, CaseNow] = {}
    causes = [case]
    while causes:
        cause = causes.pop()
        for other in siblings:
            if (
                other.state is State.TERMINATED
                and other.id not in revived
                and because_of.get(other.id) == cause.item
                and is_same_member(other.member, cause.member)
            ):
                revived[other.id] = other
                causes.append(other)
    waiting = (
        Move(other, Action.REVIVE, next_state(other.state, Action.REVIVE)) for other in revived.values()
    )
    return (own, *waiting)


def _terminations(
    failed: Iterable[CaseNow], siblings: Sequence[CaseNow], edition: Edition
) -> tuple[Move, ...]:
    fallen = {case.id for case in failed}
    gone = fallen | {case.id for case in siblings if case.state in _FAILED}
    terminated: dict[UUID, Move] = {}
    grown = True
    while grown:
        grown = False
        for case in siblings:
            if case.id in terminated or case.id in fallen or case.state in CLOSED:
                continue
            if cause := _lost_prerequisite(case, gone, siblings, edition):
                terminated[case.id] = Move(
                    case, Action.TERMINATE, State.TERMINATED, detail={"because_of": cause}
                )
                gone.add(case.id)
                grown = True
    return tuple(terminated.values())


def composed_title(plan: Plan, answers: Mapping[ElementCode, Any]) -> str:
    """Return how officials call the submission: the enterprise, else the applicant, as given in the form."""
    for code in ("enterprise-name", "proposed-enterprise-name", "newborn-name", "applicant-name"):
        if name := answers.get(ElementCode(code)):
            return str(name)
    return plan.edition.bundle.title


def _lost_prerequisite(
    case: CaseNow, gone: set[UUID], siblings: Sequence[CaseNow], edition: Edition
) -> ItemCode | None:
    item = edition.item(case.item)
    mine = [sibling for sibling in siblings if is_same_member(sibling.member, case.member)]
    for prior in mine:
        if prior.item in item.depends_on and prior.id in gone:
            return prior.item
    alternatives = [prior for prior in mine if prior.item in item.depends_on_any]
    if alternatives and all(prior.id in gone for prior in alternatives):
        return alternatives[0].item
    return None


def _grants_needed(
    item: ServiceItem, member: MemberId, members: Mapping[ItemCode, tuple[MemberId, ...]]
) -> int:
    """Count the cases whose grant a case must wait for; of several alternatives one is enough."""

    def cases_of(priors: Iterable[ItemCode]) -> int:
        return sum(
            is_same_member(other, member)
            for prior in dict.fromkeys(priors)
            if prior != item.code
            for other in members.get(prior, ())
        )

    return cases_of(item.depends_on) + (1 if cases_of(item.depends_on_any) else 0)


def _lowers(granted: CaseNow, case: CaseNow, item: ServiceItem, siblings: Sequence[CaseNow]) -> bool:
    """Whether this grant is one of those that the case waits for; of several alternatives only the first is."""
    if not is_same_member(granted.member, case.member):
        return False
    if granted.item in item.depends_on:
        return True
    return granted.item in item.depends_on_any and not any(
        other.state is State.GRANTED
        and other.item in item.depends_on_any
        and is_same_member(other.member, case.member)
        for other in siblings
    )


def is_same_member(one: MemberId, other: MemberId) -> bool:
    """Return whether two cases concern the same member; one of the whole group concerns each of its members."""
    return not one or not other or one == other


#: Ends after which nobody may wait for the case any more.
_FAILED = frozenset({State.DECLINED, State.REFUSED, State.WITHDRAWN, State.TERMINATED, State.REVOKED})


def _members(plan: Plan, group: str, item: ItemCode) -> tuple[MemberId, ...]:
    if not group or group not in plan.situation.groups:
        return (MemberId(""),)
    given = plan.situation.groups[group]
    if ids := given.get("members"):
        wanted = (given.get("members_per_item") or {}).get(item, ids)
        return tuple(MemberId(member) for member in wanted)
    return tuple(MemberId(str(n + 1)) for n in range(plan.cases_by_item[item]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The acknowledgement of a submission: its number, its cases, and by when everything is promised (回执)."""

    id: UUID
    number: str
    division: DivisionCode
    at: datetime
    digest: str
    cases: tuple[CaseNow, ...]
    promised_on: date | None
