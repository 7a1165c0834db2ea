"""The pages of practice: choosing a task, answering it, seeing what was wrong and why, and the trainer's list."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.practice import LARGEST_SEED, TASK_WORDS, PracticeCase, Task
from yijianshi.services.practice.answer import answer_case, case_for
from yijianshi.services.reading.practice import (
    AttemptPage,
    PracticePage,
    TrainerLine,
    read_attempt,
    read_practice,
    read_trainer,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text
from yijianshi.web.templatetags.yjs import wide


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """Choosing a task."""

    read: PracticePage
    questions: tuple[p.Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A made-up case with its questions."""

    case: PracticeCase
    title: str
    what: str
    how: str
    guide: str
    items: tuple[str, ...]
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """What was wrong and why."""

    read: AttemptPage
    what: str
    guide: str
    again: str


@signed_in
def practice(request: HttpRequest) -> HttpResponse:
    """Choose what to practise; a case is drawn for it."""
    read = read_practice(actor=actor(request), at=now())
    task, bundle = posted_text(request, "task", longest=20), posted_text(request, "bundle", longest=64)
    if request.method == "POST" and task in tuple(Task) and BundleCode(bundle) in dict(read.things):
        return HttpResponseRedirect(_drawn(task, bundle))
    questions = (
        p.Asked(
            name="task", label="练什么", kind=Kind.ENUM, wide=True, value=task or Task.MISSING,
            options=tuple(p.Option(one, *words) for one, words in TASK_WORDS.items()),
        ),
        p.Asked(
            name="bundle", label="哪件事", kind=Kind.REGION, wide=True, value=bundle,
            options=tuple(p.Option(code, title) for code, title in read.things),
        ),
    )  # fmt: skip
    return desk_page(
        request, "practice/front.html", PracticeView(read=read, questions=questions), here="practice"
    )


@signed_in
def task(request: HttpRequest, task: str, bundle: str, seed: int) -> HttpResponse:
    """
    Show the case of a number and take the answers.

    :raises NothingToPractise: if there is none.
    """
    who, at = actor(request), now()
    published, case = case_for(task=task, bundle=BundleCode(bundle), seed=seed, actor=who, at=at)
    given = {one.key: posted_text(request, one.key, longest=64) for one in case.questions}
    opened = [n for n, one in enumerate(case.questions, 1) if not given[one.key]]
    if request.method == "POST" and not opened:
        attempt = answer_case(
            task=task, bundle=BundleCode(bundle), seed=seed, answers=given, actor=who, at=at
        )
        return HttpResponseRedirect(reverse("practice-attempt", args=[attempt]))
    refused = request.method == "POST"
    questions = tuple(
        p.Asked(
            name=one.key, label=f"{n}. {wide(one.text)}", kind=Kind.ENUM if len(one.options) <= p.OPEN_CHOICES else Kind.REGION,
            options=tuple(p.Option(value, words) for value, words in one.options), value=given[one.key], wide=True,
            error="还没有答" if refused and not given[one.key] else "",
        )
        for n, one in enumerate(case.questions, 1)
    )  # fmt: skip
    problems = tuple(
        p.Problem(field=q.id, text=f"第 {n} 题还没有答") for n, q in enumerate(questions, 1) if q.error
    )
    view = TaskView(
        case=case,
        title=published.edition.bundle.title,
        what=TASK_WORDS[case.task][0],
        how=TASK_WORDS[case.task][1],
        guide=reverse("guide", args=[bundle]),
        items=tuple(wide(item.plain_name) for item in case.plan.items),
        questions=questions,
        problems=p.Problems(items=problems, then="再交") if problems else None,
    )
    return desk_page(request, "practice/task.html", view, here="practice", status=422 if problems else 200)


@require_safe
@signed_in
def attempt(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """
    Show what was answered, what is right, why and on which basis.

    :raises NotPermitted: if it is neither the reader's own nor of somebody he trains.
    """
    read = read_attempt(attempt, actor=actor(request))
    view = AttemptView(
        read=read,
        what=TASK_WORDS[read.case.task][0],
        guide=reverse("guide", args=[read.bundle]),
        again=_drawn(read.case.task, read.bundle) if read.is_mine else "",
    )
    here = "practice" if read.is_mine else "practice-trainer"
    return desk_page(request, "practice/attempt.html", view, here=here)


@signed_in
def trainer(request: HttpRequest) -> HttpResponse:
    """
    Show the trainer how everybody practises.

    :raises NotPermitted: if the reader trains nobody.
    """
    lines: tuple[TrainerLine, ...] = read_trainer(actor=actor(request))
    return desk_page(request, "practice/trainer.html", lines, here="practice-trainer")


def _drawn(task: str, bundle: str) -> str:
    return reverse("practice-task", args=[task, bundle, secrets.randbelow(LARGEST_SEED)])
