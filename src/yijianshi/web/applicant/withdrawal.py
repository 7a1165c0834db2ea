"""Withdraw one item (撤回): what would stop together with it is shown first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.handling.withdraw import what_falls, withdraw_case
from yijianshi.services.reading.units import short_name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in


@signed_in
def withdraw(request: HttpRequest, submission: UUID, case: UUID) -> HttpResponse:
    """
    Ask before withdrawing, then withdraw.

    :raises NotPermitted: if the case is not the reader's own.
    :raises ActionNotAllowed: if it cannot be withdrawn any more.
    """
    loaded, moves = what_falls(case=case, actor=actor(request))
    if loaded.id != submission:
        raise NotPermitted(Act.WITHDRAW)
    name = loaded.edition.item(moves[0].case.item).plain_name
    back = reverse("my-case", args=[submission])
    if request.method == "POST":
        withdraw_case(case=case, actor=actor(request), at=now())
        messages.success(request, f"已撤回“{name}”。填过的内容都留着，以后想办可以重新申报。")
        return HttpResponseRedirect(back)
    listed = tuple(
        f"{loaded.edition.item(move.case.item).plain_name} · {short_name_of_unit(loaded.case(move.case.id).unit)}"
        for move in moves
    )
    falling = {move.case.id for move in moves}
    others = [
        c for c in loaded.nows if c.id not in falling and str(c.state) not in ("withdrawn", "terminated")
    ]
    going_on = "、".join(loaded.edition.item(other.item).plain_name for other in others)
    question = p.Confirmation(
        title=f"撤回“{name}”？",
        text="撤回以后这一项就停了，想办要重新申报。"
        + ("下面这些要等它的结果，会跟着停：" if len(moves) > 1 else ""),
        listed=listed if len(moves) > 1 else (),
        remains=f"{going_on}不受影响，照常办。" if going_on else "",
        yes="撤回这一项" if len(moves) == 1 else f"撤回这 {len(moves)} 项",
        no="不撤回",
        post=request.path,
        back=back,
    )
    return render(request, "confirm.html", frame(request, nav="cases", question=question))
