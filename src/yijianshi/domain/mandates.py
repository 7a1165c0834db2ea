"""
A mandate (授权): who may do what for whom, about which matter, from when until when, how often - and nothing else.

Basis: Civil Code, arts. 161-165 and 173 (an agent acts within his authority, which may be taken back), arts. 17, 23, 27 (the
parents of a minor act for him), Administrative License Law, art. 29; Personal Information Protection Law, arts. 31, 49.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

#: Customs of the house, no limits of a law: the longest time, what is offered first, how long a link can be opened.
LONGEST_DAYS, USUAL_DAYS, LINK_HOURS = 365, 30, 24
OF_AGE, OLD_AGE = 18, 60


class MandateNotPossible(Exception):
    """The mandate cannot be given, taken or used so; the message says why and what would do."""


class Power(StrEnum):
    """What somebody may do for another (代办权限)."""

    FOLLOW = "follow"  # 看办到哪里
    LOOK = "look"  # 看填的内容
    FILL_IN = "fill_in"  # 填表、传材料
    FILE = "file"  # 签名提交
    CORRECT = "correct"  # 补正
    RECEIVE = "receive"  # 收结果
    RATE = "rate"  # 评价
    WITHDRAW = "withdraw"  # 撤回
    PAY = "pay"  # 缴费
    CONFIRM = "confirm"  # 作为共同申请人确认
    ASK = "ask"  # 替他催问


#: What a mandate gives unless more is named, and what is never given unless it is named.
USUAL = frozenset(
    {Power.FOLLOW, Power.LOOK, Power.FILL_IN, Power.FILE, Power.CORRECT, Power.RECEIVE, Power.RATE}
)
NAMED = frozenset({Power.WITHDRAW, Power.PAY, Power.CONFIRM})
#: What counts as a use: what is filed. Looking and correcting belong to what was filed.
COUNTED = frozenset({Power.FILE})
POWER_WORDS = {
    Power.FOLLOW: "看办到哪里",
    Power.LOOK: "看填的内容",
    Power.FILL_IN: "填表、传材料",
    Power.FILE: "签名提交",
    Power.CORRECT: "补正、约现场查看",
    Power.RECEIVE: "收结果",
    Power.RATE: "评价",
    Power.WITHDRAW: "撤回申请",
    Power.PAY: "缴费",
    Power.CONFIRM: "作为共同申请人确认",
    Power.ASK: "催问进度",
}


class MandateKind(StrEnum):
    """How somebody comes to act for another (代办关系)."""

    ASKED = "asked"  # 本人请的
    GUARDIAN = "guardian"  # 未成年人的监护人
    HEIR = "heir"  # 办身后事的近亲属
    AGENT = "agent"  # 单位经办人
    HELPER = "helper"  # 帮办代办员
    PROJECT_STEWARD = "project_steward"  # 项目管家


#: The most that a kind can give, whatever is written in a mandate: a steward of a project never decides anything.
CEILING = {
    MandateKind.ASKED: USUAL | NAMED,
    MandateKind.GUARDIAN: USUAL | NAMED,
    MandateKind.HEIR: USUAL,
    MandateKind.AGENT: USUAL | NAMED,
    MandateKind.HELPER: USUAL,
    MandateKind.PROJECT_STEWARD: frozenset({Power.FOLLOW, Power.ASK}),
}
KIND_WORDS = {
    MandateKind.ASKED: "本人请的",
    MandateKind.GUARDIAN: "监护人",
    MandateKind.HEIR: "近亲属",
    MandateKind.AGENT: "经办人",
    MandateKind.HELPER: "帮办员",
    MandateKind.PROJECT_STEWARD: "项目管家",
}


class Proof(StrEnum):
    """How it was shown that the mandate is what the giver wants, or the law says (授权凭据)."""

    SIGNED_IN = "signed_in"  # 本人登录，扫码接受
    SPOKEN = "spoken"  # 窗口当面口述，工作人员见证
    PAPER = "paper"  # 纸质授权书，拍照留存
    REGISTER = "register"  # 登记库查到
    COMMITMENT = "commitment"  # 本人书面承诺
    NAMED = "named"  # 牵头部门指定


PROOF_WORDS = {
    Proof.SIGNED_IN: "本人登录，扫码接受",
    Proof.SPOKEN: "窗口当面说的，工作人员见证",
    Proof.PAPER: "纸上签的字，拍照存了",
    Proof.REGISTER: "人口登记里查到的",
    Proof.COMMITMENT: "本人书面承诺",
    Proof.NAMED: "牵头部门指定",
}


class MandateState(StrEnum):
    """Where a mandate stands; that its last day has passed is read from the day, never stored."""

    OFFERED = "offered"  # 等对方接受
    ACTIVE = "active"  # 有效
    DECLINED = "declined"  # 对方没有接受
    REVOKED = "revoked"  # 已收回
    GIVEN_BACK = "given_back"  # 对方不办了


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """About what: named one-things, single matters by their keys, or everything."""

    bundles: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()  # of drafts and submissions
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What somebody wants to act in: whose it is, of which one-thing, and its key once it has one."""

    party: str
    bundle: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """One mandate, given by a party to an account (授权)."""

    id: str
    giver: str  # party
    holder: str  # account
    kind: MandateKind
    proof: Proof
    state: MandateState
    scope: Scope
    powers: frozenset[Power] = field(default=USUAL)
    since: date
    until: date | None  # the last day; none only where the law itself sets the end
    most_uses: int | None = None
    used: int = 0


