"""Handing over results (发证): against the code that the applicant shows; and one submission as the window sees it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.rights import NotPermitted
from yijianshi.services.delivering.deliver import DeliveryNotPossible, hand_over
from yijianshi.services.reading.custody_of import custody_of
from yijianshi.services.reading.units import name_of_division
from yijianshi.services.reading.window import HandOver, read_hand_overs, submission_numbered
from yijianshi.services.reading.window_submission import SubmissionAtWindow, read_submission_at_window
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.consulting.asking import consulted
from yijianshi.web.custody.mine import custody_part
from yijianshi.web.desk import CHANNEL_WORDS, desk_page, is_late, posted_text, state_tag
from yijianshi.web.letters import letters_by_item

from .elsewhere import show_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverView:
    """The page on which results are handed over."""

    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    waiting: tuple[HandOver, ...]
    empty: p.Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionView:
    """One submission at the window."""

    read: SubmissionAtWindow
    items: tuple[tuple[str, str, p.Tag], ...]
    applicant: p.Pairs
    channel: str
    acts: tuple[p.Act, ...]
    code: p.Asked | None
    notices: tuple[p.Notice, ...]
    history: p.History
    letters: tuple[tuple[str, p.Letters], ...]
    papers: int


@signed_in
def handing(request: HttpRequest) -> HttpResponse:
    """Take number and code, note the hand-over, list what waits."""
    who = actor(request)
    unit, waiting = read_hand_overs(actor=who)
    number, code = posted_text(request, "number", longest=40), posted_text(request, "code", longest=12)
    troubles: dict[str, str] = {}
    if request.method == "POST":
        try:
            submission = submission_numbered(number, actor=who)
            hand_over(submission=submission, actor=who, code=code, at=now())
        except NotPermitted:
            troubles["number"] = "本窗口没有这个申报号可发，请对着回执再核一遍"
        except DeliveryNotPossible as why:
            troubles["code"] = str(why)
        else:
            messages.success(request, "已交给申请人，这份申报全部办完。")
            return HttpResponseRedirect(reverse("window-hand-over"))
    questions = (
        p.Asked(
            name="number", label="申报号", value=number or request.GET.get("number", ""), max_length=40,
            hint="回执上的 23 位，空格可留可去", error=troubles.get("number", ""),
        ),
        p.Asked(
            name="code", label="取件码", value=code, max_length=12, hint="申请人手机上的 6 位数字",
            error=troubles.get("code", ""),
        ),
    )  # fmt: skip
    items = tuple(p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error)
    view = HandOverView(
        questions=questions,
        problems=p.Problems(items=items, then="改好再发") if items else None,
        waiting=waiting,
        empty=p.Empty(title="没有等领取的", text="选了窗口领取的申报，全部办结后在这里。"),
    )
    place = f"{name_of_division(unit.partition('@')[2])}政务服务中心"
    badges = {"window-hand-over": len(waiting)}
    status = 422 if troubles else 200
    return desk_page(
        request,
        "window/hand_over.html",
        view,
        here="window-hand-over",
        unit=place,
        badges=badges,
        status=status,
    )


@signed_in
def submission(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show one submission: where each item stands, the papers, what the window may do now."""
    who, at = actor(request), now()
    try:
        read = read_submission_at_window(submission=submission, actor=who, at=at)
    except NotPermitted:
        return show_progress(request, submission)  # it was taken in here for elsewhere
    more = consulted(submission, actor=who, at=at, at_window=True)
    return desk_page(
        request,
        "window/submission.html",
        _view(read),
        here="window",
        unit=read.unit_name,
        consulted=more,
        custody=custody_part(
            custody_of(submission, division=read.division, at=at), submission, title="原件和实体证照",
            may_choose=True,
        ),
    )  # fmt: skip


def _view(read: SubmissionAtWindow) -> SubmissionView:
    on = today()
    acts = []
    if read.state == "received" and not read.pre_reviewed_at:
        acts.append(
            p.Act(label="预审", href=reverse("window-review", args=[read.id]), look="primary", icon="check")
        )
    if read.awaits_correction:
        acts.append(
            p.Act(label="代交补正", href=reverse("correction", args=[read.id]), look="primary", icon="up")
        )
    if read.charged:
        look = "primary" if read.owes else "second"
        label = "看缴费单，收款" if read.owes else "看缴费单和凭证"
        acts.append(p.Act(label=label, href=reverse("fees", args=[read.id]), look=look, icon="yuan"))
    acts.append(p.Act(label="收存原件", href=reverse("window-custody", args=[read.id]), icon="inbox"))
    notices = []
    if read.delivery and read.delivery.delivered_at:
        notices.append(p.Notice(kind="done", title="结果已经送达", text=read.delivery.method))
    elif read.state == "closed" and not read.delivery:
        notices.append(p.Notice(title="全部办结", text="没有要领取的结果。"))
    waits = bool(read.delivery and not read.delivery.delivered_at)
    return SubmissionView(
        read=read,
        items=tuple(
            (one.item, one.unit_name, state_tag(one.state, is_late=is_late(one.state, one.due_on, on)))
            for one in read.items
        ),
        applicant=p.Pairs(items=tuple(p.Pair(name=name, value=value) for name, value in read.applicant)),
        channel=CHANNEL_WORDS.get(read.channel, read.channel),
        acts=tuple(acts),
        code=p.Asked(name="code", label="取件码", max_length=12, hint="申请人手机上的 6 位数字")
        if waits
        else None,
        notices=tuple(notices),
        letters=letters_by_item(((one.item, one.papers) for one in read.items), submission=read.id),
        papers=sum(len(one.papers) for one in read.items),
        history=p.History(
            events=tuple(p.Event(at=h.at, text=h.text, by=h.by, mood=h.mood) for h in read.history)
        ),
    )
