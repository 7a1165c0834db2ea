"""One item for everybody on a list (按人办理): who stands where, and one decision for those who are ticked."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.cases import CLOSED, Action, State
from yijianshi.services.handling.decide import Decided, Decision
from yijianshi.services.handling.decide_members import decide_members
from yijianshi.services.reading.case_members import MemberCase, MembersOfItem, read_item_of_members
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import (
    TO_DO_WORDS,
    ask_first,
    desk_page,
    due_words,
    is_late,
    short_number,
    state_tag,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersView:
    """The page."""

    item: str
    back: str
    meter: p.Meter
    inbox: p.Inbox


@signed_in
def members(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show where everybody stands; what is ticked is asked about first, and then decided for each by himself."""
    read = read_item_of_members(case=case, actor=actor(request), at=now())
    if request.method == "POST":
        return _decide(request, read, case)
    return desk_page(
        request, "department/members.html", _view(read, case), here="desk", unit=name_of_unit(read.unit)
    )


def _decide(request: HttpRequest, read: MembersOfItem, case: UUID) -> HttpResponse:
    here = reverse("desk-members", args=[case])
    ticked = set(request.POST.getlist("case"))
    lines = [line for line in read.lines if str(line.id) in ticked]
    if not lines:
        messages.warning(request, "还没有勾选。请先勾几个，再点“准予所选”。")
        return HttpResponseRedirect(here)
    if "confirmed" not in request.POST:
        question = p.Confirmation(
            title=f"准予这 {len(lines)} 个的“{read.name}”？",
            text="每一个单独作出决定、单独出具结果；其中一个办不了，不影响别的。",
            listed=tuple(f"{line.name} · {short_number(line.number)}" for line in lines),
            remains="准予后不能在这里改回。不予的要一件一件办，写明理由。",
            yes=f"准予 {len(lines)} 个",
            post=here,
            no="回去再看",
            back=here,
            fields=(
                *(("case", str(line.id)) for line in lines),
                *(("seen", f"{line.member}:{line.seq}") for line in lines),
                ("confirmed", "1"),
            ),
            danger=False,
        )
        return ask_first(request, question, here="desk", unit=name_of_unit(read.unit))
    seen = dict(one.split(":", 1) for one in request.POST.getlist("seen") if ":" in one)
    outcomes = decide_members(
        submission=read.submission, item=read.item, actor=actor(request), decision=Decision(Action.GRANT),
        at=now(), members=[line.member for line in lines],
        seen={line.member: int(said) for line in lines if (said := seen.get(line.member, "")).isdecimal()},
    )  # fmt: skip
    names = {line.member: line.name for line in lines}
    if done := sum(isinstance(one, Decided) for one in outcomes.values()):
        messages.success(request, f"已准予 {done} 个的“{read.name}”，结果已出具。")
    for member, outcome in outcomes.items():
        if isinstance(outcome, str):
            messages.error(request, f"{names[member]}没有准予：{outcome.rstrip('。')}。")
    return HttpResponseRedirect(here)


def _view(read: MembersOfItem, case: UUID) -> MembersView:
    rows = tuple(_row(line) for line in read.lines)
    batch = p.Batch(
        label="准予所选",
        post=reverse("desk-members", args=[case]),
        why="只有正在办理的可以一起准予；不予要一件一件办",
    )
    said = f"{len(read.lines)} 个里办成 {read.granted} 个"
    return MembersView(
        item=read.name,
        back=reverse("desk-case", args=[case]),
        meter=p.Meter(done=read.granted, total=len(read.lines), says=said),
        inbox=p.Inbox(
            caption=f"“{read.name}”名单里的每一个",
            rows=rows,
            batch=batch if any(row.tickable for row in rows) else None,
            empty=p.Empty(title="名单是空的", text="申报里没有这个事项的办件。"),
            columns=("到期", "谁", "办件号", "为什么等", "", "状态"),
            keys=True,
        ),
    )


def _row(line: MemberCase) -> p.InboxRow:
    on = today()
    return p.InboxRow(
        id=str(line.id),
        href=reverse("desk-case", args=[line.id]),
        applicant=line.name,
        item=short_number(line.number),
        about="",
        due=p.Due(state="ok", words="已办完") if line.state in CLOSED else due_words(line.due_on, on=on),
        tag=state_tag(
            line.state, word=TO_DO_WORDS.get(line.state, ""), is_late=is_late(line.state, line.due_on, on)
        ),
        origin=line.held,
        hand="我在办" if line.is_mine else f"{line.handler}在办" if line.handler else "",
        tickable=line.state is State.ACCEPTED and not line.held and (not line.handler or line.is_mine),
    )