def is_live(mandate: Mandate, on: date) -> bool:
    """Return whether anything at all may be done with it on a day."""
    return (
        mandate.state is MandateState.ACTIVE
        and mandate.since <= on
        and (mandate.until is None or on <= mandate.until)
    )


def covers(mandate: Mandate, power: Power, matter: Matter, on: date) -> bool:
    """
    Return whether the mandate gives exactly this, today.

    >>> mine = Matter(party="li", bundle="elderly-allowance")
    >>> asked = Mandate(id="1", giver="li", holder="fang", kind=MandateKind.ASKED, proof=Proof.SIGNED_IN,
    ...     state=MandateState.ACTIVE, scope=Scope(bundles=frozenset({"elderly-allowance"})),
    ...     since=date(2026, 11, 18), until=date(2026, 12, 17), most_uses=1)
    >>> covers(asked, Power.FILE, mine, date(2026, 11, 20)), covers(asked, Power.PAY, mine, date(2026, 11, 20))
    (True, False)
    """
    if not is_live(mandate, on) or matter.party != mandate.giver:
        return False
    if power not in mandate.powers & CEILING[mandate.kind]:
        return False
    if power in COUNTED and mandate.most_uses is not None and mandate.used >= mandate.most_uses:
        return False
    scope = mandate.scope
    return scope.everything or matter.bundle in scope.bundles or (matter.key in scope.matters)


def end(mandate: Mandate, state: MandateState) -> Mandate:
    """
    Return the mandate at its end; nothing is allowed by it any more from this moment.

    :raises MandateNotPossible: if it has ended already.
    """
    open_to = {
        MandateState.OFFERED: (MandateState.DECLINED, MandateState.REVOKED),
        MandateState.ACTIVE: (MandateState.REVOKED, MandateState.GIVEN_BACK),
    }
    if state not in open_to.get(mandate.state, ()):
        raise MandateNotPossible("这份授权已经结束了，不用再收回")
    return replace(mandate, state=state)


def check_wish(
    *, kind: MandateKind, scope: Scope, powers: frozenset[Power], since: date, until: date | None
) -> None:
    """
    Refuse what cannot be given.

    :raises MandateNotPossible: saying what is wrong and what would do.
    """
    if not powers:
        raise MandateNotPossible("请至少选一样，请他替您做什么")
    if beyond := powers - CEILING[kind]:
        words = "、".join(POWER_WORDS[one] for one in sorted(beyond))
        raise MandateNotPossible(f"“{words}”不能交给{KIND_WORDS[kind]}，请本人来办")
    if not (scope.everything or scope.bundles or scope.matters):
        raise MandateNotPossible("请选让他替您办哪件事")
    if until is None and kind not in (MandateKind.GUARDIAN, MandateKind.HELPER, MandateKind.PROJECT_STEWARD):
        raise MandateNotPossible("请选到哪天为止")
    if until is not None and until < since:
        raise MandateNotPossible("到哪天为止，不能早于今天")
    if (
        kind is not MandateKind.GUARDIAN
        and until is not None
        and until > since + timedelta(days=LONGEST_DAYS)
    ):
        raise MandateNotPossible(f"一次最长 {LONGEST_DAYS} 天，到期可以再授权一次")


def birthday(born: date, age: int) -> date:
    """
    Return the day on which somebody reaches an age; who was born on 29 February reaches it on 1 March of a short year.

    >>> birthday(date(2008, 2, 29), 18)
    datetime.date(2026, 3, 1)
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def last_day_as_minor(born: date) -> date:
    """Return the last day on which parents act for their child: the one before the 18th birthday (Civil Code, art. 17)."""
    return birthday(born, OF_AGE) - timedelta(days=1)


def has_reached(born: date, age: int, on: date) -> bool:
    """Return whether somebody is of an age on a day."""
    return birthday(born, age) <= on


def born_on(number: str) -> date | None:
    """
    Return the day of birth that a citizen's number carries, or None if it carries none.

    >>> born_on("320106194612050029")
    datetime.date(1946, 12, 5)
    """
    digits = number[6:14]
    if len(number) != 18 or not digits.isdecimal():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
