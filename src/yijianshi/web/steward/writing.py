"""
What every form of the editor does with what was posted: look it over while it is written, keep it, refuse it if stale.

A form changes the text of the manuscript and nothing else; so it and the expert's view edit the same source.
"""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.services.editions.write import TextStale, wording, write_text
from yijianshi.services.people.actors import name_of
from yijianshi.services.reading.manuscript import ManuscriptRead, read_manuscript
from yijianshi.web.acting import actor, now, today
from yijianshi.web.desk import desk_page

from .front import place
from .places import FoundLine, found_lines

#: What a form makes of the text; it may refuse with a ValueError that says what to mend.
Change = Callable[[str], str]


class FormRefused(ValueError):
    """What was posted cannot be put into the text; `field` says where, the words say why."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleView:
    """Two wordings beside each other."""

    read: ManuscriptRead
    theirs: str
    ours: str
    who: str
    lines: tuple[tuple[str, str], ...]


def opened(request: HttpRequest, manuscript: UUID) -> ManuscriptRead:
    """Return the manuscript that a form of the editor shows."""
    return read_manuscript(manuscript, actor=actor(request), on=today())


def is_live(request: HttpRequest) -> bool:
    """Return whether only the check beside the form is asked for, and nothing is to be kept."""
    return request.method == "POST" and request.headers.get("HX-Request") == "true"


def changed_text(request: HttpRequest, manuscript: UUID, change: Change) -> str:
    """Return what the form makes of the wording from which its writer began."""
    return change(wording(manuscript, request.POST.get("seen", ""), actor=actor(request)))


def looked_over(request: HttpRequest, manuscript: UUID, text: str) -> HttpResponse:
    """Return what the check finds in a wording that is not kept, to stand beside the form."""
    read = read_manuscript(manuscript, actor=actor(request), on=today(), text=text)
    shown = found_lines(read, read.errors + read.warnings)
    says = f"{len(read.errors)} 处错误，{len(read.warnings)} 处提醒 · 还没有保存"
    return render(request, "steward/found.html", {"found": shown, "says": says})


def taken(request: HttpRequest, manuscript: UUID, change: Change, *, then: str) -> HttpResponse:
    """
    Look over or keep what a form makes of the text.

    :raises FormRefused: if it cannot be put into the text; while somebody is still writing that is told beside the form.
    """
    try:
        text = changed_text(request, manuscript, change)
    except FormRefused as refused:
        if not is_live(request):
            raise
        line = FoundLine(
            where="这张表",
            href=f"#{refused.field}",
            message=str(refused),
            remedy="改好再存",
            is_error=True,
            line=0,
        )
        return render(request, "steward/found.html", {"found": (line,), "says": "还没有保存"})
    return (
        looked_over(request, manuscript, text)
        if is_live(request)
        else kept(request, manuscript, text, then=then)
    )


def kept(
    request: HttpRequest, manuscript: UUID, text: str, *, then: str, said: str = "已保存。"
) -> HttpResponse:
    """Keep a wording and go on; where somebody else has written meanwhile, show both."""
    try:
        write_text(
            manuscript=manuscript,
            actor=actor(request),
            text=text,
            seen=request.POST.get("seen", ""),
            at=now(),
        )
    except TextStale as stale:
        return _stale(request, manuscript, stale)
    messages.success(request, said)
    return HttpResponseRedirect(then)


def editor_page(
    request: HttpRequest, template: str, read: ManuscriptRead, view: Any, *, status: int = 200
) -> HttpResponse:
    """Return a form of the editor with the check beside it."""
    found = found_lines(read, read.errors + read.warnings)
    says = f"{len(read.errors)} 处错误，{len(read.warnings)} 处提醒"
    return desk_page(
        request, template, view, here="steward", unit=place(read.division), status=status, read=read, found=found,
        says=says, back=reverse("steward-manuscript", args=[read.id]),
    )  # fmt: skip


def _stale(request: HttpRequest, manuscript: UUID, stale: TextStale) -> HttpResponse:
    read = opened(request, manuscript)
    lines = difflib.unified_diff(stale.theirs.splitlines(), stale.ours.splitlines(), lineterm="", n=1)
    marked = tuple(
        ({"+": "ours", "-": "theirs"}.get(line[:1], ""), line)
        for line in list(lines)[2:400]
        if not line.startswith("@@")
    )
    view = StaleView(read=read, theirs=stale.theirs, ours=stale.ours, who=name_of(stale.by), lines=marked)
    return desk_page(
        request,
        "steward/stale.html",
        view,
        here="steward",
        unit=place(read.division),
        status=409,
        at=stale.at,
    )
