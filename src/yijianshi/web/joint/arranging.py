"""Arranging the one appointment (定时间): free times come in, the coordinator fixes, moves or cancels, everybody is told."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.appointments import AppointmentRefused
from yijianshi.domain.definitions import Kind
from yijianshi.domain.joint import JOIN_WORDS, JoinPolicy, JoinWay, OperationRefused
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.joining.appoint import fix_appointment, move_appointment, offer_times
from yijianshi.services.joining.plan import cancel_operation, plan_operations
from yijianshi.services.reading.joint import OperationRead, read_operation
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_number, posted_text

from .asking import TimeRow, posted_slots, slot_words, times_table
from .operation import proposed_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeView:
    """A form about the appointment: the table of times where one is to be picked, the questions, what is wrong."""

    read: OperationRead
    title: str
    why: str
    table: tuple[TimeRow, ...]
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    yes: str
    back: str
    more: tuple[p.Asked, ...] = ()  # how the opinions are joined, folded away since one answer is usual
    more_open: bool = False
    danger: bool = False


@signed_in
@require_POST
def plan(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Begin what the submission calls for and nobody has begun."""
    begun = plan_operations(submission=submission, actor=actor(request), at=now())
    if not begun:
        raise OperationRefused("现在没有要安排的联合行动：都安排过了，或者参加的不到两项")
    messages.success(request, "已安排，请各部门和申请人报时间。")
    return HttpResponseRedirect(reverse("joint-operation", args=[begun[0]]))


