"""Proposing a local one-thing to the province, and the province's review (报请推广、审查)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.proposals import PROPOSAL_WORDS, ProposalMove, ProposalState
from yijianshi.services.editions.propose import (
    accept_proposal,
    propose_again,
    propose_bundle,
    return_proposal,
)
from yijianshi.services.reading.proposals import ProposalRead, read_proposal, read_proposals
from yijianshi.services.reading.steward import own_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .front import place

_TAGS = {
    ProposalState.PROPOSED: "todo", ProposalState.RETURNED: "no", ProposalState.ACCEPTED: "run",
    ProposalState.PROMOTED: "done",
}  # fmt: skip
_MOVES = {
    ProposalMove.PROPOSE: "报请", ProposalMove.RETURN: "退回", ProposalMove.ACCEPT: "采纳",
    ProposalMove.PROMOTE: "上升为省级标准",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """One proposal of the list."""

    read: ProposalRead
    href: str
    tag: p.Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """One proposal."""

    read: ProposalRead
    tag: p.Tag
    figures: tuple[tuple[str, str], ...]
    history: p.History
    can_return: bool
    can_accept: bool
    can_propose: bool
    manuscript: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeView:
    """The question before proposing."""

    bundle: str
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None


@signed_in
def proposals(request: HttpRequest) -> HttpResponse:
    """List the proposals of the steward's division and of those below."""
    division = own_division(actor(request))
    lines = tuple(
        ProposalLine(read=read, href=reverse("steward-proposal", args=[read.id]), tag=_tag(read))
        for read in read_proposals(actor=actor(request), division=division)
    )
    return desk_page(request, "steward/proposals.html", lines, here="steward-proposals", unit=place(division))


@signed_in
def propose(request: HttpRequest, bundle: str) -> HttpResponse:
    """Ask for the reasons, then propose the division's own one-thing to the province."""
    division = own_division(actor(request))
    reasons = posted_text(request, "reasons", longest=4000)
    trouble = "" if reasons or request.method != "POST" else "请写明为什么值得全省推广"
    if request.method == "POST" and not trouble:
        proposal = propose_bundle(
            bundle=BundleCode(bundle), division=division, actor=actor(request), reasons=reasons, at=now()
        )
        messages.success(request, "已报请。省级目录管理员审查以后，结果在这里看。")
        return HttpResponseRedirect(reverse("steward-proposal", args=[proposal]))
    questions = (
        p.Asked(
            name="reasons", label="为什么值得全省推广", kind=Kind.TEXT, value=reasons, error=trouble, max_length=4000,
            hint="解决了什么、办了多少、群众怎么说；办件数和四减的数字，系统一并报上",
        ),
    )  # fmt: skip
    view = ProposeView(
        bundle=bundle,
        questions=questions,
        problems=p.Problems(items=(p.Problem(field="f-reasons", text=trouble),)) if trouble else None,
    )
    return desk_page(
        request,
        "steward/propose.html",
        view,
        here="steward-proposals",
        unit=place(division),
        status=422 if trouble else 200,
    )


@signed_in
def proposal(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Show a proposal; take the province's answer, or the county's proposing anew."""
    who = actor(request)
    back = reverse("steward-proposal", args=[proposal])
    read = read_proposal(proposal, actor=who)
    if request.method == "POST":
        reasons, at = posted_text(request, "reasons", longest=4000), now()
        match posted_text(request, "act", longest=12):
            case "accept":
                manuscript = accept_proposal(proposal=proposal, actor=who, reasons=reasons, at=at)
                messages.success(request, "已采纳。下面是省级稿，改好、会签、发布以后就是全省标准。")
                return HttpResponseRedirect(reverse("steward-manuscript", args=[manuscript]))
            case "return":
                return_proposal(proposal=proposal, actor=who, reasons=reasons, at=at)
                messages.success(request, "已退回，理由已告诉报请的地方。")
            case "propose":
                propose_again(proposal=proposal, actor=who, reasons=reasons, at=at)
                messages.success(request, "已再次报请。")
        return HttpResponseRedirect(back)
    view = ProposalView(
        read=read,
        tag=_tag(read),
        figures=_figures(read),
        history=p.History(
            events=tuple(
                p.Event(
                    at=at, text=_MOVES[move] + (f"：{words}" if words else ""), by=by,
                    mood={ProposalMove.RETURN: "bad", ProposalMove.PROMOTE: "good"}.get(move, ""),
                )
                for move, at, by, words in read.steps
            )
        ),
        can_return=read.may_review and read.state in (ProposalState.PROPOSED, ProposalState.ACCEPTED),
        can_accept=read.may_review and read.state is ProposalState.PROPOSED,
        can_propose=read.may_propose and read.state is ProposalState.RETURNED,
        manuscript=reverse("steward-manuscript", args=[read.manuscript]) if read.manuscript and read.may_review else "",
    )  # fmt: skip
    return desk_page(
        request, "steward/proposal.html", view, here="steward-proposals", unit=place(own_division(who))
    )


def _tag(read: ProposalRead) -> p.Tag:
    return p.Tag(state=_TAGS[read.state], word=PROPOSAL_WORDS[read.state])


def _figures(read: ProposalRead) -> tuple[tuple[str, str], ...]:
    figures = read.figures
    pairs = (("材料", "materials", "份"), ("跑动", "visits", "次"), ("填写", "fields", "项"))
    return (
        ("办过", f"{figures.get('submissions', 0)} 件"),
        ("事项", f"{figures.get('items', 0)} 个"),
        *((("时间", " → ".join(_days(*days) for days in figures["days"])),) if "days" in figures else ()),
        *(
            (name, f"{figures[key][0]:g} → {figures[key][1]:g} {unit}")
            for name, key, unit in pairs
            if key in figures
        ),
    )


def _days(working: float, calendar: float) -> str:
    said = [f"{working:g} 个工作日"] * bool(working) + [f"{calendar:g} 天"] * bool(calendar)
    return " 加 ".join(said) or "当场"
