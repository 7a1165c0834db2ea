"""Asking for a person, the unit's queue of such requests, and its answer."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.domain.reviews import LONGEST, REVIEW_DAYS, ReviewNotPossible
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.handling.review import answer_review, ask_review, reviewable_case
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.services.reading.reviews import ReviewSeen, newest_review, read_review, reviews_waiting
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text
from yijianshi.web.templatetags.yjs import day


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The page of one request."""

    one: ReviewSeen
    question: p.Asked
    problems: p.Problems | None


@signed_in
def ask(request: HttpRequest, submission: UUID, case: UUID) -> HttpResponse:
    """
    Ask for a person, or show how the request stands.

    :raises NotPermitted: if the case is not the reader's.
    :raises ReviewNotPossible: if an officer decided it.
    """
    seen = read_submission(submission, actor=actor(request))
    one = next((one for one in seen.cases if one.id == case), None)
    if one is None or not seen.is_mine:
        raise NotPermitted(Act.WITHDRAW)
    back, asked = reverse("my-case", args=[submission]), newest_review(case, on=today())
    if asked is not None and (asked.answered_at is None or not one.by_machine):
        return render(
            request,
            "reviews/mine.html",
            frame(request, nav="cases", one=asked, back=back, notice=_told(asked)),
        )
    reviewable_case(case, actor=actor(request))
    if request.method == "POST":
        ask_review(case=case, actor=actor(request), words=request.POST.get("reason", ""), at=now())
        messages.success(
            request, f"已经请工作人员看“{one.item.plain_name}”，{REVIEW_DAYS} 个工作日内答复您。"
        )
        return HttpResponseRedirect(back)
    question = p.Confirmation(
        title=f"请工作人员重新审查“{one.item.plain_name}”？",
        text=f"这一项是系统按登记的数据自动核验的。您可以不接受只由系统来定，{REVIEW_DAYS} 个工作日内由工作人员看过再答复您。",
        remains="答复以前，现在的结果照样有效，别的事项照常办。",
        ask_reason="您觉得哪里不对（可以不写）",
        yes="请工作人员看",
        no="不用了",
        post=request.path,
        back=back,
        danger=False,
    )
    return render(request, "confirm.html", frame(request, nav="cases", question=question))


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for a person of the reader's units."""
    waiting = reviews_waiting(actor=actor(request), on=today())
    badges = {"desk-reviews": len(waiting)}
    return desk_page(request, "reviews/queue.html", waiting, here="desk-reviews", badges=badges)


@signed_in
def answer(request: HttpRequest, review: UUID) -> HttpResponse:
    """Show a request, and take the unit's answer."""
    one, problem = read_review(review, actor=actor(request), on=today()), ""
    if request.method == "POST":
        anew = request.POST.get("anew") == "yes"
        words = posted_text(request, "words", longest=LONGEST + 1)
        try:
            answer_review(review=review, actor=actor(request), anew=anew, words=words, at=now())
        except ReviewNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "已答复。" + ("这一件在您手里重新办理，期限从今天算。" if anew else ""))
            to = reverse("desk-case", args=[one.case]) if anew else reverse("desk-reviews")
            return HttpResponseRedirect(to)
    question = p.Asked(
        name="words", label="看了什么，结论是什么", kind=Kind.TEXT, value=posted_text(request, "words"), wide=True,
        max_length=LONGEST, hint="申请人会看到", error=problem,
    )  # fmt: skip
    view = AnswerView(
        one=one,
        question=question,
        problems=p.Problems(items=(p.Problem(field=question.id, text=problem),)) if problem else None,
    )
    return desk_page(
        request, "reviews/answer.html", view, here="desk-reviews", status=422 if problem else 200
    )


def _told(one: ReviewSeen) -> p.Notice:
    if one.answered_at is None:
        return p.Notice(
            kind="todo", title="已经请工作人员看", text=f"{day(one.answer_by, today())}前答复您。"
        )
    title = "工作人员重新办理了" if one.is_taken_up else "工作人员看过了，结果不变"
    return p.Notice(kind="done", title=title, text=one.answer)
