"""
Who has a case in hand (领办、交办), and which unit it belongs to (改派): each hand-over is recorded with its reason.

Basis: 苏政办发〔2022〕87号, 三(三) (every hand-over recorded), 二(八) (one dispatch; what went to the wrong unit goes on).
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.codes import DepartmentCode, DivisionCode
from yijianshi.domain.rights import Act, Actor, Role
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Officer

from ..people.actors import name_of
from .acting import Decided, ReasonMissing, act_on_case, said, stays
from .loading import CaseLoaded, Loaded


class HandOverNotPossible(ValueError):
    """The case cannot go to that person or unit; the message says why."""


def claim_case(*, case: UUID, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """
    Take a case in hand, so that colleagues see whose it is.

    :raises HandOverNotPossible: if a colleague has it already.
    """

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        if found.handler and str(found.handler) != actor.account:
            who = name_of(found.handler)
            raise HandOverNotPossible(f"这一件已由{who}领办；要接过来，请{who}交办给您")
        return Decided([stays(found, Action.CLAIM, also={"handler": actor.account})])

    act_on_case(case, Action.CLAIM, decide, actor=actor, at=at, seen=seen, kind="noted")


def hand_over_case(
    *, case: UUID, actor: Actor, to: UUID, reason: str, at: datetime, seen: int | None = None
) -> None:
    """
    Give a case to a colleague of the same unit, such as before a holiday.

    :raises HandOverNotPossible: if the colleague holds no post there today.
    :raises ReasonMissing: if no reason is given.
    """
    why = reason.strip()
    if not why:
        raise ReasonMissing("请写一句为什么交办，如“12 月 3 日起休假”；同事和流转记录里都看得到")

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        if not any(str(to) == str(one) for one in colleagues(found.unit, at=at)):
            raise HandOverNotPossible("这位同事今天不在本单位的审查岗位上，不能交办给他；请另选一位")
        move = stays(found, Action.HAND_OVER, detail={"to": str(to)}, also={"handler": str(to)})
        return Decided([move], {"reason": why[:200]})

    act_on_case(case, Action.HAND_OVER, decide, actor=actor, at=at, seen=seen, kind="noted")


def colleagues(unit: str, *, at: datetime) -> tuple[UUID, ...]:
    """Return the accounts of who holds a reviewer's post in the unit today."""
    on = legal_day(at)
    rows = Officer.objects.filter(unit=unit, role=Role.REVIEWER, since__lte=on)
    rows = rows.exclude(until__lt=on).order_by("account_id")
    return tuple(dict.fromkeys(rows.values_list("account_id", flat=True)))


def reroute_case(
    *,
    case: UUID,
    actor: Actor,
    department: DepartmentCode,
    division: DivisionCode,
    reason: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """
    Send a case that went to the wrong unit to the right one; its clock runs on.

    :raises HandOverNotPossible: if the unit is not in the catalogue, or has the case already.
    :raises ReasonMissing: if no reason is given.
    """
    why = said(reason, what="为什么改派、依据哪一条职责")
    unit = Unit(department, division)

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        if department not in loaded.edition.departments or division not in loaded.edition.divisions:
            raise HandOverNotPossible(f"目录里没有“{unit}”这个单位；请从名单里选")
        if str(unit) == found.unit:
            raise HandOverNotPossible("这一件本来就在这个单位，不用改派")
        move = stays(
            found,
            Action.REROUTE,
            detail={"from": found.unit, "to": str(unit)},
            also={"unit": str(unit), "handler": None},
        )
        return Decided([move], {"reason": why, "from": found.unit, "to": str(unit)})

    act_on_case(
        case, Action.REROUTE, decide, actor=actor, at=at, seen=seen, kind="rerouted", right=Act.RELEASE
    )
