"""Take a commitment back (撤回承诺): what it means for the time is said first."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.cases import Action, next_state
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.handling.uncommit import committed_case, due_without, withdraw_commitment
from yijianshi.services.reading.my_submission import CaseSeen, SubmissionSeen
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.templatetags.yjs import day


@signed_in
def withdraw(request: HttpRequest, submission: UUID, case: UUID) -> HttpResponse:
    """
    Ask before a commitment is taken back, then take it back.

    :raises NotPermitted: if the case is not the reader's own.
    :raises NothingCommitted: if it does not go by a commitment.
    :raises ActionNotAllowed: if it is decided already.
    """
    who = actor(request)
    loaded, found = committed_case(case, actor=who)
    if loaded.id != submission:
        raise NotPermitted(Act.WITHDRAW)
    next_state(found.now.state, Action.UNCOMMIT, number=found.now.number)
    name = loaded.edition.item(found.now.item).plain_name
    back = reverse("my-case", args=[submission])
    if request.method == "POST":
        withdraw_commitment(case=case, actor=who, reason=request.POST.get("reason", ""), at=now())
        messages.success(request, f"“{name}”的承诺已撤回，改按一般程序接着办，不用重新申报。")
        return HttpResponseRedirect(back)
    due = due_without(loaded, found, at=now())
    until = (
        f"撤回以后，最晚 {day(due.day, today())}办完{'（暂定）' if due.provisional else ''}。" if due else ""
    )
    question = p.Confirmation(
        title=f"撤回“{name}”的承诺？",
        text=f"撤回以后按一般程序办：先审查，再决定，时间会长一些。{until}",
        remains="不用重新申报，已交的都有效。",
        ask_reason="为什么撤回（可以不写）",
        yes="撤回承诺",
        no="不撤回",
        post=request.path,
        back=back,
        danger=False,
    )
    return render(request, "confirm.html", frame(request, nav="cases", question=question))


def uncommits_of(seen: SubmissionSeen, cases: Iterable[CaseSeen]) -> tuple[tuple[str, str], ...]:
    """Return which of the cases go by a commitment that can still be taken back, each with where."""
    return tuple(
        (case.item.plain_name, reverse("withdraw-commitment", args=[seen.id, case.id]))
        for case in cases
        if case.can_uncommit
    )


def left_out_part(seen: SubmissionSeen) -> p.Notice | None:
    """Return what an untrue commitment means for later, told to the applicant himself only."""
    if not seen.left_out or not seen.is_mine:
        return None
    return p.Notice(kind="no", title="承诺不实，已记入信用", text=f"{seen.left_out}。")
