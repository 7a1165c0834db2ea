"""One's own space (我的空间) beside the cases: licences, what may still be rated, and where everything else lies."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yijianshi.services.reading.my_licences import PER_PAGE as LICENCES_PER_PAGE
from yijianshi.services.reading.my_licences import STATES, LicenceLine, licences_of
from yijianshi.services.reading.my_space import PER_PAGE as RATINGS_PER_PAGE
from yijianshi.services.reading.my_space import ratings_due
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, signed_in
from yijianshi.web.applicant.paging import page_number


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceSeen:
    """One licence with how it stands."""

    line: LicenceLine
    tag: p.Tag


@signed_in
def licences(request: HttpRequest) -> HttpResponse:
    """Show what was granted to whom the reader acts for."""
    number = page_number(request)
    lines, total = licences_of(actor(request), page=number)
    empty = p.Empty(
        title="还没有证照",
        text="在这里办成的证照都会列出来，能看、能打印，扫码能验真。",
        act=p.Act(label="去办一件事", href=reverse("things"), look="primary"),
    )
    context = frame(
        request,
        nav="cases",
        seen=[LicenceSeen(line=line, tag=_tag(line.state)) for line in lines],
        pages=p.Pages(number=number, last=max(1, -(-total // LICENCES_PER_PAGE)), total=total),
        empty=empty,
        here="my-licences",
    )
    return render(request, "portal/licences.html", context)


@signed_in
def ratings(request: HttpRequest) -> HttpResponse:
    """Show what is finished and not rated yet."""
    number = page_number(request)
    lines, total = ratings_due(actor(request), page=number)
    empty = p.Empty(title="没有要评价的", text="一件事办完以后，会请您在这里评价一句。评差了，有人回访。")
    pages = p.Pages(number=number, last=max(1, -(-total // RATINGS_PER_PAGE)), total=total)
    context = frame(request, nav="cases", lines=lines, pages=pages, empty=empty, here="ratings-due")
    return render(request, "portal/ratings.html", context)


def _tag(state: str) -> p.Tag:
    return p.Tag(
        state={"valid": "done", "suspended": "pause"}.get(state, "no"), word=STATES.get(state, state)
    )
