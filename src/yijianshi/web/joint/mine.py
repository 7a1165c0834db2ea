"""A joint operation as the applicant sees it: when he can be there, his drawings, what is asked of him, the record."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.appointments import AppointmentRefused
from yijianshi.domain.definitions import Kind
from yijianshi.domain.joint import OperationState
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.contents import is_key
from yijianshi.services.joining.appoint import move_appointment, offer_times
from yijianshi.services.joining.loading import APPLICANT
from yijianshi.services.joining.mark import answer_mark
from yijianshi.services.joining.upload import upload_whole
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.reading.joint import OperationRead, read_own_operation
from yijianshi.services.reading.joint_drawing import DrawingPage, read_own_drawing
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.applicant.materials import read_file
from yijianshi.web.desk import posted_number, posted_text

from .asking import posted_slots, slot_options, slot_words, state_tag, times_question, verdict_tag
from .drawing import Pin, pins_of
from .operation import DrawingView, drawing_views


@dataclass(frozen=True, slots=True, kw_only=True)
class MyOperation:
    """The page."""

    read: OperationRead
    tag: p.Tag
    when: str
    times: p.Asked | None
    moves: tuple[p.Asked, ...]
    problems: p.Problems | None
    opinions: tuple[tuple[str, str, p.Tag, str], ...]  # item, department, verdict, reason
    drawings: tuple[DrawingView, ...]
    resumable: str
    history: p.History
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDrawing:
    """The page of one drawing."""

    read: DrawingPage
    file: str
    pins: tuple[Pin, ...]


@signed_in
def operation(request: HttpRequest, submission: UUID, operation: UUID) -> HttpResponse:
    """Show the applicant what several departments do at his place, or with his drawings."""
    return _show(request, submission, operation)


@signed_in
@require_POST
def times(request: HttpRequest, submission: UUID, operation: UUID) -> HttpResponse:
    """Take the half-days at which the applicant can be there."""
    read_own_operation(submission=submission, operation=operation, actor=actor(request), at=now())
    offer_times(
        operation=operation, actor=actor(request), party=APPLICANT, slots=posted_slots(request), at=now()
    )
    messages.success(request, "记下了。时间定下来，马上通知您。")
    return HttpResponseRedirect(reverse("my-joint", args=[submission, operation]))


@signed_in
@require_POST
def move(request: HttpRequest, submission: UUID, operation: UUID) -> HttpResponse:
    """Move the appointment, once, to where every department can come."""
    read_own_operation(submission=submission, operation=operation, actor=actor(request), at=now())
    try:
        slots = posted_slots(request, "slot")
        if not slots:
            raise AppointmentRefused("请选一个新的半天")
        move_appointment(
            operation=operation, actor=actor(request), slot=slots[0], reason=posted_text(request, "reason"), at=now(),
            seen=posted_number(request, "seen"),
        )  # fmt: skip
    except AppointmentRefused as refusal:
        return _show(request, submission, operation, trouble=("f-slot", str(refusal)))
    messages.success(request, f"已改到{slot_words(slots[0])}，各部门已收到通知。")
    return HttpResponseRedirect(reverse("my-joint", args=[submission, operation]))


@signed_in
@require_POST
def upload(request: HttpRequest, submission: UUID, operation: UUID) -> HttpResponse:
    """Take a drawing from a plain form, where no script sends it part by part."""
    read_own_operation(submission=submission, operation=operation, actor=actor(request), at=now())
    file = request.FILES.get("file")
    if file is None:
        return _show(
            request, submission, operation, trouble=("drawing-file", "还没有选文件。请先选图纸，再按“上传”")
        )
    try:
        upload_whole(
            operation=operation, actor=actor(request), filename=file.name or "图纸", content=read_file(file), at=now()
        )  # fmt: skip
    except FileRefused as refusal:
        return _show(request, submission, operation, trouble=("drawing-file", str(refusal)))
    messages.success(request, "图纸收到了，正在过检，过检后各部门就能看。")
    return HttpResponseRedirect(reverse("my-joint", args=[submission, operation]) + "#drawings")


@signed_in
def drawing(request: HttpRequest, submission: UUID, operation: UUID, drawing: UUID) -> HttpResponse:
    """Show one of his drawings with the marks that ask him; take his answer to one."""
    if request.method == "POST":
        mark = posted_text(request, "mark", longest=36)
        read_own_drawing(drawing=drawing, submission=submission, actor=actor(request))
        if not is_key(mark):
            raise NotPermitted(Act.ATTEND_JOINT)
        answer_mark(mark=UUID(mark), actor=actor(request), words=posted_text(request, "words"), at=now())
        messages.success(request, "回复已记下，部门看过会标为解决。")
        return HttpResponseRedirect(reverse("my-joint-drawing", args=[submission, operation, drawing]))
    read = read_own_drawing(drawing=drawing, submission=submission, actor=actor(request))
    page = MyDrawing(read=read, file=reverse("joint-drawing-file", args=[drawing]), pins=pins_of(read))
    return render(request, "joint/my_drawing.html", frame(request, nav="cases", page=page))


def _show(
    request: HttpRequest, submission: UUID, operation: UUID, *, trouble: tuple[str, str] = ("", "")
) -> HttpResponse:
    read = read_own_operation(submission=submission, operation=operation, actor=actor(request), at=now())
    field, text = trouble
    problems = p.Problems(items=(p.Problem(field=field, text=text),), then="改好再试") if text else None
    page = _page(request, read, problems)
    return render(
        request,
        "joint/my_operation.html",
        frame(request, nav="cases", page=page),
        status=422 if text else 200,
    )


def _page(request: HttpRequest, read: OperationRead, problems: p.Problems | None) -> MyOperation:
    before = read.state in (OperationState.PLANNED, OperationState.PROPOSED)
    comes = any(party.key == APPLICANT for party in read.parties)
    return MyOperation(
        read=read,
        tag=state_tag(read.state),
        when=slot_words(read.slot) if read.slot else "",
        times=times_question(read, APPLICANT, label="哪些半天您方便") if before and comes else None,
        moves=_moves(request, read),
        problems=problems,
        opinions=tuple((one.item, one.unit_name, verdict_tag(one.verdict), one.reason) for one in read.opinions),
        drawings=drawing_views(read, "my-joint-drawing", read.submission, read.id),
        resumable=reverse("joint-uploads", args=[read.id]) if read.is_open else "",
        history=p.History(events=tuple(p.Event(at=h.at, text=h.text, by=h.by, mood=h.mood) for h in read.history)),
        record=reverse("joint-record-pdf", args=[read.id]) if read.state is OperationState.RECORDED else "",
    )  # fmt: skip


def _moves(request: HttpRequest, read: OperationRead) -> tuple[p.Asked, ...]:
    if not (read.may_move and read.movable_to):
        return ()
    return (
        p.Asked(
            name="slot", label="改到", kind=Kind.ENUM, value=posted_text(request, "slot"), wide=True,
            options=slot_options(read.movable_to), hint="这些半天各部门都能来；您只能改一次",
        ),
        p.Asked(
            name="reason", label="为什么改", value=posted_text(request, "reason"), wide=True, max_length=500,
            hint="各部门都看得到",
        ),
    )  # fmt: skip
