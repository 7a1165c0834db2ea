"""What the applicant sees of custody (我的原件在哪里), and where he fetches his results; the window may choose for him."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.custody import CustodyKind, CustodyNotPossible
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Role
from yijianshi.services.custody.pick_up import choose_pick_up
from yijianshi.services.reading.custody import PaperLine
from yijianshi.services.reading.custody_of import CustodyOf, read_my_custody
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .words import tag_of, way_of, where_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """One paper: where it is, and how it came there."""

    line: PaperLine
    where: str
    tag: p.Tag
    way: p.History


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyPart:
    """The part of a page about a submission's papers."""

    title: str
    papers: tuple[PaperShown, ...]
    receipts: tuple[tuple[UUID, str], ...]
    pick_up: str  # where results are fetched; empty where they go out another way
    change: str  # the address at which another window is chosen
    taken_in: str
    to_come: bool  # whether a certificate has not yet come to where it is fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUpView:
    """The page on which a window is chosen."""

    bundle: str
    question: p.Asked
    problems: p.Problems | None
    back: str


def custody_part(custody: CustodyOf, submission: UUID, *, title: str, may_choose: bool) -> CustodyPart | None:
    """Return the part about the papers of a submission, or None where there is nothing to say."""
    if not custody.papers and not custody.at_a_window:
        return None
    return CustodyPart(
        title=title,
        papers=tuple(
            PaperShown(line=one.line, where=where_words(one.line), tag=tag_of(one.line), way=way_of(one.way))
            for one in custody.papers
        ),
        receipts=custody.receipts,
        pick_up=custody.pick_up_name if custody.at_a_window else "",
        change=reverse("pick-up", args=[submission]) if may_choose and not custody.delivered else "",
        taken_in=custody.taken_in,
        to_come=any(
            one.line.kind is CustodyKind.CERTIFICATE and one.line.is_elsewhere(custody.pick_up)
            for one in custody.papers
        ),
    )


@signed_in
def pick_up(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Choose the window at which the results are fetched."""
    who, at = actor(request), now()
    loaded, custody = read_my_custody(submission, actor=who, at=at)
    is_mine = who.party == str(loaded.party)
    at_window = bool(who.holds(Role.WINDOW)) and not is_mine
    back = reverse("window-submission" if at_window else "my-case", args=[submission])
    problem = ""
    if request.method == "POST":
        try:
            choose_pick_up(
                submission=submission, place=posted_text(request, "place", longest=64), actor=who, at=at
            )
        except CustodyNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "记下了，结果办好以后到选的窗口领。")
            return HttpResponseRedirect(back)
    question = p.Asked(
        name="place", label="到哪个窗口领", kind=Kind.REGION, value=posted_text(request, "place", longest=64) or custody.pick_up,
        options=tuple(p.Option(key, name) for key, name in custody.windows), error=problem, wide=True,
        hint="领取时报取件码。实体证照会送到您选的窗口，送到以前不能领",
    )  # fmt: skip
    view = PickUpView(
        bundle=loaded.edition.bundle.title,
        question=question,
        problems=p.Problems(items=(p.Problem(field=question.id, text=problem),)) if problem else None,
        back=back,
    )
    status = 422 if problem else 200
    if at_window:
        return desk_page(request, "custody/pick_up_at_window.html", view, here="window", status=status)
    return render(request, "custody/pick_up.html", frame(request, nav="cases", page=view), status=status)
