"""What one's own unit is asked (答复征询): the queue, the most urgent first, and the one answer."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.consultations import LONGEST, ConsultationNotPossible
from yijianshi.domain.definitions import Kind
from yijianshi.services.handling.consult import answer_unit
from yijianshi.services.reading.consultations import (
    QuestionQueue,
    QuestionSeen,
    questions_waiting,
    read_question,
    read_queue,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The page of one question."""

    one: QuestionSeen
    question: p.Asked
    problems: p.Problems | None


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """Show what the reader's units are asked."""
    read: QuestionQueue = read_queue(actor=actor(request), at=now())
    badges = {"consult": len(read.waiting)}
    return desk_page(
        request, "consulting/queue.html", read, here="consult", unit=read.unit_name, badges=badges
    )


@signed_in
def answer(request: HttpRequest, question: UUID) -> HttpResponse:
    """Show a question to the unit that is asked, and take its one answer."""
    who, at = actor(request), now()
    problem = ""
    if request.method == "POST":
        try:
            answer_unit(
                question=question, actor=who, text=posted_text(request, "text", longest=LONGEST + 1), at=at
            )
        except ConsultationNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "已答复，对方单位马上看得到。")
            return HttpResponseRedirect(reverse("consult"))
    one = read_question(question=question, actor=who, at=at)
    asked = p.Asked(
        name="text", label="答复", kind=Kind.TEXT, value=posted_text(request, "text"), wide=True, max_length=LONGEST,
        hint="只答复一次，请一次写清楚", error=problem,
    )  # fmt: skip
    view = AnswerView(
        one=one,
        question=asked,
        problems=p.Problems(items=(p.Problem(field=asked.id, text=problem),)) if problem else None,
    )
    return desk_page(
        request, "consulting/answer.html", view, here="consult", unit=one.asked,
        badges={"consult": questions_waiting(actor=who)}, status=422 if problem else 200,
    )  # fmt: skip
