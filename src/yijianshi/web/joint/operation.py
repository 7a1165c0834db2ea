"""One joint operation as coordinators and departments see it: when, where, who, what each found, and what may be done now."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.joint import JOIN_WORDS, JoinWay, OperationState
from yijianshi.services.reading.joint import DrawingRead, OperationRead, OpinionRead, read_operation
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, size_words

from .asking import TimeRow, outcome_tag, slot_words, state_tag, times_question, times_table, verdict_tag

_SCANS = {
    "waiting": p.Tag(state="wait", word="在过检"), "clean": p.Tag(state="done", word="可以看"),
    "infected": p.Tag(state="no", word="有病毒"), "refused": p.Tag(state="no", word="打不开"),
}  # fmt: skip
TROUBLES = {
    "encrypted": "加了密码，请去掉密码再传", "active": "里面有会自动执行的程序，请“打印为 PDF”再传", "infected": "里面发现病毒，请换干净的文件",
    "opaque": "内部结构没法检查，请“打印为 PDF”再传", "broken-off": "文件不完整，请重新导出再传", "damaged": "没有存完整，请重新上传",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionView:
    """One department's opinion, with the ways to write it."""

    read: OpinionRead
    tag: p.Tag
    href: str  # where the reader writes it; empty: not his, signed, or not yet time
    case_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingView:
    """One drawing of the list."""

    read: DrawingRead
    tag: p.Tag
    about: str
    problem: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """The form by which one of the reader's units says when it can come."""

    party: str
    name: str
    question: p.Asked
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignView:
    """What one of the reader's units may sign now."""

    unit: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """The page."""

    read: OperationRead
    tag: p.Tag
    when: str
    policy: str
    outcome: p.Tag | None
    acts: tuple[p.Act, ...]
    offers: tuple[OfferView, ...]
    table: tuple[TimeRow, ...]
    proposed: str
    opinions: tuple[OpinionView, ...]
    signs: tuple[SignView, ...]
    photo_units: tuple[tuple[str, str], ...]
    drawings: tuple[DrawingView, ...]
    history: p.History
    record: str


@signed_in
def operation(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Show an operation to who takes part in it or coordinates it."""
    read = read_operation(operation=operation, actor=actor(request), at=now())
    return desk_page(request, "joint/operation.html", _view(read), here="joint", unit=read.lead_name)


def drawing_views(read: OperationRead, view: str, *args: object) -> tuple[DrawingView, ...]:
    """Return the drawings of an operation as rows; `view` is the name of the page of one."""
    return tuple(
        DrawingView(
            read=one,
            tag=_SCANS[one.scan],
            about=f"{one.kind.upper()} · {size_words(one.size)}" + (f" · {one.marks} 处批注" if one.marks else ""),
            problem=TROUBLES.get(one.trouble, "这个文件不能用，请重新上传") if one.scan in ("infected", "refused") else "",
            href=reverse(view, args=[*args, one.id]) if one.scan == "clean" else "",
        )
        for one in read.drawings
    )  # fmt: skip


def proposed_words(read: OperationRead) -> str:
    """Return what comes of the free times, in one sentence."""
    found = read.proposals
    names = {party.key: party.name for party in read.parties}
    if found.common:
        return f"大家都能来的最早时间：{slot_words(found.common[0])}"
    if found.silent:
        return f"还没有回复：{'、'.join(names[party] for party in found.silent)}"
    if found.nearest:
        one = found.nearest[0]
        return f"没有大家都能来的时间。最接近的是{slot_words(one.slot)}，差{'、'.join(names[key] for key in one.missing)}"
    return "没有一个半天有人能来，请打电话商量"


def policy_words(read: OperationRead) -> str:
    """Return how the opinions are joined."""
    policy = read.policy
    if policy.way is JoinWay.SOME:
        return f"够 {policy.least} 家合格就通过"
    if policy.way is JoinWay.VETO:
        names = "、".join(read.units.get(unit, unit) for unit in sorted(policy.vetoers))
        return f"由{names}决定，其他意见供参考"
    return JOIN_WORDS[policy.way]


def _view(read: OperationRead) -> OperationView:
    before = read.state in (OperationState.PLANNED, OperationState.PROPOSED)
    return OperationView(
        read=read,
        tag=state_tag(read.state),
        when=slot_words(read.slot) if read.slot else "",
        policy=policy_words(read),
        outcome=outcome_tag(read.outcome) if read.state in (OperationState.HELD, OperationState.RECORDED) else None,
        acts=_acts(read),
        offers=tuple(
            OfferView(
                party=party.key, name=party.name, answered=party.free is not None,
                question=times_question(read, party.key, label="哪些半天能来"),
            )
            for party in read.parties
            if party.is_own and before
        ),
        table=times_table(read) if before else (),
        proposed=proposed_words(read),
        opinions=tuple(_opinion(read, one) for one in read.opinions),
        signs=tuple(
            SignView(unit=unit, name=read.units[unit], digest=digest) for unit, digest in read.to_sign.items()
        ),
        photo_units=tuple(
            (unit, read.units[unit])
            for unit in read.own_units
            if read.state in (OperationState.FIXED, OperationState.HELD)
        ),
        drawings=drawing_views(read, "joint-drawing", read.id),
        history=p.History(events=tuple(p.Event(at=h.at, text=h.text, by=h.by, mood=h.mood) for h in read.history)),
        record=reverse("joint-record-pdf", args=[read.id]) if read.state is OperationState.RECORDED else "",
    )  # fmt: skip


def _opinion(read: OperationRead, one: OpinionRead) -> OpinionView:
    may_write = one.is_own and one.signed_at is None and read.is_open and read.has_begun
    return OpinionView(
        read=one,
        tag=verdict_tag(one.verdict),
        href=reverse("joint-opinion", args=[read.id, one.case]) if may_write else "",
        case_href=reverse("desk-case", args=[one.case]) if one.is_own else "",
    )


def _acts(read: OperationRead) -> tuple[p.Act, ...]:
    acts = []
    if read.can_arrange and read.state in (OperationState.PLANNED, OperationState.PROPOSED):
        href = reverse("joint-fix", args=[read.id])
        acts.append(p.Act(label="定时间和地点", href=href, look="primary", icon="calendar"))
    if read.can_arrange and read.may_move:
        acts.append(p.Act(label="改时间", href=reverse("joint-move", args=[read.id])))
    if read.can_arrange and read.state is OperationState.HELD:
        close = reverse("joint-close", args=[read.id])
        why = f"还缺{'、'.join(read.lacks)}" if read.lacks else ""
        acts.append(p.Act(label="完成记录", post="" if why else close, why_not=why, look="primary"))
    if read.can_arrange and read.is_open:
        acts.append(p.Act(label="取消", href=reverse("joint-cancel", args=[read.id]), look="quiet"))
    return tuple(acts)