@signed_in
@require_POST
def times(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Take the half-days at which one of the reader's units can come."""
    party = posted_text(request, "party", longest=64)
    offer_times(operation=operation, actor=actor(request), party=party, slots=posted_slots(request), at=now())
    messages.success(request, "时间已报上，定下来会通知您。")
    return HttpResponseRedirect(reverse("joint-operation", args=[operation]))


@signed_in
def fix(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Ask when, where and how the opinions are joined; then fix it."""
    read = _arranged(request, operation)
    trouble = ""
    if request.method == "POST":
        try:
            slots = posted_slots(request, "slot")
            if not slots:
                raise AppointmentRefused("请在表里选一个半天")
            fix_appointment(
                operation=operation, actor=actor(request), slot=slots[0], place=posted_text(request, "place"),
                policy=_policy(request), at=now(), seen=posted_number(request, "seen"),
            )  # fmt: skip
            messages.success(request, f"已定在{slot_words(slots[0])}，通知已发给各方。")
            return HttpResponseRedirect(reverse("joint-operation", args=[operation]))
        except (AppointmentRefused, OperationRefused) as refusal:
            trouble = str(refusal)
    first = str(read.proposals.common[0]) if read.proposals.common else ""
    view = ArrangeView(
        read=read,
        title=f"{read.kind.value}：定时间和地点",
        why=proposed_words(read),
        table=times_table(read, chosen=posted_text(request, "slot") or first),
        questions=(_place(request),),
        more=_joining(request, read),
        more_open=posted_text(request, "way") not in ("", JoinWay.ALL.value),
        problems=_problems(trouble, "time-table"),
        yes="定下来，通知各方",
        back=reverse("joint-operation", args=[operation]),
    )
    return _shown(request, view, trouble)


@signed_in
def move(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Ask to when and why, then move the appointment; the departments' side may do so once."""
    read = _arranged(request, operation)
    trouble = ""
    if request.method == "POST":
        try:
            slots = posted_slots(request, "slot")
            if not slots:
                raise AppointmentRefused("请在表里选一个半天")
            move_appointment(
                operation=operation, actor=actor(request), slot=slots[0], reason=posted_text(request, "reason"),
                at=now(), seen=posted_number(request, "seen"),
            )  # fmt: skip
            messages.success(request, f"已改到{slot_words(slots[0])}，通知已发给各方。")
            return HttpResponseRedirect(reverse("joint-operation", args=[operation]))
        except (AppointmentRefused, OperationRefused) as refusal:
            trouble = str(refusal)
    view = ArrangeView(
        read=read,
        title=f"{read.kind.value}：改时间",
        why=f"现在约在{slot_words(read.slot)}。部门一方只能改一次。" if read.slot else "",
        table=times_table(read, chosen=posted_text(request, "slot")),
        questions=(_reason(request, "为什么改", "各方都看得到，如：消防当天有演练"),),
        problems=_problems(trouble, "time-table"),
        yes="改时间，通知各方",
        back=reverse("joint-operation", args=[operation]),
    )
    return _shown(request, view, trouble)


@signed_in
def cancel(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Ask why, then call the operation off."""
    read = _arranged(request, operation)
    trouble = ""
    if request.method == "POST":
        try:
            cancel_operation(
                operation=operation, actor=actor(request), reason=posted_text(request, "reason"), at=now()
            )
            messages.success(request, f"{read.kind.value}已取消，通知已发给各方。")
            return HttpResponseRedirect(reverse("coordinate-submission", args=[read.submission]))
        except (ReasonMissing, OperationRefused) as refusal:
            trouble = str(refusal)
    view = ArrangeView(
        read=read,
        title=f"取消{read.kind.value}",
        why="取消以后，各部门照常办自己的事项；以后可以重新安排。",
        table=(),
        questions=(_reason(request, "为什么取消", "各方都看得到，如：店面还没有装修好"),),
        problems=_problems(trouble, "f-reason"),
        yes="取消，通知各方",
        back=reverse("joint-operation", args=[operation]),
        danger=True,
    )
    return _shown(request, view, trouble)


def _arranged(request: HttpRequest, operation: UUID) -> OperationRead:
    read = read_operation(operation=operation, actor=actor(request), at=now())
    if not read.can_arrange:
        raise NotPermitted(Act.ARRANGE_JOINT)
    return read


def _place(request: HttpRequest) -> p.Asked:
    return p.Asked(
        name="place", label="在哪里碰头", value=posted_text(request, "place"), wide=True, max_length=200,
        hint="现场地址、会议室，或者线上会议号",
    )  # fmt: skip


def _joining(request: HttpRequest, read: OperationRead) -> tuple[p.Asked, ...]:
    way = posted_text(request, "way") or JoinWay.ALL.value
    return (
        p.Asked(
            name="way", label="怎样算通过", kind=Kind.ENUM, value=way, wide=True,
            options=tuple(p.Option(one.value, words) for one, words in JOIN_WORDS.items()),
            hint="写进记录；各部门仍对自己的事项作决定",
        ),
        p.Asked(
            name="least", label="够几家", kind=Kind.INT, value=posted_text(request, "least"), optional=True,
            hint="只在选“够几家合格就通过”时填",
        ),
        p.Asked(
            name="vetoers", label="由哪些部门决定", kind=Kind.MULTI_ENUM, value=request.POST.getlist("vetoers"), optional=True,
            wide=True, options=tuple(p.Option(unit, name) for unit, name in read.units.items()),
            hint="只在选“由指定的部门决定”时勾",
        ),
    )  # fmt: skip


def _policy(request: HttpRequest) -> JoinPolicy:
    try:
        way = JoinWay(posted_text(request, "way") or JoinWay.ALL)
    except ValueError as error:
        raise OperationRefused("请从列出的里面选怎样算通过") from error
    least = posted_number(request, "least") or 0 if way is JoinWay.SOME else 0
    vetoers = frozenset(request.POST.getlist("vetoers")) if way is JoinWay.VETO else frozenset()
    return JoinPolicy(way, min(least, 999), vetoers)


def _reason(request: HttpRequest, label: str, hint: str) -> p.Asked:
    return p.Asked(
        name="reason", label=label, kind=Kind.TEXT, value=posted_text(request, "reason"), hint=hint, wide=True, max_length=500
    )  # fmt: skip


def _problems(trouble: str, field: str) -> p.Problems | None:
    return p.Problems(items=(p.Problem(field=field, text=trouble),)) if trouble else None


def _shown(request: HttpRequest, view: ArrangeView, trouble: str) -> HttpResponse:
    return desk_page(
        request, "joint/arrange.html", view, here="joint", unit=view.read.lead_name, status=422 if trouble else 200
    )  # fmt: skip
