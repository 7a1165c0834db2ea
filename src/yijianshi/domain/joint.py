"""
What several departments do together (联合勘验、联合审图、联合评估、联合验收): who takes part, each one's opinion, what comes of them.

One appointment and one record; every department answers for its own matter. What does not depend on the others is
never held up: a department may decide its own case as soon as its own opinion is given.

Basis: 苏政办发〔2022〕87号, 二(八) (joint operations, the result goes back to the lead); Administrative License Law,
art. 26 (joint handling), art. 34(3) (the substance is checked by two officers or more). How the opinions are joined
is not in these texts: the lead decides it for each operation, and it stands in the record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from .cases import CLOSED, State
from .editions import Edition
from .submissions import CaseNow


class JointKind(StrEnum):
    """What is done together (联合行动); the words are the catalogue's."""

    SURVEY = "联合勘验"
    DRAWINGS = "联合审图"
    ASSESSMENT = "联合评估"
    ACCEPTANCE = "联合验收"

    @property
    def is_on_site(self) -> bool:
        """Return whether the departments go there; drawings and reports are read from afar."""
        return self in (JointKind.SURVEY, JointKind.ACCEPTANCE)


class OperationState(StrEnum):
    """How far a joint operation has come."""

    PLANNED = "planned"  # 约时间
    PROPOSED = "proposed"  # 有共同时间
    FIXED = "fixed"  # 已约定
    HELD = "held"  # 已开始，各家给意见
    RECORDED = "recorded"  # 已有记录
    CANCELLED = "cancelled"  # 已取消


class OperationMove(StrEnum):
    """What may be done to a joint operation."""

    PROPOSE = "propose"
    FIX = "fix"
    MOVE = "move"
    HOLD = "hold"
    SIGN = "sign"
    RECORD = "record"
    CANCEL = "cancel"


_S, _M = OperationState, OperationMove
_BEFORE = (_S.PLANNED, _S.PROPOSED)
#: Every lawful step of a joint operation.
OPERATION_MOVES = MappingProxyType(
    {(state, _M.PROPOSE): _S.PROPOSED for state in _BEFORE}
    | {(state, _M.FIX): _S.FIXED for state in _BEFORE}
    | {(state, _M.HOLD): _S.HELD for state in (*_BEFORE, _S.FIXED, _S.HELD)}
    | {(state, _M.CANCEL): _S.CANCELLED for state in (*_BEFORE, _S.FIXED, _S.HELD)}
    | {(_S.FIXED, _M.MOVE): _S.FIXED, (_S.HELD, _M.SIGN): _S.HELD, (_S.HELD, _M.RECORD): _S.RECORDED}
)
OPERATION_WORDS = MappingProxyType({
    _S.PLANNED: "正在约时间", _S.PROPOSED: "有大家都空的时间", _S.FIXED: "时间已约好", _S.HELD: "各部门给意见",
    _S.RECORDED: "记录已完成", _S.CANCELLED: "已取消",
})  # fmt: skip
_MOVE_WORDS = MappingProxyType({
    _M.PROPOSE: "报时间", _M.FIX: "定时间", _M.MOVE: "改时间", _M.HOLD: "给意见", _M.SIGN: "签名",
    _M.RECORD: "完成记录", _M.CANCEL: "取消",
})  # fmt: skip


class Verdict(StrEnum):
    """What one department finds for one case."""

    PASS = "pass"  # noqa: S105 - 合格
    FAIL = "fail"  # 不合格
    MEND = "mend"  # 整改后合格
    NOT_CONCERNED = "none"  # 不涉及


class Outcome(StrEnum):
    """What comes of all opinions together."""

    OPEN = "open"
    PASSED = "passed"
    MEND = "mend"
    FAILED = "failed"


VERDICT_WORDS = MappingProxyType({
    Verdict.PASS: "合格", Verdict.MEND: "整改后合格", Verdict.FAIL: "不合格", Verdict.NOT_CONCERNED: "不涉及",
})  # fmt: skip
OUTCOME_WORDS = MappingProxyType({
    Outcome.OPEN: "还没有结论", Outcome.PASSED: "通过", Outcome.MEND: "整改后通过", Outcome.FAILED: "不通过",
})  # fmt: skip


class JoinWay(StrEnum):
    """How opinions are joined into one outcome (合并规则)."""

    ALL = "all"  # 各家都合格才通过
    ANY = "any"  # 有一家合格就通过
    SOME = "some"  # 够几家合格就通过
    VETO = "veto"  # 指定的部门都不反对就通过


JOIN_WORDS = MappingProxyType({
    JoinWay.ALL: "各家都合格才通过", JoinWay.ANY: "有一家合格就通过", JoinWay.SOME: "够几家合格就通过",
    JoinWay.VETO: "由指定的部门决定",
})  # fmt: skip


class OperationRefused(ValueError):
    """The step cannot follow in this joint operation; the message says why and what would do."""


class OpinionIncomplete(ValueError):
    """An opinion lacks what it must say; the message names it."""


class RecordIncomplete(ValueError):
    """The one record lacks something; the message names it."""


