"""Asking another unit of the same submission (征询): the window, the coordinator or a department, on one form."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.consultations import ANSWER_DAYS, LONGEST, MOST_ANSWER_DAYS, ConsultationNotPossible
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Actor, Role
from yijianshi.services.contents import is_key
from yijianshi.services.handling.consult import ask_unit
from yijianshi.services.reading.consultations import (
    AskPreview,
    QuestionSeen,
    preview_question,
    questions_of_submission,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """The form."""

    preview: AskPreview
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    back: str
    came_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """The questions about a submission on a page of it, and the way to ask another."""

    questions: tuple[QuestionSeen, ...]
    ask: str


def consulted(submission: UUID, *, actor: Actor, at: datetime, at_window: bool = False) -> Consulted:
    """Return what stands about questions on a submission's page, for a reader who was let see it."""
    came_from = f"?from={Role.WINDOW}" if at_window else ""
    return Consulted(
        questions=questions_of_submission(submission, actor=actor, at=at),
        ask=reverse("consult-ask", args=[submission]) + came_from,
    )


@signed_in
def ask(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show or take the form of a question."""
    preview = preview_question(submission=submission, actor=actor(request))
    chosen = request.POST.get("case", "") or request.GET.get("case", "")
    came_from = request.POST.get("from", request.GET.get("from", ""))
    back, here = _back(submission, preview, came_from)
    problem = ""
    if request.method == "POST":
        try:
            _ask(request, preview, chosen)
        except ConsultationNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "已发给对方单位，答复会出现在这一页。办件的期限照走。")
            return HttpResponseRedirect(back)
    questions = _questions(request, preview, chosen)
    view = AskView(
        preview=preview,
        questions=questions,
        problems=p.Problems(items=(p.Problem(field=questions[-1].id, text=problem),)) if problem else None,
        back=back,
        came_from=came_from,
    )
    status = 422 if problem else 200
    return desk_page(request, "consulting/ask.html", view, here=here, unit=preview.unit_name, status=status)


def _ask(request: HttpRequest, preview: AskPreview, chosen: str) -> None:
    if not is_key(chosen) or chosen not in {key for key, _, _ in preview.cases}:
        raise ConsultationNotPossible("请选是哪个事项；已经办结的不用再征询")
    days = request.POST.get("days", "")
    ask_unit(
        case=UUID(chosen), actor=actor(request), unit=request.POST.get("unit", "")[:64],
        text=posted_text(request, "text", longest=LONGEST + 1), at=now(),
        days=int(days) if days.isdecimal() and len(days) < 3 else ANSWER_DAYS,
    )  # fmt: skip


def _back(submission: UUID, preview: AskPreview, came_from: str) -> tuple[str, str]:
    """Return where the form leads back to: the page of the case, of the coordinator or of the window it was opened from."""
    if is_key(came_from):
        return reverse("desk-case", args=[came_from]), "desk"
    if came_from == Role.WINDOW:
        return reverse("window-submission", args=[submission]), "window"
    return reverse("coordinate-submission", args=[submission]), "coordinate-released"


def _questions(request: HttpRequest, preview: AskPreview, chosen: str) -> tuple[p.Asked, ...]:
    return (
        p.Asked(
            name="case", label="关于哪个事项", kind=Kind.ENUM, value=chosen, wide=True,
            options=tuple(p.Option(key, item, unit) for key, item, unit in preview.cases),
        ),
        p.Asked(
            name="unit", label="问哪个单位", kind=Kind.ENUM, value=request.POST.get("unit", ""), wide=True,
            options=tuple(p.Option(code, name) for code, name in preview.units),
        ),
        p.Asked(
            name="days", label="几个工作日内答复", kind=Kind.ENUM, value=request.POST.get("days", str(ANSWER_DAYS)), wide=True,
            options=tuple(p.Option(str(days), f"{days} 个工作日") for days in range(1, MOST_ANSWER_DAYS + 1)),
        ),
        p.Asked(
            name="text", label="问什么", kind=Kind.TEXT, value=posted_text(request, "text"), wide=True, max_length=LONGEST,
            hint="写清楚要对方确认什么，如：招牌装在疏散通道上方，消防上行不行",
        ),
    )  # fmt: skip
