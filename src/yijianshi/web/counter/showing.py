"""The citizen's side of 亮码: one code to show, who looked at what because of it, and ending it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.domain.definitions import Kind
from yijianshi.domain.visits import MARK, in_groups
from yijianshi.services.contents import is_key
from yijianshi.services.reading.drafts import read_draft
from yijianshi.services.reading.visits import VisitSeen, is_somebody_looking, state_of_code, visits_of
from yijianshi.services.reading.waiting import MyWaiting, my_waiting
from yijianshi.services.visits.end import end_visit
from yijianshi.services.visits.show import show_code
from yijianshi.services.visits.wait import HintNotPossible, ask_to_look, leave
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.desk import posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """The code, and what the clerk will see."""

    picture: str
    digits: str
    state: str  # where the page asks what has become of it
    again: str
    title: str  # of the one draft that is shown; empty: all
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsPage:
    """Who looks now, and who has looked."""

    open: tuple[VisitSeen, ...]  # an enterprise may have several people at windows at once
    before: tuple[VisitSeen, ...]
    empty: p.Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitPage:
    """Letting a window look at a draft beforehand."""

    draft: UUID
    title: str
    waiting: MyWaiting
    where: p.Asked
    problems: p.Problems | None


@require_safe
@signed_in
def code(request: HttpRequest) -> HttpResponse:
    """
    Show a fresh code; while a clerk looks on, lead to what he sees instead.

    :raises NotPermitted: if the draft to be shown is not the reader's.
    """
    who, at = actor(request), now()
    wanted = request.GET.get("draft", "")
    draft = UUID(wanted) if is_key(wanted) else None
    if "again" not in request.GET and is_somebody_looking(who, at=at):
        return HttpResponseRedirect(reverse("my-visits"))
    shown = show_code(actor=who, draft=draft, at=at)
    query = f"?draft={draft}&again=1" if draft else "?again=1"
    page = CodePage(
        picture=MARK + shown.digits,
        digits=in_groups(shown.digits),
        state=reverse("my-code-state", args=[shown.id]),
        again=reverse("my-code") + query,
        title=shown.title,
        back=reverse("draft", args=[draft]) if draft else reverse("my-cases"),
    )
    return render(request, "counter/code.html", frame(request, nav="cases", page=page))


@require_safe
@signed_in
def code_state(request: HttpRequest, code: UUID) -> HttpResponse:
    """
    Answer nothing while the code is good; lead on once it was taken, and show a new one once it is too old.

    Where another page shows a newer code, this one shows none: the two would take turns for ever.
    """
    state = state_of_code(code, actor=actor(request), at=now())
    answer = HttpResponse(status=204 if state == "shown" else 200)
    if state in ("taken", "replaced"):
        answer["HX-Redirect"] = reverse("my-visits")
    elif state == "gone":
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@signed_in
def visits(request: HttpRequest) -> HttpResponse:
    """Show who looks now and what he has opened, and who did before."""
    seen = visits_of(actor(request), at=now())
    page = VisitsPage(
        open=tuple(one for one in seen if one.is_open),
        before=tuple(one for one in seen if not one.is_open),
        empty=p.Empty(title="还没有亮过码", text="在窗口亮码以后，谁看了什么，这里都记着。"),
    )
    return render(request, "counter/visits.html", frame(request, nav="cases", page=page))


@require_POST
@signed_in
def end(request: HttpRequest, visit: UUID) -> HttpResponse:
    """End a visit from the phone."""
    end_visit(visit=visit, actor=actor(request), at=now())
    messages.success(request, "已经结束，窗口看不到了。")
    return HttpResponseRedirect(reverse("my-visits"))


@signed_in
def wait(request: HttpRequest, draft: UUID) -> HttpResponse:
    """
    Ask a window to look at the draft before one's turn, take it back, and read what it said.

    :raises NotPermitted: if the draft is not the reader's own.
    """
    who, at = actor(request), now()
    read = read_draft(draft, actor=who, on=today())
    problem = ""
    if request.method == "POST":
        if "leave" in request.POST:
            leave(draft=draft, actor=who, at=at)
            messages.success(request, "收回了，窗口看不到您的草稿了。")
            return HttpResponseRedirect(request.path)
        try:
            ask_to_look(draft=draft, place=posted_text(request, "place", longest=64), actor=who, at=at)
        except HintNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "窗口能看到您的草稿了，轮到您以前会先看一遍。")
            return HttpResponseRedirect(request.path)
    waiting = my_waiting(draft, actor=who, at=at)
    where = p.Asked(
        name="place", label="您在哪个政务服务中心", kind=Kind.REGION, wide=True, error=problem,
        options=tuple(p.Option(key, words) for key, words in waiting.windows),
        value=posted_text(request, "place", longest=64),
    )  # fmt: skip
    page = WaitPage(
        draft=draft,
        title=read.title,
        waiting=waiting,
        where=where,
        problems=p.Problems(items=(p.Problem(field=where.id, text=problem),)) if problem else None,
    )
    context = frame(request, nav="cases", page=page)
    return render(request, "counter/wait.html", context, status=422 if problem else 200)