@dataclass(frozen=True, slots=True)
class JoinPolicy:
    """How the opinions of one operation are joined; with SOME at least so many, with VETO the units that decide."""

    way: JoinWay = JoinWay.ALL
    least: int = 0
    vetoers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one department says about one case: verdict, reason, basis, what to mend by when, who was there."""

    case: UUID
    verdict: Verdict
    reason: str = ""
    basis: str = ""
    mend_by: date | None = None
    present: str = ""  # who inspected, by name
    is_signed: bool = False


def kind_of(named: str) -> JointKind | None:
    """Return the kind that the catalogue names, or None for what is joint in another way, such as 并联核验."""
    return next((kind for kind in JointKind if kind == named), None)


def next_operation_state(state: OperationState, move: OperationMove) -> OperationState:
    """
    Return the state that a step leads to.

    :raises OperationRefused: if it cannot follow.
    """
    to = OPERATION_MOVES.get((state, move))
    if to is None:
        raise OperationRefused(f"这次联合行动“{OPERATION_WORDS[state]}”，现在不能{_MOVE_WORDS[move]}")
    return to


def taking_part(
    cases: Iterable[CaseNow], edition: Edition, kind: JointKind, *, said: frozenset[UUID] = frozenset()
) -> tuple[CaseNow, ...]:
    """
    Return the cases that take part: their item names the operation, and they are open, or were when their opinion was given.

    What is handled on the applicant's commitment is checked afterwards and takes no part.
    """
    return tuple(
        case
        for case in cases
        if edition.item(case.item).joint_operation == kind
        and not case.committed
        and (case.id in said or case.state not in CLOSED | {State.RECEIVED})
    )


def to_plan(cases: Iterable[CaseNow], edition: Edition) -> dict[JointKind, tuple[CaseNow, ...]]:
    """Return the operations that a submission calls for: each kind in which two cases or more take part."""
    all_cases = tuple(cases)
    found = {kind: taking_part(all_cases, edition, kind) for kind in JointKind}
    return {kind: part for kind, part in found.items() if len(part) > 1}


def check_policy(policy: JoinPolicy, units: Iterable[str], *, cases: int) -> None:
    """
    Let pass a policy that can be followed.

    :raises OperationRefused: if it asks for more than take part, or names nobody who takes part.
    """
    if policy.way is JoinWay.SOME and not 0 < policy.least <= cases:
        raise OperationRefused(f"有 {cases} 项参加，请填 1 到 {cases} 之间的数")
    if policy.way is JoinWay.VETO and not policy.vetoers & set(units):
        raise OperationRefused("请至少指定一家参加的部门，由它决定通过不通过")


def check_opinion(opinion: Opinion, kind: JointKind, *, on: date) -> None:
    """
    Let pass an opinion that says what it must.

    :raises OpinionIncomplete: naming what is missing.
    """
    if opinion.verdict is not Verdict.PASS and not opinion.reason.strip():
        raise OpinionIncomplete(f"给“{VERDICT_WORDS[opinion.verdict]}”要写明查到什么、为什么")
    if opinion.verdict in (Verdict.FAIL, Verdict.MEND) and not opinion.basis.strip():
        raise OpinionIncomplete("请写明依据哪一条；没有依据的，不能判不合格或要求整改")
    if opinion.verdict is Verdict.MEND and (opinion.mend_by is None or opinion.mend_by < on):
        raise OpinionIncomplete("请写明整改到哪一天，要在今天以后")
    if kind.is_on_site and opinion.verdict is not Verdict.NOT_CONCERNED and not opinion.present.strip():
        raise OpinionIncomplete("请写明谁到的现场（两名以上工作人员的姓名）")


def outcome_of(policy: JoinPolicy, taking: Mapping[UUID, str], verdicts: Mapping[UUID, Verdict]) -> Outcome:
    """
    Return what comes of the opinions given so far; what is once passed or failed stays so whatever is still said.

    :param taking: the cases that take part, with the unit of each.
    """
    deciding = policy.vetoers & set(taking.values()) if policy.way is JoinWay.VETO else frozenset()
    counted = [verdicts.get(case) for case, unit in taking.items() if not deciding or unit in deciding]
    passed, mend, failed = (counted.count(one) for one in (Verdict.PASS, Verdict.MEND, Verdict.FAIL))
    silent = counted.count(None)
    least = {JoinWay.ANY: 1, JoinWay.SOME: policy.least}.get(policy.way, len(counted))
    # Who has not spoken may yet decide against, or turn out not to be concerned: only what holds in every case is said.
    if passed >= min(least, passed + mend + failed + silent):
        return Outcome.PASSED
    if failed and passed + mend + silent < least:
        return Outcome.FAILED
    return Outcome.OPEN if silent else Outcome.MEND


def missing_in_record(
    *, time: str, place: str, taking: Mapping[UUID, str], opinions: Iterable[Opinion]
) -> tuple[str, ...]:
    """Return what the record still lacks, in words; complete it has time, place, who was there, opinions and signatures."""
    said = {opinion.case: opinion for opinion in opinions}
    lacks = [word for word, there in (("时间", time), ("地点", place)) if not there.strip()]
    if silent := [case for case in taking if case not in said]:
        lacks.append(f"{len(silent)} 项的意见")
    concerned = [one for one in said.values() if one.verdict is not Verdict.NOT_CONCERNED]
    if said and concerned and not any(one.present.strip() for one in concerned):
        lacks.append("参加人")
    if unsigned := [one for one in said.values() if one.case in taking and not one.is_signed]:
        lacks.append(f"{len(unsigned)} 项的签名")
    return tuple(lacks)


def check_record(lacks: tuple[str, ...]) -> None:
    """:raises RecordIncomplete: if anything is lacking."""
    if lacks:
        raise RecordIncomplete(f"记录还缺{'、'.join(lacks)}，补齐才能完成")
