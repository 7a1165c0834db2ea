"""Granting several cases of one item at once (批量准予): first a page that lists them, then one decision per case."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.cases import Action, ActionNotAllowed, State
from yijianshi.domain.countersigning import SecondPersonNeeded
from yijianshi.domain.holds import DecisionHeld
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.contents import is_key
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.reading.inbox import InboxLine, lines_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import ask_first, short_number
from yijianshi.web.errors import refused

MOST = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case of the batch."""

    line: InboxLine
    trouble: str = ""


@signed_in
@require_POST
def grant_many(request: HttpRequest) -> HttpResponse:
    """List what was ticked and ask; with the answer, decide each case by itself."""
    ticked = [UUID(key) for key in request.POST.getlist("case")[:MOST] if is_key(key)]
    lines = lines_of(ticked, actor=actor(request), at=now())
    if not lines:
        messages.warning(request, "还没有勾选办件。请先勾几件，再点“准予所选”。")
        return HttpResponseRedirect(reverse("desk"))
    if len({line.item_code for line in lines}) > 1:
        names = "、".join(sorted({line.item for line in lines}))
        return refused(
            request, "不是同一个事项，不能一起准予", f"勾选的有：{names}。", "请按事项筛选以后再勾。", 422
        )
    if other := [line for line in lines if line.state is not State.ACCEPTED]:
        which = "、".join(f"{line.title}（{short_number(line.number)}）" for line in other)
        return refused(
            request,
            "有的办件现在不能准予",
            f"{which}不在办理中，可能刚刚有人办过。",
            "请回到待办刷新后再勾。",
            409,
        )
    if request.POST.get("confirmed"):
        return _decide(request, lines)
    item = lines[0].item
    question = p.Confirmation(
        title=f"准予这 {len(lines)} 件“{item}”？",
        text="每一件单独作出决定、单独出具结果；其中一件出问题，不影响其他的。",
        listed=tuple(f"{line.title} · {short_number(line.number)} · {line.bundle}" for line in lines),
        remains="准予后不能在这里改回。不予的要一件一件办，写明理由。",
        yes=f"准予 {len(lines)} 件",
        post=reverse("desk-grant-many"),
        no="回去再看",
        back=reverse("desk"),
        fields=(
            *(("case", str(line.id)) for line in lines),
            *(("seen", f"{line.id}:{line.seq}") for line in lines),
            ("confirmed", "1"),
        ),
        danger=False,
    )
    return ask_first(request, question, here="desk")


def _decide(request: HttpRequest, lines: tuple[InboxLine, ...]) -> HttpResponse:
    seen = dict(one.split(":", 1) for one in request.POST.getlist("seen") if ":" in one)
    outcomes = []
    for line in lines:
        said = seen.get(str(line.id), "")
        try:
            decide_case(
                case=line.id, actor=actor(request), decision=Decision(Action.GRANT), at=now(),
                seen=int(said) if said.isdecimal() else None,
            )  # fmt: skip
            outcomes.append(Outcome(line))
        except (
            SomebodyWasFaster, ActionNotAllowed, DecisionHeld, NotPermitted, SecondPersonNeeded,
        ) as why:  # fmt: skip
            outcomes.append(Outcome(line, str(why)))
    done = [one for one in outcomes if not one.trouble]
    if done:
        messages.success(request, f"已准予 {len(done)} 件“{lines[0].item}”，结果已出具。")
    for one in outcomes:
        if one.trouble:
            messages.error(
                request, f"{one.line.title}（{short_number(one.line.number)}）没有准予：{one.trouble}。"
            )
    return HttpResponseRedirect(reverse("desk"))
