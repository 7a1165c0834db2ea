"""The desk of helpers and project stewards (帮办): visits that wait, whom one helps, a project to follow and to ask about."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.definitions import Kind
from yijianshi.domain.mandates import MandateNotPossible
from yijianshi.domain.rights import Act, NotPermitted, Role, posts_for
from yijianshi.services.mandates.stewards import chase, chases_of, name_steward, standing_in, stewards_of
from yijianshi.services.mandates.visits import finish_visit, take_visit
from yijianshi.services.reading.home_visits import matters_helped, visits_to_make
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, is_late, posted_text, state_tag


@signed_in
def helping(request: HttpRequest) -> HttpResponse:
    """
    Show what waits.

    :raises NotPermitted: if the reader holds no such post.
    """
    who = actor(request)
    if not who.holds(Role.PROJECT_STEWARD):  # his projects are found by the mandates that he holds
        posts_for(who, Act.TAKE_VISIT, Role.HELPER, Role.WINDOW)
    page = {"visits": visits_to_make(who), "matters": matters_helped(who)}
    return desk_page(request, "mandates/helping.html", page, here="helping")


@require_POST
@signed_in
def visit(request: HttpRequest, visit: UUID) -> HttpResponse:
    """
    Take a visit and say when, or note it done.

    :raises NotPermitted: if the reader works elsewhere.
    """
    try:
        if "done" in request.POST:
            finish_visit(visit=visit, actor=actor(request), at=now())
            messages.success(request, "记下了，这次上门办完了。")
        else:
            half = posted_text(request, "half", longest=2)
            take_visit(visit=visit, actor=actor(request), on=_day(request), half=half, at=now())
            messages.success(request, "接了，已经告诉他哪天来。")
    except MandateNotPossible as refused:
        messages.error(request, f"{refused}。")
    return HttpResponseRedirect(reverse("helping"))


@signed_in
def project(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """
    Show a steward how far the project is, and take his question to the unit that holds a case.

    :raises NotPermitted: if he was not named for it.
    """
    who, problem = actor(request), ""
    there, loaded = standing_in(mandate, actor=who, at=now())
    if request.method == "POST":
        try:
            chase(
                mandate=mandate,
                unit=posted_text(request, "unit", longest=64),
                words=posted_text(request, "words", longest=300),
                actor=who,
                at=now(),
            )
        except MandateNotPossible as refused:
            problem = str(refused)
        else:
            messages.success(request, "问过了，办的人会看到。期限照常走。")
            return HttpResponseRedirect(request.path)
    seen = read_submission(loaded.id, actor=there)
    units = dict.fromkeys(case.unit for case in seen.cases)
    questions = (
        p.Asked(
            name="unit", label="问谁", kind=Kind.REGION, value=posted_text(request, "unit", longest=64), wide=True,
            options=tuple(p.Option(unit, name_of_unit(unit)) for unit in units),
        ),
        p.Asked(name="words", label="问什么", kind=Kind.TEXT, value=posted_text(request, "words", longest=300), wide=True),
    )  # fmt: skip
    page = {
        "seen": seen,
        "items": tuple(
            (case, state_tag(case.state, is_late=is_late(case.state, case.due_on, today())))
            for case in seen.cases
        ),
        "questions": questions,
        "problems": p.Problems(items=(p.Problem(field="f-words", text=problem),)) if problem else None,
        "asked": tuple((name_of_unit(unit), words, at) for unit, words, at in chases_of(loaded.id)),
    }
    return desk_page(request, "mandates/project.html", page, here="helping", status=422 if problem else 200)


@signed_in
def name(request: HttpRequest, submission: UUID) -> HttpResponse:
    """
    Let the lead unit's coordinator name a steward for an enterprise's project.

    :raises NotPermitted: if he does not lead it.
    """
    who, problem = actor(request), ""
    seen = read_submission(submission, actor=who)
    if not who.holds(Role.COORDINATOR):
        raise NotPermitted(Act.NAME_STEWARD)
    people = stewards_of(seen.division)
    if request.method == "POST":
        chosen = next((key for key, _ in people if str(key) == request.POST.get("steward", "")), UUID(int=0))
        try:
            name_steward(submission=submission, steward=chosen, actor=who, at=now())
        except MandateNotPossible as refused:
            problem = str(refused)
        else:
            messages.success(request, "指定好了，企业和管家都收到了消息。")
            return HttpResponseRedirect(reverse("coordinate-submission", args=[submission]))
    question = p.Asked(
        name="steward", label="请谁做管家", kind=Kind.REGION, value="", wide=True,
        options=tuple(p.Option(str(key), words) for key, words in people), error=problem,
    )  # fmt: skip
    page = {"title": seen.edition.bundle.title, "about": seen.about, "question": question, "people": people}
    return desk_page(
        request, "mandates/name_steward.html", page, here="coordinate", back=reverse("coordinate-submission", args=[submission]),
        status=422 if problem else 200,
    )  # fmt: skip


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return None
