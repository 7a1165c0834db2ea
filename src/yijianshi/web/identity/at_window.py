"""At the window: the clerk types the number on somebody's page, compares him with his card, and vouches for him."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Act, Role, posts_for
from yijianshi.services.people.sightings import SightingNotFound, Waiting, see, waiting_under
from yijianshi.services.people.signing_in import TooManyTries
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeingPage:
    """What the clerk sees: the question for the number, then whose card must lie before him."""

    question: p.Asked
    waiting: Waiting | None
    code: str
    problems: p.Problems | None


@signed_in
def seeing(request: HttpRequest) -> HttpResponse:
    """
    Ask for the number, show whose card it must be, and write down that it was seen.

    :raises NotPermitted: if the reader is no window clerk.
    """
    who = actor(request)
    posts_for(who, Act.SEE_IDENTITY, Role.WINDOW)
    code, waiting, problem, status = posted_text(request, "code", longest=20), None, "", 200
    if request.method == "POST":
        try:
            if request.POST.get("seen"):
                name = see(code, actor=who, at=now())
                messages.success(request, f"已确认{name}本人到场。请他在自己的页面上按“窗口看过了”。")
                return HttpResponseRedirect(reverse("window-seeing"))
            waiting = waiting_under(code, actor=who, at=now())
        except SightingNotFound as why:
            problem, status = str(why), 422
        except TooManyTries as why:
            problem, status = str(why), 429
    question = p.Asked(
        name="code", label="他页面上的八位数字", kind=Kind.STRING, value=code if problem else "", max_length=20,
        hint="请他在“确认是您本人”那一页取", error=problem,
    )  # fmt: skip
    page = SeeingPage(
        question=question,
        waiting=waiting,
        code=code,
        problems=p.Problems(items=(p.Problem(field=question.id, text=problem),)) if problem else None,
    )
    return desk_page(request, "identity/seeing.html", page, here="window-seeing", status=status)
