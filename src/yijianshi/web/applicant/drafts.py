"""What every page of a draft has: its frame (a citizen's, or the desk of the window), its step, the way on."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.drafts import Trouble
from yijianshi.domain.rights import Role
from yijianshi.services.reading.drafts import DraftRead, read_draft
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, signed_in, today

SITUATION, FORM, MATERIALS, REVIEW = range(4)


def open_for(request: HttpRequest, draft: UUID) -> DraftRead:
    """
    Return the draft for its page.

    :raises NotPermitted: if it is not the reader's to edit.
    :raises DraftFiled: if it was filed.
    """
    return read_draft(draft, actor=actor(request), on=today())


def draft_frame(request: HttpRequest, read: DraftRead, step: int, **more: Any) -> dict[str, Any]:
    """Return the context of a draft's page: whose it is, at which step, and in which frame it stands."""
    who = actor(request)
    at_desk = read.at_window and bool(who.holds(Role.WINDOW))
    return frame(
        request,
        nav="cases",
        draft=read,
        frame="applicant/at_desk.html" if at_desk else "applicant/at_home.html",
        steps=p.Steps(at=step),
        rail=window_rail() if at_desk else (),
        **more,
    )


def window_rail() -> tuple[p.RailLink, ...]:
    """Return the one door that a clerk needs beside a form: back to the window."""
    return (p.RailLink(label="窗口", href="/window", icon="inbox", current=True),)


def place_of(read: DraftRead, trouble: Trouble) -> str:
    """Return where a trouble is mended: the field in its group, or the document in the list."""
    if trouble.key.startswith("material:"):
        return reverse("draft-materials", args=[read.id]) + "#m-" + trouble.key.removeprefix("material:")
    for n, group in enumerate(read.groups):
        if any(field.element == trouble.key for field in group.fields):
            return reverse("draft-form", args=[read.id, n]) + f"#f-{trouble.key}"
    return reverse("draft-situation", args=[read.id])


@signed_in
def draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Go on where the draft was left: at the first thing that is not finished."""
    read = open_for(request, draft)
    if not read.plan.allowed:
        return HttpResponseRedirect(reverse("draft-situation", args=[draft]))
    if (group := read.first_unfinished) is not None:
        return HttpResponseRedirect(reverse("draft-form", args=[draft, group]))
    name = "draft-materials" if read.missing else "draft-review"
    return HttpResponseRedirect(reverse(name, args=[draft]))
