"""What every page of a draft has: its frame (a citizen's, or the desk of the window), its step, the way on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.rights import Role
from yijianshi.services.applying.discard import discard_draft
from yijianshi.services.applying.seal import unit_for_lead
from yijianshi.services.people.actors import lead_desk
from yijianshi.services.reading.drafts import DraftRead, read_draft
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, signed_in, today
from yijianshi.web.desk import ask_first, rail_of

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
    desk = at_desk(request, read)
    lead = lead_desk(unit_for_lead(read.plan, home=read.division))
    return frame(
        request,
        nav="cases",
        opened=read.party,
        draft=read,
        frame="applicant/at_desk.html" if desk else "applicant/at_home.html",
        steps=p.Steps(at=step),
        rail=rail_of(request, here="window", badges={}) if desk else (),
        entrust=_entrust(request, read),
        whom_to_ask=p.Person(name=lead.name, about="牵头部门", phone=lead.phone),
        **more,
    )


def _entrust(request: HttpRequest, read: DraftRead) -> str:
    """Return where the one whose draft it is may have somebody else do it; nothing for whoever acts for him."""
    mine = actor(request).party == str(read.party.id) and not read.at_window
    return reverse("mandate-ask") + f"?draft={read.id}" if mine else ""


def at_desk(request: HttpRequest, read: DraftRead) -> bool:
    """Return whether the draft is filled in at the window, by somebody who works there."""
    return read.at_window and bool(actor(request).holds(Role.WINDOW))


@signed_in
def draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Go on where the draft was left: at the first thing that is not finished."""
    read = open_for(request, draft)
    if not read.plan.allowed:
        return HttpResponseRedirect(reverse("draft-situation", args=[draft]))
    if unfinished := next((one for one in read.lists if one.finished < len(one.members)), None):
        return HttpResponseRedirect(reverse("draft-members", args=[draft, unfinished.group]))
    if (group := read.first_unfinished) is not None:
        return HttpResponseRedirect(reverse("draft-form", args=[draft, group]))
    name = "draft-materials" if read.missing else "draft-review"
    return HttpResponseRedirect(reverse(name, args=[draft]))


@signed_in
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask, and throw the draft away."""
    read = open_for(request, draft)
    if request.method == "POST":
        discard_draft(draft=draft, actor=actor(request))
        messages.success(request, f"“{read.title}”的草稿删掉了。交过的材料还在“我的材料”里。")
        return HttpResponseRedirect("/window" if read.at_window else reverse("my-cases"))
    question = p.Confirmation(
        title=f"删掉“{read.title}”的草稿？",
        text="填过的内容会全部删掉，找不回来。",
        remains="交过的材料留在“我的材料”里，下次还能用。",
        yes="删掉草稿",
        no="不删",
        post=request.path,
        back=reverse("draft", args=[draft]),
    )
    if at_desk(request, read):
        return ask_first(request, question, here="window")
    return render(request, "confirm.html", frame(request, nav="cases", question=question))
