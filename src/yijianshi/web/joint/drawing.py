"""One drawing with its marks (看图): the numbers on a picture, and the same as a list with page and place."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.domain.definitions import Kind
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.joining.mark import mark_drawing, open_drawing, resolve_mark
from yijianshi.services.reading.joint_drawing import DrawingPage, MarkRead, read_drawing
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_number, posted_text

_SHOWN = {"application/pdf", "image/jpeg", "image/png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A mark over a picture, in percent of its width and height."""

    number: int
    x: str
    y: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingView:
    """The page."""

    read: DrawingPage
    file: str
    pins: tuple[Pin, ...]
    marks: tuple[MarkRead, ...]
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    units: tuple[str, ...]


@signed_in
def drawing(request: HttpRequest, operation: UUID, drawing: UUID) -> HttpResponse:
    """Show a drawing; take a new mark on it."""
    read = read_drawing(drawing=drawing, actor=actor(request), at=now())
    trouble = ""
    if request.method == "POST":
        try:
            mark_drawing(
                drawing=drawing, actor=actor(request), unit=posted_text(request, "unit", longest=64),
                page=posted_number(request, "page") or 1, x=_place(request, "x"), y=_place(request, "y"),
                words=posted_text(request, "words"), asks_applicant=request.POST.get("asks") == "yes", at=now(),
            )  # fmt: skip
            messages.success(request, "批注已记下。")
            return HttpResponseRedirect(reverse("joint-drawing", args=[operation, drawing]))
        except ReasonMissing as refusal:
            trouble = str(refusal)
    view = DrawingView(
        read=read,
        file=reverse("joint-drawing-file", args=[drawing]),
        pins=pins_of(read),
        marks=read.marks,
        questions=_questions(request, read) if read.own_units and read.is_open and read.is_shown else (),
        problems=p.Problems(items=(p.Problem(field="f-words", text=trouble),)) if trouble else None,
        units=read.own_units,
    )
    return desk_page(request, "joint/drawing.html", view, here="joint", status=422 if trouble else 200)


@require_safe
@signed_in
def file(request: HttpRequest, drawing: UUID) -> StreamingHttpResponse:
    """Return the drawing itself, part by part; a DWG is offered for saving."""
    opened = open_drawing(drawing=drawing, actor=actor(request), at=now())
    way = "inline" if opened.media_type in _SHOWN else "attachment"
    response = StreamingHttpResponse(opened.parts, content_type=opened.media_type)
    response["Content-Length"] = str(opened.size)
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(opened.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_POST
def resolve(request: HttpRequest, operation: UUID, mark: UUID) -> HttpResponse:
    """Settle a mark of one's own unit."""
    drawing = resolve_mark(mark=mark, actor=actor(request), at=now())
    messages.success(request, "这一处已标为解决。")
    return HttpResponseRedirect(reverse("joint-drawing", args=[operation, drawing]))


def pins_of(read: DrawingPage) -> tuple[Pin, ...]:
    """Return the marks of a picture's only page as they stand over it."""
    if not read.is_picture:
        return ()
    return tuple(
        Pin(number=mark.number, x=f"{mark.x / 10:g}%", y=f"{mark.y / 10:g}%", is_open=not mark.is_resolved)
        for mark in read.marks
        if mark.page == 1
    )


def _place(request: HttpRequest, name: str) -> int:
    found = posted_number(request, name)
    return 500 if found is None else found


def _questions(request: HttpRequest, read: DrawingPage) -> tuple[p.Asked, ...]:
    given = {name: posted_text(request, name) for name in ("words", "asks", "page", "x", "y")}
    places = (
        []
        if read.is_picture
        else [p.Asked(name="page", label="第几页", kind=Kind.INT, value=given["page"] or "1")]
    )
    return (
        p.Asked(name="words", label="哪里有问题，怎么改", kind=Kind.TEXT, value=given["words"], wide=True, max_length=1000),
        *places,
        p.Asked(name="x", label="左右位置", kind=Kind.INT, value=given["x"] or "500", hint="0 在最左，1000 在最右" + ("；也可以在图上点" if read.is_picture else "")),
        p.Asked(name="y", label="上下位置", kind=Kind.INT, value=given["y"] or "500", hint="0 在最上，1000 在最下"),
        p.Asked(
            name="asks", label="要申请人回复吗", kind=Kind.ENUM, value=given["asks"] or "yes", wide=True,
            options=(p.Option("yes", "要", "申请人看得到，会收到通知"), p.Option("no", "不要", "只给各部门看")),
        ),
    )  # fmt: skip
